"""The scenarios of the field, as weeks: who works by day gets the evenings, and the evening parent her Saturday."""

from datetime import time, timedelta

import pytest

from tests.cast import MONDAY, MORNING, gather_cast
from tests.week_cast import a_group, admit, prescribe
from throughcare.pathway.timetable.good_weeks import good_weeks
from throughcare.pathway.timetable.picture import picture_of
from throughcare.pathway.timetable.staff_limits import limit_group_hours
from throughcare.pathway.timetable.week_choice import take_week
from throughcare.pathway.week.commitments import NewCommitment, add_commitment
from throughcare.pathway.week.group import join_group
from throughcare.records.timetables import Group, Membership
from throughcare.timetable.check import check

pytestmark = pytest.mark.django_db
NEXT = MONDAY + timedelta(weeks=1)
MORNINGS = (("Mornings", "day", time(9, 30)), ("Evenings", "evening", time(17, 30)))


@pytest.fixture
def cast():
    return gather_cast()


@pytest.fixture
def groups(cast):
    """Every weekday morning and evening, and Saturday morning, three hours each, two people in each."""
    felix = cast.practitioner_uid(cast.facilitator)
    limit_group_hours(felix, most=40, meant=40, by=cast.admin, at=MORNING)
    made = {
        (name, weekday): a_group(
            cast, name=f"{name} {weekday}", track=track, weekday=weekday, starts=starts, minutes=180
        )
        for name, track, starts in MORNINGS
        for weekday in range(5)
    }
    made["Saturday", 5] = a_group(
        cast, name="Saturday", track="weekend", weekday=5, starts=time(9), minutes=180
    )
    for n in range(2):
        filler = admit(cast, f"Filler{n}", "Hale")
        prescribe(filler, hours=33, days=6, longest=6, mix=(("cbt", 11, 180),))
        for group in made.values():
            join_group(group, filler.episode, from_date=MONDAY, by=cast.program, at=MORNING)
    return made


def busy(cast, person, kind, weekdays, starts, ends):
    for weekday in weekdays:
        own = NewCommitment(kind=kind, weekday=weekday, starts=starts, ends=ends)
        add_commitment(person.patient, own, by=cast.clinician, at=MORNING)


def test_ben_works_from_seven_to_three_and_is_offered_only_evenings_and_saturday(cast, groups):
    ben = admit(cast, "Ben", "Cole")
    prescribe(ben, hours=9, days=3, longest=3, mix=(("cbt", 3, 180),))
    busy(cast, ben, "work", range(5), time(7), time(15))
    found = good_weeks(ben.patient, monday=NEXT, by=cast.admissions, at=MORNING)
    assert found.weeks
    for week in found.weeks:
        assert week.missing_hours == 0
        assert all(one.starts >= time(17, 30) or one.day.weekday() == 5 for one in week.sessions)


def test_ana_the_evening_parent_gets_three_evenings_and_no_other_hour(cast, groups):
    """The sitter comes on Monday, Wednesday and Thursday evening and on Saturday from eight to one."""
    ana = admit(cast, "Ana", "Silva")
    prescribe(ana, hours=9, days=3, longest=3, mix=(("cbt", 3, 180),))
    busy(cast, ana, "childcare", range(7), time(6), time(8))
    busy(cast, ana, "childcare", (0, 2, 3), time(8), time(17))
    busy(cast, ana, "childcare", (1, 4, 6), time(8), time(22))
    busy(cast, ana, "childcare", (5,), time(13), time(22))
    found = good_weeks(ana.patient, monday=NEXT, by=cast.admissions, at=MORNING)
    times = [{(one.day.weekday(), one.starts) for one in week.sessions} for week in found.weeks]
    evenings = {(0, time(17, 30)), (2, time(17, 30)), (3, time(17, 30))}
    assert evenings in times
    assert all(each <= evenings | {(5, time(9))} for each in times)
    take_week(
        ana.patient, found.weeks[times.index(evenings)].choice, monday=NEXT, by=cast.admissions, at=MORNING
    )
    held = Membership.objects.filter(episode__uid=ana.episode).values_list("group__uid", flat=True)
    assert set(held) == {groups["Evenings", day] for day in (0, 2, 3)}
    picture = picture_of(cast.site, monday=NEXT, by=cast.director, at=MORNING)
    checked = check(picture.problem, picture.problem.previous)
    assert checked.is_clean
    assert str(ana.patient) not in checked.below


def test_someone_who_is_never_free_is_offered_nothing(cast, groups):
    eve = admit(cast, "Eve", "Hart")
    prescribe(eve, hours=9, mix=(("cbt", 3, 180),))
    busy(cast, eve, "work", range(7), time(0), time(23, 59))
    found = good_weeks(eve.patient, monday=NEXT, by=cast.admissions, at=MORNING)
    assert found.weeks == ()
    assert Group.objects.count() == 11
