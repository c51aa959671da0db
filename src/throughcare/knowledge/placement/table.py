"""The decision table: each row's question, level, sentence, and examples on both sides of each of its bounds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from throughcare.knowledge.levels_of_care import next_up
from throughcare.knowledge.placement import rules
from throughcare.knowledge.placement.answers import Answer, Case

CITE = "Throughcare decision table, row {row}; compare with the program's own criteria"

Examples = tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Rule:
    """One row. `asks` puts its question; `level` says what follows when it holds, None for an addition only."""

    row: str
    code: str
    because: str
    asks: Callable[[Case], Answer]
    level: Callable[[Case], str | None]
    holds_for: Examples
    not_for: Examples
    is_stop: bool = False
    is_hard: bool = False
    alternatives: tuple[str, ...] = ()

    @property
    def cite(self) -> str:
        """Where the rule is written."""
        return CITE.format(row=self.row)


def always(code: str) -> Callable[[Case], str | None]:
    """The same level whatever the other facts are."""
    return lambda case: code


def nothing(case: Case) -> str | None:
    """No level: the rule adds something to whatever level there is."""
    return None


def home_or_residence(case: Case) -> str | None:
    """R4: intensive outpatient from a recovery residence where that is enough, else residential care."""
    return "iop+recovery-residence" if rules.residence_is_enough(case) else "residential-3.1"


def one_level_up(case: Case) -> str | None:
    """R8: the next level; at the top of the ladder the same, which a clinician then looks at."""
    here = case.facts.current_level
    above = next_up(here) if here else None
    return above.code if above else here


def rated(**ratings: int) -> dict[str, Any]:
    """An example's facts: domains only."""
    return {"domains": ratings}


def asked(**answers: bool) -> dict[str, Any]:
    """An example's facts: answers to the C-SSRS screener only."""
    return {"c_ssrs": answers}


STUCK = {"current_level": "iop", "weeks_at_level": 2, "attendance": 0.75, "unexpected_positives": 2}

STOPS = (
    Rule(
        row="S1",
        code="imminent_risk",
        because="There is an imminent risk of suicide or violence. Arrange an emergency evaluation now.",
        asks=rules.imminent_risk,
        level=always("emergency"),
        holds_for=(
            asked(q4=True),
            asked(q5=True),
            asked(q1=True, q2=False, q6=True, q6_within_3_months=True),
            {"asq_acute": True},
            {"intent_and_plan_to_harm_other": True},
        ),
        not_for=(
            asked(q1=True, q2=True, q3=True, q4=False, q5=False, q6=False),
            asked(q1=True, q2=False, q6=True, q6_within_3_months=False),
            asked(q1=False, q2=False, q6=True, q6_within_3_months=True),
            {"asq_acute": False, "intent_and_plan_to_harm_other": False},
        ),
        is_stop=True,
        is_hard=True,
    ),
    Rule(
        row="S2",
        code="wd_severe",
        because="Withdrawal or overdose needs hospital care now.",
        asks=rules.severe_withdrawal,
        level=always("hospital"),
        holds_for=(
            {"ciwa_ar": 19},
            {"past_withdrawal_seizure_or_dt": True, "heavy_use_now": True},
            {"delirium": True},
            {"overdose_now": True},
            rated(W=4),
        ),
        not_for=(
            {"ciwa_ar": 18},
            {"past_withdrawal_seizure_or_dt": True, "heavy_use_now": False},
            {"past_withdrawal_seizure_or_dt": False, "heavy_use_now": True},
            {"delirium": False, "overdose_now": False},
            rated(W=3),
        ),
        is_stop=True,
        is_hard=True,
    ),
    Rule(
        row="S3",
        code="medical_unstable",
        because="A medical problem must be cleared by a physician today.",
        asks=rules.medically_unstable,
        level=always("hospital"),
        holds_for=({"medically_unstable": True}, {"pregnant_and_in_withdrawal": True}, rated(P=4)),
        not_for=({"medically_unstable": False, "pregnant_and_in_withdrawal": False}, rated(P=3)),
        is_stop=True,
        is_hard=True,
    ),
    Rule(
        row="S4",
        code="psych_inpatient",
        because="The person's state makes a group unsafe or impossible. Arrange a psychiatric inpatient evaluation.",
        asks=rules.psychiatric_inpatient,
        level=always("psychiatric-inpatient"),
        holds_for=(rated(M=4), {"group_impossible": True}),
        not_for=(rated(M=3), {"group_impossible": False}),
        is_stop=True,
        is_hard=True,
    ),
)

