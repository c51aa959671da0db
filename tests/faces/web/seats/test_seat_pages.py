"""One's own hours and make-ups in the browser, short weeks, and lines: one tap each, nothing about anyone else."""

import re
from dataclasses import dataclass
from datetime import time, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.cast import MONDAY, at
from tests.lines_cast import saturday_group, sign_up, treat
from tests.sessions_cast import SATURDAY, THURSDAY, admit, anas_evenings
from throughcare.pathway.line.keeping_lines import keep_lines
from throughcare.pathway.make_up.make_up import take_seat
from throughcare.pathway.week.schedule import release_seat
from throughcare.records.accesses import Access
from throughcare.records.people import Account
from throughcare.records.sessions import Appointment, Session
from throughcare.records.waiting import SessionWait

NIGHT = at(21, day=THURSDAY)
MINE = ("my_hours", "my_make_ups")


@dataclass
class Thursday:
    """Thursday night: Ana has come on Monday only, and Wim is in Saturday's group, which has seats."""

    cast: object
    ana: object
    wim: object
    saturday: object
    mine: object
    clock: time_machine.Traveller

    def page(self, actor):
        browser = Client()
        browser.force_login(Account.objects.get(pk=actor.account))
        return browser

    def full(self):
        Session.objects.filter(uid=self.saturday).update(capacity=1)


@pytest.fixture
def night(cast):
    with time_machine.travel(NIGHT, tick=False) as clock:
        ana, wim = admit(cast, "Ana", "Silva"), admit(cast, "Wim", "Bright")
        anas_evenings(cast, ana)
        treat(cast, ana, cast.clinician)
        yield Thursday(cast, ana, wim, saturday_group(cast, wim), sign_up(cast, ana), clock)


def html(answer):
    return answer.content.decode()


def once():
    return {"once": str(uuid4())}


def test_my_hours_say_my_week_in_plain_words_with_a_picture_and_what_still_saves_it(night):
    said = html(night.page(night.mine).get(reverse("my_hours")))
    for words in (
        "You have had 3 of your 9 hours this week.",
        "You missed 6 hours.",
        "You were not there, so it does not count.",
        "You can still make up",
        "Take this seat",
        "With it the week comes to 6 of 9 hours.",
    ):
        assert words in said
    assert 'role="img"' in said
    assert "Wim" not in said and "Bright" not in said


def test_one_tap_takes_the_seat_once(night):
    browser, key = night.page(night.mine), str(uuid4())
    for _ in range(2):
        answer = browser.post(reverse("my_make_ups"), {"session": night.saturday, "once": key})
        assert (answer.status_code, answer.url) == (302, reverse("my_make_ups"))
    assert Appointment.objects.filter(patient=night.ana.key, is_make_up=True).count() == 1
    said = html(browser.get(answer.url))
    assert "The seat is yours." in said and "Take this seat" not in said
    assert "3 hours are still to come." in html(browser.get(reverse("my_hours")))


def test_a_full_session_is_waited_for_answered_and_left(night):
    night.full()
    browser = night.page(night.mine)
    assert "Full, but you can wait" in html(browser.get(reverse("my_make_ups")))
    browser.post(reverse("my_make_ups"), {"session": night.saturday, **once()})
    said = html(browser.get(reverse("my_make_ups")))
    assert "You are first in line." in said and "Wait for a seat" not in said
    release_seat(night.saturday, night.wim.uid, because="Works", by=night.cast.clinician, at=NIGHT)
    said = html(browser.get(reverse("my_make_ups")))
    assert "A seat is held for you" in said and "Friday, 1:00 AM" in said
    answer = browser.post(reverse("answer_seat", args=[night.saturday]), {"takes": "no", **once()})
    assert "Someone else can have it." in html(browser.get(answer.url))
    assert not Appointment.objects.filter(patient=night.ana.key, is_make_up=True, released_at=None).exists()
    late = browser.post(reverse("answer_seat", args=[night.saturday]), {"takes": "yes", **once()})
    assert late.status_code == 404


def test_yes_keeps_the_seat_and_a_line_can_be_left(night):
    night.full()
    browser = night.page(night.mine)
    browser.post(reverse("my_make_ups"), {"session": night.saturday, **once()})
    left = browser.post(reverse("leave_own_line", args=[night.saturday]), once())
    assert "no longer in line" in html(browser.get(left.url))
    browser.post(reverse("my_make_ups"), {"session": night.saturday, **once()})
    release_seat(night.saturday, night.wim.uid, because="Works", by=night.cast.clinician, at=NIGHT)
    browser.post(reverse("answer_seat", args=[night.saturday]), {"takes": "yes", **once()})
    assert Appointment.objects.filter(patient=night.ana.key, is_make_up=True, released_at=None).exists()


def test_not_this_week_is_one_tap_and_what_is_free_stays(night):
    browser = night.page(night.mine)
    assert "Not this week" in html(browser.get(reverse("my_make_ups")))
    answer = browser.post(reverse("decline_make_ups"), once())
    said = html(browser.get(answer.url))
    assert "Not this week" not in said and "Take this seat" in said
    staff = html(night.page(night.cast.clinician).get(reverse("short_weeks")))
    assert "Said not this week" in staff and "Offer make-ups to" not in staff


def test_a_seat_that_does_not_fit_is_refused_without_a_word_about_anyone(night):
    afternoon = saturday_group(night.cast, night.wim, starts=time(14), ends=time(17))
    answer = night.page(night.mine).post(reverse("my_make_ups"), {"session": afternoon, **once()})
    assert answer.status_code == 422
    assert "fit your week any more" in html(answer) and "child care" not in html(answer)
    assert night.page(night.mine).post(reverse("my_make_ups"), {"session": "x", **once()}).status_code == 404


