"""Arrival: who checked in and showed that they are there has come, present or late by the clock."""

from datetime import datetime, timedelta

from throughcare.knowledge.recording.attendance_taps import arrived
from throughcare.pathway.actor import Actor
from throughcare.pathway.attendance.attendance import arrive, check_moment
from throughcare.pathway.attendance.own_times import Times
from throughcare.pathway.session.session_rows import treatment_minutes
from throughcare.records.check_ins import CheckIn, Presence
from throughcare.records.sessions import Appointment


def record_arrival(seat: Appointment, times: Times, *, by: Actor, at: datetime) -> bool:
    """Record that a person came, if they checked in, proof of their presence is there and nobody said otherwise.

    For pathway modules that passed the desk. Long after the start it is the facilitator who says how they came.
    """
    session = seat.session
    here = {"session": session, "patient": seat.patient_id}
    proof = Presence.objects.filter(**here).order_by("recorded_at").first()
    if proof is None or not CheckIn.objects.filter(**here, retired_at__isnull=True).exists():
        return False
    until = session.starts_at + timedelta(minutes=times["check_in.arrival_minutes"])
    if proof.recorded_at > until or not check_moment(session, at=at):
        return False
    came = arrived(
        int((proof.recorded_at - session.starts_at).total_seconds() // 60),
        late_from=times["attendance.late_minutes"],
        treatment_minutes=treatment_minutes(session),
    )
    return arrive(session, seat, came, by=by, at=at)
