"""The boards as people meet them: the census, a patient's story, the director's numbers."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from tests.boards_cast import asked, came, carries, in_program, scored
from tests.cast import MONDAY, at
from tests.intake_cast import BEN, refer
from tests.sessions_cast import WEDNESDAY
from throughcare.faces.web.ways import roles_of, way
from throughcare.records.episodes import Stay
from throughcare.records.people import Account, Patient

SUNDAY = at(20, day=MONDAY + timedelta(days=6))
NAUGHTY = ("<script>alert(1)</script>", "Ω≈ç√∫˜µ", "田中さん", "'; DROP TABLE patient; --", "{{ 7|add:7 }}")


@pytest.fixture
def sign_in(client):
    def enter(actor):
        client.force_login(Account.objects.get(pk=actor.account))
        return client

    return enter


@pytest.fixture(autouse=True)
def on_sunday():
    with time_machine.travel(SUNDAY, tick=False):
        yield


@pytest.fixture
def ana(cast):
    person = in_program(cast, "Ana", "Silva", preferred="Nana", born=date(1991, 5, 4))
    carries(cast, person)
    scored(cast, person, "phq-9", 5, day=date(2026, 2, 3))
    scored(cast, person, "phq-9", 19)
    asked(cast, person, "gad-7", due=WEDNESDAY)
    came(cast, person, day=MONDAY)
    return person


def text_of(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def headings(answer) -> list[str]:
    return [
        re.sub(r"<[^>]+>|[↑↓↕]", "", cell).strip()
        for cell in re.findall(r'<th scope="col".*?</th>', answer.content.decode())
    ]


def test_the_census_says_everything_of_a_person_in_one_line(cast, ana, sign_in):
    answer = sign_in(cast.clinician).get(reverse("census"))
    said = text_of(answer)
    assert "1 person in the program." in said
    for words in (
        "Silva, Ana “Nana” No. 1 · born May 4, 1991",
        "Evening · Carla Reyes",
        "3 of 9 h",
        "Mon, Mar 2",
        "None placed",
        "19 worse",
        "1 measure late",
    ):
        assert words in said, words


def test_admissions_see_no_columns_of_hours_scores_or_plans(cast, ana, sign_in):
    shown = headings(sign_in(cast.admissions).get(reverse("census")))
    assert shown == ["Patient", "Level", "Week", "Next session"]
    assert headings(sign_in(cast.nurse).get(reverse("census"))) == [
        "Patient",
        "Level",
        "Week",
        "Hours this week",
        "Last seen",
        "Next session",
        "PHQ-9",
        "GAD-7",
        "Next review",
        "Overdue",
    ]


@pytest.mark.parametrize(
    "query",
    [
        "sort=-hours&page=999",
        "page=-1",
        "page=٣",
        "page=",
        "sort=';--",
        "site=nowhere",
        "therapist=00000000-0000-0000-0000-000000000000",
        "level=moon&show=all",
        "print=1&page=7",
    ],
)
def test_an_address_that_was_tampered_with_still_answers(cast, ana, sign_in, query):
    answer = sign_in(cast.clinician).get(f"{reverse('census')}?{query}")
    assert answer.status_code == 200
    assert "Silva, Ana" in text_of(answer)


def test_a_filter_with_nobody_says_so(cast, ana, sign_in):
    said = text_of(sign_in(cast.clinician).get(f"{reverse('census')}?level=php&show=overdue"))
    assert "0 people in the program: Partial hospitalization, Something overdue." in said
    assert "Nobody is in the program with these filters." in said


def test_on_paper_the_census_is_whole_and_has_no_controls(cast, sign_in, monkeypatch):
    from throughcare.faces.web.boards import views

    monkeypatch.setattr(views, "PAGE_SIZE", 2)
    for name in ("Ana", "Ben", "Cleo"):
        in_program(cast, name, name)
    client = sign_in(cast.clinician)
    page = client.get(f"{reverse('census')}?track=evening")
    assert text_of(page).count("born May 4") == 2
    assert "1–2 of 3 people" in text_of(page)
    assert "?track=evening&amp;print=1" in page.content.decode()
    paper = client.get(f"{reverse('census')}?track=evening&print=1")
    assert text_of(paper).count("born May 4") == 3
    assert "Printed March 8, 2026" in text_of(paper)
    assert b"<select" not in paper.content and b"?sort=" not in paper.content


def test_the_story_names_its_person_and_what_is_due(cast, ana, sign_in):
    said = text_of(sign_in(cast.clinician).get(reverse("patient", args=[ana.uid])))
    for words in (
        "Ana “Nana” Silva",
        "Born May 4, 1991 (34)",
        "3 of 9 h",
        "reliably worse than at first",
        "1 measure not returned",
        "Week: 1 of 1 session",
        "Primary therapist Carla Reyes, LCSW",
    ):
        assert words in said, words


def test_a_minor_is_flagged(cast, sign_in):
    person = in_program(cast, "Ana", born=date(2010, 1, 1))
    assert "Minor" in text_of(sign_in(cast.clinician).get(reverse("patient", args=[person.uid])))


@pytest.mark.parametrize("role", ["clinician", "facilitator", "nurse", "biller", "admissions", "compliance"])
def test_every_link_of_a_story_opens_for_its_reader(cast, ana, sign_in, role):
    client = sign_in(getattr(cast, role))
    page = client.get(reverse("patient", args=[ana.uid]))
    main = page.content.decode().partition('id="main"')[2]
    links = {link for link in re.findall(r'href="(/[^"#]*)"', main) if not link.startswith("/static")}
    assert links
    for link in links:
        assert client.get(link).status_code == 200, link


def test_a_biller_sees_attendance_and_no_notes_scores_or_reasons(cast, ana, sign_in):
    Stay.objects.update(text="Could not stop alone")
    said = text_of(sign_in(cast.biller).get(reverse("patient", args=[ana.uid])))
    assert "Week: 1 of 1 session" in said and "Admitted to intensive outpatient" in said
    for hidden in ("PHQ-9", "Could not stop alone", "Working on", "Latest measures", "Signed notes"):
        assert hidden not in said


@pytest.mark.parametrize("words", NAUGHTY)
def test_words_in_the_story_are_shown_and_never_run(cast, sign_in, words):
    referral = refer(cast, BEN, reason=words)
    Patient.objects.update(given_name=words[:100])
    client = sign_in(cast.clinician)
    page = client.get(reverse("patient", args=[Patient.objects.get().uid])).content.decode()
    assert page.count("<script>alert(1)") == 0
    from django.utils.html import escape

    assert page.count(escape(words)) >= 2
    assert reverse("referral", args=[referral]) in page


def test_an_unknown_patient_is_not_found(cast, sign_in):
    client = sign_in(cast.clinician)
    assert client.get(reverse("patient", args=["00000000-0000-0000-0000-000000000000"])).status_code == 404


def test_the_director_sees_seven_tiles_with_definitions(cast, ana, sign_in):
    answer = sign_in(cast.director).get(reverse("director"))
    page = answer.content.decode()
    assert page.count('class="key-figure') == 7
    said = text_of(answer)
    assert "Still in care at 30, 60, 90 days" in said
    assert "Median days from the referral to the first session attended." in said
    assert "At most 2 days" in said


def test_an_empty_clinic_shows_dashes(cast, sign_in):
    said = text_of(sign_in(cast.director).get(reverse("director")))
    assert said.count("nobody to count yet") == 7


def test_the_numbers_are_of_the_site_asked_for(cast, sign_in):
    client = sign_in(cast.director)
    assert client.get(f"{reverse('director')}?site={cast.site}").status_code == 200
    assert client.get(f"{reverse('director')}?site=nowhere").status_code == 200


@pytest.mark.parametrize(
    ("name", "refused"),
    [
        ("census", ("biller", "compliance", "admin")),
        ("director", ("admissions", "facilitator", "nurse", "biller", "case_manager", "admin")),
    ],
)
def test_boards_are_refused_outside_their_roles(cast, sign_in, name, refused):
    for role in refused:
        assert sign_in(getattr(cast, role)).get(reverse(name)).status_code == 403, role


def test_a_way_is_shown_only_to_those_who_may_go_it(cast, ana):
    assert way("census", by=cast.nurse) == "/census/"
    assert way("census", by=cast.biller) == ""
    with pytest.raises(LookupError):
        roles_of("nowhere")


@pytest.mark.parametrize(("name", "most"), [("census", 32), ("patient", 52), ("director", 24)])
def test_a_page_costs_a_bounded_number_of_queries(
    cast, ana, sign_in, django_assert_max_num_queries, name, most
):
    client = sign_in(cast.director)
    arguments = [ana.uid] if name == "patient" else []
    for people in (0, 6):
        for _ in range(people):
            other = in_program(cast, "Ben", "B")
            came(cast, other, day=MONDAY)
            scored(cast, other, "phq-9", 9, asked=MONDAY)
        with django_assert_max_num_queries(most):
            assert client.get(reverse(name, args=arguments)).status_code == 200
