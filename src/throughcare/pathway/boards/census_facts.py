"""One look-up per column of the census, for any number of people at once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import FloatField, Max, Min, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Cast

from throughcare.knowledge.questionnaires.change import reliable_change
from throughcare.knowledge.questionnaires.library import find
from throughcare.pathway.boards.kept_days import days_of_zone, kept, moment_of
from throughcare.pathway.care_plan.plans_in_force import prescribed_hours
from throughcare.pathway.measure.measure_view import short_title
from throughcare.records.attendance import Attendance
from throughcare.records.episodes import CareTeamMember, Episode
from throughcare.records.measures import MeasureRequest, MeasureResponse
from throughcare.records.sessions import Appointment

SHOWN_MEASURES = ("phq-9", "gad-7")
# Named one by one, or as a query for them.
Keys = Sequence[int] | QuerySet[Any, int]
WEEK = timedelta(weeks=1)
YEAR = timedelta(days=365)
LOOK_BACK = timedelta(weeks=6)
LOOK_AHEAD = timedelta(weeks=2)
ASKED_WITHIN = timedelta(weeks=4)


@dataclass(frozen=True)
class NextSession:
    """The next session that a person is expected at."""

    starts_at: datetime
    title: str


@dataclass(frozen=True)
class LatestMeasure:
    """The latest total of a measure and what it is against the first: better, same, worse or na."""

    code: str
    title: str
    total: float
    taken_at: datetime
    change: str


def delivered_minutes(patients: Keys, *, organization: int, monday: date) -> dict[int, int]:
    """Minutes delivered in the week from `monday`, by patient: what the hour ledger says, added up by the database."""
    rows = Attendance.objects.filter(
        organization_id=organization,
        patient__in=patients,
        local_day__gte=monday,
        local_day__lt=monday + WEEK,
        retired_at__isnull=True,
        counts=True,
    )
    return dict(rows.values_list("patient").annotate(Sum("minutes")))


def prescribed_this_week(patients: Sequence[int], *, monday: date, zone: str) -> dict[int, float]:
    """Hours that the plan of this week prescribes, by patient; without a signed plan, no entry."""
    found = prescribed_hours(patients, [monday], zone=zone)
    return {patient: hours for (patient, _), hours in found.items()}


def primary_therapists(episodes: Keys) -> dict[int, str]:
    """The name of each episode's primary therapist."""
    rows = CareTeamMember.objects.filter(
        episode__in=episodes, part="primary_therapist", ended_at__isnull=True
    )
    names = rows.values_list("episode", "practitioner__given_name", "practitioner__family_name")
    return {episode: f"{given} {family}" for episode, given, family in names}


def last_seen_days(patients: Keys, *, organization: int, today: date) -> dict[int, date]:
    """The last day each person was at a session, within the last six weeks."""
    rows = Attendance.objects.filter(
        organization_id=organization,
        patient__in=patients,
        local_day__gte=today - LOOK_BACK,
        local_day__lte=today,
        retired_at__isnull=True,
        minutes__gt=0,
    )
    return dict(rows.values_list("patient").annotate(Max("local_day")))


def next_sessions(patients: Keys, *, organization: int, today: date, at: datetime) -> dict[int, NextSession]:
    """The next session of each person, within two weeks."""
    rows = _coming(patients, organization=organization, today=today, at=at).order_by("-session__starts_at")
    ordered = rows.values_list("patient", "session__starts_at", "session__title")
    return {patient: NextSession(starts_at, title) for patient, starts_at, title in ordered}


def next_starts(patients: Keys, *, organization: int, today: date, at: datetime) -> dict[int, datetime]:
    """When each person's next session begins, to sort by."""
    rows = _coming(patients, organization=organization, today=today, at=at)
    return dict(rows.values_list("patient").annotate(Min("session__starts_at")))


