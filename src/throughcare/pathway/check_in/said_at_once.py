"""What a whole room said before and after a session, written down at once: for the demo's story and for imports."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.between_sessions import CheckIn
from throughcare.knowledge.group_climate import ANSWERS, CODES
from throughcare.pathway.actor import Actor
from throughcare.pathway.attendance.own_times import times_of
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.session.session_rows import find_session, seated_at
from throughcare.records.check_ins import CheckIn as CheckInRow
from throughcare.records.check_ins import CheckOut, ClimateAnswered, ClimateCount
from throughcare.records.sessions import Appointment, Session

BEFORE = timedelta(minutes=10)


@dataclass(frozen=True)
class Said:
    """One person's check-in, their sentence at the end and their taps; each may be left out."""

    check_in: CheckIn | None = None
    check_out: str = ""
    taps: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def write_down_said(session: UUID, said: Mapping[UUID, Said], *, by: Actor) -> int:
    """Write down what people (public ids) said around a session, ten minutes before it and at its end.

    For the program itself, and a session about which nothing is written yet; how many spoke. Seven queries for
    any number of people.
    """
    if not by.holds("program"):
        raise Cannot("People say for themselves how they are.")
    found = find_session(session, by=by)
    seats = [seat for seat in seated_at(found) if seat.patient.uid in said]
    pairs = [(seat, said[seat.patient.uid]) for seat in seats]
    CheckInRow.objects.bulk_create(
        CheckInRow(**_fact(found, seat, found.starts_at - BEFORE), answers=asdict(one.check_in))
        for seat, one in pairs
        if one.check_in
    )
    CheckOut.objects.bulk_create(
        CheckOut(**_fact(found, seat, found.ends_at), words=one.check_out.strip())
        for seat, one in pairs
        if one.check_out.strip()
    )
    _count(found, [(seat, one.taps) for seat, one in pairs if one.taps])
    return len(pairs)


def _fact(session: Session, seat: Appointment, at: datetime) -> dict[str, Any]:
    return {
        "organization_id": session.organization_id,
        "session": session,
        "patient_id": seat.patient_id,
        "way": "page",
        "recorded_at": at,
    }


def _count(session: Session, taps: list[tuple[Appointment, Mapping[str, str]]]) -> None:
    """The climate of a group that was large enough; the order in which people stand says nothing."""
    if session.group_id is None or len(taps) < times_of(session)["climate.fewest_answers"]:
        return
    fact = {"organization_id": session.organization_id, "session": session, "recorded_at": session.ends_at}
    ClimateAnswered.objects.bulk_create(
        ClimateAnswered(**fact, patient_id=seat.patient_id) for seat, _ in taps
    )
    ClimateCount.objects.bulk_create(
        ClimateCount(
            **fact,
            statement=code,
            **{answer: sum(one.get(code) == answer for _, one in taps) for answer in ANSWERS},
        )
        for code in CODES
    )
