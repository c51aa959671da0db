"""What a care plan says and when it may be signed: problems, goals, objectives, interventions, a prescription.

A plan is checked as a whole. Refusals stop the signing; warnings are shown beside it and stop nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from throughcare.knowledge.credentials import ALL as CREDENTIALS
from throughcare.knowledge.hours import check_prescription, number
from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.planning.plan_measures import ALL as MEASURES
from throughcare.knowledge.program_settings import Number, value_of
from throughcare.knowledge.session_types import ALL as SESSION_TYPES
from throughcare.knowledge.verdict import Allowed, Refused, Verdict, first_refusal

OWN = "program default"
WEEKS_PER_MONTH = 52 / 12


@dataclass(frozen=True)
class InterventionDraft:
    """What the program does for an objective: a session type, and how often a week."""

    session_type: str
    per_week: float
    note: str = ""


@dataclass(frozen=True)
class ObjectiveDraft:
    """A step that can be measured: its words, its measure, the target, and by when."""

    text: str
    measure_code: str = ""
    target: float | None = None
    target_date: date | None = None
    interventions: tuple[InterventionDraft, ...] = ()


@dataclass(frozen=True)
class GoalDraft:
    """What the person wants, in their own words."""

    own_words: str
    objectives: tuple[ObjectiveDraft, ...] = ()


@dataclass(frozen=True)
class ProblemDraft:
    """What is hard, in plain words; `diagnosis` is an ICD-10-CM code of the episode, if it rests on one."""

    statement: str
    goals: tuple[GoalDraft, ...] = ()
    diagnosis: str = ""


@dataclass(frozen=True)
class DoseLine:
    """Sessions of one type: how many a week, and how many minutes each."""

    session_type: str
    per_week: float
    minutes: int

    @property
    def hours(self) -> float:
        """Hours a week that this line comes to, whether or not they count."""
        return self.per_week * self.minutes / 60


@dataclass(frozen=True)
class PlanDraft:
    """A whole care plan."""

    problems: tuple[ProblemDraft, ...] = ()
    prescription: tuple[DoseLine, ...] = ()
    hours_per_week: float | None = None
    days_per_week: int | None = None
    longest_day_hours: float | None = None
    expected_weeks: int | None = None

    @property
    def goals(self) -> tuple[GoalDraft, ...]:
        """Every goal of every problem."""
        return tuple(goal for problem in self.problems for goal in problem.goals)

    @property
    def objectives(self) -> tuple[ObjectiveDraft, ...]:
        """Every objective of every goal."""
        return tuple(objective for goal in self.goals for objective in goal.objectives)


def clinical_hours(lines: tuple[DoseLine, ...]) -> float:
    """Hours a week of the lines whose session type counts as treatment."""
    return sum(line.hours for line in lines if SESSION_TYPES[line.session_type].counts_as_clinical_hours)


def check_plan(
    plan: PlanDraft, *, level: str, is_teen: bool, own: Mapping[str, Number] | None = None
) -> tuple[Refused, ...]:
    """Everything that stands against signing this plan at this level, in the order of the page."""
    verdicts = (*content_verdicts(plan), *dose_verdicts(plan, level=level, is_teen=is_teen, own=own))
    return tuple(verdict for verdict in verdicts if isinstance(verdict, Refused))


def content_verdicts(plan: PlanDraft) -> Iterator[Verdict]:
    """What is lacking in the words of the plan."""
    if not plan.problems:
        yield Refused("Write at least one problem, in plain words.", OWN)
    for problem in plan.problems:
        if not problem.goals:
            yield Refused(
                f"The problem “{short(problem.statement)}” has no goal. Ask what the person wants.", OWN
            )
    for goal in plan.goals:
        if not goal.objectives:
            yield Refused(f"The goal “{short(goal.own_words)}” has no objective. Write a first step.", OWN)
    for objective in plan.objectives:
        yield check_objective(objective)


def check_objective(objective: ObjectiveDraft) -> Verdict:
    """Whether someone could say, on its date, if this objective is met."""
    if not objective.text.strip():
        return Refused("An objective has no words. Say what will be different, and how one will know.", OWN)
    name = short(objective.text)
    if objective.measure_code not in MEASURES:
        return Refused(f"The objective “{name}” has no measure. Choose how it is measured.", OWN)
    if objective.target is None:
        return Refused(f"The objective “{name}” has no target. Say which value is aimed for.", OWN)
    if objective.target_date is None:
        return Refused(f"The objective “{name}” has no date. Say by when.", OWN)
    return Allowed()


def dose_verdicts(
    plan: PlanDraft, *, level: str, is_teen: bool, own: Mapping[str, Number] | None
) -> Iterator[Verdict]:
    """What is wrong with the hours, the days and the mix of sessions."""
    if plan.hours_per_week is None or plan.days_per_week is None:
        yield Refused("Prescribe the hours and the days a week.", OWN)
        return
    yield check_band(plan.hours_per_week, days=plan.days_per_week, level=level, is_teen=is_teen, own=own)
    yield check_days(plan)
    yield check_sum(plan)
    yield check_individual(plan.prescription, own=own)


def check_band(
    hours: float, *, days: int, level: str, is_teen: bool, own: Mapping[str, Number] | None = None
) -> Verdict:
    """Whether so many hours on so many days belong to the level; for IOP the program's own numbers count."""
    if level.startswith("iop"):
        return check_prescription(hours, days=days, is_teen=is_teen, own=own)
    row = LEVELS[level]
    band = row.hours_teen if is_teen else row.hours_adult
    if band is None or (band.least <= hours and (band.most is None or hours < band.most)):
        return Allowed()
    bounds = (
        f"{number(band.least)} hours or more"
        if band.most is None
        else f"fewer than {number(band.most)} hours"
    )
    return Refused(f"{row.title} means {bounds} a week, not {number(hours)}.", row.source)


