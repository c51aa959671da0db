"""A person chooses what they are asked each day, and says how a day was."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.daily import ITEM, Day, check_choice, check_day
from throughcare.knowledge.verdict import Refused
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.crisis_language import look_for_crisis
from throughcare.pathway.measure.measure_zone import zone_of
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.safety_plan.facts import own_signs_of
from throughcare.records.daily import DailyCheckIn, DailyChoice
from throughcare.records.people import Patient

Way = Literal["page", "staff"]


@transaction.atomic
def choose_daily(patient: UUID, codes: Sequence[str], *, by: Actor, at: datetime) -> None:
    """Keep which questions a person wants to be asked each day, in the order of the list. Raises `Cannot`."""
    row = open_patient(patient, kind="daily", by=by, at=at, verb="change")
    verdict = check_choice(codes)
    if isinstance(verdict, Refused):
        raise Cannot(verdict.because, field="items")
    DailyChoice.objects.create(
        organization_id=row.organization_id,
        patient=row,
        chosen=[code for code in ITEM if code in codes],
        recorded_by_id=by.account,
        recorded_at=at,
    )


@transaction.atomic
def say_day(
    patient: UUID, day: Day, *, way: Way, by: Actor, at: datetime, said_at: datetime | None = None
) -> UUID:
    """Keep what a person says of today; said again it replaces what was said before today. Raises `Cannot`.

    `said_at`: when they wrote it, where it waited on their phone: it is of that day, and replaces nothing that was
    said after it. Words that may speak of a crisis call a human in the same transaction.
    """
    row = open_patient(patient, kind="daily", by=by, at=at, verb="change")
    verdict = check_day(day)
    if isinstance(verdict, Refused):
        raise Cannot(verdict.because)
    day = replace(day, words=day.words.strip(), sign_words=_words_of(row, day, at=at))
    # Two presses at once become one after the other.
    Patient.objects.select_for_update(no_key=True).get(pk=row.pk)
    said_at = min(said_at or at, at)
    today = local_day(said_at, zone_of(row))
    standing = DailyCheckIn.objects.filter(patient=row, local_day=today, retired_at__isnull=True)
    before = standing.first()
    said = {code: list(value) if isinstance(value, tuple) else value for code, value in asdict(day).items()}
    if before is not None and before.answers == said:
        return before.uid
    overtaken = before is not None and before.recorded_at > said_at
    if not overtaken:
        standing.update(retired_at=at)
    kept = DailyCheckIn.objects.create(
        organization_id=row.organization_id,
        patient=row,
        local_day=today,
        way=way,
        answers=said,
        # Null: the person themself said it.
        recorded_by_id=by.account if way == "staff" else None,
        recorded_at=at,
        # Said before what stands by now, and kept beside it.
        retired_at=at if overtaken else None,
    )
    look_for_crisis(row, day.words, where="the daily check-in", at=at)
    return kept.uid


def _words_of(patient: Patient, day: Day, *, at: datetime) -> tuple[str, ...]:
    """The person's own words for the signs that were ticked. Raises `Cannot` for one that isn't theirs."""
    if not day.own_signs:
        return ()
    known = {one.key: one.words for one in own_signs_of([patient.pk], at=at).get(patient.pk, ())}
    if not set(day.own_signs) <= set(known):
        raise Cannot("Your plan has changed meanwhile. Choose from the list again.", field="own_signs")
    return tuple(known[key] for key in day.own_signs)
