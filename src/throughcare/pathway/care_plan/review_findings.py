"""What happened to a person between two plan reviews, gathered from attendance, measures, notes and stays."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import pairwise

from django.db.models import QuerySet

from throughcare.knowledge.attendance import ALL as STATUSES
from throughcare.knowledge.clinic_calendar import local_day, week_of
from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.planning.care_plans import short
from throughcare.knowledge.planning.plan_measures import ALL as MEASURES
from throughcare.knowledge.planning.plan_measures import measure_words
from throughcare.knowledge.planning.review_drafts import Findings, MeasureChange, ObjectiveFinding, WeekHours
from throughcare.knowledge.questionnaires.change import reliable_change
from throughcare.knowledge.questionnaires.library import find
from throughcare.pathway.care_plan.care_plan_view import latest_values
from throughcare.pathway.prepared import prepared
from throughcare.pathway.program_settings import number
from throughcare.records.attendance import Attendance
from throughcare.records.care_plans import Objective, PlanVersion
from throughcare.records.episodes import Episode, Stay
from throughcare.records.measures import MeasureResponse
from throughcare.records.notes import Note

QUOTE_LENGTH = 240


def gather_findings(version: PlanVersion, *, since: date, until: date, at: datetime) -> Findings:
    """What happened from one local day to another, both included, in the episode of this plan."""
    episode = version.episode
    rows = _attendance(episode, since=since, until=until)
    return Findings(
        since=since,
        until=until,
        weeks=_weeks(rows, episode, since=since, until=until),
        attendance=dict(Counter(row.status for row in rows)),
        missed=tuple((row.local_day, row.session.title, row.status) for row in rows if _is_missed(row)),
        measures=_measures(episode, since=since, until=until),
        objectives=_objectives(version, since=since, until=until, at=at),
        level_changes=_level_changes(episode, since=since, until=until),
    )


def _is_missed(row: Attendance) -> bool:
    return not STATUSES[row.status].minutes_count and row.status != "cancelled_by_program"


def _attendance(episode: Episode, *, since: date, until: date) -> list[Attendance]:
    return _attended(episode.organization_id, episode.patient_id, since, until)


@prepared
def _attended(organization: int, patient: int, since: date, until: date) -> QuerySet[Attendance]:
    rows = Attendance.objects.select_related("session").filter(
        organization_id=organization,
        patient=patient,
        local_day__range=(since, until),
        retired_at__isnull=True,
    )
    return rows.order_by("local_day", "session__starts_at")


def _weeks(
    rows: Iterable[Attendance], episode: Episode, *, since: date, until: date
) -> tuple[WeekHours, ...]:
    start_day = number("week_start", organization=episode.organization_id, on=until)
    minutes: Counter[date] = Counter()
    for row in rows:
        if row.counts:
            minutes[week_of(row.local_day, start_day)] += row.minutes
    plans = _plan_days(episode)
    weeks = []
    begins = week_of(since, start_day)
    while begins <= until:
        ends = begins + timedelta(days=6)
        prescribed = next((hours for day, hours in reversed(plans) if day <= begins), 0.0)
        weeks.append(WeekHours(begins, minutes[begins] / 60, prescribed, since <= begins and ends <= until))
        begins = ends + timedelta(days=1)
    return tuple(weeks)


def _plan_days(episode: Episode) -> list[tuple[date, float]]:
    """From which day on how many hours were prescribed, earliest first."""
    return [
        (local_day(row.in_force_at, episode.site.time_zone), float(row.hours_per_week or 0))
        for row in _prescribing(episode.pk)
        if row.in_force_at is not None
    ]


@prepared
def _prescribing(episode: int) -> QuerySet[PlanVersion]:
    rows = PlanVersion.objects.filter(
        episode=episode, in_force_at__isnull=False, hours_per_week__isnull=False
    )
    return rows.order_by("in_force_at", "number")


def _measures(episode: Episode, *, since: date, until: date) -> tuple[MeasureChange, ...]:
    """Each measure's change from the last value before the period (else the first in it) to the last in it."""
    taken: dict[str, list[tuple[date, MeasureResponse]]] = defaultdict(list)
    for row in _totals(episode.organization_id, episode.patient_id):
        day = local_day(row.taken_at, episode.site.time_zone)
        if day <= until and row.code in MEASURES:
            taken[row.code].append((day, row))
    changes = (_change(code, points, since=since) for code, points in sorted(taken.items()))
    return tuple(change for change in changes if change is not None)


