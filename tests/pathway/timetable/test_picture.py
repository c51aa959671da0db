"""The picture of a week: what records become, what is left out, and what it costs to draw."""

from datetime import date, datetime, time, timedelta

import pytest

from tests.cast import MONDAY, MORNING, gather_cast
from tests.week_cast import a_group, admit, prescribe
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.group.group import join_group, meet_weekly
from throughcare.pathway.timetable.picture.week import Newcomer, picture_of
from throughcare.pathway.timetable.rules.never_with import keep_from_staff
from throughcare.pathway.week.booking import NewSession
from throughcare.pathway.week.commitments import NewCommitment, add_commitment, keep_apart
from throughcare.pathway.week.schedule import book_session
from throughcare.records.accesses import Access, AccessedPatient
from throughcare.records.episodes import CareTeamMember, Episode
from throughcare.records.people import Practitioner
from throughcare.timetable.check import check
from throughcare.timetable.contradictions import find_contradictions

pytestmark = pytest.mark.django_db
NEXT = MONDAY + timedelta(weeks=1)


@pytest.fixture
def cast():
    return gather_cast()


def three_groups(cast):
    return [
        a_group(cast, name=name, weekday=day, starts=time(10), minutes=180)
        for name, day in (("Mondays", 0), ("Wednesdays", 2), ("Fridays", 4))
    ]


def picture(cast, **more):
    return picture_of(cast.site, monday=NEXT, by=cast.director, at=MORNING, **more)


def carried(cast, person):
    """A primary therapist for someone."""
    episode = Episode.objects.get(uid=person.episode)
    CareTeamMember.objects.create(
        organization_id=cast.organization,
        episode=episode,
        practitioner=Practitioner.objects.get(pk=cast.clinician.practitioner),
        part="primary_therapist",
        recorded_at=MORNING,
    )


def test_hours_are_what_is_required_what_is_open_and_the_one_to_ones(cast):
    ana = admit(cast, "Ana", "Silva")
    carried(cast, ana)
    prescribe(ana, hours=12, days=4, mix=(("cbt", 3, 180), ("individual", 1, 60)))
    three_groups(cast)
    found = picture(cast)
    person = found.problem.people[str(ana.patient)]
    assert dict(person.required) == {"cbt": 3}
    assert person.flexible_hours == 2
    assert [(one.kind, one.hours, one.ticks) for one in person.ones] == [("individual", 1.0, 4)]
    assert person.hours == 12
    assert found.people == {str(ana.patient): ana.patient}


def test_a_running_group_is_a_slot_with_its_leader_and_its_members(cast):
    ana = admit(cast, "Ana", "Silva")
    prescribe(ana, mix=(("cbt", 3, 180),))
    bo = admit(cast, "Bo", "Reed")
    prescribe(bo, mix=(("cbt", 3, 180),))
    groups = three_groups(cast)
    for person in (ana, bo):
        for group in groups:
            join_group(group, person.episode, from_date=MONDAY, by=cast.program, at=MORNING)
    found = picture(cast)
    keys = sorted(found.groups)
    assert [found.groups[key] for key in keys] == groups
    assert [(key.type, key.day, found.problem.say_time(key.day, key.start)) for key in keys] == [
        ("cbt", 0, "Monday 10:00"),
        ("cbt", 2, "Wednesday 10:00"),
        ("cbt", 4, "Friday 10:00"),
    ]
    felix = str(cast.practitioner_uid(cast.facilitator))
    assert set(found.problem.previous.groups.values()) == {felix}
    assert found.problem.previous.attend[str(ana.patient)] == set(keys)
    checked = check(found.problem, found.problem.previous)
    assert checked.is_clean
    assert found.clashes == ()
    assert find_contradictions(found.problem) == ()
    assert checked.unmet_hours == 0


