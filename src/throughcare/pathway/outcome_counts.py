"""What the seven numbers are counted from: one look-up each, whatever the size of the clinic."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.pathway.program_settings import number
from throughcare.pathway.weeks_since import WeeksSince
from throughcare.records.attendance import Attendance
from throughcare.records.discharges import AftercareAppointment, Discharge
from throughcare.records.episodes import Episode, Stay
from throughcare.records.measures import MeasureRequest
from throughcare.records.sessions import Appointment

KEPT_WITHIN = timedelta(days=7)
SETTLED_AFTER = timedelta(days=28)


@dataclass(frozen=True)
class Scope:
    """What is counted over: an organization or one site of it, from one day (and moment) to another, excluded."""

    organization: int
    site: UUID | None
    since: date
    until: date
    since_at: datetime
    until_at: datetime

    def episodes(self, *, admitted_from: datetime, admitted_to: datetime) -> QuerySet[Episode]:
        """Episodes admitted between two moments."""
        rows = Episode.objects.filter(
            organization_id=self.organization, admitted_at__gte=admitted_from, admitted_at__lt=admitted_to
        )
        return rows.filter(site__uid=self.site) if self.site else rows


@dataclass(frozen=True)
class Counted:
    """A part of a whole."""

    part: int
    whole: int


def attended_after_admission(nth: int) -> Subquery:
    """The day of the nth session that an episode's person came to, counted from admission."""
    came = Attendance.objects.filter(
        organization_id=OuterRef("organization_id"),
        patient_id=OuterRef("patient_id"),
        retired_at__isnull=True,
        minutes__gt=0,
        local_day__gte=OuterRef("admitted_at__date"),
    ).order_by("local_day")
    return Subquery(came.values("local_day")[nth - 1 : nth])


def days_to_first_session(scope: Scope, *, zone: str) -> list[int]:
    """Days from the first call to the first session, of people admitted in the scope who have come."""
    rows = scope.episodes(admitted_from=scope.since_at, admitted_to=scope.until_at).annotate(
        first=attended_after_admission(1)
    )
    found = rows.filter(referral__isnull=False).values_list("referral__received_at", "first")
    return [(first - local_day(called, zone)).days for called, first in found if first is not None]


def kept_to_fourth_session(scope: Scope) -> Counted:
    """People admitted long enough ago to have come four times, and those who did."""
    rows = scope.episodes(
        admitted_from=scope.since_at - SETTLED_AFTER, admitted_to=scope.until_at - SETTLED_AFTER
    ).annotate(fourth=attended_after_admission(4))
    found = rows.aggregate(whole=Count("pk"), part=Count("pk", filter=Q(fourth__isnull=False)))
    return Counted(found["part"], found["whole"])


def hours_by_week(scope: Scope) -> list[Counted]:
    """Minutes attended of minutes scheduled, week by week. Minutes made up elsewhere count as attended."""
    week = WeeksSince("local_day", scope.since)
    inside = {
        "organization_id": scope.organization,
        "local_day__gte": scope.since,
        "local_day__lt": scope.until,
    }
    came = Attendance.objects.filter(**inside, retired_at__isnull=True, counts=True)
    due = Appointment.objects.filter(**inside, released_at__isnull=True, counts=True)
    if scope.site:
        came, due = came.filter(session__site__uid=scope.site), due.filter(session__site__uid=scope.site)
    attended = dict(came.values_list(week).annotate(Sum("minutes")))
    planned = dict(due.values_list(week).annotate(Sum("planned_minutes")))
    return [
        Counted(attended.get(index, 0), planned.get(index, 0))
        for index in range((scope.until - scope.since).days // 7)
    ]


def weeks_at_minimum(scope: Scope, *, zone: str) -> Counted:
    """Whole weeks that people spent at IOP, and those in which they got the least hours that IOP means."""
    least = 60 * number("min_hours_week.adult", organization=scope.organization, on=scope.until)
    stays = Stay.objects.filter(
        organization_id=scope.organization, level="iop", began_at__lt=scope.until_at
    ).filter(Q(ended_at__isnull=True) | Q(ended_at__gt=scope.since_at))
    if scope.site:
        stays = stays.filter(episode__site__uid=scope.site)
    whole: set[tuple[int, int]] = set()
    for patient, began, ended in stays.values_list("episode__patient", "began_at", "ended_at"):
        first = max(0, -(-(local_day(began, zone) - scope.since).days // 7))
        last = (min(local_day(ended, zone), scope.until) if ended else scope.until) - scope.since
        whole.update((patient, week) for week in range(first, last.days // 7))
    reached = (
        Attendance.objects.filter(
            organization_id=scope.organization,
            local_day__gte=scope.since,
            local_day__lt=scope.until,
            retired_at__isnull=True,
            counts=True,
        )
        .values_list("patient", WeeksSince("local_day", scope.since))
        .annotate(total=Sum("minutes"))
        .filter(total__gte=least)
    )
    return Counted(len(whole & {(patient, week) for patient, week, _ in reached}), len(whole))


def measures_returned(scope: Scope) -> Counted:
    """Measures that fell due, and those that were answered."""
    rows = MeasureRequest.objects.filter(
        organization_id=scope.organization, due_date__gte=scope.since, due_date__lt=scope.until
    )
    if scope.site:
        rows = rows.filter(patient__episodes__site__uid=scope.site).distinct()
    found = rows.aggregate(whole=Count("pk", distinct=True), part=Count("response", distinct=True))
    return Counted(found["part"], found["whole"])


def discharged_with_kept_visit(scope: Scope) -> Counted:
    """People discharged, and those who kept a visit within a week of it."""
    rows = Discharge.objects.filter(
        organization_id=scope.organization,
        discharged_at__gte=scope.since_at,
        discharged_at__lt=scope.until_at,
    )
    if scope.site:
        rows = rows.filter(episode__site__uid=scope.site)
    kept = AftercareAppointment.objects.filter(
        episode__discharge__in=rows,
        kept=True,
        visit_at__lte=F("episode__discharge__discharged_at") + KEPT_WITHIN,
    )
    return Counted(kept.values("episode").distinct().count(), rows.count())


def still_in_care(scope: Scope, *, days: tuple[int, ...]) -> list[Counted]:
    """Of people admitted long enough before the scope's end to be judged: still in care after each number of days."""
    longest = timedelta(days=max(days))
    length = scope.until_at - scope.since_at
    admitted = scope.episodes(
        admitted_from=scope.until_at - longest - length, admitted_to=scope.until_at - longest
    )
    stayed = {
        f"after_{count}": Count(
            "pk", filter=Q(ended_at__isnull=True) | Q(ended_at__gte=F("admitted_at") + timedelta(days=count))
        )
        for count in days
    }
    found = admitted.aggregate(whole=Count("pk", output_field=IntegerField()), **stayed)
    return [Counted(found[f"after_{count}"], found["whole"]) for count in days]
