"""What stands before an order of the program's own: who may, methadone, the PDMP, and what doesn't go together."""

from datetime import date, datetime

from throughcare.knowledge.medications.interactions import (
    Interaction,
    may_answer,
    unanswered_verdict,
)
from throughcare.knowledge.medications.library import find
from throughcare.knowledge.medications.pdmp import may_prescribe_controlled
from throughcare.knowledge.verdict import Refused
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.medication.drinking import weighed
from throughcare.pathway.medication.versions import day_at_site, newest_of, standing
from throughcare.pathway.program_settings import number
from throughcare.records.medications import InteractionAnswer, Medication, PdmpCheck
from throughcare.records.people import Patient


def check_order(patient: Patient, row: Medication, *, answer: str, by: Actor, at: datetime) -> None:
    """Raise `Cannot` for an own order that must not be, or not yet. What others ordered is only recorded."""
    if not row.prescribed_here:
        return
    if not by.holds("prescriber", "program"):
        raise Cannot(
            "Only a prescriber orders here. Record who prescribed it instead.", field="prescribed_here"
        )
    drug = find(row.code)
    if drug is not None:
        if drug.recorded_only:
            raise Cannot(drug.recorded_only, field="prescribed_here")
        today = day_at_site(patient.pk, by=by, at=at)
        verdict = may_prescribe_controlled(
            drug, checked=checked_days(patient), today=today, fresh=_fresh(by, today)
        )
        if isinstance(verdict, Refused):
            raise Cannot(verdict.because, cite=verdict.cite, field="prescribed_here")
    against = interactions_with(patient, row, at=at)
    verdict = unanswered_verdict(against, answered_subjects(patient))
    if isinstance(verdict, Refused) and not answer.strip():
        raise Cannot(verdict.because, cite=verdict.cite, field="answer")


def answer_of_order(patient: Patient, row: Medication, *, answer: str, by: Actor, at: datetime) -> None:
    """Keep what the prescriber says to everything about this order that doesn't go together."""
    if not row.prescribed_here or not answer.strip():
        return
    known = answered_subjects(patient)
    for one in interactions_with(patient, row, at=at):
        if one.subject not in known:
            keep_answer(patient, one, words=answer, by=by, at=at)


def keep_answer(patient: Patient, found: Interaction, *, words: str, by: Actor, at: datetime) -> None:
    """Write down what was said to one interaction, by someone who may weigh it. The desk is passed already."""
    verdict = may_answer(by.roles)
    if isinstance(verdict, Refused) and not by.holds("program"):
        raise Cannot(verdict.because, cite=verdict.cite)
    if not words.strip():
        raise Cannot("Write what is done about it.", field="words")
    InteractionAnswer.objects.get_or_create(
        patient=patient,
        subject=found.subject,
        defaults={
            "organization_id": by.organization,
            "rule": found.rule,
            "words": words.strip(),
            "recorded_by_id": by.account,
            "recorded_at": at,
        },
    )


def interactions_with(patient: Patient, row: Medication, *, at: datetime) -> tuple[Interaction, ...]:
    """What doesn't go together once this version stands, as far as it is about it."""
    known = newest_of([patient.pk], organization=patient.organization_id, at=at).get(patient.pk, ())
    others = [one for one in standing(known) if one.thread != row.thread]
    every = weighed(patient, [*others, row], at=at)
    return tuple(one for one in every if any(taken.thread == str(row.thread) for taken in one.about))


def answered_subjects(patient: Patient) -> frozenset[str]:
    """The interactions that somebody answered."""
    rows = InteractionAnswer.objects.filter(patient=patient)
    return frozenset(rows.values_list("subject", flat=True))


def checked_days(patient: Patient) -> tuple[date, ...]:
    """The days on which the monitoring program was asked about this person."""
    return tuple(PdmpCheck.objects.filter(patient=patient).values_list("checked_date", flat=True))


def _fresh(by: Actor, today: date) -> int:
    return int(number("medication.pdmp_fresh_days", organization=by.organization, on=today))
