"""Counts of what happened in each week of the scope: hours, weeks at the level's minimum, measures."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import (
    Case,
    Count,
    DateTimeField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)

from throughcare.knowledge.clinic_calendar import age_on, local_day
from throughcare.pathway.boards.outcome_scope import DAY, WEEK, Counted, Scope
from throughcare.pathway.boards.weeks_since import WeeksSince
from throughcare.pathway.program_settings import numbers
from throughcare.records.attendance import Attendance
from throughcare.records.episodes import Episode, Stay
from throughcare.records.measures import MeasureRequest, MeasureResponse

ADULT = 18
AHEAD = 4 * WEEK


def hours_by_week(scope: Scope) -> list[Counted]:
    """Minutes attended of minutes scheduled and held, as the hour ledger counts them: what the program canceled is
    not scheduled, and what is made up adds to the minutes attended only."""
    rows = _held(scope).filter(
        # The seat's day is the attendance's: said so that the index finds the seats, however long the history.
        appointment__organization_id=scope.organization,
        appointment__local_day__gte=scope.since,
        appointment__local_day__lt=scope.until,
    )
    if scope.site:
        rows = rows.filter(session__site__uid=scope.site)
    # By day, which the index is in the order of; the weeks are summed here.
    sums = rows.values_list("local_day").annotate(
        attended=Sum("minutes"),
        planned=Sum("appointment__planned_minutes", filter=Q(appointment__is_make_up=False)),
    )
    attended, planned = [0] * scope.weeks, [0] * scope.weeks
    for day, came, due in sums.order_by("local_day"):
        week = (day - scope.since).days // 7
        attended[week] += came
        planned[week] += due or 0
    return [Counted(part, whole) for part, whole in zip(attended, planned, strict=True)]


def _held(scope: Scope) -> QuerySet[Attendance]:
    """Attendance that stands, at sessions that count and were not canceled for the person."""
    rows = Attendance.objects.filter(
        organization_id=scope.organization,
        local_day__gte=scope.since,
        local_day__lt=scope.until,
        retired_at__isnull=True,
        counts=True,
    )
    return rows.exclude(status="cancelled_by_program")


def weeks_at_minimum(scope: Scope) -> list[Counted]:
    """Whole weeks that people spent at IOP, and those in which they got the least hours that it means at their age."""
    keys = ("min_hours_week.adult", "min_hours_week.teen")
    own = numbers(*keys, organization=scope.organization, on=scope.until)
    adult, teen = (round(60 * own[key]) for key in keys)
    weeks_of = list(_weeks_at_iop(scope))
    grown_up = {patient: _weeks_as_teen(scope, born) for patient, born, _ in weeks_of}
    teens = [patient for patient, week in grown_up.items() if week]
    by_adults = _weeks_with(scope, adult)
    by_teens = _weeks_with(scope, teen, of=teens) if teens else set()
    parts, wholes = [0] * scope.weeks, [0] * scope.weeks
    for patient, _, weeks in weeks_of:
        for week in weeks:
            wholes[week] += 1
            parts[week] += (patient, week) in (by_teens if week < grown_up[patient] else by_adults)
    return [Counted(part, whole) for part, whole in zip(parts, wholes, strict=True)]


def _weeks_with(scope: Scope, least: int, *, of: Sequence[int] | None = None) -> set[tuple[int, int]]:
    """(patient, week) of the weeks with so many minutes attended; `of` narrows it to these patients."""
    rows = _held(scope) if of is None else _held(scope).filter(patient__in=of)
    sums = (
        rows.annotate(week=WeeksSince("local_day", scope.since))
        .values("patient", "week")
        .annotate(total=Sum("minutes"))
    )
    return set(sums.filter(total__gte=least).values_list("patient", "week"))


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
        stays = stays.filter(episode__site__uid=scope.site)
    columns = (
        "episode__patient",
        "episode__patient__birth_date",
        "episode__site__time_zone",
        "began_at",
        "ended_at",
    )
    for patient, born, zone, began_at, ended_at in stays.values_list(*columns):
        ended = local_day(ended_at, zone) if ended_at else scope.until
        first = max(0, -((scope.since - local_day(began_at, zone)).days // 7))
        yield patient, born, range(first, (min(ended, scope.until) - scope.since).days // 7)


def measures_returned(scope: Scope) -> list[Counted]:
    """Measures that fell due in a week, and those that were answered before it ended."""
    asked = MeasureRequest.objects.filter(
        organization_id=scope.organization, due_date__gte=scope.since, due_date__lt=scope.until
    )
    ends = [scope.since + (week + 1) * WEEK for week in range(scope.weeks)]
    end_of_week = Case(
        *(When(request__due_date__lt=end, then=Value(scope.midnight(end))) for end in ends),
        output_field=DateTimeField(),
    )
    answered = MeasureResponse.objects.filter(
        organization_id=scope.organization,
        # Bounds for the index; a request is answered by what is taken within days of it.
        taken_at__gte=scope.midnight(scope.since - AHEAD),
        taken_at__lt=scope.midnight(scope.until),
        request__organization_id=scope.organization,
        request__due_date__gte=scope.since,
        request__due_date__lt=scope.until,
    ).filter(taken_at__lt=end_of_week)
    if scope.site:
        here = Episode.objects.filter(patient=OuterRef("patient"), site__uid=scope.site)
        asked, answered = asked.filter(Exists(here)), answered.filter(Exists(here))
    parts, wholes = [0] * scope.weeks, [0] * scope.weeks
    for day, count in asked.values_list("due_date").annotate(Count("pk")).order_by("due_date"):
        wholes[(day - scope.since).days // 7] += count
    for day, count in answered.values_list("request__due_date").annotate(Count("pk")):
        parts[(day - scope.since).days // 7] += count
    return [Counted(part, whole) for part, whole in zip(parts, wholes, strict=True)]
