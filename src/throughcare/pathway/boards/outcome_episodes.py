"""Counts of people's ways through the program: how they begin, how long they stay, how they leave.

Each gives one entry per week of the scope. A person is counted in the week in which the number can first be told: the
admission's, the discharge's seventh day, the thirtieth day in care.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery

from throughcare.knowledge.outcomes import ALL as OUTCOMES
from throughcare.pathway.boards.outcome_scope import DAY, Counted, Scope, tally
from throughcare.pathway.kept_days import kept
from throughcare.records.attendance import Attendance
from throughcare.records.discharges import AftercareAppointment, Discharge
from throughcare.records.episodes import Episode
from throughcare.records.sessions import Appointment

KEPT_WITHIN = OUTCOMES["kept_next_appointment"].within_days or 7
# A next appointment elsewhere is not owed to these.
NOT_FOLLOWED = ("deceased", "incarcerated")
FOURTH = 4


@dataclass(frozen=True)
class Way:
    """From when to when somebody was in care, and why they left; days are the site's."""

    episode: int
    admitted: date
    ended: date | None
    referred: date | None
    reason: str | None


@dataclass(frozen=True)
class Start:
    """How an episode of the scope began: the days of the first and the fourth session, and of the fourth planned."""

    way: Way
    first: date | None
    fourth: date | None
    fourth_planned: date | None


def ways(scope: Scope, *, earlier: int) -> list[Way]:
    """The ways of those admitted in the scope or so many days before it."""
    columns = ("pk", "site__time_zone", "discharge__reason")
    moments = (kept("admitted_at"), kept("ended_at"), kept("referral__received_at"))
    rows = scope.admitted(earlier=earlier).values_list(*columns, *moments)
    found = []
    for key, zone, reason, admitted_at, ended_at, received_at in rows:
        day_at = scope.days(zone).of
        ended = day_at(ended_at) if ended_at else None
        referred = day_at(received_at) if received_at else None
        found.append(Way(key, day_at(admitted_at), ended, referred, reason))
    return found


def starts(scope: Scope, found: Sequence[Way]) -> list[Start]:
    """How those of the ways began that were admitted in the scope."""
    begun = [way for way in found if scope.week_of(way.admitted) is not None]
    first, fourth = kept(_nth_attended(1)), kept(_nth_attended(FOURTH))
    attended = {
        key: (_day(one), _day(four)) for key, one, four in scope.admitted().values_list("pk", first, fourth)
    }
    # Whoever attended a fourth session or left is judged by that.
    undecided = [way.episode for way in begun if way.ended is None and not attended[way.episode][1]]
    planned = dict(Episode.objects.filter(pk__in=undecided).values_list("pk", _nth_planned(FOURTH)))
    return [Start(way, *attended[way.episode], planned.get(way.episode)) for way in begun]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def days_to_first_session(scope: Scope, begun: Sequence[Start]) -> list[list[int]]:
    """Days from the referral to the first session attended, of those who have come."""
    weeks: list[list[int]] = [[] for _ in range(scope.weeks)]
    for start in begun:
        week = scope.week_of(start.way.admitted)
        if week is not None and start.way.referred and start.first:
            weeks[week].append((start.first - start.way.referred).days)
    return weeks


def kept_to_fourth_session(scope: Scope, begun: Sequence[Start]) -> list[Counted]:
    """People whose fourth planned session has passed, or who left before it; and those who attended a fourth."""
    judged = [
        (start.way.admitted, start.fourth is not None and start.fourth < scope.until)
        for start in begun
        if any(
            day is not None and day < scope.until
            for day in (start.fourth_planned, start.way.ended, start.fourth)
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
    bounds = {
        "discharged_at__gte": scope.midnight(scope.since - (KEPT_WITHIN + 1) * DAY),
        "discharged_at__lt": scope.midnight(scope.until - (KEPT_WITHIN - 1) * DAY),
    }
    left = Discharge.objects.filter(organization_id=scope.organization, **bounds)
    left = left.exclude(reason__in=NOT_FOLLOWED)
    if scope.site:
        left = left.filter(episode__site=scope.site)
    visits = AftercareAppointment.objects.filter(
        organization_id=scope.organization,
        # The newest outcome: no other one corrects it.
        outcomes__kept=True,
        outcomes__aftercareoutcome__isnull=True,
        **{f"episode__discharge__{bound}": moment for bound, moment in bounds.items()},
    )
    went: dict[int, list[str]] = {}
    for episode, visit_at in visits.values_list("episode", kept("visit_at")):
        went.setdefault(episode, []).append(visit_at)
    judged = []
    columns = ("episode", "episode__site__time_zone", kept("discharged_at"))
    for episode, zone, discharged_at in left.values_list(*columns):
        days = scope.days(zone)
        day = days.of(discharged_at)
        within = any(
            discharged_at <= visit_at and (days.of(visit_at) - day).days <= KEPT_WITHIN
            for visit_at in went.get(episode, ())
        )
        judged.append((day + KEPT_WITHIN * DAY, within))
    return tally(scope, judged)


def still_in_care(scope: Scope, found: Sequence[Way], days: Sequence[int]) -> dict[int, list[Counted]]:
    """People who were admitted so many days before a week, and those in care that day or gone as completed."""
    judged: dict[int, list[tuple[date, bool]]] = {count: [] for count in days}
    for way in found:
        for count in days:
            reached = way.admitted + count * DAY
            stayed = way.ended is None or way.ended >= reached or way.reason == "completed"
            judged[count].append((reached, stayed))
    return {count: tally(scope, each) for count, each in judged.items()}
