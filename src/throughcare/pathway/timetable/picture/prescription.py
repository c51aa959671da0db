"""A person's prescription in one week: which sessions are due, and the hours that the plan leaves open."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor

from throughcare.knowledge.clinic_calendar import local_day, week_of
from throughcare.knowledge.planning.care_plans import DoseLine
from throughcare.knowledge.planning.session_mixes import SessionMix
from throughcare.knowledge.session_types import session_type
from throughcare.records.care_plans import PlanVersion, PrescriptionLine

# Sums of hours are compared with this much to spare.
NEARLY = 1e-6


@dataclass(frozen=True)
class Prescription:
    """Hours a week, days, the longest day in hours, the mix, and the week from which fractions are counted."""

    hours: float
    days: int
    longest_day_hours: float
    lines: tuple[DoseLine, ...]
    since: date

    @property
    def open_hours(self) -> float:
        """Hours that the mix does not name."""
        named = sum(_hours(line) for line in self.lines)
        return max(0.0, round(self.hours - named, 2))

    def due(self, line: DoseLine, monday: date) -> int:
        """How many sessions of a line fall on a week: one every second week is due on every second."""
        weeks = max(0, (monday - week_of(self.since)).days // 7)
        return floor(line.per_week * (weeks + 1) + NEARLY) - floor(line.per_week * weeks + NEARLY)

    def most(self, line: DoseLine) -> int:
        """The most sessions of a line in any week."""
        return ceil(line.per_week - NEARLY)


def _hours(line: DoseLine) -> float:
    counts = session_type(line.session_type).counts_as_clinical_hours
    return line.per_week * line.minutes / 60 if counts else 0.0


def prescriptions(plans: Mapping[int, PlanVersion], zone: str) -> dict[int, Prescription]:
    """The prescription of each episode (key) with a plan in force, in one query."""
    lines: dict[int, list[DoseLine]] = defaultdict(list)
    for row in PrescriptionLine.objects.filter(version__in=list(plans.values())).order_by("pk"):
        lines[row.version_id].append(DoseLine(row.session_type, float(row.per_week), row.minutes))
    return {episode: _of_plan(plan, tuple(lines[plan.pk]), zone) for episode, plan in plans.items()}


def _of_plan(plan: PlanVersion, lines: tuple[DoseLine, ...], zone: str) -> Prescription:
    named = sum(_hours(line) for line in lines)
    return Prescription(
        hours=named if plan.hours_per_week is None else float(plan.hours_per_week),
        days=plan.days_per_week or 7,
        longest_day_hours=24.0 if plan.longest_day_hours is None else float(plan.longest_day_hours),
        lines=lines,
        since=local_day(plan.in_force_at or plan.started_at, zone),
    )


def of_mix(mix: SessionMix, *, since: date) -> Prescription:
    """A proposed mix, as if it were prescribed."""
    return Prescription(mix.hours, mix.days, mix.longest_day_hours, mix.lines, since)


def is_group(line: DoseLine) -> bool:
    """Whether the line is of a group, not of sessions held with one person."""
    return session_type(line.session_type).capacity_setting is not None


def minutes_elsewhere(lines: Sequence[DoseLine], held: Iterable[tuple[str, int]]) -> Counter[str]:
    """Minutes of each type that are placed in sessions outside the picture: other sites lend seats."""
    named = {line.session_type for line in lines}
    found: Counter[str] = Counter()
    for kind, minutes in held:
        found[kind if kind in named else ""] += minutes
    return found
