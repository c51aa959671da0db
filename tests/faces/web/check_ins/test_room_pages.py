"""What the facilitator sees: check-ins at once, proofs beside the taps, the code, and the climate without names."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.cast import MONDAY, at, gather_cast
from tests.faces.web.check_ins.conftest import answers
from throughcare.records.accesses import Access
from throughcare.records.attendance import Attendance

PAGES = ("session_check_ins", "session_climate")


def words_of(answer) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def felix(evening):
    return evening.staff(evening.cast.facilitator)


def test_check_ins_are_there_at_once_and_what_was_noticed_is_first(evening, felix):
    evening.phone("ana").post(evening.url("my_check_in"), answers())
    evening.phone("lee").post(evening.url("my_check_in"), answers(mood=1, words="I <b>can't</b> go on"))
    page = words_of(felix.get(evening.url("session_check_ins")))
    assert "<b>2 of 4</b> checked in · look first at Lee Family2" in page
    assert page.index("Lee Family2</a>") < page.index("Ana Family1</a>")
    assert "Very low mood: 1 of 10. Ask about safety." in page
    assert "&lt;b&gt;can&#x27;t&lt;/b&gt;" in page


def test_an_open_page_without_news_gets_nothing_and_opens_nobodys_record(evening, felix):
    for mood, name in enumerate(("session_check_ins", "session")):
        mark = felix.get(evening.url(name)).context["mark"]
        seen = Access.objects.count()
        poll = {"HTTP_HX_REQUEST": "true", "HTTP_X_THROUGHCARE_BACKGROUND": "1"}
        assert felix.get(evening.url(name), {"seen": mark}, **poll).status_code == 204
        assert Access.objects.count() == seen
        evening.phone("ana").post(evening.url("my_check_in"), answers(mood=mood))
        assert felix.get(evening.url(name), {"seen": mark}, **poll).status_code == 200


def test_a_check_in_alone_is_not_seen_and_a_proof_stands_beside_the_taps(evening, felix):
    evening.phone("ana").post(evening.url("my_check_in"), answers())
    evening.phone("lee").post(evening.url("my_join"), {"place": "12 Oak Street", "phone": "518-555-0100"})
    page = words_of(felix.get(evening.url("session")))
    assert "Checked in, not yet seen (5:20 PM)" in page
    assert "Joined by video 5:20 PM" in page and "12 Oak Street · 518-555-0100" in page
    assert "Take over 1 proof" in page


def test_all_proofs_are_taken_over_with_one_tap(evening, felix):
    for name in ("ana", "lee"):
        evening.phone(name).post(evening.url("my_join"), {"place": "Home"})
    answer = felix.post(evening.url("take_over_proofs"), {"once": str(uuid4())}, follow=True)
    assert "2 recorded as their proof says." in words_of(answer)
    assert [row.status for row in Attendance.objects.all()] == ["present", "present"]
    assert "Take over" not in words_of(answer)


def test_the_code_is_shown_large_and_changes(evening, felix):
    first = felix.post(evening.url("session_code"))
    assert f"<span>{first.context['shown'].code[:3]}</span>" in words_of(first)
    assert first.context["shown"].code != felix.post(evening.url("session_code")).context["shown"].code
    assert felix.get(evening.url("session_code")).status_code == 405


@pytest.mark.parametrize("name", PAGES)
def test_other_clinics_patients_and_the_office_see_nothing(evening, name):
    other = gather_cast("Other House", mail_host="other.test")
    assert evening.staff(other.facilitator).get(evening.url(name)).status_code == 404
    assert evening.phone("ana").get(evening.url(name)).status_code == 403
    assert evening.staff(evening.cast.biller).get(evening.url(name)).status_code == 403


def test_the_climate_shows_numbers_and_never_who(evening, felix):
    evening.now(at(20, 25))
    for name in ("ana", "lee", "hope", "max"):
        taps = {"heard": "yes", "useful": "yes", "safe": "partly", "hopeful": "yes", "once": str(uuid4())}
        evening.phone(name).post(evening.url("my_climate"), taps)
    assert "when answers are closed" in words_of(felix.get(evening.url("session_climate")))
    evening.now(at(9, day=MONDAY + timedelta(days=1)))
    page = words_of(evening.staff(evening.cast.facilitator).get(evening.url("session_climate")))
    assert "<b>4</b> answered" in page and "8.8" in page
    assert not any(name.title() in page for name in evening.people)


def test_the_tabs_lead_to_every_page_of_the_session(evening, felix):
    page = words_of(felix.get(evening.url("session")))
    for name in PAGES:
        assert f'href="{evening.url(name)}"' in page
    biller = words_of(evening.staff(evening.cast.biller).get(evening.url("session")))
    assert evening.url("session_check_ins") not in biller
    assert reverse("session_code", args=[evening.session]) not in biller
