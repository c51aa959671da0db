"""Attendance: taken at the door, one tap a person; a correction is a new row that names the old one."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.attendance import attended_minutes, check_attendance
from throughcare.knowledge.recording.attendance_taps import Came, read_tap, status_of
from throughcare.knowledge.verdict import Allowed, Refused, Verdict
from throughcare.pathway.actor import Actor
from throughcare.pathway.attendance.missed import offer_after, withdraw_offer
from throughcare.pathway.cannot import Cannot, require
from throughcare.pathway.drug_test.at_the_door import came_to_the_door, may_attend
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.program_settings import number
from throughcare.pathway.rows import only_row
from throughcare.pathway.session.session_rows import (
    clock_words,
    elapsed_minutes,
    find_session,
    open_seats,
    seated_at,
    standing_attendance,
    treatment_minutes,
)
from throughcare.records.attendance import Attendance
from throughcare.records.notes import Addendum, Note
from throughcare.records.people import Patient
from throughcare.records.sessions import Appointment, Session

BEGUN_ONLY = ("late", "left_early", "late_and_left_early", "no_show")


@transaction.atomic
def record_attendance(
    session: UUID,
    patient: UUID,
    *,
    status: str,
    by: Actor,
    at: datetime,
    late_minutes: int = 0,
    left_early_minutes: int = 0,
) -> UUID:
    """Record how a person came; recording something else later corrects it. Returns the attendance's public id.

    Raises `Cannot` for who isn't expected, before the door opens, after a cancellation, or for minutes that can't be.
    """
    person = open_patient(patient, kind="attendance", by=by, at=at, verb="change")
    found = find_session(session, by=by)
    came = Came(status, late_minutes, left_early_minutes)
    return _record(found, _seat_of(found, person), came, by=by, at=at).uid


@transaction.atomic
def tap_attendance(session: UUID, patient: UUID, *, tap: str, by: Actor, at: datetime) -> UUID:
    """Record what one tap means at this moment: minutes of coming late or leaving early come from the clock."""
    person = open_patient(patient, kind="attendance", by=by, at=at, verb="change")
    found = find_session(session, by=by)
    seat = _seat_of(found, person)
    before = _standing(seat)
    came = read_tap(
        tap,
        standing=_came(before) if before else None,
        minutes_since_start=int((at - found.starts_at).total_seconds() // 60),
        minutes_to_end=int((found.ends_at - at).total_seconds() // 60),
        treatment_minutes=treatment_minutes(found),
    )
    return _record(found, seat, came, by=by, at=at).uid


@transaction.atomic
def mend_minutes(
    session: UUID, patient: UUID, *, late_minutes: int, left_early_minutes: int, by: Actor, at: datetime
) -> UUID:
    """Say how many minutes of the session a person who came missed; none means present."""
    person = open_patient(patient, kind="attendance", by=by, at=at, verb="change")
    found = find_session(session, by=by)
    if late_minutes < 0 or left_early_minutes < 0:
        raise Cannot("Minutes can't be fewer than none.", field="late_minutes")
    came = Came(status_of(late_minutes, left_early_minutes), late_minutes, left_early_minutes)
    return _record(found, _seat_of(found, person), came, by=by, at=at).uid


@transaction.atomic
def everyone_else_present(session: UUID, *, by: Actor, at: datetime) -> int:
    """Record as present all who are expected and have no attendance yet; how many that were.

    Who was stopped at the door sits out: whoever leads says how they came.
    """
    found = find_session(session, by=by)
    seats, standing = seated_at(found), standing_attendance(found)
    stopped = may_attend([seat.patient_id for seat in seats], at=min(at, found.ends_at))
    missing = [
        seat.patient.uid
        for seat in seats
        if seat.patient_id not in standing and seat.patient_id not in stopped
    ]
    return record_roster(session, dict.fromkeys(missing, Came("present")), by=by, at=at)


@transaction.atomic
def record_roster(session: UUID, came: Mapping[UUID, Came], *, by: Actor, at: datetime) -> int:
    """Record how several people came, in a number of queries that doesn't grow with them; how many were new.

    Someone guarded, of whom `by` must not know, is left to who leads the session.
    """
    found = find_session(session, by=by)
    seats = [seat for seat in seated_at(found) if seat.patient.uid in came]
    hidden = open_seats("attendance", found, seats, by=by, at=at, verb="change")
    seats = [seat for seat in seats if seat.patient_id not in hidden]
    for status in {one.status for one in came.values()}:
        require(check_moment(found, at=at, status=status))
    standing = standing_attendance(found)
    fresh = [seat for seat in seats if seat.patient_id not in standing]
    _require_did_not_come(
        found, [one.patient_id for one in fresh if came[one.patient.uid].status == "no_show"]
    )
    rows = [_attendance(found, seat, came[seat.patient.uid], before=None, by=by, at=at) for seat in fresh]
    offer_after(Attendance.objects.bulk_create(rows), at=at)
    for seat in seats:
        if seat.patient_id in standing:
            _record(found, seat, came[seat.patient.uid], by=by, at=at)
    return len(fresh)


def arrive(session: Session, seat: Appointment, came: Came, *, by: Actor, at: datetime) -> bool:
    """Record how someone came by their own check-in, unless attendance stands; whether it was recorded.

    For pathway modules that passed the desk.
    """
    if _standing(seat) is not None:
        return False
    row = _attendance(session, seat, came, before=None, by=by, at=at)
    row.recorded_by = None  # the person themself said it
    row.save(force_insert=True)
    offer_after([row], at=at)
    return True


def check_moment(session: Session, *, at: datetime, status: str = "present") -> Verdict:
    """Whether attendance with this status may be taken at this moment."""
    if session.cancelled_at is not None:
        return Refused(f"The session was canceled: {session.cancelled_because or 'no reason was given'}.")
    opens = number("attendance.opens_minutes", organization=session.organization_id, on=session.local_day)
    if at < session.starts_at - timedelta(minutes=opens):
        door = clock_words(session, session.starts_at - timedelta(minutes=opens))
        day = f"{session.local_day:%A, %b} {session.local_day.day}"
        return Refused(f"The session hasn't begun. Attendance is taken on {day} from {door}.")
    if at < session.starts_at and status in BEGUN_ONLY:
        starts = clock_words(session, session.starts_at)
        return Refused(f"The session begins at {starts}. Until then nobody is late, gone or missing.")
    return Allowed()


def _require_did_not_come(session: Session, no_shows: Collection[int]) -> None:
    """Whose breath was tested for this session came, also when they may not join it. The test itself is not named."""
    for moment in came_to_the_door(session.pk, no_shows).values() if no_shows else ():
        door = clock_words(session, moment)
        raise Cannot(
            f"They came to the door at {door}, so this is no no-show. Mark them Excused when they sit it out."
        )


def signed_notes(session: Session) -> dict[int, tuple[Note, datetime]]:
    """The session's signed notes by patient (key), each with the moment of its last signature or addendum."""
    notes = {note.pk: note for note in Note.objects.filter(session=session)}
    last = {key: note.signed_at for key, note in notes.items()}
    for key, moment in Addendum.objects.filter(note__session=session).values_list("note", "signed_at"):
        last[key] = max(last[key], moment)
    return {note.patient_id: (note, last[key]) for key, note in notes.items()}


