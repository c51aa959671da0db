"""The hour ledger of weeks: what the plan prescribed, what was planned, what came of it. Constant in queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from throughcare.knowledge.canceling import SEAT, status_of
from throughcare.knowledge.clinic_calendar import age_on, local_day, week_of
from throughcare.knowledge.hours import HourEntry, WeekLedger, week_ledger
from throughcare.knowledge.program_settings import Number
from throughcare.knowledge.recording.hour_reasons import Line, why
from throughcare.knowledge.recording.plain_hours import plain_week, plain_why
from throughcare.knowledge.session_types import session_type
from throughcare.pathway.actor import Actor
from throughcare.pathway.care_plan.plans_in_force import prescribed_hours
from throughcare.pathway.prepared import prepared
from throughcare.pathway.privacy import may_access, open_patient
from throughcare.pathway.program_settings import number, numbers
from throughcare.records.attendance import Attendance
from throughcare.records.episodes import Episode
from throughcare.records.people import Patient
from throughcare.records.sessions import Appointment

WEEK = timedelta(days=7)
SETTINGS = (
    "min_minutes_program_day",
    "attendance.low",
    "attendance.critical",
    "attendance.critical_no_shows",
    "min_hours_week.adult",
    "min_hours_week.teen",
)


@dataclass(frozen=True)
class LedgerLine:
    """One session of a week in the ledger, with the reason why its minutes count or don't."""

    session: UUID
    day: date
    starts_at: datetime
    ends_at: datetime
    title: str
    kind: str
    status: str
    planned_minutes: int
    counted_minutes: int
    is_make_up: bool
    because: str
    plain: str


@dataclass(frozen=True)
class LedgerWeek:
    """A week's ledger and the sessions it is made of, earliest first; `is_under_way`: it is not over yet.

    `plain`, here and in a line, are the words for the person themself. `may_make_up`: hours are missing, the week has
    days left, and the actor may give a seat to make up for them.
    """

    ledger: WeekLedger
    lines: tuple[LedgerLine, ...]
    is_under_way: bool
    may_make_up: bool
    plain: tuple[str, ...]


@dataclass(frozen=True)
class HourLedger:
    """A patient's weeks, newest first; `has_earlier`: there are sessions before the first of them."""

    patient: UUID
    time_zone: str
    weeks: tuple[LedgerWeek, ...]
    has_earlier: bool


def hours_of_week(
    patients: Collection[int], monday: date, *, zone: str, organization: int, at: datetime
) -> dict[int, WeekLedger]:
    """The ledger of each patient (key) for the week that begins on `monday`, in six queries whatever their number."""
    return {
        patient: ledgers[monday]
        for patient, ledgers in hours_of_weeks(
            patients, [monday], zone=zone, organization=organization, at=at
        ).items()
    }


def hours_of_weeks(
    patients: Collection[int], mondays: Sequence[date], *, zone: str, organization: int, at: datetime
) -> dict[int, dict[date, WeekLedger]]:
    """The ledgers of each patient (key) for several weeks, by the day each begins; weeks may be in any order."""
    if not patients or not mondays:
        return {patient: {} for patient in patients}
    seats = seats_between(patients, min(mondays), max(mondays) + WEEK, organization=organization)
    standing = attendance_between(patients, min(mondays), max(mondays) + WEEK, organization=organization)
    entries: dict[int, list[HourEntry]] = defaultdict(list)
    for seat in seats:
        row = standing.get((seat.session_id, seat.patient_id))
        entries[seat.patient_id].append(entry_of(seat, row, at=at))
    own = numbers(*SETTINGS, organization=organization, on=max(mondays))
    return _ledgers(patients, mondays, entries, zone=zone, own=own)


def hour_ledger(
    patient: UUID, *, by: Actor, at: datetime, weeks: int = 8, before: date | None = None
) -> HourLedger:
    """A patient's last weeks with every session and why its minutes count; `before` looks further back."""
    person = open_patient(patient, kind="attendance", by=by, at=at)
    zone = zone_of(person)
    today = local_day(at, zone)
    starts_on = number("week_start", organization=by.organization, on=today)
    newest = week_of(before - timedelta(days=1) if before else today, starts_on)
    mondays = [newest - n * WEEK for n in range(weeks)]
    every = list(_seats(by.organization, mondays[-1], newest + WEEK, person.pk))
    seats = _kept(every)
    standing = attendance_between([person.pk], mondays[-1], newest + WEEK, organization=by.organization)
    entries = [entry_of(seat, standing.get((seat.session_id, seat.patient_id)), at=at) for seat in seats]
    own = numbers(*SETTINGS, organization=by.organization, on=today)
    ledgers = _ledgers([person.pk], mondays, {person.pk: entries}, zone=zone, own=own)[person.pk]
    lines = [_line(seat, entry) for seat, entry in zip(seats, entries, strict=True)]
    lines += [_not_this_time(seat) for seat in every if seat.released_how == SEAT and seat not in seats]
    lines.sort(key=lambda line: line.starts_at)
    may_book = bool(may_access("make_up", by=by, verb="change"))
    earlier = Appointment.objects.filter(
        organization_id=by.organization, patient=person, local_day__lt=mondays[-1]
    )
    return HourLedger(
        patient=person.uid,
        time_zone=zone,
        weeks=tuple(
            LedgerWeek(
                ledger=ledgers[monday],
                lines=tuple(line for line in lines if monday <= line.day < monday + WEEK),
                is_under_way=today < monday + WEEK,
                may_make_up=today < monday + WEEK and ledgers[monday].lacks > 0 and may_book,
                plain=plain_week(ledgers[monday], is_under_way=today < monday + WEEK),
            )
            for monday in mondays
        ),
        has_earlier=earlier.exists(),
    )