def test_free_time_is_what_the_persons_own_week_leaves(cast):
    ana = admit(cast, "Ana", "Silva")
    prescribe(ana)
    work = NewCommitment(kind="work", weekday=0, starts=time(8), ends=time(16))
    add_commitment(ana.patient, work, by=cast.clinician, at=MORNING)
    court = NewCommitment(kind="court", day=NEXT + timedelta(days=2), starts=time(9), ends=time(12))
    add_commitment(ana.patient, court, by=cast.clinician, at=MORNING)
    found = picture(cast)
    free = found.problem.people[str(ana.patient)].free
    at = {found.grid.clock(tick) for tick in free[0]}
    assert min(at) == time(16)
    assert {found.grid.clock(tick) for tick in free[2]}.isdisjoint({time(9), time(11, 45)})
    assert time(8) in {found.grid.clock(tick) for tick in free[1]}


def test_a_shift_that_alternates_takes_every_second_week(cast):
    ana = admit(cast, "Ana", "Silva")
    prescribe(ana)
    early = NewCommitment(
        kind="work", weekday=0, starts=time(6), ends=time(14), every_weeks=2, anchor_date=NEXT
    )
    add_commitment(ana.patient, early, by=cast.clinician, at=MORNING)
    after = [
        picture_of(cast.site, monday=NEXT + timedelta(weeks=n), by=cast.director, at=MORNING)
        for n in (0, 1, 2)
    ]
    free = [len(one.problem.people[str(ana.patient)].free[0]) for one in after]
    assert free[0] == free[2] < free[1]


def test_a_booked_one_to_one_keeps_its_time_and_its_therapist(cast):
    ana = admit(cast, "Ana", "Silva")
    prescribe(ana, hours=1, mix=(("individual", 1, 60),))
    carla = cast.practitioner_uid(cast.clinician)
    new = NewSession(
        kind="individual",
        site=cast.site,
        practitioner=carla,
        patients=(ana.patient,),
        starts_at=datetime.combine(NEXT + timedelta(days=1), time(11)),
        minutes=60,
    )
    session = book_session(new, by=cast.clinician, at=MORNING)
    found = picture(cast)
    person = str(ana.patient)
    assert found.visits == {(person, "individual"): session}
    day, tick = found.problem.previous.ones[person]["individual"]
    assert (day, found.grid.clock(tick)) == (1, time(11))
    assert found.problem.people[person].ones[0].staff == str(carla)


def test_what_cannot_be_pictured_is_told_and_not_dropped(cast):
    ana = admit(cast, "Ana", "Silva")
    bo = admit(cast, "Bo", "Reed")
    prescribe(bo, hours=1, mix=(("individual", 1, 60),))
    a_group(cast, name="Nobody’s group", led=False)
    found = picture(cast)
    words = {one.patient: one.because for one in found.left_out}
    assert "no care plan in force" in words[ana.patient]
    assert "Nobody’s group has nobody who leads it" in words[None]
    assert "nobody is named who can hold it" in found.told[str(bo.patient)][0]


def test_whoever_is_not_in_the_picture_keeps_a_seat_all_the_same(cast):
    ana = admit(cast, "Ana", "Silva")
    group = a_group(cast, capacity=5)
    join_group(group, ana.episode, from_date=MONDAY, by=cast.program, at=MORNING)
    (slot,) = picture(cast).problem.slots.values()
    assert (slot.most, slot.fewest) == (4, 1)


def test_what_breaks_a_rule_is_taken_out_of_the_week_and_told(cast):
    ana = admit(cast, "Ana", "Silva")
    bo = admit(cast, "Bo", "Reed")
    cy = admit(cast, "Cy", "Hale")
    di = admit(cast, "Di", "Moss")
    groups = three_groups(cast)
    for person in (ana, bo, cy, di):
        prescribe(person, mix=(("cbt", 3, 180),))
        for group in groups:
            join_group(group, person.episode, from_date=MONDAY, by=cast.program, at=MORNING)
    work = NewCommitment(kind="work", weekday=0, starts=time(8), ends=time(16))
    add_commitment(ana.patient, work, by=cast.clinician, at=MORNING)
    keep_apart(bo.patient, cy.patient, reason="They shared a house.", by=cast.clinician, at=MORNING)
    found = picture(cast)
    assert {one.rule for one in found.clashes} == {"avail", "apart"}
    assert check(found.problem, found.problem.previous).is_clean
    assert len(found.problem.previous.attend[str(ana.patient)]) == 2
    assert found.as_it_stands.attend[str(ana.patient)] > found.problem.previous.attend[str(ana.patient)]


