"""A session's roster: who is expected, each with their attendance as it stands."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from throughcare.knowledge.attendance import ALL as STATUSES
from throughcare.knowledge.clinic_calendar import local_day, week_of
from throughcare.knowledge.entered_later import entered_later
from throughcare.knowledge.verdict import Refused, Verdict, first_refusal
from throughcare.pathway.actor import Actor
from throughcare.pathway.attendance.attendance import check_moment, is_changed_after_signing, signed_notes
from throughcare.pathway.attendance.proofs import Sign, signs_of
from throughcare.pathway.attendance.room_code import code_verdict
from throughcare.pathway.drug_test.at_the_door import stopped_at_the_door
from throughcare.pathway.prepared import prepared
from throughcare.pathway.privacy import may_access
from throughcare.pathway.privacy.guards import HIDDEN
from throughcare.pathway.program_settings import number
from throughcare.pathway.session.session_rows import (
    SessionHead,
    called,
    describe,
    find_session,
    legal_name,
    open_seats,
    seated_at,
    standing_attendance,
)
from throughcare.records.attendance import Attendance
from throughcare.records.notes import Note
from throughcare.records.own_week import CannotCome
from throughcare.records.sessions import Appointment, Session


@dataclass(frozen=True)
class RosterRow:
    """One person at the door. `status` is empty until attendance is taken; `note` is their signed note, if shown."""

    patient: UUID
    name: str
    legal_name: str
    number: int
    birth_date: date | None
    is_make_up: bool
    status: str
    late_minutes: int
    left_early_minutes: int
    minutes: int
    recorded_at: datetime | None
    is_entered_later: bool
    recorded_by: str
    has_note: bool
    is_changed_after_signing: bool
    is_guarded: bool = False
    sign: Sign = field(default_factory=Sign)
    at_door: str = ""  # why the person may not join today


@dataclass(frozen=True)
class SessionRoom:
    """A session with its roster; `may_take` is the verdict over taking attendance now.

    `may_make_up`: the session's week is not over, and the actor may give a seat in it to who stayed away.
    """

    head: SessionHead
    roster: tuple[RosterRow, ...]
    may_take: Verdict
    may_see_notes: bool
    may_make_up: bool
    may_show_code: Verdict
    # Who said ahead that they can't come, and so has no seat any more; the reason is not for the door.
    said_ahead: tuple[str, ...] = ()

    @property
    def taken(self) -> int:
        """For how many people attendance is taken."""
        return sum(bool(row.status) for row in self.roster)

    @property
    def to_take_over(self) -> int:
        """For how many people taking over the proofs of presence would record something."""
        return sum(row.sign.is_new for row in self.roster)

    @property
    def present(self) -> int:
        """How many came."""
        return sum(bool(row.status) and STATUSES[row.status].minutes_count for row in self.roster)


def session_room(session: UUID, *, by: Actor, at: datetime) -> SessionRoom:
    """The session and who is expected, each with their attendance as it stands."""
    found = find_session(session, by=by)
    seats = seated_at(found)
    gone = _gone_ahead(found, {seat.patient_id for seat in seats})
    hidden = open_seats("attendance", found, [*seats, *gone], by=by, at=at)
    standing = standing_attendance(found)
    signed = signed_notes(found)
    signs = signs_of(found, standing, at=at)
    here = [seat.patient_id for seat in seats if seat.patient_id not in hidden]
    stopped = stopped_at_the_door(here, by=by, at=min(at, found.ends_at))
    may_take = first_refusal(may_access("attendance", by=by, verb="change"), check_moment(found, at=at))
    return SessionRoom(
        head=describe(found, hidden),
        roster=tuple(
            _guarded(seat, standing.get(seat.patient_id))
            if seat.patient_id in hidden
            else _row(
                seat,
                standing.get(seat.patient_id),
                signed.get(seat.patient_id),
                signs.get(seat.patient_id, Sign()),
                stopped.get(seat.patient_id),
                ends_at=found.ends_at,
            )
            for seat in seats
        ),
        may_take=may_take,
        may_see_notes=bool(may_access("note", by=by)),
        may_show_code=code_verdict(found, may_take=may_take, at=at),
        may_make_up=bool(may_access("make_up", by=by, verb="change")) and _is_this_week(found, at=at),
        said_ahead=tuple(called(seat.patient) for seat in gone if seat.patient_id not in hidden),
    )


def _gone_ahead(session: Session, seated: Collection[int]) -> list[Appointment]:
    """The seats given back by those who said ahead that they can't come, and who took none again."""
    back = {seat.patient_id: seat for seat in _given_back(session.pk) if seat.patient_id not in seated}
    return sorted(back.values(), key=lambda seat: called(seat.patient).casefold())


@prepared
def _given_back(session: int) -> QuerySet[Appointment]:
    said = CannotCome.objects.filter(session=session).values("patient")
    return Appointment.objects.select_related("patient", "episode").filter(
        session=session, released_at__isnull=False, patient__in=said
    )


def _is_this_week(session: Session, *, at: datetime) -> bool:
    today = local_day(at, session.site.time_zone)
    starts_on = number("week_start", organization=session.organization_id, on=today)
    return week_of(session.local_day, starts_on) == week_of(today, starts_on)


def _row(
    seat: Appointment,
    row: Attendance | None,
    signed: tuple[Note, datetime] | None,
    sign: Sign,
    stopped: Refused | None,
    *,
    ends_at: datetime,
) -> RosterRow:
    person = seat.patient
    changed = signed is not None and is_changed_after_signing(signed[0], row, last_words_at=signed[1])
    return RosterRow(
        patient=person.uid,
        name=called(person),
        legal_name=legal_name(person),
        number=person.number,
        birth_date=person.birth_date,
        is_make_up=seat.is_make_up,
        status=row.status if row else "",
        late_minutes=row.late_minutes if row else 0,
        left_early_minutes=row.left_early_minutes if row else 0,
        minutes=row.minutes if row else 0,
        recorded_at=row.recorded_at if row else None,
        is_entered_later=row is not None and entered_later(ends_at, row.recorded_at),
        recorded_by=row.recorded_by.name if row and row.recorded_by else "",
        has_note=signed is not None,
        is_changed_after_signing=changed,
        sign=sign,
        at_door="" if stopped is None else stopped.because,
    )


def _guarded(seat: Appointment, row: Attendance | None) -> RosterRow:
    """A seat that is taken, and whether attendance is; by whom is not said."""
    return RosterRow(
        patient=seat.patient.uid,
        name=HIDDEN,
        legal_name="",
        number=0,
        birth_date=None,
        is_make_up=False,
        status=row.status if row else "",
        late_minutes=0,
        left_early_minutes=0,
        minutes=0,
        recorded_at=None,
        is_entered_later=False,
        recorded_by="",
        has_note=False,
        is_changed_after_signing=False,
        is_guarded=True,
    )
