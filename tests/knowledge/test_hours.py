"""The hour ledger, with the evening parent's week (domain.md §11.1) as its worked example."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.knowledge.hours import (
    HourEntry,
    WeekLedger,
    attendance_sign,
    check_prescription,
    week_ledger,
    would_come_to,
)
from throughcare.knowledge.verdict import Allowed, Refused

MONDAY = date(2026, 3, 2)
WEDNESDAY, THURSDAY, SATURDAY = date(2026, 3, 4), date(2026, 3, 5), date(2026, 3, 7)


def came(day: date, minutes: int = 180, *, planned: int = 180, make_up: bool = False) -> HourEntry:
    return HourEntry(day, "process", planned, minutes, "present", is_make_up=make_up)


def stayed_away(day: date, status: str = "no_show", planned: int = 180) -> HourEntry:
    return HourEntry(day, "process", planned, 0, status)


def to_come(day: date, planned: int = 180) -> HourEntry:
    return HourEntry(day, "process", planned)


def ledger(*entries: HourEntry) -> WeekLedger:
    return week_ledger(entries, begins=MONDAY, prescribed_hours=9, minimum_hours=9)


ANAS_WEEK = (came(MONDAY), stayed_away(WEDNESDAY), stayed_away(THURSDAY))


def test_ana_who_missed_two_evenings_is_at_a_third() -> None:
    week = ledger(*ANAS_WEEK)
    assert (week.planned, week.delivered, week.missed) == (9, 3, 6)
    assert week.share == pytest.approx(1 / 3)
    assert week.sign == "attendance_critical"
    assert week.billable_days == (MONDAY,)
    assert week.is_below_minimum
    assert week.because == (
        "3 of 9 planned hours delivered (33.3 %): 6 missed. "
        "1 of 1 days attended can be billed as a program day. The week is below 9 hours."
    )


def test_ana_who_makes_up_on_saturday_is_at_two_thirds_and_has_two_units() -> None:
    week = ledger(*ANAS_WEEK, came(SATURDAY, make_up=True))
    assert (week.planned, week.delivered, week.missed) == (9, 6, 3)
    assert week.share == pytest.approx(2 / 3)
    assert week.sign == "attendance_low"
    assert week.billable_days == (MONDAY, SATURDAY)
    assert week.is_below_minimum


def test_a_week_under_way_is_judged_by_what_was_held() -> None:
    week = ledger(came(MONDAY), to_come(WEDNESDAY), to_come(THURSDAY))
    assert week.share == 1
    assert week.sign is None
    assert week.to_come == 6
    assert not week.is_below_minimum
    assert "6 still to come" in week.because


def test_a_week_that_can_no_longer_reach_nine_hours_says_so() -> None:
    week = ledger(came(MONDAY), stayed_away(WEDNESDAY), to_come(THURSDAY))
    assert week.is_below_minimum
    assert week.because.endswith("The week stays below 9 hours.")


def test_a_session_whose_attendance_was_not_taken_stands_apart_and_decides_nothing() -> None:
    week = ledger(came(MONDAY), replace(to_come(WEDNESDAY), is_over=True), to_come(THURSDAY))
    assert (week.delivered, week.not_taken, week.to_come, week.missed) == (3, 3, 3, 0)
    assert week.share == 1
    assert not week.is_below_minimum
    assert week.because.startswith(
        "3 of 9 planned hours delivered: 3 with attendance not taken, 3 still to come."
    )


def test_one_more_session_is_added_up_in_words() -> None:
    missed = ledger(came(MONDAY), stayed_away(WEDNESDAY), stayed_away(THURSDAY))
    assert would_come_to(missed, minutes=180) == "3 + 3 = 6 of 9 h"
    waits = ledger(came(MONDAY), replace(to_come(WEDNESDAY), is_over=True), to_come(THURSDAY))
    assert would_come_to(waits, minutes=90) == "3 + 3 not taken + 3 to come + 1.5 = 10.5 of 9 h"
    assert would_come_to(replace(missed, prescribed=0), minutes=180) == "3 + 3 = 6 h"


def test_a_booked_make_up_keeps_the_week_at_nine() -> None:
    week = ledger(
        came(MONDAY), stayed_away(WEDNESDAY), to_come(THURSDAY), replace(to_come(SATURDAY), is_make_up=True)
    )
    assert week.planned == 9
    assert not week.is_below_minimum


def test_excused_hours_are_neither_delivered_nor_missed() -> None:
    week = ledger(came(MONDAY), came(WEDNESDAY), stayed_away(THURSDAY, "excused"))
    assert (week.delivered, week.excused, week.missed) == (6, 3, 0)
    assert week.sign == "attendance_low"


def test_what_the_program_cancels_is_not_held_against_the_person() -> None:
    week = ledger(came(MONDAY), came(WEDNESDAY), stayed_away(THURSDAY, "cancelled_by_program"))
    assert (week.planned, week.delivered, week.cancelled_by_program) == (6, 6, 3)
    assert week.share == 1
    assert week.is_below_minimum
    assert "3 canceled by the program" in week.because


@pytest.mark.parametrize(("minutes", "short", "billable"), [(179, 1, False), (180, 0, True), (181, 0, True)])
def test_a_program_day_needs_its_minutes(minutes: int, short: int, billable: bool) -> None:
    week = ledger(came(MONDAY, minutes - 60, planned=120), came(MONDAY, 60, planned=61))
    (day,) = week.program_days
    assert (day.minutes, day.minutes_short, day.is_billable) == (minutes, short, billable)


def test_a_contract_may_ask_for_a_shorter_program_day() -> None:
    week = week_ledger(
        [came(MONDAY, 120, planned=120)],
        begins=MONDAY,
        prescribed_hours=9,
        minimum_hours=9,
        own={"min_minutes_program_day": 120},
    )
    assert week.billable_days == (MONDAY,)


@pytest.mark.parametrize("kind", ["mutual-help", "alumni", "case-management", "intake"])
def test_what_is_not_treatment_is_no_hour(kind: str) -> None:
    week = ledger(came(MONDAY), HourEntry(WEDNESDAY, kind, 60, 60, "present"))
    assert week.delivered == 3
    assert week.planned == 3


def test_other_weeks_are_left_out() -> None:
    week = ledger(came(MONDAY - timedelta(days=1)), came(MONDAY), came(MONDAY + timedelta(days=7)))
    assert week.delivered == 3


def test_an_empty_week_has_no_share_and_no_sign() -> None:
    week = ledger()
    assert week.share is None
    assert week.sign is None
    assert week.because == "No hours are planned this week, 9 prescribed. The week is below 9 hours."


@pytest.mark.parametrize(
    ("share", "no_shows", "sign"),
    [
        (0.75, 0, None),
        (0.749, 0, "attendance_low"),
        (0.5, 0, "attendance_low"),
        (0.499, 0, "attendance_critical"),
        (1.0, 2, None),
        (1.0, 3, "attendance_critical"),
        (None, 0, None),
    ],
)
def test_the_sign_follows_the_share_and_the_no_shows(
    share: float | None, no_shows: int, sign: str | None
) -> None:
    assert attendance_sign(share, no_shows=no_shows) == sign


@pytest.mark.parametrize(
    ("hours", "days", "is_teen", "allowed"),
    [
        (9, 3, False, True),
        (8.5, 3, False, False),
        (6, 3, True, True),
        (5.5, 3, True, False),
        (19, 5, False, True),
        (19.5, 5, False, False),
        (9, 2, False, False),
    ],
)
def test_a_prescription_is_intensive_outpatient_within_its_hours_and_days(
    hours: float, days: int, is_teen: bool, allowed: bool
) -> None:
    verdict = check_prescription(hours, days=days, is_teen=is_teen)
    assert isinstance(verdict, Allowed if allowed else Refused)


ENTRY = st.builds(
    HourEntry,
    day=st.dates(MONDAY, MONDAY + timedelta(days=6)),
    session_type=st.sampled_from(["process", "individual", "alumni"]),
    planned_minutes=st.just(60),
    attended_minutes=st.integers(1, 60),
    status=st.sampled_from(["present", "late"]),
)


@given(st.lists(ENTRY, max_size=8), st.lists(ENTRY, max_size=3))
def test_the_ledger_adds_up_in_any_order(present: list[HourEntry], absent: list[HourEntry]) -> None:
    away = [replace(entry, attended_minutes=0, status="no_show") for entry in absent]
    week = ledger(*present, *away)
    assert week == ledger(*reversed(away), *reversed(present))
    assert week.planned == pytest.approx(week.delivered + week.missed)
    assert sum(day.minutes for day in week.program_days) == pytest.approx(week.delivered * 60)
