"""A referral's next step and its clock."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from throughcare.knowledge.referring.intake_visits import say_visit
from throughcare.knowledge.referring.next_step import (
    LADDER,
    IntakeVisit,
    ReferralSoFar,
    clock_of,
    next_step,
    say_span,
)

NEW_YORK = "America/New_York"
CAME = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)  # Monday, 10 in the morning
LATER = CAME + timedelta(hours=1)
FRESH = ReferralSoFar(received_at=CAME)
FINISH = "Finish the assessment"
TOMORROW = datetime(2026, 3, 3, 19, 0, tzinfo=UTC)
VISIT = IntakeVisit(TOMORROW, say_visit(TOMORROW, zone=NEW_YORK, practitioner="Carla Reyes", way="video"))


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({}, "new", "Make the first contact"),
        ({"attempts": 2}, "trying", "Try again"),
        ({"attempts": 1, "reached_at": LATER}, "assessment", "Book the intake"),
        (
            {"reached_at": LATER, "intake": VISIT},
            "assessment",
            "Intake booked for Tue, Mar 3, 2:00 PM with Carla Reyes, by video",
        ),
        (
            {"intake": replace(VISIT, over=True)},
            "assessment",
            "Open the assessment, or record that they didn’t come",
        ),
        (
            {"intake": replace(VISIT, over=True, came=True), "assessment_opened_at": LATER},
            "assessment",
            FINISH,
        ),
        (
            {"intake": replace(VISIT, over=True, came=False)},
            "assessment",
            "Book the intake again: they didn’t come",
        ),
        ({"assessment_opened_at": LATER}, "assessment", FINISH),
        (
            {"assessment_opened_at": LATER, "assessment_signed_at": LATER},
            "assessment",
            "Decide the placement",
        ),
        ({"placed": "iop"}, "ready", "Admit"),
        ({"placed": "php"}, "ready", "Admit"),
        ({"placed": "hospital"}, "ready", "Hand over to the level they need, then close"),
        ({"closed_because": "declined", "attempts": 1}, "said_no", "Nothing; it can be reopened"),
        ({"admitted_at": LATER, "placed": "iop"}, "admitted", "Start the first session"),
    ],
)
def test_each_question_of_the_ladder_has_its_step(changes, column, words):
    step = next_step(replace(FRESH, **changes))
    assert (step.column, step.words) == (column, words)


def test_the_ladder_always_answers():
    assert LADDER[-1][0](FRESH)


def clock(so_far, at, holidays=()):
    return clock_of(so_far, contact_days=1, session_days=2, zone=NEW_YORK, holidays=holidays, at=at)


def test_the_contact_is_due_a_business_day_after_the_referral():
    found = clock(FRESH, LATER)
    assert found.due_at == CAME + timedelta(days=1)
    assert (found.words, found.tone) == ("contact due in 23 h", "calm")
    assert clock(FRESH, CAME + timedelta(hours=22.5)).tone == "watch"


def test_a_late_contact_says_how_late():
    found = clock(FRESH, CAME + timedelta(hours=26))
    assert (found.words, found.late, found.tone) == ("contact 2 h late", True, "wrong")


def test_trying_without_reaching_does_not_stop_the_clock():
    assert clock(replace(FRESH, attempts=3), LATER).what == "contact"


def test_after_the_contact_the_first_session_is_due():
    found = clock(replace(FRESH, attempts=1, reached_at=LATER), LATER)
    assert found.what == "first session"
    assert found.due_at == CAME + timedelta(days=2)


def test_a_booked_intake_has_a_clock_of_its_own():
    booked = replace(FRESH, reached_at=LATER, intake=VISIT)
    found = clock(booked, LATER)
    assert (found.what, found.words, found.tone) == ("intake", "intake in 27 h", "calm")
    assert clock(booked, TOMORROW - timedelta(minutes=30)).tone == "watch"
    assert clock(booked, TOMORROW + timedelta(minutes=5)).words == "intake has begun"
    assert clock(replace(booked, intake=replace(VISIT, over=True)), LATER).what == "first session"


def test_weekends_and_holidays_do_not_count():
    friday = ReferralSoFar(received_at=datetime(2026, 3, 6, 15, 0, tzinfo=UTC))
    # Clocks went forward on Sunday: the same wall-clock time is an hour earlier in UTC.
    assert clock(friday, LATER).due_at == datetime(2026, 3, 9, 14, 0, tzinfo=UTC)
    assert clock(friday, LATER, {date(2026, 3, 9)}).due_at == datetime(2026, 3, 10, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize("changes", [{"closed_because": "declined"}, {"first_session_at": LATER}])
def test_no_clock_runs_when_it_is_over(changes):
    assert clock(replace(FRESH, **changes), LATER) is None


@pytest.mark.parametrize(
    ("hours", "words"), [(0.001, "1 min"), (0.5, "30 min"), (1.9, "1 h"), (47, "47 h"), (49, "2 days")]
)
def test_a_span_is_said_in_the_unit_one_would_use(hours, words):
    assert say_span(hours) == words