def _coming(patients: Keys, *, organization: int, today: date, at: datetime) -> QuerySet[Appointment]:
    return Appointment.objects.filter(
        organization_id=organization,
        patient__in=patients,
        # A day more than needed on either side: sites lie in several time zones.
        local_day__gte=today - timedelta(days=1),
        local_day__lte=today + LOOK_AHEAD,
        released_at__isnull=True,
        session__cancelled_at__isnull=True,
        session__starts_at__gt=at,
    )


def latest_measures(episodes: Keys, *, organization: int) -> dict[tuple[int, str], LatestMeasure]:
    """The latest of each shown measure by patient and code, against the first since this episode's intake began."""
    since = {patient: min(moments) for patient, *moments in _measured_since(episodes)}
    rows = (
        MeasureResponse.objects.filter(
            organization_id=organization,
            patient__in=list(since),
            code__in=SHOWN_MEASURES,
            retired_at__isnull=True,
            total__isnull=False,
        )
        .order_by("taken_at", "pk")
        .values_list("patient", "code", kept("taken_at"), Cast("total", FloatField()))
    )
    series: dict[tuple[int, str], list[tuple[str, float]]] = defaultdict(list)
    for patient, code, taken_at, total in rows:
        if taken_at >= since[patient]:
            series[patient, code].append((taken_at, total))
    return {(patient, code): _latest(code, points) for (patient, code), points in series.items()}


def _measured_since(episodes: Keys) -> Iterable[tuple[int, str, str]]:
    """(patient, the admission, when the episode's intake was opened): measures before both are of an earlier time."""
    opened = kept(Min("referral__assessments__opened_at"))
    rows = Episode.objects.filter(pk__in=episodes).values_list("patient", kept("admitted_at"), opened)
    return ((patient, admitted, opened or admitted) for patient, admitted, opened in rows)


def _latest(code: str, points: Sequence[tuple[str, float]]) -> LatestMeasure:
    questionnaire = find(code)
    taken_at, total = points[-1]
    change = reliable_change(questionnaire, points[0][1], total) if len(points) > 1 else "na"
    return LatestMeasure(code, short_title(questionnaire), total, moment_of(taken_at), change)


def latest_totals(episodes: Keys, code: str, *, organization: int) -> dict[int, float]:
    """The latest total of one measure by patient since this episode's intake began, to sort by."""
    taken = MeasureResponse.objects.filter(
        organization_id=organization,
        patient=OuterRef("patient"),
        code=code,
        retired_at__isnull=True,
        total__isnull=False,
    ).order_by("-taken_at", "-pk")
    latest = Cast(Subquery(taken.values("total")[:1]), FloatField())
    moments = (
        kept("admitted_at"),
        kept(Min("referral__assessments__opened_at")),
        kept(Subquery(taken.values("taken_at")[:1])),
    )
    rows = Episode.objects.filter(pk__in=episodes).values_list("patient", latest, *moments)
    return {
        patient: total
        for patient, total, admitted_at, opened_at, taken_at in rows
        if taken_at and taken_at >= min(admitted_at, opened_at or admitted_at)
    }


def admission_days(episodes: Keys, today: Mapping[str, date]) -> dict[int, date]:
    """The day of each admission at its site, by episode; `today` is there by zone."""
    rows = Episode.objects.filter(pk__in=episodes).values_list("pk", "site__time_zone", kept("admitted_at"))
    days = {zone: days_of_zone(zone, day - YEAR, day + WEEK) for zone, day in today.items()}
    return {key: days[zone].of(admitted_at) for key, zone, admitted_at in rows if zone in days}


def overdue_measures(patients: Keys, *, organization: int, today: date) -> dict[int, int]:
    """How many measures that were asked for in the last four weeks are still not answered, by patient."""
    rows = MeasureRequest.objects.filter(
        organization_id=organization,
        patient__in=patients,
        due_date__lt=today,
        due_date__gte=today - ASKED_WITHIN,
        response__isnull=True,
    )
    return dict(Counter(rows.values_list("patient", flat=True)))
