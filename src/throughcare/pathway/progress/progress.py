"""Progress: what measures, attendance, hours and objectives tell of an episode. Constant in queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from throughcare.knowledge.clinic_calendar import local_day, week_of
from throughcare.knowledge.hours import WeekLedger, sum_minutes
from throughcare.knowledge.hours import counts as counts_as_hours
from throughcare.knowledge.progress import say_week
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import CannotSee, require
from throughcare.pathway.episode.episodes import open_last_episode
from throughcare.pathway.measure.measure_series import MeasureSeries, series_of, with_course
from throughcare.pathway.privacy import may_access
from throughcare.pathway.program_settings import number
from throughcare.pathway.progress.objective_progress import ObjectiveProgress, objectives_of
from throughcare.pathway.session.hours import attendance_between, entry_of, hours_of_weeks, seats_between
from throughcare.records.episodes import Episode
from throughcare.records.notes import Note

DAY, WEEK = timedelta(days=1), timedelta(days=7)
MOST_WEEKS = 20
# Whoever may see a measure needs these too, since the page puts them side by side.
ALSO_SHOWN = ("attendance", "care_plan", "note")


@dataclass(frozen=True)
class WeekOfProgress:
    """One week: its hours, and how the person came to each session that is over or decided."""

    begins: date
    ledger: WeekLedger
    statuses: tuple[str, ...]


@dataclass(frozen=True)
class Progress:
    """How an episode goes, newest week last; everything is empty before an admission."""

    patient: UUID
    episode: UUID | None
    has_ended: bool
    measures: tuple[MeasureSeries, ...]
    weeks: tuple[WeekOfProgress, ...]
    objectives: tuple[ObjectiveProgress, ...]
    this_week: str


def progress_of(patient: UUID, *, by: Actor, at: datetime) -> Progress:
    """The progress of a patient's open or last episode."""
    for kind in ALSO_SHOWN:
        require(may_access(kind, by=by), CannotSee)
    episode = open_last_episode(patient, kind="measure", by=by, at=at)
    if episode is None:
        return Progress(patient, None, False, (), (), (), "")
    until = min(at, episode.ended_at or at)
    series = with_course(
        series_of(episode, at=until),
        organization=episode.organization_id,
        on=local_day(until, episode.site.time_zone),
    )
    weeks = weeks_of(episode, until=until)
    share = attendance_share(episode, until=until, days=28)
    return Progress(
        patient=episode.patient.uid,
        episode=episode.uid,
        has_ended=episode.ended_at is not None,
        measures=series,
        weeks=weeks,
        objectives=objectives_of(episode, series, attendance=share, at=until),
        this_week="" if episode.ended_at else _this_week(episode, series, weeks, at=at),
    )


def weeks_of(episode: Episode, *, until: datetime) -> tuple[WeekOfProgress, ...]:
    """The weeks of an episode up to a moment, at most the last twenty."""
    zone = episode.site.time_zone
    today = local_day(until, zone)
    starts_on = number("week_start", organization=episode.organization_id, on=today)
    first = week_of(local_day(episode.admitted_at, zone), starts_on)
    newest = week_of(today, starts_on)
    mondays = [newest - n * WEEK for n in range(min(MOST_WEEKS, (newest - first).days // 7 + 1))][::-1]
    ledgers = hours_of_weeks(
        [episode.patient_id], mondays, zone=zone, organization=episode.organization_id, at=until
    )[episode.patient_id]
    came = attendance_between(
        [episode.patient_id], mondays[0], today + DAY, organization=episode.organization_id
    )
    ordered = sorted(came.values(), key=lambda row: (row.local_day, row.session_id))
    return tuple(
        WeekOfProgress(
            begins=monday,
            ledger=ledgers[monday],
            statuses=tuple(row.status for row in ordered if monday <= row.local_day < monday + WEEK),
        )
        for monday in mondays
    )


def attendance_share(episode: Episode, *, until: datetime, days: int) -> float | None:
    """The share of planned hours that was attended in the days before a moment; None when none was planned."""
    today = local_day(until, episode.site.time_zone)
    first, end = today - timedelta(days=days), today + DAY
    seats = seats_between([episode.patient_id], first, end, organization=episode.organization_id)
    came = attendance_between([episode.patient_id], first, end, organization=episode.organization_id)
    entries = [
        entry_of(seat, came.get((seat.session_id, seat.patient_id)), at=until)
        for seat in seats
        if seat.session.ends_at <= until
    ]
    minutes = sum_minutes(entry for entry in entries if counts_as_hours(entry))
    return minutes.delivered / minutes.held if minutes.held else None


def _this_week(
    episode: Episode, series: Sequence[MeasureSeries], weeks: Sequence[WeekOfProgress], *, at: datetime
) -> str:
    week = weeks[-1]
    today = local_day(at, episode.site.time_zone)
    fresh = [one for one in series if one.latest.on > today - WEEK]
    changes = [f"{one.short_title}: {_say_latest(one)}" for one in fresh]
    notes = Note.objects.filter(episode=episode, local_day__gte=week.begins, signed_at__lte=at).count()
    return say_week(
        delivered=week.ledger.delivered,
        planned=week.ledger.planned,
        to_come=week.ledger.to_come,
        missed_sessions=week.statuses.count("no_show"),
        changes=changes,
        notes=notes,
    )


def _say_latest(one: MeasureSeries) -> str:
    words = one.since_previous.words or one.since_baseline.words
    said = words[:1].lower() + words[1:] if words else f"{one.latest.said}."
    behind = one.course is not None and one.course.standing == "behind"
    return f"{said} {one.course.words}" if behind and one.course else said