def seats_between(
    patients: Collection[int], first: date, end: date, *, organization: int
) -> list[Appointment]:
    """The patients' seats on days from `first` until before `end`; one given back is left out, but not one that the
    program's canceling took away."""
    return _kept(_seats(organization, first, end, *patients))


def _kept(seats: Iterable[Appointment]) -> list[Appointment]:
    kept: dict[tuple[int, int], Appointment] = {}
    for seat in seats:
        if seat.released_at is None or seat.session.cancelled_at is not None:
            kept.setdefault((seat.session_id, seat.patient_id), seat)
    return list(kept.values())


def attendance_between(
    patients: Collection[int], first: date, end: date, *, organization: int
) -> dict[tuple[int, int], Attendance]:
    """The attendance that stands, by session and patient (keys)."""
    rows = _attendance(organization, first, end, *patients)
    return {(row.session_id, row.patient_id): row for row in rows}


@prepared
def _seats(organization: int, first: date, end: date, *patients: int) -> QuerySet[Appointment]:
    rows = Appointment.objects.select_related("session").filter(
        organization_id=organization, patient__in=patients, local_day__gte=first, local_day__lt=end
    )
    return rows.order_by("session__starts_at", "released_at", "pk")


@prepared
def _attendance(organization: int, first: date, end: date, *patients: int) -> QuerySet[Attendance]:
    return Attendance.objects.filter(
        organization_id=organization,
        patient__in=patients,
        local_day__gte=first,
        local_day__lt=end,
        retired_at__isnull=True,
    )


def entry_of(seat: Appointment, row: Attendance | None, *, at: datetime) -> HourEntry:
    """One seat as an entry of the ledger, at this moment."""
    status = row.status if row else None
    if status is None and seat.session.cancelled_at is not None:
        status = "cancelled_by_program"
    return HourEntry(
        day=seat.local_day,
        session_type=seat.session.session_type,
        planned_minutes=seat.planned_minutes,
        attended_minutes=row.minutes if row else 0,
        status=status,
        is_make_up=seat.is_make_up,
        is_over=seat.session.ends_at <= at,
    )


def zone_of(person: Patient) -> str:
    """The time zone of the site where the person is, or last was, in the program."""
    episode = Episode.objects.select_related("site").filter(patient=person).order_by("-admitted_at").first()
    return episode.site.time_zone if episode else "UTC"


def _ledgers(
    patients: Collection[int],
    mondays: Sequence[date],
    entries: Mapping[int, Iterable[HourEntry]],
    *,
    zone: str,
    own: Mapping[str, Number],
) -> dict[int, dict[date, WeekLedger]]:
    prescribed = prescribed_hours(patients, mondays, zone=zone)
    born = dict(Patient.objects.filter(pk__in=patients).values_list("pk", "birth_date"))
    return {
        patient: {
            monday: week_ledger(
                entries.get(patient, ()),
                begins=monday,
                prescribed_hours=prescribed.get((patient, monday), 0.0),
                minimum_hours=_minimum(born.get(patient), monday, own),
                own=own,
            )
            for monday in mondays
        }
        for patient in patients
    }


def _minimum(born: date | None, monday: date, own: Mapping[str, Number]) -> float:
    group = "teen" if born is not None and age_on(monday, born) < 18 else "adult"
    return float(own[f"min_hours_week.{group}"])


def _line(seat: Appointment, entry: HourEntry) -> LedgerLine:
    session = seat.session
    kind = session_type(session.session_type)
    counted = entry.attended_minutes if kind.counts_as_clinical_hours else 0
    elapsed = int((session.ends_at - session.starts_at).total_seconds() // 60)
    line = Line(entry, elapsed_minutes=elapsed, break_minutes=session.break_minutes)
    return LedgerLine(
        session=session.uid,
        day=seat.local_day,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        title=session.title,
        kind=kind.title,
        status=entry.status or ("not_taken" if entry.is_over else "expected"),
        planned_minutes=entry.planned_minutes,
        counted_minutes=counted,
        is_make_up=seat.is_make_up,
        because=why(line),
        plain=plain_why(line),
    )


def _not_this_time(seat: Appointment) -> LedgerLine:
    """A session that the person was not expected at this once: it is not planned, and the reason stands."""
    session = seat.session
    return LedgerLine(
        session=session.uid,
        day=seat.local_day,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        title=session.title,
        kind=session_type(session.session_type).title,
        status=status_of(SEAT),
        planned_minutes=0,
        counted_minutes=0,
        is_make_up=seat.is_make_up,
        because=f"Not expected this once: {seat.released_because.rstrip('.')}.",
        plain="You were not expected this once.",
    )
