"""Worries as staff see them: the queue, one of them, and those that were found to mean a person."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from throughcare.knowledge.clinic_calendar import add_business_days, local_day
from throughcare.knowledge.worry_words import OUTCOMES
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, CannotSee, require
from throughcare.pathway.episode.banner import display_name
from throughcare.pathway.privacy import may_access, open_patient
from throughcare.pathway.privacy.desk import sites_for
from throughcare.pathway.privacy.guards import HIDDEN, open_roster
from throughcare.pathway.program_settings import number
from throughcare.records.organizations import Holiday
from throughcare.records.worries import Worry, WorryMatch

KIND, SETTING = "worry", "worry.look_business_days"
MOST_ROWS = 300


@dataclass(frozen=True)
class WorryLine:
    """One worry. `patient` and `patient_name` once somebody found whom it means; of a guarded person neither."""

    uid: UUID
    said_name: str
    words: str
    told_by: str
    callback: str
    at: datetime
    look_by: datetime
    is_late: bool
    is_danger: bool
    crisis: UUID | None
    patient: UUID | None
    patient_name: str
    outcome: str
    outcome_words: str
    ended_by: str
    ended_at: datetime | None


def open_worries(*, by: Actor, at: datetime) -> tuple[WorryLine, ...]:
    """Every worry that nobody has dealt with, danger first, then the oldest."""
    lines = _lines(_rows(by=by).filter(end__isnull=True).order_by("pk")[:MOST_ROWS], by=by, at=at)
    return tuple(sorted(lines, key=lambda one: (not one.is_danger, one.at)))


def worries_dealt_with(*, by: Actor, at: datetime) -> tuple[WorryLine, ...]:
    """The last fifty that were dealt with, the newest first."""
    return _lines(_rows(by=by).filter(end__isnull=False).order_by("-pk")[:50], by=by, at=at)


def one_worry(worry: UUID, *, by: Actor, at: datetime) -> WorryLine:
    """One of them. Raises `Absent`."""
    lines = _lines(_rows(by=by).filter(uid=worry), by=by, at=at)
    if not lines:
        raise Absent("worry")
    return lines[0]


def worries_about(patient: UUID, *, by: Actor, at: datetime) -> tuple[WorryLine, ...]:
    """What others told about one person, the newest first."""
    found = open_patient(patient, kind=KIND, by=by, at=at)
    rows = _rows(by=by).filter(matches__patient=found, matches__ended_at__isnull=True)
    return tuple(_made(rows.order_by("-pk"), by=by, at=at))


def how_many_worries_wait(*, by: Actor) -> int:
    """How many nobody has dealt with; names nobody."""
    if not may_access(KIND, by=by):
        return 0
    return _rows(by=by).filter(end__isnull=True).count()


def _rows(*, by: Actor) -> QuerySet[Worry]:
    require(may_access(KIND, by=by), CannotSee)
    rows = Worry.objects.filter(organization_id=by.organization)
    sites = sites_for(KIND, by=by)
    if sites is not None:
        rows = rows.filter(Q(site__isnull=True) | Q(site__in=sites))
    standing = WorryMatch.objects.filter(ended_at__isnull=True).select_related("patient")
    return rows.select_related("end__recorded_by", "site").prefetch_related(
        Prefetch("matches", queryset=standing)
    )


def _lines(rows: QuerySet[Worry], *, by: Actor, at: datetime) -> tuple[WorryLine, ...]:
    found = list(rows)
    people = sorted({match.patient_id for row in found for match in row.matches.all()})
    hidden = open_roster(KIND, people, by=by, at=at) if people else frozenset()
    return tuple(_made(found, by=by, at=at, hidden=hidden))


def _made(
    rows: Collection[Worry] | QuerySet[Worry],
    *,
    by: Actor,
    at: datetime,
    hidden: Collection[int] = frozenset(),
) -> list[WorryLine]:
    days = number(SETTING, organization=by.organization, on=local_day(at, by.time_zone))
    holidays = frozenset(
        Holiday.objects.filter(organization=by.organization, site__isnull=True).values_list("day", flat=True)
    )
    return [_line(row, days, holidays, by=by, at=at, hidden=hidden) for row in rows]


def _line(
    row: Worry, days: int, holidays: frozenset[date], *, by: Actor, at: datetime, hidden: Collection[int]
) -> WorryLine:
    match = next(iter(row.matches.all()), None)
    patient = match.patient if match and match.patient_id not in hidden else None
    zone = row.site.time_zone if row.site else by.time_zone
    look_by = add_business_days(row.recorded_at, days, zone, holidays)
    end = getattr(row, "end", None)
    return WorryLine(
        uid=row.uid,
        said_name=row.said_name,
        words=row.words,
        told_by=row.told_by,
        callback=row.callback,
        at=row.recorded_at,
        look_by=look_by,
        is_late=end is None and look_by < at,
        is_danger=row.is_danger,
        crisis=row.crisis,
        patient=patient.uid if patient else None,
        patient_name=display_name(patient) if patient else HIDDEN if match else "",
        outcome=OUTCOMES.get(end.outcome, end.outcome) if end else "",
        outcome_words=end.words if end else "",
        ended_by=end.recorded_by.name if end and end.recorded_by else "",
        ended_at=end.recorded_at if end else None,
    )
