"""Buttons that a rule refuses can be read but not used."""

from django.template import Context, Template

from throughcare.knowledge.verdict import Allowed, Refused

FULL = Refused("Group 4 is full.", "Clinic setting")


def drawn(template: str, **context: object) -> str:
    return Template("{% load parts %}" + template).render(Context(context))


def test_a_refused_button_does_nothing_and_says_why():
    html = drawn("{% button 'Place' verdict=verdict %}", verdict=FULL)
    assert 'type="button"' in html
    assert 'aria-disabled="true" aria-describedby="why-place"' in html
    assert '<span class="because" id="why-place">Group 4 is full.' in html


def test_an_allowed_button_submits():
    html = drawn("{% button 'Place' verdict=verdict %}", verdict=Allowed())
    assert html.startswith('<button class="button"')
    assert "aria-disabled" not in html


def test_a_refused_link_leads_nowhere_and_a_refused_post_has_no_form():
    assert "href" not in drawn("{% link_button 'Admit' '/admit' verdict=verdict %}", verdict=FULL)
    assert "<form" not in drawn("{% post_button 'Admit' '/admit' verdict=verdict %}", verdict=FULL)


def test_a_status_is_its_word_with_its_tone():
    assert drawn("{% status 'no_show' %}") == '<span class="status tone-wrong">No-show</span>'
