"""Doses as the watch looks at them, for many people at once."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID

from throughcare.knowledge.clinic_calendar import at_local, local_day
from throughcare.knowledge.medications.adherence import BELIEVED
from throughcare.knowledge.medications.library import find
from throughcare.knowledge.medications.schedules import ALL as SCHEDULES
from throughcare.knowledge.medications.schedules import Schedule
from throughcare.knowledge.warning_signs.picture import DoseFact
from throughcare.records.episodes import Episode
from throughcare.records.medications import Dose, Medication

# So long before the first day asked for an injection may have been given that the next one counts from. [ours]
LONGEST_INTERVAL = timedelta(days=92)
HERE = "America/New_York"


class Course(NamedTuple):
    """The newest version of one medication, without its words."""

    patient: int
    thread: UUID
    code: str
    route: str
    schedule: str
    began: date | None
    stopped: date | None


def doses_of(patients: Sequence[int], *, since: datetime, at: datetime) -> Mapping[int, tuple[DoseFact, ...]]:
    """What is known of each patient's (key) doses since a moment, in three queries; days nobody spoke of are left out.

    An injection stands on the day it is due: taken, late (not given yet), or unknown while its day runs.
    """
    medications = _medications(patients, at=at)
    if not medications:
        return {}
    zones = zones_of(patients)
    told = _told(patients, since=since - LONGEST_INTERVAL, at=at)
    found: dict[int, list[DoseFact]] = defaultdict(list)
    for row in medications:
        zone = zones.get(row.patient, HERE)
        first, today = local_day(since, zone), local_day(at, zone)
        doses = told.get(row.thread, {})
        kind = _injections if row.route == "injection" else _daily
        facts = kind(row, doses, zone, today)
        found[row.patient].extend(fact for fact in facts if first <= fact.day <= today)
    return {key: tuple(facts) for key, facts in found.items() if facts}


def _daily(row: Course, doses: Mapping[date, Dose], zone: str, today: date) -> Iterator[DoseFact]:
    for day, dose in sorted(doses.items()):
        status = "missed" if dose.status == "refused" else dose.status
        yield DoseFact(_drug(row), day, "daily", status, dose.recorded_at, str(dose.uid))


def _injections(row: Course, doses: Mapping[date, Dose], zone: str, today: date) -> Iterator[DoseFact]:
    """Each injection on its due day; the next one is reckoned from when the last was really given.

    Given late it is taken after all: nothing is late any more.
    """
    schedule = SCHEDULES.get(row.schedule, Schedule("", "", None))
    began, due = row.began, row.began
    for day, dose in sorted(doses.items()):
        if dose.status == "taken":
            stands = min(day, due) if isinstance(due, date) else day
            yield DoseFact(_drug(row), stands, "injection", "taken", dose.recorded_at, str(dose.uid))
            due = day + timedelta(days=schedule.every_days) if schedule.every_days else None
        elif dose.status == "held":
            yield DoseFact(_drug(row), day, "injection", "held", dose.recorded_at, str(dose.uid))
            due = None
    if isinstance(due, date) and due <= today and row.stopped is None and (doses or began):
        over = due < today
        known = at_local(due + timedelta(days=1), time(0), zone) if over else None
        status = "late" if over else "unknown"
        yield DoseFact(_drug(row), due, "injection", status, known, f"{row.thread}:{due}")


def _drug(row: Course) -> str:
    known = find(row.code)
    return known.ingredient if known else "other"


def _medications(patients: Sequence[int], *, at: datetime) -> list[Course]:
    rows = Medication.objects.filter(patient__in=patients, recorded_at__lte=at).order_by("version")
    columns = ("patient_id", "thread", "code", "route", "schedule", "began_date", "stopped_date")
    newest = {one.thread: one for one in map(Course._make, rows.values_list(*columns))}
    return list(newest.values())


def zones_of(patients: Sequence[int]) -> dict[int, str]:
    """The time zone of each patient's (key) newest site."""
    rows = Episode.objects.filter(patient__in=patients).order_by("admitted_at")
    return dict(rows.values_list("patient_id", "site__time_zone"))


def _told(patients: Collection[int], *, since: datetime, at: datetime) -> dict[UUID, dict[date, Dose]]:
    """What is believed of each day, by medication."""
    rows = Dose.objects.filter(
        patient__in=patients,
        local_day__gte=since.date(),
        retired_at__isnull=True,
        recorded_at__lte=at,
    ).only("uid", "thread", "local_day", "status", "informant", "recorded_at")
    found: dict[UUID, dict[date, Dose]] = defaultdict(dict)
    for row in rows:
        known = found[row.thread].get(row.local_day)
        if known is None or BELIEVED.index(row.informant) < BELIEVED.index(known.informant):
            found[row.thread][row.local_day] = row
    return found
