"""A person's own week on their phone: a miss told ahead, what makes it whole, own times, and the calendar."""

from datetime import UTC, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import icalendar
import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import MONDAY, NEW_YORK, at
from tests.lines_cast import saturday_group, sign_up
from tests.sessions_cast import THURSDAY, WEDNESDAY, admit, hold, open_group
from tests.through_the_door import login_with_both_factors
from throughcare.pathway.attendance.roster import session_room
from throughcare.pathway.own_week.asks import how_many_ask
from throughcare.pathway.own_week.calendar_feed import NewFeed, make_feed
from throughcare.pathway.own_week.cannot_come import said_ahead
from throughcare.pathway.timetable.publishing.telling import my_week_notices
from throughcare.pathway.week.commitments import NewCommitment, add_commitment, commitments_of
from throughcare.records.accesses import Access
from throughcare.records.own_week import CalendarFeed
from throughcare.records.people import Account
from throughcare.records.sessions import Session

TUESDAY = MONDAY + timedelta(days=1)
NEXT_WEEK = MONDAY + timedelta(days=7)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(at(9, day=TUESDAY), tick=False) as clock:
        yield clock


@pytest.fixture
def ana(cast):
    return admit(cast, "Ana", "Silva")


@pytest.fixture
def phone(cast, ana):
    return signed_in(sign_up(cast, ana))


@pytest.fixture
def evenings(cast, ana):
    """Three evenings of this week, and one of the next, after the clocks have changed."""
    group = open_group(cast)
    return [hold(cast, ana, group=group, day=day) for day in (MONDAY, WEDNESDAY, THURSDAY, NEXT_WEEK)]


def signed_in(actor):
    browser = Client()
    browser.force_login(Account.objects.get(pk=actor.account))
    return browser


def words(answer):
    return " ".join(answer.content.decode().split())


def once():
    return {"once": str(uuid4())}


def test_a_miss_told_ahead_leads_to_what_makes_the_week_whole(cast, ana, phone, evenings):
    saturday = saturday_group(cast, admit(cast, "Wim"))
    week = phone.get(reverse("my_week"))
    assert "I can’t come" in words(week) and "The way there" in words(week)
    miss = reverse("cannot_come", args=[evenings[1]])
    assert miss in words(week)
    assert phone.post(miss, {"reason": "", **once()}).status_code == 422
    told = phone.post(miss, {"reason": "work", "words": "A double shift", **once()})
    assert told.url == f"{reverse('my_make_ups')}?week={WEDNESDAY}"
    offers = phone.get(told.url)
    assert "Weekend process" in words(offers) and "Take this seat" in words(offers)
    taken = phone.post(told.url, {"session": saturday, **once()}, follow=True)
    assert "The seat is yours" in words(taken)
    after = words(phone.get(reverse("my_week")))
    assert "Make-up" in after and "Not this time" in after and miss not in after
    assert "hours of your plan are missing" not in words(phone.get(f"{reverse('my_week')}?week={MONDAY}"))
    (notice,) = my_week_notices(by=cast.facilitator)
    assert "One person fewer comes to Evening process" in notice.lines[0]
    (said,) = said_ahead(ana.uid, since=MONDAY, by=cast.clinician, at=timezone.now())
    assert (said.reason, said.words) == ("work", "A double shift")
    room = session_room(evenings[1], by=cast.facilitator, at=timezone.now())
    assert (room.roster, room.said_ahead) == ((), ("Ana Silva",))
    assert phone.get(miss).status_code == 404


def test_what_has_begun_is_no_longer_told_ahead(cast, ana, evenings, clock):
    clock.move_to(at(18, day=WEDNESDAY))
    phone = signed_in(sign_up(cast, ana))
    miss = reverse("cannot_come", args=[evenings[1]])
    assert "This session has begun." in words(phone.get(miss))
    assert phone.post(miss, {"reason": "sick", **once()}).status_code == 422


def test_the_way_there_names_the_address_and_a_number(cast, phone, evenings):
    site = Session.objects.get(uid=evenings[1]).site
    site.address, site.phone = "14 Mill Street, New York", "212-555-0100"
    site.save(update_fields=["address", "phone"])
    page = words(phone.get(reverse("way_there", args=[evenings[1]])))
    assert "geo:0,0?q=14%20Mill%20Street%2C%20New%20York" in page and "tel:212-555-0100" in page
    assert "Blue room" in page


def a_time(weekday, **other):
    said = {"kind": "work", "title": "Bakery", "how_often": "weekly", "weekday": str(weekday)}
    return {**said, "starts": "17:00", "ends": "21:00", **other, **once()}


