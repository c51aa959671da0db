"""A text message comes in: whose number it is, and which human reads it by when.

Whoever can send a text in somebody's name can do no more than call a human: nothing that comes in closes or takes a
crisis, changes a consent or stops a page (threat C1). "STOP" is read by a human like anything else.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.keys import blind
from throughcare.knowledge.inbound_words import Asked, asked
from throughcare.pathway.actor import the_program
from throughcare.pathway.crisis.raising import raise_about_someone, raise_crisis
from throughcare.pathway.people.search_keys import key_of_phone, phone_key
from throughcare.pathway.privacy.reaching import may_reach_patient
from throughcare.records.messages import InboundText
from throughcare.records.organizations import Organization
from throughcare.records.people import Patient, PatientSearchKey

SOURCE = "text"
WAY = "text"
NO_WORDS = "(a text without words)"


@dataclass(frozen=True)
class Heard:
    """What came of a text: the crises it raised, and whether an answer may be sent to that number."""

    crises: tuple[UUID, ...]
    may_answer: bool


@transaction.atomic
def take_text(sender: str, words: str, *, provider_id: str, at: datetime) -> Heard:
    """Write a text down and have a human read it; the same `provider_id` again changes nothing."""
    number = phone_key(sender)
    said = asked(words)
    people = [
        (organization, person)
        for organization in Organization.objects.order_by("pk").values_list("pk", flat=True)
        for person in _whose(number, organization)
    ]
    raised = [
        _about(person, organization, number, words, said, provider_id, at) for organization, person in people
    ]
    if not people:
        first = Organization.objects.order_by("pk").values_list("pk", flat=True).first()
        if first is None:
            return Heard((), may_answer=False)
        raised = [_about_nobody(first, number, words, said, provider_id, at)]
    may_answer = all(may_reach_patient(person.pk, WAY) for _, person in people)
    return Heard(tuple(raised), may_answer)


def _whose(number: str, organization: int) -> list[Patient]:
    """Everyone whose number it is: two may share a phone, and then both are looked after."""
    if not number:
        return []
    keys = PatientSearchKey.objects.filter(key=key_of_phone(number, organization)).values("patient")
    found = Patient.objects.filter(pk__in=keys, organization=organization, absorbed_by__isnull=True)
    return list(found.order_by("pk"))


def _about(
    person: Patient,
    organization: int,
    number: str,
    words: str,
    said: Asked,
    provider_id: str,
    at: datetime,
) -> UUID:
    crisis = raise_crisis(
        person,
        priority=said.priority,
        source=SOURCE,
        words=words or NO_WORDS,
        key=_key(said, number, f"{provider_id} {person.pk}", at),
        by=the_program(organization),
        at=at,
    )
    _keep(organization, person, number, words, said, provider_id, crisis, at)
    return crisis


def _about_nobody(
    organization: int, number: str, words: str, said: Asked, provider_id: str, at: datetime
) -> UUID:
    crisis = raise_about_someone(
        "",
        priority=said.priority,
        source=SOURCE,
        words=words or NO_WORDS,
        key=_key(said, number, provider_id, at),
        callback=number,
        by=the_program(organization),
        at=at,
    )
    _keep(organization, None, number, words, said, provider_id, crisis, at)
    return crisis


def _key(said: Asked, number: str, ident: str, at: datetime) -> str:
    """Danger is raised each time; of everything else one an hour from a number, which a flood can't make more."""
    if said.in_danger:
        return f"text {ident}"[:120]
    return f"texts of {blind(number, place='sender of texts')} {at:%Y-%m-%d %H}"


def _keep(
    organization: int,
    person: Patient | None,
    number: str,
    words: str,
    said: Asked,
    provider_id: str,
    crisis: UUID,
    at: datetime,
) -> None:
    InboundText.objects.get_or_create(
        organization_id=organization,
        patient=person,
        provider_id=provider_id[:80],
        defaults={
            "sender": number,
            "words": words,
            "asks_for_help": said.in_danger,
            "crisis": crisis,
            "recorded_at": at,
        },
    )
