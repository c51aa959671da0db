"""Somebody near to a patient writes to the care team: only while the patient lets them be told something."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.knowledge.privacy.kinds import APART, MAY_LEAVE
from throughcare.knowledge.privacy.weighing import Request
from throughcare.pathway.actor import Actor, Asked
from throughcare.pathway.cannot import Absent
from throughcare.pathway.conversation.keeping import begin, check_words, keep_once, the_one
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.book import note
from throughcare.pathway.privacy.consents_kept import weigh_packet_now
from throughcare.records.consents import FamilyAccount
from throughcare.records.conversations import Conversation
from throughcare.records.people import Patient, RelatedPerson

KIND, PURPOSE = "conversation", "family_involvement"
WHERE, SOURCE = "a message from somebody near to the person", "family"


def told_kinds(person: RelatedPerson, *, at: datetime) -> tuple[str, ...]:
    """What the patient lets this person be told now, by kind; the order of the list of kinds."""
    request = Request(str(person.uid), "family", PURPOSE, "identity", at)
    packet = weigh_packet_now(person.patient_id, request, MAY_LEAVE - APART)
    return tuple(kind for kind in KINDS if packet.items.get(kind))


def open_near(patient: UUID, *, by: Actor, at: datetime, verb: str = "see") -> tuple[Patient, RelatedPerson]:
    """The patient and who `by` is to them, written in the book. Raises `Absent` to everyone whom they don't let in."""
    accounts = FamilyAccount.objects.select_related("related_person__patient").filter(
        Q(counts_from__isnull=True) | Q(counts_from__lte=at),
        organization_id=by.organization,
        account=by.account,
        ended_at__isnull=True,
        related_person__ended_at__isnull=True,
        related_person__patient__uid=patient,
    )
    for account in accounts.order_by("pk"):
        person = account.related_person
        if told_kinds(person, at=at):
            found = person.patient
            note(Asked(by.account, verb, KIND, PURPOSE, "family", True, None, (found.pk,), at), by=by)
            return found, person
    open_patient(patient, kind=KIND, by=by, at=at)  # writes the attempt, then says `Absent`
    raise Absent("patient")


@transaction.atomic
def ask_near(patient: UUID, words: str, *, about: str = "", key: str = "", by: Actor, at: datetime) -> UUID:
    """Write to the care team as somebody near to a patient; the conversation's public id. Raises `Cannot`."""
    found, person = open_near(patient, by=by, at=at, verb="change")
    check_words(words, about)
    return keep_once(
        found,
        words,
        lambda: begin(found, person, about, by=by, at=at),
        key=key,
        where=WHERE,
        source=SOURCE,
        by=by,
        at=at,
    )


@transaction.atomic
def write_more_near(
    patient: UUID, conversation: UUID, words: str, *, key: str = "", by: Actor, at: datetime
) -> None:
    """Write more in a conversation that is `by`'s own. Raises `Absent` and `Cannot`."""
    found, person = open_near(patient, by=by, at=at, verb="change")
    check_words(words)
    own = Conversation.objects.filter(relation=person, uid=conversation)
    keep_once(found, words, lambda: the_one(own), key=key, where=WHERE, source=SOURCE, by=by, at=at)
