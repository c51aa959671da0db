"""One look-up per column of the census, for any number of people at once."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import FloatField, Max, Min, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Cast

from throughcare.knowledge.questionnaires.change import reliable_change
from throughcare.knowledge.questionnaires.library import find
from throughcare.pathway.care_plan.plans_in_force import prescribed_hours
from throughcare.pathway.kept_days import days_of_zone, kept, moment_of
from throughcare.pathway.measure.measure_view import short_title
from throughcare.pathway.prepared import prepared
from throughcare.records.among import Keys
from throughcare.records.attendance import Attendance
from throughcare.records.episodes import CareTeamMember, Episode
from throughcare.records.measures import MeasureRequest, MeasureResponse
from throughcare.records.sessions import Appointment

SHOWN_MEASURES = ("phq-9", "gad-7")
Pair = tuple[int, Any]
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
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
    return dict(_minutes(organization, patients, monday, monday + WEEK))


@prepared
def _minutes(organization: int, patients: Keys, first: date, after: date) -> QuerySet[Attendance, Pair]:
    rows = Attendance.objects.filter(
        organization_id=organization,
        patient__among=patients,
        local_day__gte=first,
        local_day__lt=after,
        retired_at__isnull=True,
        counts=True,
    )
    return rows.values_list("patient").annotate(Sum("minutes"))


def prescribed_this_week(patients: Keys, *, monday: date, zone: str) -> dict[int, float]:
    """Hours that the plan of this week prescribes, by patient; without a signed plan, no entry."""
    found = prescribed_hours(patients, [monday], zone=zone)
    return {patient: hours for (patient, _), hours in found.items()}


def primary_therapists(episodes: Keys) -> dict[int, str]:
    """The name of each episode's primary therapist."""
    return {episode: f"{given} {family}" for episode, given, family in _therapists(episodes)}


@prepared
def _therapists(episodes: Keys) -> QuerySet[CareTeamMember, tuple[int, str, str]]:
    rows = CareTeamMember.objects.filter(
        episode__among=episodes, part="primary_therapist", ended_at__isnull=True
    )
    return rows.values_list("episode", "practitioner__given_name", "practitioner__family_name")


def last_seen_days(patients: Keys, *, organization: int, today: date) -> dict[int, date]:
    """The last day each person was at a session, within the last six weeks."""
    return dict(_last_days(organization, patients, today - LOOK_BACK, today))


@prepared
def _last_days(organization: int, patients: Keys, first: date, last: date) -> QuerySet[Attendance, Pair]:
    rows = Attendance.objects.filter(
        organization_id=organization,
        patient__among=patients,
        local_day__gte=first,
        local_day__lte=last,
        retired_at__isnull=True,
        minutes__gt=0,
    )
    return rows.values_list("patient").annotate(Max("local_day"))


def next_sessions(patients: Keys, *, organization: int, today: date, at: datetime) -> dict[int, NextSession]:
    """The next session of each person, within two weeks."""
    # A day more than needed on either side: sites lie in several time zones.
    rows = _coming_sessions(organization, patients, today - DAY, today + LOOK_AHEAD, at)
    return {patient: NextSession(starts_at, title) for patient, starts_at, title in rows}


@prepared
def _coming_sessions(
    organization: int, patients: Keys, first: date, last: date, at: datetime
) -> QuerySet[Appointment, tuple[int, datetime, str]]:
    rows = _coming(organization, patients, first, last, at).order_by("-session__starts_at")
    return rows.values_list("patient", "session__starts_at", "session__title")


def next_starts(patients: Keys, *, organization: int, today: date, at: datetime) -> dict[int, datetime]:
    """When each person's next session begins, to sort by."""
    return dict(_starts(organization, patients, today - DAY, today + LOOK_AHEAD, at))


@prepared
def _starts(
    organization: int, patients: Keys, first: date, last: date, at: datetime
) -> QuerySet[Appointment, Pair]:
    rows = _coming(organization, patients, first, last, at)
    return rows.values_list("patient").annotate(Min("session__starts_at"))


