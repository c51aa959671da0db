"""Why hours are missing, in sentences with names only where the reader may know them."""

from datetime import time, timedelta

import pytest
from django.db import transaction

from tests.cast import MONDAY, MORNING, NEW_YORK, gather_cast
from tests.week_cast import a_group, admit, prescribe
from throughcare.pathway.clinic.founding import NewStaff, add_room, hire, open_site, set_shift
from throughcare.pathway.group.group import NewGroup, join_group, lead_group, meet_weekly, open_group
from throughcare.pathway.timetable.naming import SAID_INSTEAD, say_names, say_to
from throughcare.pathway.timetable.person.why_not import why_not
from throughcare.pathway.timetable.picture.week import picture_of
from throughcare.pathway.week.commitments import NewCommitment, add_commitment, keep_apart
from throughcare.pathway.week.schedule import extend_sessions
from throughcare.records.people import Practitioner

pytestmark = pytest.mark.django_db
NEXT = MONDAY + timedelta(weeks=1)


@pytest.fixture
def cast():
    return gather_cast()


def joined(cast, name, *groups):
    person = admit(cast, name, "Reed")
    prescribe(person, hours=3 * len(groups), days=3, longest=3, mix=(("cbt", len(groups), 180),))
    for group in groups:
        join_group(group, person.episode, from_date=MONDAY, by=cast.program, at=MORNING)
    return person


def test_a_full_group_and_her_work_are_the_causes_and_a_seat_or_an_hour_would_help(cast):
    morning = a_group(cast, name="Mornings", weekday=0, starts=time(10), minutes=180)
    evening = a_group(
        cast, name="Evenings", track="evening", weekday=1, starts=time(17, 30), minutes=180, capacity=2
    )
    for name in ("Bo", "Cy"):
        joined(cast, name, morning, evening)
    ana = admit(cast, "Ana", "Silva")
    prescribe(ana, hours=3, days=3, longest=3, mix=(("cbt", 1, 180),))
    work = NewCommitment(kind="work", weekday=0, starts=time(8), ends=time(16))
    add_commitment(ana.patient, work, by=cast.clinician, at=MORNING)
    found = why_not(ana.patient, monday=NEXT, by=cast.clinician, at=MORNING)
    assert (found.hours, found.missing_hours) == (3, 3)
    said = " ".join(found.causes)
    assert "full" in said
    assert "5:30 PM" in said
    assert "Ana Silva can" in said
    assert found.fixes
    assert str(ana.patient) not in said + " ".join(found.fixes)


def test_nothing_is_missing_for_who_has_every_hour(cast):
    group = a_group(cast, weekday=0, starts=time(10), minutes=180)
    bo = joined(cast, "Bo", group)
    joined(cast, "Cy", group)
    found = why_not(bo.patient, monday=NEXT, by=cast.clinician, at=MORNING)
    assert (found.missing_hours, found.causes, found.fixes) == (0, (), ())


def test_someone_without_a_plan_is_not_in_the_picture(cast):
    ana = admit(cast, "Ana", "Silva")
    assert not why_not(ana.patient, monday=NEXT, by=cast.clinician, at=MORNING).is_pictured


def test_who_is_kept_apart_is_told_to_who_may_know_and_to_nobody_else(cast):
    group = a_group(cast, weekday=0, starts=time(10), minutes=180)
    bo = joined(cast, "Bo", group)
    joined(cast, "Cy", group)
    ana = admit(cast, "Ana", "Silva")
    prescribe(ana, hours=3, days=3, longest=3, mix=(("cbt", 1, 180),))
    keep_apart(ana.patient, bo.patient, reason="An old case", by=cast.clinician, at=MORNING)
    known = why_not(ana.patient, monday=NEXT, by=cast.clinician, at=MORNING)
    told = why_not(ana.patient, monday=NEXT, by=cast.case_manager, at=MORNING)
    assert "Bo Reed" in " ".join(known.causes)
    assert told.causes == (SAID_INSTEAD,)
    assert "Bo Reed" not in " ".join(told.fixes)


def test_sentences_bear_names_and_the_clock_of_the_house(cast):
    ana, other = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"
    words = f"{ana} and {other} come on Monday 17:30, not 09:05–12:00."
    assert say_names(words, {ana: "Ana"}) == (
        "Ana and another person come on Monday 5:30 PM, not 9:05 AM–12:00 PM."
    )
    assert say_to("apart", words, {}, by=cast.nurse) == SAID_INSTEAD


def test_a_group_of_another_site_lends_a_seat_where_the_way_there_is_free_too(cast):
    east = open_site("East", time_zone=NEW_YORK, by=cast.program, at=MORNING)
    room = add_room(east, name="East room", kind="group", capacity=14, by=cast.program, at=MORNING)
    eve = NewStaff("Eve", "Lane", "eve@harbor.test", ("facilitator",), "LPC", skills=("cbt",))
    hire(east, eve, password=None, by=cast.program, at=MORNING)
    leader = Practitioner.objects.get(given_name="Eve")
    at_work = {"weekday": 1, "starts": time(8), "ends": time(21), "from_date": MONDAY}
    set_shift(leader.uid, east, **at_work, by=cast.program, at=MORNING)
    group = open_group(
        east, NewGroup("East CBT", "cbt", "day", 8, room=room), by=cast.admin, at=MORNING, opened_date=MONDAY
    )
    meet_weekly(group, weekday=1, starts=time(13), minutes=180, from_date=MONDAY, by=cast.admin, at=MORNING)
    lead_group(group, leader.uid, from_date=MONDAY, by=cast.admin, at=MORNING)
    ana = admit(cast, "Ana", "Silva")
    prescribe(ana, hours=3, days=3, longest=3, mix=(("cbt", 1, 180),))
    here = a_group(cast, name="Mornings", weekday=0, starts=time(10), minutes=180)
    keep = NewCommitment(kind="work", weekday=0, starts=time(8), ends=time(16))
    add_commitment(ana.patient, keep, by=cast.clinician, at=MORNING)

    def lent():
        return why_not(ana.patient, monday=NEXT, by=cast.clinician, at=MORNING).lent

    assert here and [one.group for one in lent()] == [group]
    assert lent()[0].words == (
        "East CBT at East, Tuesdays 1:00–4:00 PM. 30 minutes before and after are free for the way."
    )
    # Once the seat is hers, the way to it is taken time in the week of her own site.
    with transaction.atomic():
        join_group(group, ana.episode, from_date=MONDAY, by=cast.program, at=MORNING)
        extend_sessions(cast.organization, until=NEXT + timedelta(days=7), at=MORNING)
        picture = picture_of(cast.site, monday=NEXT, by=cast.director, at=MORNING)
        ticks = [picture.grid.tick_of(60 * 12 + minute) for minute in (15, 30, 45)]
        free = picture.problem.people[str(ana.patient)].free[1]
        assert [tick in free for tick in ticks] == [True, False, False]
        transaction.set_rollback(True)
    # Work until a quarter to one leaves the meeting free, but not the way to it.
    until = NewCommitment(kind="work", weekday=1, starts=time(8), ends=time(12, 45))
    add_commitment(ana.patient, until, by=cast.clinician, at=MORNING)
    assert lent() == ()
