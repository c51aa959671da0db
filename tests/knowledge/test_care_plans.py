"""Care plans: what stops a signature, what is only warned of, and what proposes itself."""

from dataclasses import replace
from datetime import date

import pytest

from tests.plan_cast import nine_hours
from throughcare.knowledge.planning.care_plans import (
    DoseLine,
    GoalDraft,
    ObjectiveDraft,
    PlanDraft,
    ProblemDraft,
    check_dose_line,
    check_plan,
    clinical_hours,
    may_sign_plan,
    plan_warnings,
    short,
)
from throughcare.knowledge.planning.plan_measures import ALL as MEASURES
from throughcare.knowledge.planning.plan_measures import IDEAS, date_of, measure_words
from throughcare.knowledge.planning.session_mixes import ROWS as MIXES
from throughcare.knowledge.planning.session_mixes import mixes_for

TODAY = date(2026, 3, 2)


def because(plan: PlanDraft, *, level: str = "iop", is_teen: bool = False, own=None) -> list[str]:
    return [refusal.because for refusal in check_plan(plan, level=level, is_teen=is_teen, own=own)]


def test_a_complete_plan_of_nine_hours_may_be_signed():
    assert because(nine_hours()) == []
    assert plan_warnings(nine_hours(), on=TODAY) == (
        "No intervention serves “I come to at least 80 % of my planned hours.”.",
    )


def test_an_empty_plan_lacks_a_problem_and_its_hours():
    assert because(PlanDraft()) == [
        "Write at least one problem, in plain words.",
        "Prescribe the hours and the days a week.",
    ]


def test_a_problem_without_a_goal_is_named():
    plan = replace(nine_hours(), problems=(ProblemDraft("Cannot sleep"),))
    assert because(plan) == ["The problem “Cannot sleep” has no goal. Ask what the person wants."]


def test_a_goal_without_an_objective_is_named():
    plan = replace(nine_hours(), problems=(ProblemDraft("Sleep", (GoalDraft("Sleep through"),)),))
    assert because(plan) == ["The goal “Sleep through” has no objective. Write a first step."]


@pytest.mark.parametrize(
    ("objective", "sentence"),
    [
        (ObjectiveDraft(" "), "no words"),
        (ObjectiveDraft("Sleep six hours"), "has no measure"),
        (ObjectiveDraft("Sleep six hours", "own-count"), "has no target"),
        (ObjectiveDraft("Sleep six hours", "own-count", 5), "has no date"),
    ],
)
def test_an_objective_that_cannot_be_measured_stops_the_signature(objective, sentence):
    plan = replace(nine_hours(), problems=(ProblemDraft("Sleep", (GoalDraft("Sleep", (objective,)),)),))
    (only,) = because(plan)
    assert sentence in only


def test_sessions_must_add_up_to_the_hours_to_the_minute():
    plan = replace(nine_hours(), prescription=(*nine_hours().prescription[:-1], DoseLine("process", 1, 119)))
    assert because(plan) == ["The sessions add up to 8.98 hours a week, 0.02 h short of the 9 prescribed."]


def test_case_management_is_care_but_not_hours():
    lines = (*nine_hours().prescription, DoseLine("case-management", 1, 30))
    assert clinical_hours(lines) == 9
    assert because(replace(nine_hours(), prescription=lines)) == []


def test_eight_hours_are_not_intensive_outpatient_care_for_an_adult_but_are_for_a_teenager():
    eight = replace(
        nine_hours(),
        hours_per_week=8,
        prescription=(*nine_hours().prescription[:-1], DoseLine("process", 1, 60)),
    )
    assert because(eight) == ["Prescribe 9 to 19 hours a week at this level, not 8."]
    assert because(eight, is_teen=True) == []


def test_the_program_may_lower_its_minimum():
    eight = replace(
        nine_hours(),
        hours_per_week=8,
        prescription=(*nine_hours().prescription[:-1], DoseLine("process", 1, 60)),
    )
    assert because(eight, own={"min_hours_week.adult": 8}) == []


@pytest.mark.parametrize(("level", "sentence"), [("op", "fewer than 9 hours"), ("php", "20 hours or more")])
def test_other_levels_have_bands_of_their_own(level, sentence):
    assert any(sentence in text for text in because(nine_hours(), level=level))


