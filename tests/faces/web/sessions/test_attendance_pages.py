"""The day and the door, in the browser."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.cast import MONDAY, at
from tests.sessions_cast import admit, hold
from throughcare.records.attendance import Attendance


def room(evening):
    return reverse("session", args=[evening.session])


def tap(browser, evening, person, value, **more):
    address = reverse("take_attendance", args=[evening.session, person.uid])
    return browser.post(address, {"tap": value, "once": str(uuid4()), **more})


def row(html, person):
    return html.split(f'id="row-{person.uid}"')[1].split("</li>")[0]


def test_one_tap_records_and_leads_back_to_the_row(evening):
    browser = evening.page(evening.cast.facilitator)
    answer = tap(browser, evening, evening.ana, "present")
    assert answer.status_code == 302
    assert answer.url == f"{room(evening)}#row-{evening.ana.uid}"
    html = browser.get(room(evening)).content.decode()
    assert re.search(r'value="present" aria-pressed="true"', row(html, evening.ana))
    assert "165 minutes count" in row(html, evening.ana)
    assert "Felix Grant" in row(html, evening.ana)
    assert "1 of 3" in html


def test_a_double_click_is_one_record(evening):
    browser = evening.page(evening.cast.facilitator)
    key = str(uuid4())
    first = tap(browser, evening, evening.ana, "late", once=key)
    evening.now(at(17, 41))
    second = tap(browser, evening, evening.ana, "late", once=key)
    assert (first.status_code, second.status_code) == (302, 302)
    assert second.url == first.url
    assert Attendance.objects.count() == 1


def test_late_asks_for_the_minutes_and_takes_them(evening):
    browser = evening.page(evening.cast.facilitator)
    tap(browser, evening, evening.ana, "late")
    html = row(browser.get(room(evening)).content.decode(), evening.ana)
    assert re.search(r'name="late_minutes"[^>]*value="10"', html)
    address = reverse("take_attendance", args=[evening.session, evening.ana.uid])
    browser.post(address, {"late_minutes": "25", "left_early_minutes": "", "once": str(uuid4())})
    assert Attendance.objects.get(retired_at__isnull=True).late_minutes == 25


@pytest.mark.parametrize("minutes", ["x", "-1", "9999", "²", "180"])
def test_impossible_minutes_are_said_at_the_row(evening, minutes):
    browser = evening.page(evening.cast.facilitator)
    tap(browser, evening, evening.ana, "late")
    address = reverse("take_attendance", args=[evening.session, evening.ana.uid])
    answer = browser.post(address, {"late_minutes": minutes, "left_early_minutes": "0"})
    assert answer.status_code == 422
    assert 'role="alert"' in row(answer.content.decode(), evening.ana)
    assert Attendance.objects.count() == 1


def test_everyone_else_is_one_button(evening):
    browser = evening.page(evening.cast.facilitator)
    tap(browser, evening, evening.hope, "no_show")
    answer = browser.post(
        reverse("everyone_else_present", args=[evening.session]), {"once": str(uuid4())}, follow=True
    )
    assert "2 recorded as present" in answer.content.decode()
    assert "Everyone else present" not in answer.content.decode()


def test_before_the_door_opens_the_page_says_when(evening):
    evening.now(at(12))
    html = evening.page(evening.cast.facilitator).get(room(evening)).content.decode()
    assert "from 5:00 PM" in html
    assert "aria-pressed" not in html


def test_names_are_escaped_and_kept(evening):
    person = admit(evening.cast, "<script>alert(1)</script>", "O’Ñé 小明")
    session = hold(evening.cast, person)
    html = evening.page(evening.cast.facilitator).get(reverse("session", args=[session])).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; O’Ñé 小明" in html


def test_roles_stay_within_their_pages(evening):
    for role, status in (("biller", 200), ("compliance", 200), ("admissions", 403), ("admin", 403)):
        browser = evening.page(getattr(evening.cast, role))
        assert browser.get(room(evening)).status_code == status, role
        assert tap(browser, evening, evening.ana, "present").status_code == 403, role
        assert browser.get(reverse("session_notes", args=[evening.session])).status_code == 403, role
        assert browser.get(reverse("hour_ledger", args=[evening.ana.uid])).status_code == status, role
    assert Attendance.objects.count() == 0


def test_a_biller_finds_no_way_to_the_notes(evening):
    html = evening.page(evening.cast.biller).get(room(evening)).content.decode()
    assert "/notes" not in html


def test_an_unknown_session_is_not_found(evening):
    assert evening.page(evening.cast.facilitator).get(reverse("session", args=[uuid4()])).status_code == 404


def test_the_day_shows_ones_own_sessions_and_the_way_to_the_next(evening):
    browser = evening.page(evening.cast.facilitator)
    html = browser.get(reverse("today")).content.decode()
    assert "Monday, March 2" in html
    assert "Your sessions" in html
    assert "0 of 3 taken" in html
    assert "?day=2026-03-03" in html
    other = browser.get(reverse("today") + "?day=2026-03-03").content.decode()
    assert "No sessions on this day" in other
    assert browser.get(reverse("today") + "?day=nonsense").status_code == 200
    assert browser.get(reverse("today") + "?day=0001-01-01").status_code == 200


def test_a_session_alone_is_shown_with_its_person(evening):
    hold(
        evening.cast,
        evening.ana,
        kind="individual",
        title="Individual therapy",
        led_by=evening.cast.clinician,
    )
    html = evening.page(evening.cast.clinician).get(reverse("today")).content.decode()
    assert "Individual therapy</a> with Ana Silva" in html


def test_the_room_costs_as_many_queries_with_twelve_as_with_three(evening, django_assert_max_num_queries):
    large = hold(evening.cast, *[admit(evening.cast, f"Person{n}") for n in range(12)], day=MONDAY)
    browser = evening.page(evening.cast.facilitator)
    for session in (evening.session, large):
        with django_assert_max_num_queries(23):
            browser.get(reverse("session", args=[session]))
