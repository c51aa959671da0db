"""Check-in and check-out: a minute before a session, a sentence after it, in the person's own words."""

from dataclasses import asdict
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.between_sessions import CHECK_IN, CHECK_OUT, CheckIn, check_answer
from throughcare.knowledge.verdict import Refused
from throughcare.pathway.actor import Actor
from throughcare.pathway.attendance.arrival import record_arrival
from throughcare.pathway.attendance.own_times import check_in_time, check_out_time, own_seat, times_of
from throughcare.pathway.cannot import Cannot, require
from throughcare.pathway.crisis_language import look_for_crisis
from throughcare.pathway.privacy import open_patient
from throughcare.records.check_ins import CheckIn as CheckInRow
from throughcare.records.check_ins import CheckOut
from throughcare.records.people import Patient
from throughcare.records.sessions import Appointment

Way = Literal["page", "kiosk", "staff"]


@transaction.atomic
def check_in(session: UUID, patient: UUID, *, answers: CheckIn, way: Way, by: Actor, at: datetime) -> UUID:
    """Record a check-in; whatever was left out is left out, and answering again replaces what was said.

    With proof that the person is there it records that they came. Raises `Cannot` outside its hours.
    """
    person = open_patient(patient, kind="check_in", by=by, at=at, verb="change")
    seat = own_seat(session, person)
    times = times_of(seat.session)
    require(check_in_time(seat.session, times, at=at))
    for item in CHECK_IN:
        verdict = check_answer(item, getattr(answers, item.code))
        if isinstance(verdict, Refused):
            raise Cannot(verdict.because, field=item.code)
    _lock(seat)
    said = asdict(answers) | {"words": answers.words.strip()}
    standing = CheckInRow.objects.filter(session=seat.session, patient=person, retired_at__isnull=True)
    before = standing.first()
    if before is not None and before.answers == said:
        return before.uid
    standing.update(retired_at=at)
    row = CheckInRow.objects.create(answers=said, **_fact(seat, person, way, by=by, at=at))
    if way != "staff":
        look_for_crisis(person, answers.words, where="a check-in", at=at)
    record_arrival(seat, times, by=by, at=at)
    return row.uid


@transaction.atomic
def check_out(session: UUID, patient: UUID, *, words: str, way: Way, by: Actor, at: datetime) -> UUID | None:
    """Record what a person takes with them; without words nothing. Words given again replace those before."""
    person = open_patient(patient, kind="check_in", by=by, at=at, verb="change")
    seat = own_seat(session, person)
    require(check_out_time(seat.session, times_of(seat.session), at=at))
    said = words.strip()
    verdict = check_answer(CHECK_OUT, said)
    if isinstance(verdict, Refused):
        raise Cannot(verdict.because, field="words")
    _lock(seat)
    standing = CheckOut.objects.filter(session=seat.session, patient=person, retired_at__isnull=True)
    before = standing.first()
    if before is not None and before.words == said:
        return before.uid
    if not said:
        return None
    standing.update(retired_at=at)
    row = CheckOut.objects.create(words=said, **_fact(seat, person, way, by=by, at=at))
    if way != "staff":
        look_for_crisis(person, said, where="a check-out", at=at)
    return row.uid


def _lock(seat: Appointment) -> None:
    """Two presses at once become one after the other."""
    Appointment.objects.select_for_update().get(pk=seat.pk)


def _fact(seat: Appointment, person: Patient, way: Way, *, by: Actor, at: datetime) -> dict[str, object]:
    return {
        "organization_id": by.organization,
        "session": seat.session,
        "patient": person,
        "way": way,
        # Null: the person themself said it.
        "recorded_by_id": by.account if way == "staff" else None,
        "recorded_at": at,
    }
