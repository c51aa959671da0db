"""What a facilitator sees of check-ins and check-outs: what was noticed first, then everyone, with a small trend."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, QuerySet

from throughcare.knowledge.between_sessions import WROTE, CheckIn, check_in_trend, noticed
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import CannotSee, require
from throughcare.pathway.check_in.own_words import OwnWords, own_words, phrases_of
from throughcare.pathway.prepared import prepared
from throughcare.pathway.privacy import may_access
from throughcare.pathway.program_settings import numbers
from throughcare.pathway.session.session_rows import (
    SessionHead,
    called,
    clock_words,
    describe,
    find_session,
    open_seats,
    seated_at,
)
from throughcare.records.attendance import Attendance
from throughcare.records.check_ins import CheckIn as CheckInRow
from throughcare.records.check_ins import CheckOut, Presence
from throughcare.records.sessions import Appointment, Session

# How far back a person's own usual and their trend go.
DAYS_BACK = 84
SHOWN = 12
SCALES = {"mood": "Mood", "craving": "Craving", "sleep": "Sleep"}
NOTICED = ("check_in.high_craving", "check_in.low_mood", "check_in.poor_sleep", "check_in.sudden_change")


@dataclass(frozen=True)
class ScaleTrend:
    """One scale over a person's latest check-ins, oldest first, with the direction in words."""

    title: str
    values: tuple[int, ...]
    words: str
    direction: str


@dataclass(frozen=True)
class CheckInLine:
    """One person of a session: what was noticed, what they said, and their trend."""

    patient: UUID
    name: str
    noticed: tuple[str, ...]
    answers: tuple[str, ...]
    words: str
    at_words: str
    check_out: str
    trends: tuple[ScaleTrend, ...]
    has_checked_in: bool

    @property
    def alarms(self) -> tuple[str, ...]:
        """What was noticed of their answers; that they wrote something is no alarm."""
        return tuple(one for one in self.noticed if one != WROTE)


@dataclass(frozen=True)
class CheckInsPage:
    """A session's check-ins: whoever has something noticed first, then the others who spoke, then who didn't yet."""

    head: SessionHead
    lines: tuple[CheckInLine, ...]
    guarded: int
    may_see_notes: bool

    @property
    def done(self) -> int:
        """How many have checked in."""
        return sum(line.has_checked_in for line in self.lines)

    @property
    def first(self) -> tuple[str, ...]:
        """Whom to look at first, by name."""
        return tuple(line.name for line in self.lines if line.alarms)


def session_check_ins(session: UUID, *, by: Actor, at: datetime) -> CheckInsPage:
    """Everyone expected with their check-in and check-out; the queries grow with neither people nor history."""
    require(may_access("check_in", by=by), CannotSee)
    found = find_session(session, by=by)
    seats = seated_at(found)
    hidden = open_seats("check_in", found, seats, by=by, at=at)
    shown = [seat for seat in seats if seat.patient_id not in hidden]
    said = own_words(found)
    history = _history(found, shown)
    own = numbers(*NOTICED, organization=found.organization_id, on=found.local_day)
    lines = [
        _line(found, seat, said.get(seat.patient_id, OwnWords()), history[seat.patient_id], own)
        for seat in shown
    ]
    return CheckInsPage(
        head=describe(found, hidden),
        lines=tuple(sorted(lines, key=_order)),
        guarded=len(seats) - len(shown),
        may_see_notes=bool(may_access("note", by=by)),
    )


def door_mark(session: UUID, *, by: Actor) -> str:
    """A word that changes when anybody checks in or out, comes, leaves or is tapped: whether an open page has news.

    It says how many and nobody's name, so it stands in no book.
    """
    found = find_session(session, by=by)
    said = CheckInRow.objects.filter(session=found).values_list("pk")
    after = CheckOut.objects.filter(session=found).values_list("pk")
    tapped = Attendance.objects.filter(session=found).values_list("pk")
    come = Presence.objects.filter(session=found).aggregate(come=Count("pk"), left=Count("left_at"))
    return f"{said.union(after, tapped, all=True).count()}-{come['come']}-{come['left']}"


def _order(line: CheckInLine) -> tuple[bool, bool, bool, str]:
    return not line.alarms, not line.noticed, not line.has_checked_in, line.name.casefold()


def _history(session: Session, seats: Sequence[Appointment]) -> dict[int, list[CheckInRow]]:
    """Each person's (key) check-ins up to this session's, oldest first."""
    rows: dict[int, list[CheckInRow]] = defaultdict(list)
    people = {seat.patient_id for seat in seats}
    since = session.starts_at - timedelta(days=DAYS_BACK)
    for row in _check_ins(session.organization_id, session.pk, since, session.ends_at):
        if row.patient_id in people:
            rows[row.patient_id].append(row)
    return rows


@prepared
def _check_ins(organization: int, session: int, since: datetime, until: datetime) -> QuerySet[CheckInRow]:
    seats = Appointment.objects.filter(session=session, released_at__isnull=True)
    return CheckInRow.objects.filter(
        organization_id=organization,
        patient__in=seats.values("patient"),
        recorded_at__gte=since,
        recorded_at__lt=until,
        retired_at__isnull=True,
    ).order_by("recorded_at", "pk")


def _line(
    session: Session, seat: Appointment, said: OwnWords, rows: Sequence[CheckInRow], own: Mapping[str, int]
) -> CheckInLine:
    now = next((CheckIn(**row.answers) for row in rows if row.session_id == session.pk), None)
    earlier = [CheckIn(**row.answers) for row in rows if row.session_id != session.pk]
    every = [*earlier, now] if now else earlier
    return CheckInLine(
        patient=seat.patient.uid,
        name=called(seat.patient),
        noticed=noticed(now, earlier, own) if now else (),
        answers=phrases_of(now) if now else (),
        words=now.words if now else "",
        at_words=clock_words(session, said.check_in_at) if said.check_in_at else "",
        check_out=said.check_out,
        trends=tuple(_trend(code, every) for code in SCALES if _values(code, every)),
        has_checked_in=now is not None,
    )


def _values(code: str, every: Sequence[CheckIn]) -> tuple[int, ...]:
    return tuple(value for one in every if (value := getattr(one, code)) is not None)


def _trend(code: str, every: Sequence[CheckIn]) -> ScaleTrend:
    found = check_in_trend(code, every)
    return ScaleTrend(SCALES[code], _values(code, every)[-SHOWN:], found.words, found.direction)