def is_changed_after_signing(note: Note, attendance: Attendance | None, *, last_words_at: datetime) -> bool:
    """Whether attendance now differs from what the note was signed with, and no addendum has followed."""
    if attendance is None:
        return False
    same = (attendance.status, attendance.minutes) == (note.attendance_status, note.minutes)
    return not same and attendance.recorded_at > last_words_at


def _record(session: Session, seat: Appointment, came: Came, *, by: Actor, at: datetime) -> Attendance:
    """Append the row; what already stands is not recorded twice."""
    require(check_moment(session, at=at, status=came.status))
    _require_did_not_come(session, [seat.patient_id] if came.status == "no_show" else [])
    before, told_at = _standing(seat), None
    if before is not None:
        if _came(before) == came:
            return before
        before.retired_at = at
        before.save(update_fields=["retired_at"])
        told_at = withdraw_offer(before, at=at)
    row = _attendance(session, seat, came, before=before, by=by, at=at)
    row.save(force_insert=True)
    offer_after([row], at=at, told_at=told_at)
    return row


def _attendance(
    session: Session, seat: Appointment, came: Came, *, before: Attendance | None, by: Actor, at: datetime
) -> Attendance:
    """The row that says how someone came, with the minutes that count."""
    minutes = {"late_minutes": came.late_minutes, "left_early_minutes": came.left_early_minutes}
    length = {"scheduled_minutes": elapsed_minutes(session), "break_minutes": session.break_minutes}
    require(check_attendance(came.status, **length, **minutes))
    return Attendance(
        organization_id=by.organization,
        session=session,
        patient_id=seat.patient_id,
        appointment=seat,
        status=came.status,
        **minutes,
        minutes=attended_minutes(came.status, **length, **minutes),
        planned_minutes=0 if seat.is_make_up else seat.planned_minutes,
        counts=seat.counts,
        local_day=session.local_day,
        corrects=before,
        recorded_by_id=by.account,
        recorded_at=at,
    )


def _seat_of(session: Session, patient: Patient) -> Appointment:
    """The person's seat, locked so that two taps at once become one after the other."""
    seats = Appointment.objects.select_for_update().filter(session=session, released_at__isnull=True)
    seat = seats.filter(patient=patient).first()
    if seat is None:
        raise Cannot("This person is not expected at this session. Book a make-up session for them first.")
    return seat


def _standing(seat: Appointment) -> Attendance | None:
    """By person, not by seat: a seat given back and taken again is still one person at one session."""
    rows = Attendance.objects.filter(session_id=seat.session_id, patient_id=seat.patient_id)
    return only_row(rows.filter(retired_at__isnull=True))


def _came(row: Attendance) -> Came:
    return Came(row.status, row.late_minutes, row.left_early_minutes)
