"""Offering and booking a make-up, in the browser, with the evening parent (domain.md §11.1)."""

from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.cast import MONDAY, at
from tests.sessions_cast import SATURDAY, THURSDAY, admit, anas_evenings, hold, open_group
from throughcare.records.sessions import Appointment

FRIDAY = MONDAY + timedelta(days=4)


@pytest.fixture
def missed(evening):
    """Thursday night: a new Ana has come on Monday only; her sitter comes on Saturday morning."""
    evening.now(at(21, day=THURSDAY))
    return evening


@pytest.fixture
def maria(missed):
    return admit(missed.cast, "Maria", "Costa")


@pytest.fixture
def evenings(missed, maria):
    return anas_evenings(missed.cast, maria)


@pytest.fixture
def left(missed, evenings):
    """What is left of the week: Friday and Saturday."""
    group = open_group(missed.cast, "Weekend")
    hold(missed.cast, group=group, day=FRIDAY, starts=time(10), ends=time(13), title="Friday process")
    morning = hold(
        missed.cast, group=group, day=SATURDAY, starts=time(9), ends=time(12), title="Saturday morning"
    )
    afternoon = hold(
        missed.cast, group=group, day=SATURDAY, starts=time(14), ends=time(17), title="Saturday afternoon"
    )
    return morning, afternoon


def address(person):
    return reverse("make_ups", args=[person.uid])


def test_the_page_offers_saturday_morning_and_says_why_not_the_rest(missed, maria, left):
    morning, afternoon = left
    html = missed.page(missed.cast.facilitator).get(address(maria)).content.decode()
    assert html.count('name="session"') == 1
    assert f'value="{morning}"' in html
    assert str(afternoon) not in html
    assert "3 + 3 = 6 of 9 h" in html
    assert "Maria Costa has child care on Sat, Mar 7, 1:00–11:00 PM" in html
    assert "Sat, Mar 7, 9:00–12:00 PM" not in html
    assert html.index("Saturday morning") < html.index("Friday process")


def test_a_make_up_is_two_clicks_from_the_door_and_from_the_ledger(missed, maria, evenings, left):
    browser = missed.page(missed.cast.facilitator)
    for page in (reverse("session", args=[evenings[1]]), reverse("hour_ledger", args=[maria.uid])):
        html = browser.get(page).content.decode()
        assert html.count("Offer a make-up") == 1
        assert f'href="{address(maria)}?week=2026-03-0' in html
    assert "Offer a make-up" not in browser.get(reverse("session", args=[evenings[0]])).content.decode()


def test_one_button_books_it_once(missed, maria, left):
    browser, key = missed.page(missed.cast.case_manager), str(uuid4())
    for _ in range(2):
        answer = browser.post(address(maria), {"session": left[0], "once": key})
        assert (answer.status_code, answer.url) == (302, reverse("hour_ledger", args=[maria.uid]))
    assert Appointment.objects.get(patient=maria.key, is_make_up=True).local_day == SATURDAY
    html = browser.get(answer.url).content.decode()
    assert "it makes up for missed hours" in html
    assert "3 still to come" in html


def test_what_does_not_fit_is_refused_with_its_sentence(missed, maria, left):
    browser = missed.page(missed.cast.facilitator)
    answer = browser.post(address(maria), {"session": left[1], "once": str(uuid4())})
    assert answer.status_code == 422
    assert "has child care" in answer.content.decode().split("Not booked")[1][:300]
    assert browser.post(address(maria), {"session": "x", "once": str(uuid4())}).status_code == 404
    assert not Appointment.objects.filter(is_make_up=True).exists()


def test_nurses_and_admissions_are_led_nowhere(missed, maria, evenings, left):
    nurse = missed.page(missed.cast.nurse)
    assert "Offer a make-up" not in nurse.get(reverse("session", args=[evenings[1]])).content.decode()
    for actor in (missed.cast.nurse, missed.cast.admissions):
        assert missed.page(actor).get(address(maria)).status_code == 403
        assert missed.page(actor).post(address(maria), {"session": left[0]}).status_code == 403


def test_a_week_that_is_over_leads_to_this_one(missed, maria, left):
    missed.now(at(9, day=MONDAY + timedelta(days=7)))
    html = missed.page(missed.cast.facilitator).get(f"{address(maria)}?week=2026-03-05").content.decode()
    assert "This week is over." in html
    assert "Book this one" not in html


def test_a_seat_given_by_mistake_goes_back_from_the_door(missed, maria, left):
    morning, _ = left
    browser = missed.page(missed.cast.facilitator)
    browser.post(address(maria), {"session": str(morning), "once": str(uuid4())})
    back = reverse("give_back_make_up", args=[morning, maria.uid])
    assert back in browser.get(reverse("session", args=[morning])).content.decode()
    assert "wrong" not in browser.get(back).content.decode()
    assert browser.post(back, {"because": "", "once": str(uuid4())}).status_code == 422
    answer = browser.post(back, {"because": "The wrong name", "once": str(uuid4())})
    assert answer["Location"] == reverse("session", args=[morning])
    assert Appointment.objects.get(session__uid=morning).released_because == "The wrong name"
    assert browser.get(back).status_code == 404
