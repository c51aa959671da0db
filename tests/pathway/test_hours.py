"""The hour ledger of a week, with the evening parent's (domain.md §11.1) as its worked example."""

from datetime import date, time, timedelta

import pytest

from tests.cast import MONDAY, NEW_YORK, at
from tests.sessions_cast import SATURDAY, THURSDAY, WEDNESDAY, admit, cancel, hold, open_group, plan
from throughcare.pathway.attendance.attendance import record_attendance
from throughcare.pathway.cannot import CannotSee
from throughcare.pathway.make_up.make_up import book_make_up
from throughcare.pathway.session.hours import hour_ledger, hours_of_week
from throughcare.records.episodes import Episode
from throughcare.records.sessions import Appointment, Session

SUNDAY = at(12, day=MONDAY + timedelta(days=6))


def take(cast, session, person, status="present", **minutes):
    moment = Session.objects.get(uid=session).ends_at
    record_attendance(session, person.uid, status=status, by=cast.facilitator, at=moment, **minutes)


def weeks_of(cast, *people, monday=MONDAY, moment=SUNDAY):
    keys = [person.key for person in people]
    return hours_of_week(keys, monday, zone=NEW_YORK, organization=cast.organization, at=moment)


def week_of(cast, person, monday=MONDAY, *, moment=SUNDAY):
    return weeks_of(cast, person, monday=monday, moment=moment)[person.key]


@pytest.fixture
def ana(cast):
    return admit(cast, "Ana", "Silva")


@pytest.fixture
def anas_week(cast, ana):
    """Monday attended; Wednesday and Thursday missed."""
    sessions = [hold(cast, ana, day=day) for day in (MONDAY, WEDNESDAY, THURSDAY)]
    for session, status in zip(sessions, ("present", "no_show", "no_show"), strict=True):
        take(cast, session, ana, status)
    return sessions


def test_the_evening_parent_comes_once_and_has_a_third_of_her_hours(cast, ana, anas_week):
    week = week_of(cast, ana)
    assert (week.prescribed, week.planned, week.delivered, week.missed) == (9, 9, 3, 6)
    assert round(100 * week.share, 1) == 33.3
    assert week.sign == "attendance_critical"
    assert week.billable_days == (MONDAY,)


def test_the_evening_parent_makes_up_on_saturday_and_has_two_thirds(cast, ana, anas_week):
    saturday = hold(cast, group=open_group(cast), day=SATURDAY, starts=time(9), ends=time(12))
    book_make_up(saturday, ana.uid, by=cast.clinician, at=at(21, day=THURSDAY))
    take(cast, saturday, ana)
    week = week_of(cast, ana)
    assert (week.planned, week.delivered, week.missed) == (9, 6, 3)
    assert round(100 * week.share, 1) == 66.7
    assert week.sign == "attendance_low"
    assert week.billable_days == (MONDAY, SATURDAY)


def test_breaks_and_missed_minutes_are_no_hours(cast, ana):
    session = hold(cast, ana, breaks=30)
    take(cast, session, ana, "late", late_minutes=30)
    week = week_of(cast, ana)
    assert (week.planned, week.delivered, week.missed) == (2.5, 2, 0.5)


def test_sessions_that_are_no_treatment_add_nothing(cast, ana):
    session = hold(cast, ana, kind="alumni")
    take(cast, session, ana)
    assert week_of(cast, ana).delivered == 0
    line = hour_ledger(ana.uid, by=cast.biller, at=SUNDAY).weeks[0].lines[0]
    assert line.counted_minutes == 0
    assert "no treatment hour" in line.because


def test_excused_and_canceled_are_told_apart(cast, ana):
    excused, canceled = hold(cast, ana), hold(cast, ana, day=WEDNESDAY)
    take(cast, excused, ana, "excused")
    cancel(canceled)
    week = week_of(cast, ana)
    assert (week.planned, week.excused, week.cancelled_by_program, week.missed) == (3, 3, 3, 0)


def test_a_seat_given_back_is_not_planned(cast, ana):
    session = hold(cast, ana)
    Appointment.objects.filter(session__uid=session).update(released_at=at(9))
    assert week_of(cast, ana).planned == 0


