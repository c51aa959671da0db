"""Telling someone outside in an emergency: nothing is told without the record that 42 CFR 2.51(c) asks for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.privacy.emergencies import TOLD_OUTSIDE
from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.knowledge.privacy.kinds import IN_EMERGENCY, MAY_LEAVE
from throughcare.knowledge.privacy.without_consent import ALL as WAYS
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.privacy.desk import open_patient
from throughcare.pathway.privacy.disclosure import tell_now
from throughcare.pathway.privacy.emergency import begin_emergency, open_emergency
from throughcare.pathway.privacy.notices import give_notice
from throughcare.pathway.privacy.telling import Item, Telling, To
from throughcare.records.emergencies import EmergencyAccess

TELLABLE = tuple(code for code in KINDS if code in IN_EMERGENCY & MAY_LEAVE)


@dataclass(frozen=True)
class EmergencyTelling:
    """Who was told what, by whom, when and why, and why nobody could be asked: 42 CFR 2.51(c), and what was said."""

    recipient: str
    affiliation: str
    discloser: str
    disclosed_at: datetime
    nature: str
    no_consent: str
    kinds: Collection[str]
    words: str = ""


@transaction.atomic
def tell_in_emergency(patient: UUID, told: EmergencyTelling, *, by: Actor, at: datetime) -> UUID:
    """Enter what was told in an emergency; it is reviewed like broken glass. Returns the disclosure's public id.

    Raises `Cannot` naming the field that the record lacks.
    """
    found = open_patient(patient, kind="disclosure", verb="change", by=by, at=at)
    facts = _facts(told)
    for code, question in WAYS["emergency"].needs:
        if not facts[code].strip():
            raise Cannot(question, field=code)
    if told.disclosed_at > at:
        raise Cannot("That moment is still to come.", field="disclosed_at")
    if not told.kinds:
        raise Cannot("Choose what was told.", field="kinds")
    already = open_emergency(found.uid, by=by, at=at)
    emergency = (
        EmergencyAccess.objects.get(uid=already)
        if already
        else begin_emergency(found, TOLD_OUTSIDE, told.nature, ends_at=at, by=by, at=at)
    )
    disclosure = tell_now(found.uid, _telling(told, facts, emergency.uid), by=by, at=at)
    give_notice(
        "told_outside",
        f"{told.discloser.strip()} told {told.recipient.strip()}, {told.affiliation.strip()}, about {found.called}. "
        f"Review it by {emergency.review_due_date:%B} {emergency.review_due_date.day}.",
        organization=by.organization,
        patient=found.pk,
        account=by.account,
        emergency=emergency,
        at=at,
    )
    return disclosure


def _facts(told: EmergencyTelling) -> dict[str, str]:
    return {
        "recipient": told.recipient,
        "affiliation": told.affiliation,
        "discloser": told.discloser,
        "disclosed_at": told.disclosed_at.isoformat(timespec="minutes"),
        "nature": told.nature,
        "no_consent": told.no_consent,
    }


def _telling(told: EmergencyTelling, facts: dict[str, str], emergency: UUID) -> Telling:
    lines = (told.words.strip(),) if told.words.strip() else ()
    day = told.disclosed_at.date()
    return Telling(
        to=To("treating_provider", told.recipient.strip(), affiliation=told.affiliation.strip()),
        purpose="emergency",
        method="spoken",
        items=tuple(
            Item(kind, KINDS[kind].words.capitalize() if kind in KINDS else kind, day, lines)
            for kind in sorted(told.kinds)
        ),
        basis="emergency",
        facts=facts,
        emergency=emergency,
    )
