"""The scenarios of the field, as weeks: who works by day gets the evenings, and the evening parent her Saturday."""

from datetime import time, timedelta

import pytest

from tests import intake_cast
from tests.cast import MONDAY, MORNING, gather_cast
from tests.week_cast import a_group, admit, prescribe
from throughcare.knowledge.verdict import Refused
from throughcare.pathway.group.group import join_group, lead_group
from throughcare.pathway.program_settings import change_setting
from throughcare.pathway.timetable.person.good_weeks import good_weeks
from throughcare.pathway.timetable.person.week_choice import take_week
from throughcare.pathway.timetable.person.wishes import Wishes, wish_week
from throughcare.pathway.timetable.picture.week import picture_of
from throughcare.pathway.timetable.picture.wish_words import ONLY_IF_NEEDED
from throughcare.pathway.timetable.rules.staff_limits import limit_group_hours
from throughcare.pathway.week.commitments import NewCommitment, add_commitment
from throughcare.records.assessments import Assessment
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
    """The sitter comes on Monday, Wednesday and Thursday evening, and on Saturday from eight to one if she must."""
    ana = admit(cast, "Ana", "Silva")
    prescribe(ana, hours=9, days=3, longest=3, mix=(("cbt", 3, 180),))
    busy(cast, ana, "childcare", range(7), time(6), time(8))
    busy(cast, ana, "childcare", (0, 2, 3), time(8), time(17))
    busy(cast, ana, "childcare", (1, 4, 6), time(8), time(22))
    busy(cast, ana, "childcare", (5,), time(13), time(22))
    wish_week(ana.patient, Wishes({(5, "morning"): ONLY_IF_NEEDED}), by=cast.clinician, at=MORNING)
    found = good_weeks(ana.patient, monday=NEXT, by=cast.admissions, at=MORNING)
    times = [{(one.day.weekday(), one.starts) for one in week.sessions} for week in found.weeks]
    evenings = {(0, time(17, 30)), (2, time(17, 30)), (3, time(17, 30))}
    assert times[0] == evenings
    assert all(each <= evenings | {(5, time(9))} for each in times)
    take_week(ana.patient, found.weeks[0].choice, monday=NEXT, by=cast.admissions, at=MORNING)
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


def test_ben_hears_on_the_phone_before_he_is_admitted_that_evenings_would_fit(cast):
    """What he said of his work at intake is his week's already; no plan is in force, so a mix is sought."""
    assessment = intake_cast.ben(cast)
    fewest = "group.min_to_run"
    change_setting(fewest, 1, effective_date=MONDAY, by=cast.director, at=MORNING)
    for track, hour in (("day", 9), ("evening", 17)):
        for kind, who, weekday, starts, minutes in (
            ("relapse-prevention", cast.facilitator, 0, time(hour, 30), 90),
            ("cbt", cast.facilitator, 0, time(hour + 2), 90),
            ("relapse-prevention", cast.facilitator, 2, time(hour, 30), 90),
            ("multifamily", cast.clinician, 2, time(hour + 2), 90),
            ("process", cast.clinician, 3, time(hour, 30), 120),
        ):
            group = a_group(
                cast,
                name=f"{kind} {hour}",
                kind=kind,
                track=track,
                weekday=weekday,
                starts=starts,
                minutes=minutes,
                capacity=8,
                led=False,
            )
            leader = cast.practitioner_uid(who)
            lead_group(group, leader, from_date=MONDAY, by=cast.admin, at=MORNING)
    patient = Assessment.objects.get(uid=assessment).patient.uid
    nothing = good_weeks(patient, monday=NEXT, by=cast.admissions, at=MORNING)
    assert (nothing.is_admitted, nothing.weeks) == (False, ())
    assert "iop-9" in {mix.code for mix in nothing.mixes}
    found = good_weeks(patient, monday=NEXT, mix="iop-9", by=cast.admissions, at=MORNING)
    best = found.weeks[0]
    assert best.missing_hours == 0
    assert {one.day.weekday() for one in best.sessions} == {0, 2, 3}
    for week in found.weeks:
        assert all(one.starts >= time(17, 30) for one in week.sessions)
        assert isinstance(week.verdict, Refused)
    assert any("nobody is named who can hold it" in words for words in found.said)
