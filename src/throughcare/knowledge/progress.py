"""Progress in words: what a measure did since intake and since last time, and what a week came to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from throughcare.knowledge.hours import number
from throughcare.knowledge.planning.plan_measures import ALL as MEASURES
from throughcare.knowledge.questionnaires.change import Change, is_case, reliable_change
from throughcare.knowledge.questionnaires.questionnaire import Number, Questionnaire

Standing = Literal["met", "not_met", "not_known"]

WORDS: dict[Change, str] = {
    "better": "Reliably better",
    "same": "No reliable change",
    "worse": "Reliably worse",
    "na": "",
}


@dataclass(frozen=True)
class Changed:
    """A change between two totals, and the sentence that says it; `since` is part of the sentence."""

    kind: Change
    words: str


@dataclass(frozen=True)
class Stand:
    """Where an objective stands, and from which numbers that follows."""

    standing: Standing
    because: str


def say_change(
    questionnaire: Questionnaire, earlier: Number | None, later: Number | None, *, since: str
) -> Changed:
    """The change in a sentence such as “Reliably better since intake: 18 → 9.”; empty words without two totals."""
    kind = reliable_change(questionnaire, earlier, later)
    if earlier is None or later is None:
        return Changed("na", "")
    numbers = f"{number(earlier)} → {number(later)}"
    if kind == "na":
        return Changed("na", f"{numbers} since {since}; how much change is reliable is not known.")
    return Changed(kind, f"{WORDS[kind]} since {since}: {numbers}.")


def best_of(questionnaire: Questionnaire, totals: Sequence[Number]) -> Number | None:
    """The best of these totals: the lowest where higher is worse."""
    if not totals:
        return None
    return min(totals) if questionnaire.higher_is == "worse" else max(totals)


def is_better_or_well(questionnaire: Questionnaire, baseline: Number | None, latest: Number | None) -> bool:
    """Whether the latest total is reliably better than the baseline, or has left the clinical range."""
    if reliable_change(questionnaire, baseline, latest) == "better":
        return True
    return is_case(questionnaire, baseline) is True and is_case(questionnaire, latest) is False


def stand_of(measure_code: str, target: float | None, latest: float | None) -> Stand:
    """Where an objective with this measure and target stands at the latest value."""
    row = MEASURES.get(measure_code)
    if row is None or target is None:
        return Stand("not_known", "It has no measure with a target; say together where it stands.")
    aim = f"target {number(target)} {row.unit} or {'lower' if row.lower_is_better else 'more'}"
    if latest is None:
        if row.is_questionnaire:
            return Stand("not_known", f"{row.title} was not answered yet; {aim}.")
        return Stand("not_known", f"{row.title} is not counted by the program; {aim}. Ask the person.")
    met = row.is_met(latest, target)
    reached = "reached" if met else "not reached yet"
    now = f"{number(round(latest, 1))}{' %' if row.unit == '%' else ''}"
    return Stand("met" if met else "not_met", f"Now {now}, {aim}: {reached}.")


def stand_of_goal(standings: Sequence[Standing]) -> Standing:
    """A goal is met when each of its objectives is; not known while one is not known and none is missed."""
    if not standings or ("not_known" in standings and "not_met" not in standings):
        return "not_known"
    return "met" if all(one == "met" for one in standings) else "not_met"


def speaks_of_relapse(text: str) -> bool:
    """Whether an objective is about preventing relapse: how this version knows of a relapse-prevention plan."""
    said = text.casefold()
    return "relapse" in said or "warning sign" in said


def say_week(
    *,
    delivered: float,
    planned: float,
    to_come: float,
    missed_sessions: int,
    changes: Sequence[str],
    notes: int,
) -> str:
    """What the week came to, in one or a few short sentences."""
    if not planned and not delivered:
        hours = "No hours are planned this week."
    else:
        rest = f", {number(to_come)} still to come" if to_come else ""
        hours = f"{number(delivered)} of {number(planned)} planned hours so far this week{rest}."
    missed = {0: "", 1: "One no-show."}.get(missed_sessions, f"{missed_sessions} no-shows.")
    noted = {0: "", 1: "One signed note."}.get(notes, f"{notes} signed notes.")
    measured = " ".join(changes) or "No measure was answered in the last seven days."
    return " ".join(part for part in (hours, missed, measured, noted) if part)