def check_days(plan: PlanDraft) -> Verdict:
    """Whether the hours fit on the days, none longer than the longest day."""
    hours, days, longest = plan.hours_per_week, plan.days_per_week, plan.longest_day_hours
    if hours is None or days is None or longest is None or days * longest >= hours:
        return Allowed()
    return Refused(
        f"{number(hours)} hours do not fit on {days} days of at most {number(longest)} hours. "
        "Add a day or allow a longer one.",
        OWN,
    )


def check_sum(plan: PlanDraft) -> Verdict:
    """Whether the sessions add up to the hours prescribed."""
    if not plan.prescription:
        return Refused("List the sessions that make up the hours.", OWN)
    total, hours = clinical_hours(plan.prescription), plan.hours_per_week or 0
    if round(total * 60) == round(hours * 60):
        return Allowed()
    gap = total - hours
    how = f"{number(abs(gap))} h {'too many' if gap > 0 else 'short'}"
    return Refused(
        f"The sessions add up to {number(total)} hours a week, {how} of the {number(hours)} prescribed.", OWN
    )


def check_individual(lines: tuple[DoseLine, ...], *, own: Mapping[str, Number] | None = None) -> Verdict:
    """Whether the person is seen alone as often as the program asks."""
    least = value_of("individual.min_per_week", own)
    seen = sum(line.per_week for line in lines if line.session_type == "individual")
    if seen >= least:
        return Allowed()
    return Refused(
        f"Prescribe at least {number(least)} individual session a week; it is {number(seen)} now.", OWN
    )


def plan_warnings(plan: PlanDraft, *, on: date, own: Mapping[str, Number] | None = None) -> tuple[str, ...]:
    """What a careful colleague would ask about before the plan is signed on this day."""
    return (
        *family_warning(plan.prescription, own=own),
        *(f"The date of “{short(one.text)}” has passed." for one in plan.objectives if is_past(one, on)),
        *(f"No intervention serves “{short(one.text)}”." for one in plan.objectives if not one.interventions),
        *unprescribed_warnings(plan),
    )


def is_past(objective: ObjectiveDraft, on: date) -> bool:
    """Whether the objective's date lies before this day."""
    return objective.target_date is not None and objective.target_date < on


def family_warning(lines: tuple[DoseLine, ...], *, own: Mapping[str, Number] | None) -> Iterator[str]:
    """Says when family work is rarer than the program means it to be."""
    least = value_of("family.min_per_month", own)
    family = (line for line in lines if SESSION_TYPES[line.session_type].modality == "family")
    monthly = sum(line.per_week for line in family) * WEEKS_PER_MONTH
    if lines and monthly < least - 0.1:
        yield f"Family sessions come to {number(monthly)} a month; the program means at least {number(least)}."


def unprescribed_warnings(plan: PlanDraft) -> Iterator[str]:
    """Names interventions that the prescription has no session for."""
    prescribed = {line.session_type for line in plan.prescription}
    named = {one.session_type for objective in plan.objectives for one in objective.interventions}
    for code in sorted(named - prescribed):
        yield f"{SESSION_TYPES[code].title} serves an objective but is not among the sessions prescribed."


def may_sign_plan(code: str) -> Verdict:
    """Whether someone with this credential may sign a care plan on their own."""
    row = CREDENTIALS.get(code)
    if row is None or not row.may_sign_clinical_note:
        return Refused("A care plan is signed by a clinician with a recorded credential.", OWN)
    if row.needs_cosignature:
        return Refused(f"{row.title}: ask a licensed clinician to sign this plan.", row.source)
    return Allowed()


def check_dose_line(session_type: str, *, per_week: float, minutes: int) -> Verdict:
    """Whether one line of a prescription is possible."""
    return first_refusal(
        Allowed() if session_type in SESSION_TYPES else Refused("Choose a kind of session from the list."),
        Allowed() if 0 < per_week <= 14 else Refused("Give more than 0 and at most 14 sessions a week."),
        Allowed() if 15 <= minutes <= 300 else Refused("Give 15 to 300 minutes for a session."),
    )


def short(text: str, most: int = 60) -> str:
    """The beginning of a text, for a sentence that points at it."""
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