def test_own_times_count_at_once_unless_they_lie_over_sessions(cast, ana, phone, evenings):
    free = phone.post(reverse("add_own_time"), a_time(6), follow=True)
    assert "It is in your week." in words(free) and "Sundays" in words(free)
    waits = phone.post(reverse("add_own_time"), a_time(3, words="New shifts"), follow=True)
    assert "We have asked your team." in words(waits) and "Asked, not answered yet" in words(waits)
    assert "Evening process, Thursday, March 5" in words(waits)
    assert len(commitments_of(ana.uid, by=cast.clinician, at=timezone.now())) == 1
    assert how_many_ask(by=cast.clinician) == 1 and how_many_ask(by=cast.biller) == 0

    desk = Client()
    login_with_both_factors(desk, Account.objects.get(pk=cast.clinician.account))
    assert "1 asked change of" in words(desk.get(reverse("today")))
    listed = words(desk.get(reverse("week_asks")))
    assert "Silva" in listed and "New shifts" in listed
    (ask,) = phone.get(reverse("my_times")).context["mine"].asks
    answer = reverse("answer_week_ask", args=[ask.uid])
    assert desk.post(answer, {"answer": "decline", "words": "", **once()}).status_code == 422
    desk.post(answer, {"answer": "agree", "words": "We move your Thursday.", **once()})
    assert len(commitments_of(ana.uid, by=cast.clinician, at=timezone.now())) == 2
    mine = words(phone.get(reverse("my_week")))
    assert (
        "Your team agreed" in mine and "We move your Thursday." in mine and "A session lies over it" in mine
    )
    assert desk.post(answer, {"answer": "agree", **once()}).status_code == 404


def test_a_time_that_a_court_set_ends_with_the_team(cast, ana, phone, evenings):
    court = NewCommitment("court", "Probation", weekday=1, starts=time(10), ends=time(11))
    kept = add_commitment(ana.uid, court, by=cast.clinician, at=at(8))
    end = reverse("end_own_time", args=[kept])
    assert "We have asked your team." in words(phone.post(end, once(), follow=True))
    assert "You asked for this already." in words(phone.post(end, once(), follow=True))
    (ask,) = phone.get(reverse("my_times")).context["mine"].asks
    phone.post(reverse("take_ask_back", args=[ask.uid]), once())
    assert phone.get(reverse("my_times")).context["mine"].asks == ()
    assert len(commitments_of(ana.uid, by=cast.clinician, at=timezone.now())) == 1


def test_wishes_bind_nobody_and_count_at_once(phone):
    said = {"morning": ["0", "4"], "way": "video", "travel_minutes": "25", **once()}
    assert "Saved." in words(phone.post(reverse("own_wishes"), said, follow=True))
    wishes = phone.get(reverse("my_times")).context["mine"].wishes.wishes
    assert set(wishes.likings) == {(0, "morning"), (4, "morning")} and wishes.travel_minutes == 25


def test_a_calendar_reads_neutral_times_across_the_change_of_clocks(cast, ana, phone, evenings, clock):
    said = {"name": "My phone", "title": "own", "own_title": "Recovery group", **once()}
    assert phone.post(reverse("new_calendar"), said).status_code == 422
    made = phone.post(reverse("new_calendar"), {**said, "own_title": "Piano", **once()})
    address = made.context["address"].removeprefix("http://testserver")
    told = Client().get(address)
    assert told["Content-Type"].startswith("text/calendar")
    calendar = icalendar.Calendar.from_ical(told.content)
    events = sorted(calendar.walk("VEVENT"), key=lambda one: one["dtstart"].dt)
    assert {str(one["summary"]) for one in events} == {"Piano"}
    assert (
        b"Harbor" not in told.content and b"process" not in told.content and b"LOCATION" not in told.content
    )
    # The clocks change on March 8, 2026: 5:30 PM is 22:30 UTC before and 21:30 UTC after.
    starts = [one["dtstart"].dt for one in events]
    assert starts[0] == datetime(2026, 3, 2, 22, 30, tzinfo=UTC)
    assert starts[-1] == datetime(2026, 3, 9, 21, 30, tzinfo=UTC)
    assert {one.astimezone(ZoneInfo(NEW_YORK)).time() for one in starts} == {time(17, 30)}

    read = Access.objects.filter(surface="feed").count()
    same = Client().get(address, headers={"If-None-Match": told["ETag"]})
    assert same.status_code == 304 and same["ETag"] == told["ETag"] and not same.content
    assert Client().get(address, headers={"If-Modified-Since": told["Last-Modified"]}).status_code == 304
    assert (read, Access.objects.filter(surface="feed").count()) == (1, 1)

    phone.post(reverse("cannot_come", args=[evenings[1]]), {"reason": "ride", **once()})
    changed = Client().get(
        address, headers={"If-None-Match": told["ETag"], "If-Modified-Since": told["Last-Modified"]}
    )
    assert changed.status_code == 200
    statuses = [
        (str(one["status"]), int(one["sequence"]))
        for one in sorted(
            icalendar.Calendar.from_ical(changed.content).walk("VEVENT"), key=lambda e: e["dtstart"].dt
        )
    ]
    assert statuses == [("CONFIRMED", 0), ("CANCELLED", 1), ("CONFIRMED", 0), ("CONFIRMED", 0)]
    (feed,) = CalendarFeed.objects.all()
    assert feed.read_at is not None
    phone.post(reverse("end_calendar", args=[feed.uid]), once())
    assert Client().get(address).status_code == 404
    assert Client().get(reverse("calendar_feed", args=["nobody"])).status_code == 404


def test_a_calendar_that_only_knows_the_hour_hears_of_every_new_day(cast, ana, evenings, clock):
    token = make_feed(NewFeed("My phone", "Busy", with_place=True), by=sign_up(cast, ana), at=timezone.now())
    address = reverse("calendar_feed", args=[token])
    since = {"If-Modified-Since": Client().get(address)["Last-Modified"]}
    assert Client().get(address, headers=since).status_code == 304
    clock.shift(timedelta(days=1))  # a new day brings new times into sight
    assert Client().get(address, headers=since).status_code == 200
