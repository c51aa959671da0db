"""Stepping down takes everything, stepping up takes one thing."""

from dataclasses import replace
from typing import Any

import pytest

from throughcare.knowledge.placement import Facts, StepDownFacts, StepUpFacts, place, step_down, step_up

READY = StepDownFacts(
    attendance=0.8,
    tier="low",
    tests_as_expected=True,
    has_measure_better=True,
    has_relapse_prevention_plan=True,
    days_to_next_visit=7,
)
STEADY = StepUpFacts(no_shows_after_outreach=2, unexpected_positives=1, overdose=False, housing_lost=False)


def test_who_meets_every_criterion_may_step_down() -> None:
    step = step_down(READY)
    assert step.is_indicated
    assert len(step.met) == 6
    assert step.missing == step.unknown == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"attendance": 0.79}, "attendance"),
        ({"tier": "moderate"}, "suicide_tier"),
        ({"tests_as_expected": False}, "tests"),
        ({"has_measure_better": False}, "measure"),
        ({"has_relapse_prevention_plan": False}, "plan"),
        ({"days_to_next_visit": 8}, "next_visit"),
        ({"days_to_next_visit": -1}, "next_visit"),
    ],
)
def test_each_criterion_alone_keeps_a_person_at_the_level(change: dict[str, Any], code: str) -> None:
    step = step_down(replace(READY, **change))
    assert not step.is_indicated
    assert [criterion.code for criterion in step.missing] == [code]


@pytest.mark.parametrize("name", list(vars(READY)))
def test_what_is_not_known_keeps_a_person_at_the_level(name: str) -> None:
    step = step_down(replace(READY, **{name: None}))
    assert not step.is_indicated
    assert len(step.unknown) == 1


def test_who_is_steady_does_not_step_up() -> None:
    step = step_up(STEADY)
    assert not step.is_indicated
    assert [criterion.code for criterion in step.unknown] == ["table"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"no_shows_after_outreach": 3}, "no_shows"),
        ({"unexpected_positives": 2}, "tests"),
        ({"overdose": True}, "overdose"),
        ({"housing_lost": True}, "housing"),
    ],
)
def test_each_criterion_alone_is_enough_to_step_up(change: dict[str, Any], code: str) -> None:
    step = step_up(replace(STEADY, **change))
    assert step.is_indicated
    assert [criterion.code for criterion in step.met] == [code]


@pytest.mark.parametrize(
    ("facts", "met"),
    [
        ({"c_ssrs": {"q4": True}}, True),
        ({"ciwa_ar": 12}, True),
        ({"cows": 8}, True),
        ({"domains": {"U": 4}}, True),
        ({"domains": {"H": 4}}, True),
        ({"domains": {"M": 3}}, True),
        ({"domains": {"M": 2}}, False),
    ],
)
def test_the_decision_table_calls_for_a_step_up_by_its_grave_rows(facts: dict[str, Any], met: bool) -> None:
    step = step_up(replace(STEADY, placement=place(Facts.from_json(facts))))
    assert step.is_indicated is met


def test_a_program_may_ask_for_more_attendance_before_a_step_down() -> None:
    assert not step_down(READY, own={"step_down.attendance": 0.9}).is_indicated
