"""Headers sort, keep the rest of the address, and say which way they sort now."""

from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory

from throughcare.faces.web.parts.tables import Column, headers

COLUMNS = (Column("Patient", key="name"), Column("Last seen"), Column("PHQ-9", key="phq9", numbers=True))


def drawn(template: str, address: str = "/census", **context: object) -> str:
    context["request"] = RequestFactory().get(address)
    return Template("{% load parts %}" + template).render(Context(context))


def test_a_sorted_header_turns_the_other_way_and_keeps_the_filters():
    by_name, seen, by_score = headers(COLUMNS, QueryDict("track=evening&sort=name&page=3"))
    assert (by_name.sorted, by_name.href) == ("ascending", "?track=evening&sort=-name")
    assert (seen.sorted, seen.href) == ("", "")
    assert (by_score.sorted, by_score.href) == ("", "?track=evening&sort=phq9")


def test_a_header_sorted_downward_turns_up_again():
    assert headers(COLUMNS, QueryDict("sort=-name"))[0].href == "?sort=name"


def test_a_table_says_which_way_it_is_sorted():
    html = drawn(
        "{% table columns 'Census' %}<tr><th scope='row'>Maya</th></tr>{% endtable %}",
        "/census?sort=-phq9",
        columns=COLUMNS,
    )
    assert 'aria-sort="descending"' in html
    assert html.count("aria-sort") == 1


def test_a_table_without_rows_says_so():
    html = drawn("{% table columns 'Census' empty='Nobody is overdue.' %} {% endtable %}", columns=COLUMNS)
    assert "Nobody is overdue." in html
    assert "<table" not in html


def test_pages_keep_the_rest_of_the_address():
    page = Paginator(range(50), 20).page(2)
    html = drawn("{% pagination page noun='people' %}", "/census?track=day&page=2", page=page)
    assert "21–40 of 50 people" in html
    assert 'href="?track=day&amp;page=1"' in html
    assert 'href="?track=day&amp;page=3"' in html