def test_my_pages_are_for_the_person_alone(night):
    ben = sign_up(night.cast, admit(night.cast, "Ben", "Cole", hours=None))
    night.full()
    take_seat(night.saturday, night.ana.uid, by=night.cast.clinician, at=NIGHT)
    for name in MINE:
        said = html(night.page(ben).get(reverse(name)))
        assert "Silva" not in said and "Weekend process" not in said
        assert night.page(night.cast.clinician).get(reverse(name)).status_code == 403
    leave = reverse("leave_own_line", args=[night.saturday])
    assert night.page(ben).post(leave, once()).status_code == 404
    assert SessionWait.objects.get().ended_at is None


def test_an_alumnus_reads_their_hours_and_is_offered_nothing(night):
    una = admit(night.cast, "Una", "Later")
    saturday_group(night.cast, una)
    browser = night.page(sign_up(night.cast, una, role="alumnus"))
    said = html(browser.get(reverse("my_hours")))
    assert "Your hours" in said and "Take this seat" not in said
    assert "Process group" in said and "Weekend process" not in said
    assert browser.get(reverse("my_make_ups")).status_code == 403


def test_each_look_at_my_hours_stands_in_the_book(night):
    night.page(night.mine).get(reverse("my_hours"))
    rows = Access.objects.filter(account=night.mine.account, shown__patient=night.ana.key)
    assert any("attendance" in row.kinds for row in rows)


def test_an_earlier_week_is_read_and_offers_nothing(night):
    night.clock.move_to(at(9, day=MONDAY + timedelta(days=7)))
    said = html(night.page(night.mine).get(f"{reverse('my_hours')}?before=2026-03-09"))
    assert "You had 3 of your 9 hours that week." in said
    assert "Take this seat" not in said


def test_today_says_how_many_fall_short_and_leads_to_what_would_save_them(night):
    browser = night.page(night.cast.clinician)
    assert "1 of your people falls short this week" in html(browser.get(reverse("today")))
    said = html(browser.get(reverse("short_weeks")))
    assert "Ana Silva" in said and "Sat, Mar 7, 9:00 AM–12:00 PM, Weekend process" in said
    assert "comes to 6 of 9 h, still short" in said
    assert "falls short" not in html(night.page(night.cast.nurse).get(reverse("today")))


def test_an_offer_to_all_is_looked_at_first_and_told_once(night):
    browser = night.page(night.cast.director)
    address = f"{reverse('offer_short_weeks')}?whose=site"
    said = html(browser.get(address))
    who = re.findall(r'name="who" value="([^"]+)"', said)
    assert str(night.ana.uid) in who
    assert browser.post(address, {"who": ["nonsense"], **once()}).status_code == 302
    answer = browser.post(address, {"who": [str(night.ana.uid)], **once()})
    assert "Offered to 1 person." in html(browser.get(answer.url))
    assert str(night.ana.uid) not in re.findall(r'name="who" value="([^"]+)"', html(browser.get(address)))


def test_the_line_of_a_session_names_who_waits_and_lets_them_go(night):
    night.full()
    browser = night.page(night.cast.facilitator)
    page = html(browser.get(reverse("make_ups", args=[night.ana.uid])))
    assert "Put in line" in page
    change = reverse("change_session_line", args=[night.saturday, night.ana.uid])
    assert "They are first in line." in html(browser.get(browser.post(change, once()).url))
    line = reverse("session_line", args=[night.saturday])
    assert "1. " in html(browser.get(line)) and "Ana Silva" in html(browser.get(line))
    browser.post(change, {"act": "leave", **once()})
    assert "Nobody waits." in html(browser.get(line))
    assert night.page(night.cast.nurse).get(line).status_code == 403


def test_the_therapist_reads_that_the_line_moved_and_puts_it_away(night):
    night.full()
    take_seat(night.saturday, night.ana.uid, by=night.cast.clinician, at=NIGHT)
    Appointment.objects.filter(patient=night.wim.key).update(released_at=NIGHT)
    keep_lines(at=NIGHT)
    browser = night.page(night.cast.clinician)
    said = html(browser.get(reverse("today")))
    assert "Ana Silva was first in line for Weekend process" in said
    heard = re.search(r"/seats/[0-9a-f-]+/read", said)[0]
    assert night.page(night.cast.director).post(heard, once()).status_code == 404
    browser.post(heard, once())
    assert "was first in line" not in html(browser.get(reverse("today")))


def test_the_queries_of_my_page_do_not_grow_with_the_sessions_left(night, django_assert_max_num_queries):
    browser = night.page(night.mine)
    browser.get(reverse("my_hours"))
    for count in (1, 12):
        for number in range(count):
            saturday_group(
                night.cast, night.wim, day=SATURDAY, starts=time(8, number), title=f"{count}.{number}"
            )
        with django_assert_max_num_queries(62):
            browser.get(reverse("my_hours"))


def test_what_waits_for_an_answer_is_said_on_each_of_my_pages_until_it_has_one(night):
    browser = night.page(night.mine)
    assert "waits for your answer" not in html(browser.get(reverse("my_week")))
    keep_lines(at=NIGHT)
    assert "A seat waits for your answer" in html(browser.get(reverse("my_week")))
    assert "A seat waits for your answer" not in html(browser.get(reverse("my_make_ups")))
    browser.post(reverse("my_make_ups"), {"session": night.saturday, **once()})
    assert "waits for your answer" not in html(browser.get(reverse("my_week")))
