"""What the week must respect is said, one person is placed on the phone, and why hours are missing is told."""

from datetime import time, timedelta

import pytest

from tests.cast import MONDAY, MORNING
from tests.journeys.walker import DESK, PHONE
from tests.week_cast import a_group, admit, prescribe
from throughcare.pathway.group.group import join_group
from throughcare.pathway.timetable.rules.staff_limits import limit_group_hours
from throughcare.pathway.week.commitments import NewCommitment, add_commitment
from throughcare.pathway.week.schedule import extend_sessions

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NEXT = MONDAY + timedelta(weeks=1)


@pytest.fixture
def evenings(cast):
    """Three evenings and Saturday, two people in each; one evening is full."""
    felix = cast.practitioner_uid(cast.facilitator)
    limit_group_hours(felix, most=40, meant=40, by=cast.admin, at=MORNING)
    groups = [
        a_group(
            cast,
            name=f"Evening {day}",
            track="evening",
            weekday=weekday,
            starts=time(17, 30),
            minutes=180,
            capacity=2 if weekday == 3 else 8,
        )
        for weekday, day in ((0, "one"), (2, "two"), (3, "three"))
    ]
    groups.append(a_group(cast, name="Saturday", track="weekend", weekday=5, starts=time(9), minutes=180))
    for name in ("Bo", "Cy"):
        other = admit(cast, name, "Reed")
        prescribe(other, hours=12, days=4, longest=3, mix=(("cbt", 4, 180),))
        for group in groups:
            join_group(group, other.episode, from_date=MONDAY, by=cast.program, at=MORNING)
    extend_sessions(cast.organization, until=MONDAY + timedelta(days=27), at=MORNING)
    return groups


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_week_that_fits_the_life(someone, cast, clock, evenings, size):
    ben = admit(cast, "Ben", "Cole")
    prescribe(ben, hours=9, days=3, longest=3, mix=(("cbt", 3, 180),))
    for weekday in range(5):
        work = NewCommitment(kind="work", weekday=weekday, starts=time(7), ends=time(15))
        add_commitment(ben.patient, work, by=cast.clinician, at=MORNING)
    says_what_the_week_must_respect(someone("dana@harbor.test", size=size), cast)
    carla = someone("carla@harbor.test", size=size)
    says_what_ben_wishes(carla, ben)
    is_placed_on_the_phone(carla, ben)
    hears_why_hours_are_missing(carla, cast)


def says_what_the_week_must_respect(dana, cast):
    dana.go(f"/timetable/{cast.site}/rules/")
    dana.look("week-rules", "What the week must respect", "Felix Grant", "at most 40, meant 40", "Blue room")
    dana.follow("New group that may open")
    dana.look("new-offer", "A group that may open")
    dana.select("Session type", "Cognitive")
    dana.select("Track", "Evening")
    dana.fill("Seats", "8")
    dana.select("Day of the week", "Tuesday")
    dana.fill("Starts at", "17:30")
    dana.fill("Minutes, breaks included", "180")
    dana.select("Room", "Blue room")
    dana.press("Add it", within="main")
    dana.reads("Tuesdays, 5:30–8:30 PM")
    dana.press("Take nobody new", within="tr:has-text('Evening one')")
    dana.reads("Takes nobody new")
    dana.press("Take new people", within="tr:has-text('Evening one')")
    dana.follow("People")
    dana.look("week-people", "Ben Cole", "9 h on 3 days")
    dana.go(f"/timetable/{cast.site}/rules/standing?week={NEXT.isoformat()}")
    dana.look("week-standing", "Nothing in this week breaks a rule.", "Nothing contradicts itself.")


def says_what_ben_wishes(carla, ben):
    carla.go(f"/patients/{ben.patient}/week")
    carla.look("week-of-ben", "Why are hours missing?")
    carla.follow("Wishes")
    carla.look("wishes", "Wishes for the week", "How gladly do they come?")
    carla.select("Saturday morning", "Only if needed")
    carla.pick("In person or by video?", "Rather in person")
    carla.fill("Minutes for the way", "30")
    carla.press("Write it down", within="main")
    carla.reads("Written down.")


def is_placed_on_the_phone(carla, ben):
    carla.go(f"/patients/{ben.patient}/week/place?week={NEXT.isoformat()}")
    carla.look("good-weeks", "Good weeks", "Nobody moves.", "All hours", "Saturday")
    carla.press("This is the week", within="section:has(h2:has-text('Week 1'))")
    carla.look("placed", "It is their week.", "9 of 9 h")


def hears_why_hours_are_missing(carla, cast):
    eve = admit(cast, "Eve", "Hart")
    prescribe(eve, hours=9, days=3, longest=3, mix=(("cbt", 3, 180),))
    for weekday in range(5):
        work = NewCommitment(kind="work", weekday=weekday, starts=time(7), ends=time(16))
        add_commitment(eve.patient, work, by=cast.clinician, at=MORNING)
    away = NewCommitment(kind="childcare", weekday=5, starts=time(6), ends=time(22))
    add_commitment(eve.patient, away, by=cast.clinician, at=MORNING)
    carla.go(f"/patients/{eve.patient}/week/why-not?week={NEXT.isoformat()}")
    carla.look("why-not", "hours are missing", "What would help", "Each of these was tried")
    assert "Bo Reed" not in carla.page.locator("main").inner_text().split("What would help")[0]
