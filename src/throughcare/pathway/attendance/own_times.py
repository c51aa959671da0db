"""When a person may check in, join by video, say what they take with them, and tell how it was."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from throughcare.knowledge.attendance import ALL as STATUSES
from throughcare.knowledge.verdict import Allowed, Refused, Verdict, first_refusal
from throughcare.pathway.cannot import Absent
from throughcare.pathway.program_settings import numbers
from throughcare.pathway.session.session_rows import clock_words
from throughcare.records.attendance import Attendance
from throughcare.records.check_ins import ClimateAnswered
from throughcare.records.people import Patient
from throughcare.records.sessions import Appointment, Session

TIMES = (
    "attendance.opens_minutes",
    "attendance.late_minutes",
    "check_in.opens_hours",
    "check_in.arrival_minutes",
    "check_out.opens_minutes",
    "check_out.closes_hours",
    "climate.fewest_answers",
)
Times = Mapping[str, Any]


def times_of(session: Session) -> Times:
    """The numbers in force on the session's day."""
    return numbers(*TIMES, organization=session.organization_id, on=session.local_day)


def own_seat(session: UUID, person: Patient) -> Appointment:
    """The person's seat with its session. Raises `Absent` for any session that they aren't expected at."""
    seats = Appointment.objects.select_related("session__site", "session__room", "session__group")
    found = seats.filter(
        organization_id=person.organization_id,
        session__uid=session,
        patient=person,
        released_at__isnull=True,
    ).first()
    if found is None:
        raise Absent("session")
    return found


def check_in_time(session: Session, times: Times, *, at: datetime) -> Verdict:
    """Whether it is time to check in: from some hours before until the end."""
    opens = session.starts_at - timedelta(hours=times["check_in.opens_hours"])
    if at < opens:
        return first_refusal(_held(session), Refused(f"You can check in from {clock_words(session, opens)}."))
    return first_refusal(_held(session), _not_over(session, at))


def join_time(session: Session, times: Times, *, at: datetime) -> Verdict:
    """Whether the session can be joined by video now."""
    if not session.telehealth_url:
        return Refused("This session isn't held by video.")
    if not session.telehealth_url.startswith("https://"):
        return Refused("The video link of this session doesn't begin with https://. Tell your facilitator.")
    opens = session.starts_at - timedelta(minutes=times["attendance.opens_minutes"])
    if at < opens:
        return first_refusal(_held(session), Refused(f"You can join from {clock_words(session, opens)}."))
    return first_refusal(_held(session), _not_over(session, at))


def check_out_time(session: Session, times: Times, *, at: datetime) -> Verdict:
    """Whether it is time to say what one takes along: from shortly before the end until some hours after it."""
    opens = session.ends_at - timedelta(minutes=times["check_out.opens_minutes"])
    if at < opens:
        return first_refusal(_held(session), Refused("You are asked this when the session ends."))
    if at >= answers_close(session, times):
        return Refused("This session was a while ago. Tell your facilitator when you meet.")
    return _held(session)


def climate_time(seat: Appointment, times: Times, *, at: datetime) -> Verdict:
    """Whether a person may tell how the session was: a group large enough, they were there, and only once."""
    session = seat.session
    asked = check_out_time(session, times, at=at)
    if not asked:
        return asked
    fewest = times["climate.fewest_answers"]
    expected = Appointment.objects.filter(session=session, released_at__isnull=True).count()
    if session.group_id is None or expected < fewest:
        return Refused("This is asked in groups only, so that nobody can be guessed.")
    standing = Attendance.objects.filter(session=session, patient=seat.patient_id, retired_at__isnull=True)
    if any(not STATUSES[row.status].minutes_count for row in standing):
        return Refused("This is asked of those who were there.")
    if ClimateAnswered.objects.filter(session=session, patient=seat.patient_id).exists():
        return Refused("You have answered already. Thank you.")
    return Allowed()


def answers_close(session: Session, times: Times) -> datetime:
    """The moment from which no more words about the session are taken, and its climate shows."""
    return session.ends_at + timedelta(hours=times["check_out.closes_hours"])


def _held(session: Session) -> Verdict:
    return Allowed() if session.cancelled_at is None else Refused("This session was canceled.")


def _not_over(session: Session, at: datetime) -> Verdict:
    return Allowed() if at < session.ends_at else Refused("This session is over.")
