"""What the seven numbers are counted from, week by week: a look-up or two each, whatever the size of the clinic.

Each function gives one entry per week of the scope. A person is counted in the week in which the number can first
be told: the admission's, the discharge's seventh day, the thirtieth day in care.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum

from throughcare.knowledge.clinic_calendar import age_on, at_local, local_day
from throughcare.knowledge.outcomes import ALL as OUTCOMES
from throughcare.pathway.program_settings import numbers
from throughcare.pathway.weeks_since import WeeksSince
from throughcare.records.attendance import Attendance
from throughcare.records.discharges import AftercareAppointment, Discharge
from throughcare.records.episodes import Episode, Stay
from throughcare.records.measures import MeasureRequest
from throughcare.records.sessions import Appointment

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
KEPT_WITHIN = OUTCOMES["kept_next_appointment"].within_days or 7
# A next appointment elsewhere is not owed to these.
NOT_FOLLOWED = ("deceased", "incarcerated")
FOURTH = 4
ADULT = 18


@dataclass(frozen=True)
class Counted:
    """A part of a whole."""

    part: int = 0
    whole: int = 0


@dataclass(frozen=True)
class Scope:
    """What is counted over: an organization or one site of it, and whole weeks from one day to another, excluded."""

    organization: int
    site: UUID | None
    since: date
    until: date
    zone: str

    @property
    def weeks(self) -> int:
        """How many weeks."""
        return (self.until - self.since).days // 7

    def week_of(self, day: date) -> int | None:
        """The place of a day's week; None for a day outside."""
        return (day - self.since).days // 7 if self.since <= day < self.until else None

    def midnight(self, day: date) -> datetime:
        """When a day begins."""
        return at_local(day, time(0), self.zone)

    def inside(self) -> dict[str, object]:
        """The condition on rows that carry their local day."""
        return {
            "organization_id": self.organization,
            "local_day__gte": self.since,
            "local_day__lt": self.until,
        }

    def admitted(self, *, earlier: int = 0, later: int = 0) -> QuerySet[Episode]:
        """Episodes admitted in the scope, or so many days earlier; a day more on either side, for other time zones."""
        rows = Episode.objects.filter(
            organization_id=self.organization,
            admitted_at__gte=self.midnight(self.since - (earlier + 1) * DAY),
            admitted_at__lt=self.midnight(self.until - (later - 1) * DAY),
        )
        return rows.filter(site__uid=self.site) if self.site else rows


def tally(scope: Scope, found: Sequence[tuple[date, bool]]) -> list[Counted]:
    """Days with whether the thing happened, as a part of a whole in each week; days outside are left out."""
    parts, wholes = [0] * scope.weeks, [0] * scope.weeks
    for day, happened in found:
        week = scope.week_of(day)
        if week is not None:
            wholes[week] += 1
            parts[week] += happened
    return [Counted(part, whole) for part, whole in zip(parts, wholes, strict=True)]


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
    rows = scope.admitted().annotate(
        first=_nth_attended(1), fourth=_nth_attended(FOURTH), planned=_nth_planned(FOURTH)
    )
    columns = (
        "site__time_zone",
        "admitted_at",
        "ended_at",
        "referral__received_at",
        "first",
        "fourth",
        "planned",
    )
    found = []
    for zone, admitted_at, ended_at, received_at, first, fourth, planned in rows.values_list(*columns):
        admitted = local_day(admitted_at, zone)
        ended = local_day(ended_at, zone) if ended_at else None
        referred = local_day(received_at, zone) if received_at else None
        found.append(Start(admitted, ended, referred, first, fourth, planned))
    return found


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


def hours_by_week(scope: Scope) -> list[Counted]:
    """Minutes attended of minutes scheduled and held, as the hour ledger counts them: what the program canceled is
    not scheduled, and what is made up adds to the hours attended only."""
    rows = Attendance.objects.filter(**scope.inside(), retired_at__isnull=True, counts=True)
    if scope.site:
        rows = rows.filter(session__site__uid=scope.site)
    sums = (
        rows.exclude(status="cancelled_by_program")
        .values_list(WeeksSince("local_day", scope.since))
        .annotate(
            Sum("minutes"), Sum("appointment__planned_minutes", filter=Q(appointment__is_make_up=False))
        )
    )
    found = {week: Counted(attended, planned or 0) for week, attended, planned in sums}
    return [found.get(week, Counted()) for week in range(scope.weeks)]


def weeks_at_minimum(scope: Scope) -> list[Counted]:
    """Whole weeks that people spent at IOP, and those in which they got the least hours that it means at their age."""
    keys = ("min_hours_week.adult", "min_hours_week.teen")
    own = numbers(*keys, organization=scope.organization, on=scope.until)
    adult, teen = (round(60 * own[key]) for key in keys)
    minutes = {
        (patient, week): total
        for patient, week, total in Attendance.objects.filter(
            **scope.inside(), retired_at__isnull=True, counts=True
        )
        .values_list("patient", WeeksSince("local_day", scope.since))
        .annotate(Sum("minutes"))
    }
    judged = {}
    for patient, born, week in _weeks_at_iop(scope):
        begins = scope.since + week * WEEK
        least = teen if born and age_on(begins, born) < ADULT else adult
        judged[patient, week] = (begins, minutes.get((patient, week), 0) >= least)
    return tally(scope, list(judged.values()))


def _weeks_at_iop(scope: Scope) -> Iterator[tuple[int, date | None, int]]:
    """(patient, birth date, week) of each week that a person spent at the level from its first day to its last."""
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
        began = local_day(began_at, zone)
        ended = local_day(ended_at, zone) if ended_at else scope.until
        first = max(0, -((scope.since - began).days // 7))
        for week in range(first, (min(ended, scope.until) - scope.since).days // 7):
            yield patient, born, week


def measures_returned(scope: Scope) -> list[Counted]:
    """Measures that fell due in a week, and those that were answered before it ended."""
    rows = MeasureRequest.objects.filter(
        organization_id=scope.organization, due_date__gte=scope.since, due_date__lt=scope.until
    )
    if scope.site:
        here = Episode.objects.filter(patient=OuterRef("patient"), site__uid=scope.site)
        rows = rows.filter(Exists(here))
    in_time = Q()
    for week in range(scope.weeks):
        begins, ends = scope.since + week * WEEK, scope.since + (week + 1) * WEEK
        in_time |= Q(due_date__gte=begins, due_date__lt=ends, response__taken_at__lt=scope.midnight(ends))
    sums = rows.values_list(WeeksSince("due_date", scope.since)).annotate(
        Count("pk"), Count("response", filter=in_time)
    )
    found = {week: Counted(part, whole) for week, whole, part in sums}
    return [found.get(week, Counted()) for week in range(scope.weeks)]


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
