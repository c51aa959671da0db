"""Counts of what happened in each week of the scope: hours, weeks at the level's minimum, measures."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from throughcare.knowledge.clinic_calendar import age_on
from throughcare.pathway.boards.outcome_scope import DAY, WEEK, Counted, Scope
from throughcare.pathway.boards.outcome_sums import measures_by_week, minutes_by_day, minutes_by_person
from throughcare.pathway.kept_days import kept
from throughcare.pathway.program_settings import numbers
from throughcare.records.episodes import Stay

ADULT = 18


def hours_by_week(scope: Scope) -> list[Counted]:
    """Minutes attended of minutes scheduled and held, as the hour ledger counts them: what the program canceled is
    not scheduled, and what is made up adds to the minutes attended only."""
    attended, planned = [0] * scope.weeks, [0] * scope.weeks
    for day, came, due in minutes_by_day(scope):
        week = (date.fromisoformat(day) - scope.since).days // 7
        attended[week] += came
        planned[week] += due
    return [Counted(part, whole) for part, whole in zip(attended, planned, strict=True)]


def weeks_at_minimum(scope: Scope) -> list[Counted]:
    """Whole weeks that people spent at IOP, and those in which they got the least hours that it means at their age."""
    keys = ("min_hours_week.adult", "min_hours_week.teen")
    own = numbers(*keys, organization=scope.organization, on=scope.until)
    adult, teen = (round(60 * own[key]) for key in keys)
    weeks_of = list(_weeks_at_iop(scope))
    grown_up = {patient: _weeks_as_teen(scope, born) for patient, born, _ in weeks_of}
    minutes = minutes_by_person(scope, least=min(adult, teen) if any(grown_up.values()) else adult)
    parts, wholes = [0] * scope.weeks, [0] * scope.weeks
    for patient, _, weeks in weeks_of:
        for week in weeks:
            wholes[week] += 1
            parts[week] += minutes.get((patient, week), 0) >= (teen if week < grown_up[patient] else adult)
    return [Counted(part, whole) for part, whole in zip(parts, wholes, strict=True)]


def _weeks_as_teen(scope: Scope, born: date | None) -> int:
    """How many weeks of the scope began before somebody's eighteenth birthday."""
    if born is None or age_on(scope.since, born) >= ADULT:
        return 0
    return sum(age_on(scope.since + week * WEEK, born) < ADULT for week in range(scope.weeks))


def _weeks_at_iop(scope: Scope) -> Iterator[tuple[int, date | None, range]]:
    """(patient, birth date, weeks) of each stay: the weeks spent at the level from their first day to their last."""
    stays = Stay.objects.filter(
        organization_id=scope.organization,
        level="iop",
        episode__organization_id=scope.organization,
        began_at__lt=scope.midnight(scope.until + DAY),
    ).filter(Q(ended_at__isnull=True) | Q(ended_at__gt=scope.midnight(scope.since)))
    if scope.site:
        stays = stays.filter(episode__site=scope.site)
    columns = ("episode__patient", "episode__patient__birth_date", "episode__site__time_zone")
    moments = (kept("began_at"), kept("ended_at"))
    for patient, born, zone, began_at, ended_at in stays.values_list(*columns, *moments):
        days = scope.days(zone)
        ended = days.of(ended_at) if ended_at else scope.until
        first = max(0, -((scope.since - days.of(began_at)).days // 7))
        yield patient, born, range(first, (min(ended, scope.until) - scope.since).days // 7)


def measures_returned(scope: Scope) -> list[Counted]:
    """Measures that fell due in a week, and those that were answered before it ended."""
    counted = {week: Counted(answered, due) for week, answered, due in measures_by_week(scope)}
    return [counted[week] for week in range(scope.weeks)]
