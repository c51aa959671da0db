"""Keeping a message: once, with the time that is promised, and with a human called where its words speak of danger."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from throughcare.keys import mac
from throughcare.knowledge.answer_times import LONGEST_ABOUT, LONGEST_WORDS, answer_by
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.conversation.team_times import hours_of
from throughcare.pathway.crisis_language import look_for_crisis
from throughcare.pathway.privacy.consent import site_of
from throughcare.pathway.seat.seat_telling import therapists_of
from throughcare.records.conversations import Conversation, ConversationHandover, ConversationWords
from throughcare.records.episodes import Episode
from throughcare.records.people import Patient, RelatedPerson

PERSON, TEAM = "person", "team"


def check_words(words: str, about: str = "") -> None:
    """Raise `Cannot` unless this can be sent."""
    if not words.strip():
        raise Cannot(_("Write your message."), field="words")
    if len(words) > LONGEST_WORDS:
        raise Cannot(_("Shorten this to {n} characters.").format(n=LONGEST_WORDS), field="words")
    if len(about) > LONGEST_ABOUT:
        raise Cannot(_("Shorten this to {n} characters.").format(n=LONGEST_ABOUT), field="about")


def _key_of(key: str, patient: Patient, *, by: Actor) -> str:
    """The key under which a message is kept once: bound to who wrote it, so that nobody meets another's."""
    return mac(f"{by.account} {patient.uid} {key}".encode(), use="message key").hex() if key else ""


def _kept_already(mark: str, *, by: Actor) -> UUID | None:
    """The conversation in which a message of this key stands."""
    if not mark:
        return None
    found = ConversationWords.objects.filter(organization_id=by.organization, key=mark)
    return found.values_list("conversation__uid", flat=True).first()


def begin(
    patient: Patient, relation: RelatedPerson | None, about: str, *, by: Actor, at: datetime
) -> Conversation:
    """A new conversation; it falls to the primary therapist, where there is one, else to the whole team."""
    row = Conversation.objects.create(
        organization_id=patient.organization_id,
        patient=patient,
        relation=relation,
        about=" ".join(about.split()),
        recorded_by_id=by.account,
        recorded_at=at,
    )
    stays = Episode.objects.filter(patient=patient, ended_at__isnull=True)
    therapists = therapists_of(list(stays.values_list("pk", flat=True)))
    owner = next((one.account for one in therapists.values() if one.account), None)
    if owner is not None:
        ConversationHandover.objects.create(
            organization_id=patient.organization_id, conversation=row, owner=owner, recorded_at=at
        )
    return row


def the_one(conversations: QuerySet[Conversation]) -> Conversation:
    """The conversation that is meant. Raises `Absent`."""
    found = conversations.select_related("patient").first()
    if found is None:
        raise Absent("conversation")
    return found


def keep_once(
    patient: Patient,
    words: str,
    conversation: Callable[[], Conversation],
    *,
    key: str,
    where: str,
    source: str,
    by: Actor,
    at: datetime,
) -> UUID:
    """Keep a message in a conversation that is there or begun for it, and say which; one that came before stays one."""
    # Two presses at once become one after the other.
    Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    mark = _key_of(key, patient, by=by)
    already = _kept_already(mark, by=by)
    if already is not None:
        return already
    found = conversation()
    _keep_words_of_person(found, words, mark=mark, where=where, source=source, by=by, at=at)
    return found.uid


def _keep_words_of_person(
    conversation: Conversation, words: str, *, mark: str, where: str, source: str, by: Actor, at: datetime
) -> ConversationWords:
    """A message to the team. Words that may speak of a crisis call a human in the same transaction."""
    patient = conversation.patient
    site = site_of(patient)
    if site is None:
        raise Cannot(_("There is nobody yet to read this. Please call us."))
    row = ConversationWords(
        organization_id=patient.organization_id,
        conversation=conversation,
        side=PERSON,
        words=words.strip(),
        key=mark,
        answer_by=answer_by(at, hours_of(site, at=at)),
        recorded_by_id=by.account,
        recorded_at=at,
    )
    row.crisis = look_for_crisis(
        patient, row.words, where=where, source=source, key=f"message {row.uid}", at=at
    )
    row.save(force_insert=True)
    return row