def test_what_no_group_offers_is_told_and_not_looked_for(cast):
    ana = admit(cast, "Ana", "Silva")
    prescribe(ana, hours=3.5, mix=(("process", 1, 90), ("cbt", 2, 60)))
    a_group(cast, minutes=90)
    found = picture(cast)
    person = found.problem.people[str(ana.patient)]
    assert dict(person.required) == {"cbt": 1}
    assert person.hours == 2
    assert find_contradictions(found.problem) == ()
    lacks, other = found.told[str(ana.patient)]
    assert "no such group for them is held or may be opened here this week, so that 1.5 h" in lacks
    assert "here it becomes 1 of 90 min" in other


def test_a_group_that_meets_twice_a_day_is_counted_once(cast):
    ana = admit(cast, "Ana", "Silva")
    prescribe(ana)
    group = a_group(cast, starts=time(9))
    meet_weekly(group, weekday=0, starts=time(11), minutes=60, from_date=MONDAY, by=cast.admin, at=MORNING)
    found = picture(cast)
    assert [key.day for key in found.problem.slots] == [0]
    assert find_contradictions(found.problem) == ()


def test_an_own_therapist_whom_one_must_not_meet_holds_no_one_to_one(cast):
    ana = admit(cast, "Ana", "Silva")
    carried(cast, ana)
    prescribe(ana, hours=1, mix=(("individual", 1, 60),))
    carla = cast.practitioner_uid(cast.clinician)
    keep_from_staff(ana.patient, carla, reason="Neighbors", by=cast.director, at=MORNING)
    found = picture(cast)
    assert found.problem.people[str(ana.patient)].ones == ()
    assert find_contradictions(found.problem) == ()


def test_a_newcomer_is_in_the_picture_with_a_proposed_mix(cast):
    ana = admit(cast, "Ana", "Silva")
    a_group(cast, kind="process", minutes=120, led=False)
    found = picture(cast, newcomer=Newcomer(ana.patient, "iop-9"))
    assert found.problem.people[str(ana.patient)].required["process"] == 1
    assert [one.patient for one in found.left_out] == [None]


def test_one_row_in_the_book_names_everyone(cast):
    for name in ("Ana", "Bo"):
        prescribe(admit(cast, name, "Silva"))
    before = Access.objects.count()
    picture(cast)
    (row,) = Access.objects.order_by("pk")[before:]
    assert AccessedPatient.objects.filter(access=row).count() == 2


def test_the_queries_do_not_grow_with_the_people(cast, django_assert_max_num_queries):
    groups = three_groups(cast)
    for n in range(2):
        joined(cast, n, groups)
    with django_assert_max_num_queries(60) as few:
        picture(cast)
    for n in range(2, 8):
        joined(cast, n, groups)
    with django_assert_max_num_queries(len(few.captured_queries)):
        picture(cast)


def joined(cast, number, groups):
    person = admit(cast, f"P{number}", "Silva")
    carried(cast, person)
    prescribe(person, hours=10, mix=(("cbt", 3, 180), ("individual", 1, 60)))
    for group in groups:
        join_group(group, person.episode, from_date=MONDAY, by=cast.program, at=MORNING)


def test_a_site_out_of_reach_is_absent_and_a_week_begins_on_a_monday(cast):
    other = gather_cast("Elsewhere", mail_host="else.test")
    with pytest.raises(Absent):
        picture_of(cast.site, monday=NEXT, by=other.director, at=MORNING)
    with pytest.raises(Cannot):
        picture_of(cast.site, monday=date(2026, 3, 10), by=cast.director, at=MORNING)
