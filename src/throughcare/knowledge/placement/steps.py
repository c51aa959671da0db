"""When to step up or down: which criteria are met, which are not, and which nobody has answered yet. [ours]"""

from collections.abc import Mapping
from dataclasses import dataclass

from throughcare.knowledge.placement.decide import Placement
from throughcare.knowledge.program_settings import Number, value_of

# What the table names for a step up: any STOP rule and R1 to R5, R2 among them.
CODES_THAT_STEP_UP = frozenset(
    {
        "imminent_risk",
        "wd_severe",
        "medical_unstable",
        "psych_inpatient",
        "wd_moderate",
        "moud_now",
        "use_24h",
        "home_unsafe",
        "daily_structure",
    }
)


@dataclass(frozen=True)
class Criterion:
    """One condition of a step, as a sentence that says what would meet it."""

    code: str
    about: str


@dataclass(frozen=True)
class Step:
    """The criteria sorted; `is_indicated` follows from them, all for a step down and any for a step up."""

    met: tuple[Criterion, ...]
    missing: tuple[Criterion, ...]
    unknown: tuple[Criterion, ...]
    is_indicated: bool


@dataclass(frozen=True)
class StepDownFacts:
    """The last `step_down.window_days` days; None where not known. `tier` is the suicide tier."""

    attendance: float | None = None
    tier: str | None = None
    tests_as_expected: bool | None = None
    has_measure_better: bool | None = None
    has_relapse_prevention_plan: bool | None = None
    days_to_next_visit: int | None = None


@dataclass(frozen=True)
class StepUpFacts:
    """The last `step_up.window_days` days; None where not known. `placement` is what the table says now."""

    placement: Placement | None = None
    no_shows_after_outreach: int | None = None
    unexpected_positives: int | None = None
    overdose: bool | None = None
    housing_lost: bool | None = None


def step_down(facts: StepDownFacts, *, own: Mapping[str, Number] | None = None) -> Step:
    """Whether a person may step down: every criterion must be met."""
    share, days = value_of("step_down.attendance", own), value_of("step_down.next_visit_days", own)
    visit = facts.days_to_next_visit
    step = sort_out(
        (
            (
                Criterion("attendance", f"At least {share:.0%} of planned hours were attended."),
                None if facts.attendance is None else facts.attendance >= share,
            ),
            (
                Criterion("suicide_tier", "The suicide risk tier is none or low."),
                None if facts.tier is None else facts.tier in {"none", "low"},
            ),
            (Criterion("tests", "Drug and alcohol tests are as expected."), facts.tests_as_expected),
            (
                Criterion("measure", "At least one measure is reliably better or no longer clinical."),
                facts.has_measure_better,
            ),
            (Criterion("plan", "There is a relapse-prevention plan."), facts.has_relapse_prevention_plan),
            (
                Criterion("next_visit", f"The next visit is booked within {days} days."),
                None if visit is None else 0 <= visit <= days,
            ),
        )
    )
    return Step(step.met, step.missing, step.unknown, is_indicated=not step.missing and not step.unknown)


def step_up(facts: StepUpFacts, *, own: Mapping[str, Number] | None = None) -> Step:
    """Whether a person should step up: any criterion is enough."""
    no_shows, tests = value_of("step_up.no_shows", own), value_of("step_up.unexpected_tests", own)
    away, positive = facts.no_shows_after_outreach, facts.unexpected_positives
    step = sort_out(
        (
            (Criterion("table", "The decision table holds one of S1-S4 or R1-R5."), table_steps_up(facts)),
            (
                Criterion("no_shows", f"There were {no_shows} no-shows or more after outreach."),
                None if away is None else away >= no_shows,
            ),
            (
                Criterion("tests", f"There were {tests} unexpected positive tests or more."),
                None if positive is None else positive >= tests,
            ),
            (Criterion("overdose", "There was an overdose."), facts.overdose),
            (Criterion("housing", "Housing was lost."), facts.housing_lost),
        )
    )
    return Step(step.met, step.missing, step.unknown, is_indicated=bool(step.met))


def table_steps_up(facts: StepUpFacts) -> bool | None:
    """Whether the table's answer names a rule that calls for more care; not known while facts are missing."""
    if facts.placement is None:
        return None
    placement = facts.placement
    if placement.stop or any(reason.code in CODES_THAT_STEP_UP for reason in placement.reasons):
        return True
    return None if placement.missing_facts else False


def sort_out(criteria: tuple[tuple[Criterion, bool | None], ...]) -> Step:
    """Sort criteria by whether they are met, not met or not known."""
    return Step(
        met=tuple(criterion for criterion, holds in criteria if holds),
        missing=tuple(criterion for criterion, holds in criteria if holds is False),
        unknown=tuple(criterion for criterion, holds in criteria if holds is None),
        is_indicated=False,
    )
