"""Somebody who left and slips, so that a call waits; their own record, made; a correction that they ask for."""

from datetime import datetime
from uuid import UUID

from tests.cast import Cast
from throughcare.knowledge.aftercare.answers import Answer
from throughcare.pathway.accounts import actor_for
from throughcare.pathway.aftercare.answering import answer_ask, begin_check_in
from throughcare.pathway.aftercare.asking import link_to
from throughcare.pathway.own_record.copies import ask_for_copy, make_copy, take_copies
from throughcare.pathway.own_record.corrections import ask_for_correction
from throughcare.records.aftercare import AftercareAsk, AftercareCall, AftercarePlan
from throughcare.records.consents import PatientAccount


def what_follows(cast: Cast, patient: UUID, *, now: datetime) -> dict[str, object]:
    """A call that waits after a discharge, what was asked, and the record of a patient with an account of their own."""
    gone = AftercarePlan.objects.get().patient.uid
    ask = begin_check_in(gone, by=cast.case_manager, at=now)
    answer_ask(ask, Answer(mood=3, use="more"), way="phone", by=cast.case_manager, at=now)
    own = PatientAccount.objects.filter(patient__uid=patient).earliest("pk")
    by = actor_for(own.account_id)
    copy = ask_for_copy(patient, by=by, at=now)
    take_copies(at=now)
    make_copy(copy, draw=lambda _: {"pdf": b"%PDF-1.7", "fhir": b'{"resourceType": "Bundle"}'}, at=now)
    return {
        "aftercare_call.call": AftercareCall.objects.get().uid,
        "aftercare_on_the_phone.ask": ask,
        "how_are_you.token": link_to(AftercareAsk.objects.get(uid=ask), at=now),
        "copy": copy,
        "correction": ask_for_correction(
            patient, kind="note", wrong="It says Monday.", right="It was Tuesday.", by=by, at=now
        ),
    }
