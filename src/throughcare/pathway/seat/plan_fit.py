"""A week held against the care plan in force: its hours, its days, its longest day."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from throughcare.knowledge.clinic_calendar import week_of
from throughcare.knowledge.verdict import Verdict
from throughcare.knowledge.week_rules import check_days, check_hours, check_longest_day
from throughcare.records.care_plans import PlanVersion

DayMinutes = tuple[date, int]


def check_against_plan(
    plan: PlanVersion, *, held: Sequence[DayMinutes], new: Sequence[DayMinutes]
) -> list[Verdict]:
    """What the plan says to new sessions beside those held: the busiest day among the new ones, the busiest week."""
    if not new:
        return []
    days: Counter[date] = Counter()
    for day, minutes in (*held, *new):
        days[day] += minutes
    minutes_in: Counter[date] = Counter()
    days_in: Counter[date] = Counter()
    for day, minutes in days.items():
        minutes_in[week_of(day)] += minutes
        days_in[week_of(day)] += 1
    touched = {week_of(day) for day, _ in new}
    longest = max((day for day, _ in new), key=lambda day: days[day])
    found: list[Verdict] = []
    if plan.longest_day_hours is not None:
        found.append(check_longest_day(days[longest], most_hours=float(plan.longest_day_hours), on=longest))
    if plan.days_per_week is not None:
        found.append(check_days(max(days_in[week] for week in touched), prescribed=plan.days_per_week))
    if plan.hours_per_week is not None:
        most = max(minutes_in[week] for week in touched)
        found.append(check_hours(most, prescribed=float(plan.hours_per_week)))
    return found
