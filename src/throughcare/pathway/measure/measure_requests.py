"""Asking one person, or many at once, for their measures: what a program does every week."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.questionnaires.library import find
from throughcare.pathway.actor import Actor
from throughcare.pathway.privacy import open_list, open_patient
from throughcare.records.measures import MeasureRequest
from throughcare.records.people import Patient


@transaction.atomic
def ask_measure(patient: UUID, code: str, *, due_date: date, by: Actor, at: datetime) -> UUID:
    """Ask a person to answer a questionnaire by a day; asking twice for the same day is asking once.

    Raises `CannotFind` for an unknown code.
    """
    row = open_patient(patient, kind="measure", by=by, at=at, verb="change")
    questionnaire = find(code)
    asked, _ = MeasureRequest.objects.get_or_create(
        patient=row,
        code=questionnaire.code,
        due_date=due_date,
        defaults={
            "organization_id": by.organization,
            "recorded_by_id": by.account,
            "recorded_at": at,
        },
    )
    return asked.uid


@transaction.atomic
def ask_measures(
    patients: Sequence[UUID], codes: Sequence[str], *, due_date: date, by: Actor, at: datetime
) -> dict[tuple[UUID, str], UUID]:
    """Ask each person to answer each questionnaire by a day; asking again is asking once. Request by person and code.

    Raises `CannotFind` for an unknown code.
    """
    known = [find(code).code for code in codes]
    people = dict(
        Patient.objects.filter(organization_id=by.organization, uid__in=patients).values_list("pk", "uid")
    )
    open_list("measure", list(people), by=by, at=at, verb="change")
    MeasureRequest.objects.bulk_create(
        (
            MeasureRequest(
                patient_id=key,
                code=code,
                due_date=due_date,
                organization_id=by.organization,
                recorded_by_id=by.account,
                recorded_at=at,
            )
            for key in people
            for code in known
        ),
        ignore_conflicts=True,
    )
    rows = MeasureRequest.objects.filter(patient__in=people, code__in=known, due_date=due_date)
    return {(people[patient], code): uid for patient, code, uid in rows.values_list("patient", "code", "uid")}