LEVEL_RULES = (
    Rule(
        row="R1",
        code="wd_moderate",
        because="Withdrawal is treated first, medically managed or ambulatory; the program starts afterwards.",
        asks=rules.moderate_withdrawal,
        level=always("withdrawal-management"),
        holds_for=({"ciwa_ar": 10}, {"ciwa_ar": 18}, {"daily_sedative_and_alcohol": True}, {"cows": 13}),
        not_for=({"ciwa_ar": 9}, {"daily_sedative_and_alcohol": False}, {"cows": 12}),
        is_hard=True,
    ),
    Rule(
        row="R3",
        code="use_24h",
        because="Use goes on at a pace that only care around the clock can interrupt.",
        asks=rules.use_needs_24_hours,
        level=always("residential-3.5"),
        holds_for=(rated(U=4), {"overdoses_90_days": 2}, {"use_days_per_week_despite_full_iop": 4}),
        not_for=(rated(U=3), {"overdoses_90_days": 1}, {"use_days_per_week_despite_full_iop": 3}),
    ),
    Rule(
        row="R4",
        code="home_unsafe",
        because="Home is not safe and no safe alternative is known.",
        asks=rules.home_unsafe,
        level=home_or_residence,
        holds_for=(
            rated(H=4),
            {"home_unsafe": True},
            {"domains": {"H": 4, "U": 2}, "recovery_residence_accepted": True},
            {"domains": {"H": 4, "U": 3}, "recovery_residence_accepted": True},
        ),
        not_for=(rated(H=3), {"home_unsafe": True, "safe_alternative": True}, {"home_unsafe": False}),
        alternatives=("residential-3.1", "residential-3.5"),
    ),
    Rule(
        row="R5",
        code="daily_structure",
        because="The person needs structure every day, more than an intensive outpatient week gives.",
        asks=rules.daily_structure,
        level=always("php"),
        holds_for=(rated(M=3), rated(U=3), rated(W=3, P=3), rated(P=3, H=3), rated(W=3, H=3)),
        not_for=(rated(M=2, U=2, W=3, P=2, H=2), rated(M=2, U=2, W=2, P=2, H=3, E=3)),
    ),
    Rule(
        row="R6",
        code="iop_need",
        because="The person needs several contacts a week and can be at home in between.",
        asks=rules.intensive_need,
        level=always("iop"),
        holds_for=(rated(U=2), rated(M=2), {"domains": {"H": 3}, "coping_at_home": True}),
        not_for=(
            rated(U=1, M=1, H=2),
            {"domains": {"U": 1, "M": 1, "H": 3}, "coping_at_home": False},
            {"domains": {"H": 2}, "coping_at_home": True},
        ),
    ),
    Rule(
        row="R7",
        code="op_enough",
        because="Need is mild in mind, use and home and there is no withdrawal: outpatient care is enough.",
        asks=rules.outpatient_enough,
        level=always("op"),
        holds_for=(rated(M=1, U=1, H=1, W=0),),
        not_for=(
            rated(M=2, U=1, H=1, W=0),
            rated(M=1, U=2, H=1, W=0),
            rated(M=1, U=1, H=2, W=0),
            rated(M=1, U=1, H=1, W=1),
        ),
    ),
    Rule(
        row="R8",
        code="not_progressing",
        because="The person comes and still does not get better at this level: one level up.",
        asks=rules.not_progressing,
        level=one_level_up,
        holds_for=(STUCK, {**STUCK, "unexpected_positives": 0, "reliably_worse": True}),
        not_for=(
            {**STUCK, "weeks_at_level": 1.9},
            {**STUCK, "attendance": 0.74},
            {**STUCK, "unexpected_positives": 1, "reliably_worse": False},
        ),
    ),
)

ADDITIONS = (
    Rule(
        row="R2",
        code="moud_now",
        because="Opioid withdrawal is mild: the program may start, with an evaluation for medication today.",
        asks=rules.opioid_medication_now,
        level=nothing,
        holds_for=({"cows": 5}, {"cows": 12}),
        not_for=({"cows": 4}, {"cows": 13}),
    ),
    Rule(
        row="R9",
        code="add_support",
        because="Support is thin: add a recovery residence, family work or a peer.",
        asks=rules.needs_support,
        level=nothing,
        holds_for=(rated(H=2), {"sober_support": False}),
        not_for=(rated(H=1), {"sober_support": True}),
    ),
)

ALL = STOPS + LEVEL_RULES + ADDITIONS
