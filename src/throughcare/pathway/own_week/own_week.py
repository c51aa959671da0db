"""A person's week as they live it: sessions and their own times in one list by day, and what they can do with each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import quote
from uuid import UUID
from zoneinfo import ZoneInfo

from throughcare.knowledge.clinic_calendar import local_day, week_of
from throughcare.knowledge.hours import WeekLedger
from throughcare.knowledge.verdict import Refused, Verdict
from throughcare.pathway.actor import Actor
from throughcare.pathway.attendance.own_times import TIMES, join_time, own_seat
from throughcare.pathway.own_week.cannot_come import KIND, may_say, phone_of
from throughcare.pathway.own_week.times import zone_of
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.own_record import own_patient
from throughcare.pathway.program_settings import numbers
from throughcare.pathway.session.hours import hours_of_week
from throughcare.pathway.session.session_rows import place_of
from throughcare.pathway.week.week import WeekCommitment, WeekSession, week_of_patient
from throughcare.records.organizations import Site
from throughcare.records.people import Patient
from throughcare.records.sessions import Appointment, Session

OVER = Refused("This session is over.")


@dataclass(frozen=True)
class OwnLine:
    """One line of a day. `session` is None for a time of the person's own; times are moments."""

    title: str
    starts_at: datetime
    ends_at: datetime
    session: UUID | None = None
    place: str = ""
    with_whom: str = ""
    status: str = ""
    is_over: bool = False
    is_make_up: bool = False
    overlaps: bool = False
    may_say: Verdict = OVER
    may_join: Verdict = OVER

    @property
    def is_off(self) -> bool:
        """Whether it is not held, or not with this person."""
        return bool(self.status)


@dataclass(frozen=True)
class OwnDay:
    """One day of the week, its lines in order."""

    day: date
    is_today: bool
    is_over: bool
    lines: tuple[OwnLine, ...]


@dataclass(frozen=True)
class OwnWeek:
    """A week; `ledger` are its hours as far as a plan is in force, `sessions` how many are still expected or were."""

    patient: UUID
    monday: date
    today: date
    time_zone: str
    days: tuple[OwnDay, ...]
    ledger: WeekLedger
    sessions: int
    in_program: bool

    @property
    def is_this_week(self) -> bool:
        """Whether today lies in it."""
        return self.monday <= self.today < self.monday + timedelta(days=7)

    @property
    def comes_to(self) -> float:
        """Hours of treatment that the week comes to, as things stand."""
        return self.ledger.delivered + self.ledger.not_taken + self.ledger.to_come


def own_week(asked: date | None, *, by: Actor, at: datetime) -> OwnWeek:
    """The signed-in person's week that holds this day; this week without one."""
    person = open_patient(own_patient(by=by), kind=KIND, by=by, at=at)
    zone = zone_of(person, by=by)
    today = local_day(at, zone)
    monday = week_of(asked or today)
    found = week_of_patient(person.uid, monday, by=by, at=at)
    seats = _seats(person, monday)
    ledger = hours_of_week([person.pk], monday, zone=zone, organization=by.organization, at=at)[person.pk]
    times = numbers(*TIMES, organization=by.organization, on=today)
    lines = [_session(one, seats.get(one.uid), times, zone, at=at) for one in found.sessions]
    held = [one for one in lines if not one.is_off]
    lines += [_own(one, held, zone, at=at) for one in found.commitments]
    days = [monday + timedelta(days=n) for n in range(7)]
    return OwnWeek(
        patient=person.uid,
        monday=monday,
        today=today,
        time_zone=zone,
        days=tuple(OwnDay(day, day == today, day < today, _of_day(lines, day, zone)) for day in days),
        ledger=ledger,
        sessions=len(held),
        in_program=found.episode is not None,
    )


def _of_day(lines: Sequence[OwnLine], day: date, zone: str) -> tuple[OwnLine, ...]:
    here = [one for one in lines if local_day(one.starts_at, zone) == day]
    return tuple(sorted(here, key=lambda one: (one.starts_at, one.ends_at, one.title)))


def _seats(person: Patient, monday: date) -> dict[UUID, Appointment]:
    """The seats of a week by session, with all that a line needs; one that stands goes before one given back."""
    rows = Appointment.objects.filter(
        patient=person, local_day__range=(monday, monday + timedelta(days=6))
    ).select_related("session__site__organization", "session__room")
    return {row.session.uid: row for row in rows.order_by("-released_at", "pk")} | {
        row.session.uid: row for row in rows if row.released_at is None
    }


def _session(
    one: WeekSession, seat: Appointment | None, times: Mapping[str, object], zone: str, *, at: datetime
) -> OwnLine:
    if seat is None:  # the same rows a moment apart: given away in between
        return _line_of_day(one.title, one.day, one.starts, one.ends, zone)
    session = seat.session
    return OwnLine(
        title=one.title,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        session=session.uid,
        place=place_of(session),
        with_whom=one.with_whom,
        status=one.status,
        is_over=at >= session.ends_at,
        is_make_up=seat.is_make_up,
        may_say=OVER if one.status or at >= session.ends_at else may_say(session, at=at),
        may_join=OVER if one.status else join_time(session, times, at=at),
    )


def _line_of_day(title: str, day: date, starts: time, ends: time, zone: str) -> OwnLine:
    """A line from wall-clock times; an end at midnight is the end of the day."""
    last = day if ends > starts else day + timedelta(days=1)
    there = ZoneInfo(zone)
    return OwnLine(
        title, datetime.combine(day, starts, tzinfo=there), datetime.combine(last, ends, tzinfo=there)
    )


def _own(own: WeekCommitment, held: Sequence[OwnLine], zone: str, *, at: datetime) -> OwnLine:
    line = _line_of_day(own.title, own.day, own.starts, own.ends, zone)
    over = any(one.starts_at < line.ends_at and line.starts_at < one.ends_at for one in held)
    return OwnLine(line.title, line.starts_at, line.ends_at, overlaps=over, is_over=line.ends_at <= at)


@dataclass(frozen=True)
class WayThere:
    """How to come to a site: its address for a map, the number to call, and what is held there next."""

    site: str
    address: str
    phone: str
    map_url: str
    room: str
    title: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    by_video: bool


def way_to(session: UUID, *, by: Actor, at: datetime) -> WayThere:
    """How to come to one of the signed-in person's own sessions. Raises `Absent` for any other."""
    person = open_patient(own_patient(by=by), kind="schedule", by=by, at=at)
    row: Session = own_seat(session, person).session
    site: Site = row.site
    return WayThere(
        site=site.name,
        address=site.address,
        phone=phone_of(site),
        # Opens whatever map the phone has; nothing is asked of anyone until the person taps it.
        map_url=f"geo:0,0?q={quote(site.address)}" if site.address.strip() else "",
        room=row.room.name if row.room else "",
        title=row.title,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        time_zone=site.time_zone,
        by_video=bool(row.telehealth_url) and row.room is None,
    )