def test_nine_hours_do_not_fit_on_three_days_of_two():
    assert because(replace(nine_hours(), longest_day_hours=2)) == [
        "9 hours do not fit on 3 days of at most 2 hours. Add a day or allow a longer one."
    ]


def test_two_days_a_week_are_too_few():
    assert because(replace(nine_hours(), days_per_week=2, longest_day_hours=5)) == [
        "Spread the hours over at least 3 days a week."
    ]


def test_someone_must_be_seen_alone():
    lines = (DoseLine("process", 3, 150), DoseLine("multifamily", 1, 90))
    assert because(replace(nine_hours(), prescription=lines)) == [
        "Prescribe at least 1 individual session a week; it is 0 now."
    ]


def test_too_little_family_work_is_a_warning_and_stops_nothing():
    lines = (DoseLine("individual", 1, 60), DoseLine("process", 4, 120))
    plan = replace(nine_hours(), prescription=lines)
    assert because(plan) == []
    assert "Family sessions come to 0 a month" in plan_warnings(plan, on=TODAY)[0]


def test_a_quarter_of_a_family_session_a_week_is_one_a_month():
    lines = (DoseLine("individual", 1, 60), DoseLine("family", 0.25, 60))
    warnings = plan_warnings(PlanDraft(prescription=lines), on=TODAY)
    assert not any("Family sessions" in text for text in warnings)


def test_an_intervention_that_nobody_prescribed_and_a_date_that_passed_are_warned_of():
    plan = replace(nine_hours(), prescription=(DoseLine("individual", 1, 60),))
    warnings = plan_warnings(plan, on=date(2026, 4, 14))
    assert (
        "Cognitive behavioral therapy serves an objective but is not among the sessions prescribed."
        in warnings
    )
    assert "The date of “My PHQ-9 score is 9 or lower by April 13, 2026.” has passed." in warnings


def test_the_date_itself_is_not_past():
    assert not any("passed" in text for text in plan_warnings(nine_hours(), on=date(2026, 3, 30)))


@pytest.mark.parametrize("mix", MIXES, ids=lambda mix: mix.code)
def test_every_proposed_mix_may_be_signed_as_it_stands(mix):
    plan = replace(
        nine_hours(),
        prescription=mix.lines,
        hours_per_week=mix.hours,
        days_per_week=mix.days,
        longest_day_hours=mix.longest_day_hours,
    )
    assert because(plan, level=mix.level, is_teen="teen" in mix.title) == []
    assert not any("Family" in text for text in plan_warnings(plan, on=TODAY))


def test_nine_hours_are_three_times_three():
    nine = next(mix for mix in mixes_for("iop+recovery-residence") if mix.hours == 9)
    assert nine.title == "9 hours: 3 days of 3 hours"


@pytest.mark.parametrize("found", IDEAS, ids=lambda found: found.code)
def test_every_proposed_objective_is_measurable_and_says_its_target_and_date(found):
    by = date_of(found, date(2028, 2, 29))
    text = found.text(by)
    assert found.measure_code in MEASURES
    assert str(by.year) in text and "{" not in text
    assert found.target == 0 or f"{found.target:g}" in text


def test_a_target_is_met_on_its_better_side():
    assert MEASURES["phq-9"].is_met(9, 9) and not MEASURES["phq-9"].is_met(10, 9)
    assert MEASURES["attendance"].is_met(80, 80) and not MEASURES["attendance"].is_met(79, 80)
    assert measure_words("attendance", 80) == "Share of planned hours attended: 80 % or more"
    assert measure_words("unknown", 1) == ""


@pytest.mark.parametrize(
    ("code", "allowed"), [("LCSW", True), ("MD", True), ("LMSW", False), ("CM", False), ("", False)]
)
def test_a_plan_is_signed_by_someone_who_practices_alone(code, allowed):
    assert bool(may_sign_plan(code)) is allowed


@pytest.mark.parametrize(
    ("kind", "often", "minutes"),
    [("yoga", 1, 60), ("cbt", 0, 60), ("cbt", 15, 60), ("cbt", 1, 10), ("cbt", 1, 301)],
)
def test_an_impossible_line_is_refused(kind, often, minutes):
    assert not check_dose_line(kind, per_week=often, minutes=minutes)


def test_a_long_text_is_shortened_for_a_sentence():
    assert short("a\n b") == "a b"
    assert len(short("x" * 100)) == 60
