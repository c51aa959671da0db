"""Counts of people's ways through the program: how they begin, how long they stay, how they leave.

Each gives one entry per week of the scope. A person is counted in the week in which the number can first be told: the
admission's, the discharge's seventh day, the thirtieth day in care.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Subquery

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.outcomes import ALL as OUTCOMES
from throughcare.pathway.boards.outcome_scope import DAY, Counted, Scope, tally
from throughcare.records.attendance import Attendance
from throughcare.records.discharges import AftercareAppointment, Discharge
from throughcare.records.episodes import Episode
from throughcare.records.sessions import Appointment

KEPT_WITHIN = OUTCOMES["kept_next_appointment"].within_days or 7
# A next appointment elsewhere is not owed to these.
NOT_FOLLOWED = ("deceased", "incarcerated")
FOURTH = 4


@dataclass(frozen=True)
class Start:
    """How an episode of the scope began; days are the site's."""

    admitted: date
    ended: date | None
    referred: date | None
    first: date | None
    fourth: date | None
    fourth_planned: date | None


def starts(scope: Scope) -> list[Start]:
    """The beginnings of the episodes admitted in the scope."""
    rows = scope.admitted().annotate(first=_nth_attended(1), fourth=_nth_attended(FOURTH))
    columns = ("pk", "site__time_zone", "admitted_at", "ended_at", "referral__received_at", "first", "fourth")
    found = list(rows.values_list(*columns))
    # Whoever attended a fourth session or left is judged by that.
    undecided = [row[0] for row in found if row[3] is None and row[6] is None]
    planned = dict(
        Episode.objects.filter(pk__in=undecided).values_list("pk").annotate(planned=_nth_planned(FOURTH))
    )
    return [
        Start(
            admitted=local_day(admitted_at, zone),
            ended=local_day(ended_at, zone) if ended_at else None,
            referred=local_day(received_at, zone) if received_at else None,
            first=first,
            fourth=fourth,
            fourth_planned=planned.get(key),
        )
        for key, zone, admitted_at, ended_at, received_at, first, fourth in found
    ]


def days_to_first_session(scope: Scope, begun: Sequence[Start]) -> list[list[int]]:
    """Days from the referral to the first session attended, of those who have come."""
    weeks: list[list[int]] = [[] for _ in range(scope.weeks)]
    for start in begun:
        week = scope.week_of(start.admitted)
        if week is not None and start.referred and start.first:
            weeks[week].append((start.first - start.referred).days)
    return weeks


def kept_to_fourth_session(scope: Scope, begun: Sequence[Start]) -> list[Counted]:
    """People whose fourth planned session has passed, or who left before it; and those who attended a fourth."""
    judged = [
        (start.admitted, start.fourth is not None and start.fourth < scope.until)
        for start in begun
        if any(
            day is not None and day < scope.until for day in (start.fourth_planned, start.ended, start.fourth)
        )
    ]
    return tally(scope, judged)


def _nth_attended(nth: int) -> Subquery:
    """The day of the nth session of an episode that its person came to."""
    came = Attendance.objects.filter(
        organization_id=OuterRef("organization_id"),
        patient_id=OuterRef("patient_id"),
        appointment__episode=OuterRef("pk"),
        retired_at__isnull=True,
        minutes__gt=0,
    ).order_by("local_day")
    return Subquery(came.values("local_day")[nth - 1 : nth])


def _nth_planned(nth: int) -> Subquery:
    """The day of the nth session of an episode that was held and at which its person was expected."""
    seats = Appointment.objects.filter(
        organization_id=OuterRef("organization_id"),
        patient_id=OuterRef("patient_id"),
        episode=OuterRef("pk"),
        released_at__isnull=True,
        session__cancelled_at__isnull=True,
    ).order_by("local_day")
    return Subquery(seats.values("local_day")[nth - 1 : nth])


def discharged_with_kept_visit(scope: Scope) -> list[Counted]:
    """Discharges at least seven days ago, and those followed within seven days by a visit that was kept."""
    rows = Discharge.objects.filter(
        organization_id=scope.organization,
        discharged_at__gte=scope.midnight(scope.since - (KEPT_WITHIN + 1) * DAY),
        discharged_at__lt=scope.midnight(scope.until - (KEPT_WITHIN - 1) * DAY),
    ).exclude(reason__in=NOT_FOLLOWED)
    if scope.site:
        rows = rows.filter(episode__site__uid=scope.site)
    left = list(rows.values_list("episode", "episode__site__time_zone", "discharged_at"))
    visits = AftercareAppointment.objects.filter(
        episode__in=[episode for episode, _, _ in left], kept=True
    ).values_list("episode", "visit_at")
    kept: dict[int, list[datetime]] = {}
    for episode, visit_at in visits:
        kept.setdefault(episode, []).append(visit_at)
    judged = []
    for episode, zone, discharged_at in left:
        day = local_day(discharged_at, zone)
        within = any(
            discharged_at <= visit_at and (local_day(visit_at, zone) - day).days <= KEPT_WITHIN
            for visit_at in kept.get(episode, ())
        )
        judged.append((day + KEPT_WITHIN * DAY, within))
    return tally(scope, judged)


def still_in_care(scope: Scope, days: Sequence[int]) -> dict[int, list[Counted]]:
    """People who were admitted so many days before a week, and those in care that day or gone as completed."""
    rows = scope.admitted(earlier=max(days), later=min(days)).values_list(
        "site__time_zone", "admitted_at", "ended_at", "discharge__reason"
    )
    judged: dict[int, list[tuple[date, bool]]] = {count: [] for count in days}
    for zone, admitted_at, ended_at, reason in rows:
        admitted = local_day(admitted_at, zone)
        ended = local_day(ended_at, zone) if ended_at else None
        for count in days:
            reached = admitted + count * DAY
            stayed = ended is None or ended >= reached or reason == "completed"
            judged[count].append((reached, stayed))
    return {count: tally(scope, found) for count, found in judged.items()}
