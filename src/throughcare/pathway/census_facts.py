"""One look-up per column of the census, for any number of people at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, Sum

from throughcare.knowledge.questionnaires.change import reliable_change
from throughcare.knowledge.questionnaires.library import find
from throughcare.pathway.measure_view import short_title
from throughcare.records.attendance import Attendance
from throughcare.records.episodes import CareTeamMember
from throughcare.records.measures import MeasureRequest, MeasureResponse
from throughcare.records.sessions import Appointment

SHOWN_MEASURES = ("phq-9", "gad-7")
LOOK_BACK = timedelta(weeks=6)
LOOK_AHEAD = timedelta(weeks=2)


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


def delivered_minutes(patients: Sequence[int], *, monday: date) -> dict[int, int]:
    """Minutes that counted in the week from `monday`, by patient."""
    rows = Attendance.objects.filter(
        patient__in=patients,
        local_day__gte=monday,
        local_day__lt=monday + timedelta(days=7),
        retired_at__isnull=True,
        counts=True,
    )
    return dict(rows.values_list("patient").annotate(Sum("minutes")))


def primary_therapists(episodes: Sequence[int]) -> dict[int, str]:
    """The name of each episode's primary therapist."""
    rows = CareTeamMember.objects.filter(
        episode__in=episodes, part="primary_therapist", ended_at__isnull=True
    )
    names = rows.values_list("episode", "practitioner__given_name", "practitioner__family_name")
    return {episode: f"{given} {family}" for episode, given, family in names}


def last_seen_days(patients: Sequence[int], *, today: date) -> dict[int, date]:
    """The last day each person was at a session, within the last six weeks."""
    rows = Attendance.objects.filter(
        patient__in=patients,
        local_day__gte=today - LOOK_BACK,
        local_day__lte=today,
        retired_at__isnull=True,
        minutes__gt=0,
    )
    return dict(rows.values_list("patient").annotate(Max("local_day")))


def next_sessions(patients: Sequence[int], *, today: date, at: datetime) -> dict[int, NextSession]:
    """The next session of each person, within two weeks."""
    rows = Appointment.objects.filter(
        patient__in=patients,
        local_day__gte=today - timedelta(days=1),
        local_day__lte=today + LOOK_AHEAD,
        released_at__isnull=True,
        session__cancelled_at__isnull=True,
        session__starts_at__gt=at,
    ).order_by("-session__starts_at")
    ordered = rows.values_list("patient", "session__starts_at", "session__title")
    return {patient: NextSession(starts_at, title) for patient, starts_at, title in ordered}


def latest_measures(patients: Sequence[int]) -> dict[int, tuple[LatestMeasure, ...]]:
    """PHQ-9 and GAD-7 of each person: the latest, against their first."""
    rows = MeasureResponse.objects.filter(
        patient__in=patients, code__in=SHOWN_MEASURES, retired_at__isnull=True, total__isnull=False
    ).order_by("taken_at", "pk")
    series: dict[tuple[int, str], list[tuple[datetime, float]]] = defaultdict(list)
    for patient, code, taken_at, total in rows.values_list("patient", "code", "taken_at", "total"):
        series[patient, code].append((taken_at, float(total or 0)))
    found: dict[int, list[LatestMeasure]] = defaultdict(list)
    for (patient, code), points in sorted(series.items(), key=lambda item: SHOWN_MEASURES.index(item[0][1])):
        found[patient].append(_latest(code, points))
    return {patient: tuple(measures) for patient, measures in found.items()}


def _latest(code: str, points: Sequence[tuple[datetime, float]]) -> LatestMeasure:
    questionnaire = find(code)
    taken_at, total = points[-1]
    change = reliable_change(questionnaire, points[0][1], total) if len(points) > 1 else "na"
    return LatestMeasure(code, short_title(questionnaire), total, taken_at, change)


def overdue_measures(patients: Iterable[int], *, today: date) -> dict[int, int]:
    """How many measures that were asked for in the last four weeks are still not answered, by patient."""
    rows = MeasureRequest.objects.filter(
        patient__in=patients,
        due_date__lt=today,
        due_date__gte=today - timedelta(weeks=4),
        response__isnull=True,
    )
    counts: dict[int, int] = defaultdict(int)
    for patient in rows.values_list("patient", flat=True):
        counts[patient] += 1
    return counts