def _coming(
    organization: int, patients: Keys, first: date, last: date, at: datetime
) -> QuerySet[Appointment]:
    return Appointment.objects.filter(
        organization_id=organization,
        patient__among=patients,
        local_day__gte=first,
        local_day__lte=last,
        released_at__isnull=True,
        session__cancelled_at__isnull=True,
        session__starts_at__gt=at,
    )


def latest_measures(episodes: Keys, *, organization: int) -> dict[tuple[int, str], LatestMeasure]:
    """The latest of each shown measure by patient and code, against the first since this episode's intake began."""
    since = {
        patient: min(admitted, opened or admitted) for patient, admitted, opened in _measured_since(episodes)
    }
    series: dict[tuple[int, str], list[tuple[str, float]]] = defaultdict(list)
    for patient, code, taken_at, total in _totals(organization, Keys(since)):
        if taken_at >= since[patient]:
            series[patient, code].append((taken_at, total))
    return {(patient, code): _latest(code, points) for (patient, code), points in series.items()}


@prepared
def _totals(organization: int, patients: Keys) -> QuerySet[MeasureResponse, tuple[int, str, str, float]]:
    rows = MeasureResponse.objects.filter(
        organization_id=organization,
        patient__among=patients,
        code__in=SHOWN_MEASURES,
        retired_at__isnull=True,
        total__isnull=False,
    )
    columns = ("patient", "code", kept("taken_at"), Cast("total", FloatField()))
    return rows.order_by("taken_at", "pk").values_list(*columns)


@prepared
def _measured_since(episodes: Keys) -> QuerySet[Episode, tuple[int, str, str]]:
    """(patient, the admission, when the episode's intake was opened): measures before both are of an earlier time."""
    opened = kept(Min("referral__assessments__opened_at"))
    return Episode.objects.filter(pk__among=episodes).values_list("patient", kept("admitted_at"), opened)


def _latest(code: str, points: Sequence[tuple[str, float]]) -> LatestMeasure:
    questionnaire = find(code)
    taken_at, total = points[-1]
    change = reliable_change(questionnaire, points[0][1], total) if len(points) > 1 else "na"
    return LatestMeasure(code, short_title(questionnaire), total, moment_of(taken_at), change)


def latest_totals(episodes: Keys, code: str, *, organization: int) -> dict[int, float]:
    """The latest total of one measure by patient since this episode's intake began, to sort by."""
    return {
        patient: total
        for patient, total, admitted_at, opened_at, taken_at in _latest_totals(organization, episodes, code)
        if taken_at and taken_at >= min(admitted_at, opened_at or admitted_at)
    }


@prepared
def _latest_totals(
    organization: int, episodes: Keys, code: str
) -> QuerySet[Episode, tuple[int, float, str, str, str]]:
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
    return Episode.objects.filter(pk__among=episodes).values_list("patient", latest, *moments)


def admission_days(episodes: Keys, today: Mapping[str, date]) -> dict[int, date]:
    """The day of each admission at its site, by episode; `today` is there by zone."""
    days = {zone: days_of_zone(zone, day - YEAR, day + WEEK) for zone, day in today.items()}
    return {key: days[zone].of(admitted) for key, zone, admitted in _admissions(episodes) if zone in days}


@prepared
def _admissions(episodes: Keys) -> QuerySet[Episode, tuple[int, str, str]]:
    rows = Episode.objects.filter(pk__among=episodes)
    return rows.values_list("pk", "site__time_zone", kept("admitted_at"))


def overdue_measures(patients: Keys, *, organization: int, today: date) -> dict[int, int]:
    """How many measures that were asked for in the last four weeks are still not answered, by patient."""
    return dict(Counter(_asked(organization, patients, today - ASKED_WITHIN, today)))


@prepared
def _asked(organization: int, patients: Keys, first: date, today: date) -> QuerySet[MeasureRequest, int]:
    rows = MeasureRequest.objects.filter(
        organization_id=organization,
        patient__among=patients,
        due_date__lt=today,
        due_date__gte=first,
        response__isnull=True,
    )
    return rows.values_list("patient", flat=True)