def test_the_plan_in_force_when_the_week_began_prescribes_it(cast, ana):
    episode = Episode.objects.get(pk=ana.episode)
    plan(cast, episode, hours=12, in_force_at=at(10, day=WEDNESDAY))
    assert week_of(cast, ana).prescribed == 9
    assert week_of(cast, ana, MONDAY + timedelta(days=7)).prescribed == 12


def test_a_first_plan_holds_from_its_own_week_and_before_it_nothing_is_prescribed(cast):
    ben = admit(cast, "Ben", hours=None)
    plan(cast, Episode.objects.get(pk=ben.episode), hours=None, in_force_at=at(10, day=WEDNESDAY))
    assert week_of(cast, ben, MONDAY - timedelta(days=7)).prescribed == 0
    assert week_of(cast, ben).prescribed == 9  # three sessions of three hours


def test_a_teenager_is_above_the_least_with_six_hours(cast):
    kim = admit(cast, "Kim", born=date(2010, 1, 5), hours=6)
    for day in (MONDAY, WEDNESDAY):
        take(cast, hold(cast, kim, day=day), kim)
    assert not week_of(cast, kim).is_below_minimum


def test_the_ledger_opens_each_week_to_its_reasons(cast, ana, anas_week):
    take(cast, hold(cast, ana, day=SATURDAY, starts=time(9), ends=time(12), breaks=15), ana)
    late = hold(cast, ana, day=date(2026, 2, 23))
    take(cast, late, ana, "left_early", left_early_minutes=20)
    ledger = hour_ledger(ana.uid, by=cast.biller, at=SUNDAY)
    assert [week.ledger.begins for week in ledger.weeks[:2]] == [MONDAY, date(2026, 2, 23)]
    assert [line.because for line in ledger.weeks[0].lines] == [
        "180 minutes.",
        "No-show: absences don't count.",
        "No-show: absences don't count.",
        "180 minutes less 15 of break: 165 count.",
    ]
    assert ledger.weeks[1].lines[0].because == "180 minutes less 20 missed: 160 count."
    assert ledger.weeks[0].is_under_way
    assert not ledger.weeks[1].is_under_way


def test_what_was_not_taken_is_said(cast, ana):
    hold(cast, ana, day=date(2026, 2, 23))
    hold(cast, ana, day=SATURDAY)
    ledger = hour_ledger(ana.uid, by=cast.clinician, at=at(9))
    assert ledger.weeks[0].lines[0].because == "Still to come."
    assert ledger.weeks[1].lines[0].because == "Attendance was not taken."
    assert ledger.weeks[1].lines[0].status == "not_taken"
    assert "3 still to come" in ledger.weeks[0].ledger.because
    assert ledger.weeks[1].ledger.because.startswith(
        "0 of 3 planned hours delivered, 9 prescribed: 3 with attendance not taken."
    )


def test_a_session_without_attendance_is_no_longer_to_come(cast, ana):
    hold(cast, ana)
    before, after = (week_of(cast, ana, moment=moment) for moment in (at(20, 29), at(20, 30)))
    assert (before.to_come, before.not_taken) == (3, 0)
    assert (after.to_come, after.not_taken) == (0, 3)
    assert (after.share, after.missed) == (None, 0)


def test_admissions_may_not_read_the_ledger(cast, ana):
    with pytest.raises(CannotSee):
        hour_ledger(ana.uid, by=cast.admissions, at=SUNDAY)


def test_forty_people_cost_as_many_queries_as_one(cast, django_assert_max_num_queries):
    people = [admit(cast, f"Person{n}") for n in range(40)]
    hold(cast, *people)
    with django_assert_max_num_queries(6):
        weeks_of(cast, people[0])
    with django_assert_max_num_queries(6):
        weeks_of(cast, *people)


def test_a_long_history_costs_as_many_queries_as_a_short_one(cast, ana, django_assert_max_num_queries):
    for weeks in range(20):
        take(cast, hold(cast, ana, day=MONDAY - timedelta(days=7 * weeks)), ana)
    for weeks in (1, 20):
        with django_assert_max_num_queries(12):
            assert hour_ledger(ana.uid, by=cast.clinician, at=SUNDAY, weeks=weeks).has_earlier == (weeks == 1)


def test_nobody_asked_for_is_nothing_answered(cast):
    assert weeks_of(cast) == {}