@prepared
def _totals(organization: int, patient: int) -> QuerySet[MeasureResponse]:
    rows = MeasureResponse.objects.filter(
        organization_id=organization, patient=patient, retired_at__isnull=True, total__isnull=False
    )
    return rows.order_by("taken_at", "pk")


def _change(code: str, points: list[tuple[date, MeasureResponse]], *, since: date) -> MeasureChange | None:
    before = [point for point in points if point[0] < since]
    inside = [point for point in points if point[0] >= since]
    start, later = (before[-1], inside) if before else (inside[0], inside[1:]) if inside else (None, [])
    if start is None or not later:
        return None
    first, last = float(start[1].total or 0), float(later[-1][1].total or 0)
    return MeasureChange(
        code=code,
        title=MEASURES[code].title,
        first=first,
        first_date=start[0],
        last=last,
        last_date=later[-1][0],
        change=reliable_change(find(code), first, last),
        band=later[-1][1].band,
    )


def _objectives(
    version: PlanVersion, *, since: date, until: date, at: datetime
) -> tuple[ObjectiveFinding, ...]:
    rows = _lines(version.pk)
    notes: dict[str, list[Note]] = defaultdict(list)
    for note in _notes(version.organization_id, version.episode.patient_id, since, until, version.pk):
        if note.objective is not None:
            notes[str(note.objective.thread)].append(note)
    latest = latest_values(version.episode, {row.measure_code for row in rows}, at=at)
    return tuple(_objective(row, notes[str(row.thread)], latest.get(row.measure_code, "")) for row in rows)


@prepared
def _lines(version: int) -> QuerySet[Objective]:
    rows = Objective.objects.filter(goal__problem__version=version)
    return rows.order_by("goal__problem__order", "goal__order", "order")


@prepared
def _notes(organization: int, patient: int, since: date, until: date, version: int) -> QuerySet[Note]:
    # By thread, not by row: notes written under an earlier version belong to the same objective.
    threads = Objective.objects.filter(goal__problem__version=version).values("thread")
    rows = Note.objects.select_related("objective").filter(
        organization_id=organization,
        patient=patient,
        local_day__range=(since, until),
        objective__thread__in=threads,
    )
    return rows.order_by("local_day", "pk")


def _objective(row: Objective, notes: list[Note], latest: str) -> ObjectiveFinding:
    last = notes[-1] if notes else None
    return ObjectiveFinding(
        thread=str(row.thread),
        text=row.text,
        measure=measure_words(row.measure_code, None if row.target is None else float(row.target)),
        latest=latest,
        notes=len(notes),
        last_quote=short(last.text, QUOTE_LENGTH) if last else "",
        last_date=last.local_day if last else None,
    )


def _level_changes(episode: Episode, *, since: date, until: date) -> tuple[tuple[date, str], ...]:
    stays = _stays(episode.pk)
    changes = []
    for before, after in pairwise(stays):
        day = local_day(after.began_at, episode.site.time_zone)
        if since <= day <= until:
            changes.append((day, f"{_title(before.level)} to {_title(after.level)}"))
    return tuple(changes)


@prepared
def _stays(episode: int) -> QuerySet[Stay]:
    return Stay.objects.filter(episode=episode).order_by("began_at", "pk")


def _title(level: str) -> str:
    return LEVELS[level].title.lower() if level in LEVELS else level
