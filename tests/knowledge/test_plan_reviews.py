"""Reviews fall due by days and by attended days, whichever comes first."""

from datetime import date, timedelta

import pytest

from throughcare.knowledge.planning.plan_reviews import full_plan_due, ordinal, review_due
from throughcare.knowledge.planning.review_drafts import (
    Findings,
    MeasureChange,
    ObjectiveFinding,
    WeekHours,
    draft_text,
)

ADMITTED = date(2026, 3, 2)


def days(*numbers: int) -> list[date]:
    return [ADMITTED + timedelta(days=number) for number in numbers]


def test_the_full_plan_is_due_seven_days_after_admission():
    due = full_plan_due(ADMITTED, days(0, 2))
    assert (due.due_date, due.rule) == (date(2026, 3, 9), "by_days")
    assert "(2 so far)" in due.because


def test_the_third_attended_day_comes_first():
    due = full_plan_due(ADMITTED, days(0, 2, 3))
    assert (due.due_date, due.rule) == (date(2026, 3, 5), "by_sessions")
    assert due.because == "The 3rd attended day was March 5, 2026."


def test_an_attended_day_after_the_week_changes_nothing():
    assert full_plan_due(ADMITTED, days(0, 2, 9)).due_date == date(2026, 3, 9)


def test_both_numbers_are_settings():
    own = {"plan.full_due_days": 30, "plan.full_due_sessions": 10}
    assert full_plan_due(ADMITTED, days(*range(10)), own=own).due_date == date(2026, 3, 11)
    assert full_plan_due(ADMITTED, days(0), own=own).due_date == date(2026, 4, 1)


def test_a_plan_from_29_february_is_reviewed_thirty_days_later():
    assert review_due(date(2028, 2, 29), []).due_date == date(2028, 3, 30)


def test_twelve_attended_days_bring_the_review_forward():
    due = review_due(ADMITTED, days(*range(1, 13)))
    assert (due.due_date, due.rule) == (date(2026, 3, 14), "by_sessions")
    assert review_due(ADMITTED, days(*range(1, 12))).rule == "by_days"


def test_a_change_of_level_asks_for_a_review_the_same_day():
    due = review_due(ADMITTED, days(1, 2), level_changed=date(2026, 3, 10))
    assert (due.due_date, due.rule) == (date(2026, 3, 10), "level_change")


def test_due_and_overdue_are_a_day_apart():
    due = review_due(ADMITTED, [])
    assert not due.is_due(due.due_date - timedelta(days=1))
    assert due.is_due(due.due_date) and not due.is_overdue(due.due_date)
    assert due.is_overdue(due.due_date + timedelta(days=1))


@pytest.mark.parametrize(
    ("n", "word"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (22, "22nd")]
)
def test_ordinals(n, word):
    assert ordinal(n) == word


def test_the_text_says_what_happened_and_nothing_else():
    findings = Findings(
        since=date(2026, 3, 2),
        until=date(2026, 3, 22),
        weeks=(
            WeekHours(date(2026, 3, 2), 9, 9),
            WeekHours(date(2026, 3, 9), 6, 9),
            WeekHours(date(2026, 3, 16), 3, 9, whole=False),
        ),
        attendance={"no_show": 1, "present": 6},
        measures=(MeasureChange("phq-9", "PHQ-9", 14, date(2026, 3, 2), 8, date(2026, 3, 16), "better"),),
        objectives=(ObjectiveFinding("t", "Sleep", "", "8", 1, "Slept well <3", date(2026, 3, 16)),),
        level_changes=((date(2026, 3, 12), "partial hospitalization to intensive outpatient"),),
    )
    assert draft_text(findings).split("\n\n") == [
        "From March 2 to March 22, 18 hours were delivered. The prescribed hours were reached in 1 of 2 whole weeks.",
        "Of 7 sessions recorded: 6 present, 1 no-show.",
        "PHQ-9 from 14 (March 2) to 8 (March 16): reliably better.",
        "Objective “Sleep”: 1 note refers to it. Last value: 8. Last: “Slept well <3”",
        "Level of care: partial hospitalization to intensive outpatient on March 12.",
    ]


def test_nothing_recorded_is_said_plainly():
    text = draft_text(Findings(since=ADMITTED, until=ADMITTED))
    assert "No session was recorded" in text and "No measure was taken twice" in text
