"""A crisis by its rules: when it climbs, what is due, what closing asks for; each bound on both sides."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from throughcare.knowledge.crisis.climb import acknowledge_by, next_page, step_due, step_of
from throughcare.knowledge.crisis.clock import Clock
from throughcare.knowledge.crisis.closing import DONE_WHEN, may_close
from throughcare.knowledge.crisis.dues import Line, contact_due, follow_up_due, met_by, visit_due
from throughcare.knowledge.safety import PRIORITIES, PRIORITY
from throughcare.knowledge.verdict import Refused

NIGHT = datetime(2026, 3, 2, 7, 10, tzinfo=UTC)  # 2:10 in New York
CLOCK = Clock("America/New_York")
MINUTE = timedelta(minutes=1)


@given(
    some.sampled_from(sorted(PRIORITY)),
    some.integers(0, 365 * 24 * 60).map(lambda minutes: NIGHT + minutes * MINUTE),
    some.integers(0, 40),
)
def test_every_step_has_a_next_one_later(priority, raised_at, number):
    here, there = (step_of(priority, n, raised_at=raised_at, clock=CLOCK) for n in (number, number + 1))
    assert here.whom and there.at > here.at
    assert step_due(priority, number, raised_at=raised_at, at=here.at, clock=CLOCK) is not None
    early = here.at - timedelta(seconds=1)
    assert step_due(priority, number, raised_at=raised_at, at=early, clock=CLOCK) is None


def test_steps_missed_while_nothing_ran_page_everyone_they_would_have():
    step = step_due("P1", 1, raised_at=NIGHT, at=NIGHT + 21 * MINUTE, clock=CLOCK)
    assert step is not None and (step.number, step.whom) == (2, ("backup", "director"))


def test_what_is_raised_on_a_friday_evening_and_can_wait_waits_until_monday():
    friday = datetime(2026, 3, 6, 23, 0, tzinfo=UTC)  # 18:00
    assert acknowledge_by("P4", raised_at=friday, clock=CLOCK).date() == date(2026, 3, 9)
    holiday = Clock("America/New_York", frozenset({date(2026, 3, 9)}))
    assert next_page("P4", 1, raised_at=friday, clock=holiday).date() == date(2026, 3, 10)


def test_contact_is_due_as_the_priority_says():
    due = {one.code: contact_due(one.code, raised_at=NIGHT, clock=CLOCK) for one in PRIORITIES}
    assert due["P1"] == NIGHT + 30 * MINUTE
    assert due["P2"] == NIGHT + timedelta(hours=2)
    assert due["P3"] == datetime(2026, 3, 3, 4, 59, 59, tzinfo=UTC)  # the end of that day on the wall
    assert due["P4"] is None


def at(minutes, kind, choice=""):
    return Line(kind, NIGHT + minutes * MINUTE, choice)


REACHED, EMS = at(16, "reached", "person"), at(30, "ems")
TO_HOSPITAL, HANDED_OFF = at(40, "disposition", "emergency_department"), at(42, "handoff")
NEXT_DAY = at(700, "reached", "ward")


def test_contact_within_a_day_runs_from_the_moment_an_emergency_is_in_other_hands():
    assert follow_up_due("P1", [REACHED], clock=CLOCK) is None
    assert follow_up_due("P1", [REACHED, EMS], clock=CLOCK) == EMS.happened_at + timedelta(hours=24)
    assert follow_up_due("P2", [REACHED, EMS], clock=CLOCK) is None
    assert follow_up_due("P1", [EMS, at(50, "disposition", "died")], clock=CLOCK) is None
    # The call before the ambulance is the first contact, not the one after.
    assert met_by("contact", [REACHED, EMS]) == REACHED
    assert met_by("follow_up", [REACHED, EMS]) is None
    assert met_by("follow_up", [REACHED, EMS, NEXT_DAY]) == NEXT_DAY


def test_a_visit_is_due_seven_days_after_a_hospital_and_after_nothing_else():
    # At the same hour on the wall: the clocks go forward on 8 March.
    assert visit_due([TO_HOSPITAL], clock=CLOCK) == TO_HOSPITAL.happened_at + timedelta(days=7, hours=-1)
    own = Clock("America/New_York", own={"crisis.hospital_visit_days": 3})
    assert visit_due([TO_HOSPITAL], clock=own) == TO_HOSPITAL.happened_at + timedelta(days=3)
    assert visit_due([at(40, "disposition", "home")], clock=CLOCK) is None
    assert met_by("visit", [TO_HOSPITAL]) is None
    assert met_by("visit", [TO_HOSPITAL, at(9000, "visit")]) is not None


WHOLE = {
    "P1": [REACHED, TO_HOSPITAL, HANDED_OFF, NEXT_DAY],
    "P2": [at(5, "screened"), at(9, "plan_checked")],
    "P3": [at(60, "outreach")],
    "P4": [at(60, "answer")],
}


@pytest.mark.parametrize("priority", sorted(WHOLE))
def test_a_crisis_is_closed_with_all_that_its_priority_asks_for_and_with_nothing_less(priority):
    whole = WHOLE[priority]
    assert may_close(priority, whole, acknowledged=True, by_person=True)
    assert not may_close(priority, whole, acknowledged=False, by_person=True)
    assert not may_close(priority, whole, acknowledged=True, by_person=False)
    for left_out in whole:
        if left_out is REACHED:  # the first call may have come before anybody wrote
            continue
        rest = [line for line in whole if line is not left_out]
        verdict = may_close(priority, rest, acknowledged=True, by_person=True)
        assert isinstance(verdict, Refused) and "Before you close it" in verdict.because
    assert len(DONE_WHEN[priority]) == len(PRIORITY[priority].done_when)


def test_nobody_calls_the_dead_and_nobody_asks_more_about_somebody_unknown():
    died = [at(40, "disposition", "died"), HANDED_OFF]
    assert may_close("P1", died, acknowledged=True, by_person=True)
    unknown = [at(40, "disposition", "welfare_check"), HANDED_OFF]
    assert not may_close("P1", unknown, acknowledged=True, by_person=True)
    assert may_close("P1", unknown, acknowledged=True, by_person=True, named=False)
