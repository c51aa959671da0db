"""The care team answers, says that there is nothing to answer, takes a conversation, or writes first."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.answer_times import ANSWERED, NOTHING_TO_ANSWER
from throughcare.knowledge.privacy import may
from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.conversation.keeping import PERSON, TEAM, begin, check_words
from throughcare.pathway.conversation.near import told_kinds
from throughcare.pathway.conversation.telling import tell_of_answer
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.telling import Item
from throughcare.pathway.release.family_viewing import show_to_family
from throughcare.records.conversations import Conversation, ConversationHandover, ConversationWords
from throughcare.records.people import Account, Patient, RelatedPerson, RoleGrant

KIND = "conversation"
NO_CONSENT = (
    "No consent lets this person be told anything now. Ask the patient first: they can let them in again."
)


@transaction.atomic
def answer(conversation: UUID, words: str, *, tells: Collection[str] = (), by: Actor, at: datetime) -> None:
    """Answer all that waits in a conversation. Raises `Cannot`.

    To somebody near to the patient, `tells` are the kinds of record that the answer speaks of: each needs the
    patient's consent, and stands in the disclosure book.
    """
    row = _open(conversation, by=by, at=at)
    check_words(words)
    if row.relation is not None:
        _write_disclosure(row.patient, row.relation, words, tells, by=by, at=at)
    _settle(row, ANSWERED, at=at)
    if by.account is not None and not row.handovers.exists():
        _hand_over(row, by.account, by=by, at=at)
    _say(row, words, by=by, at=at)


@transaction.atomic
def write_to(patient: UUID, words: str, *, about: str = "", by: Actor, at: datetime) -> UUID:
    """Write to a patient first; the conversation's public id. Raises `Cannot`."""
    found = open_patient(patient, kind=KIND, by=by, at=at, verb="change")
    check_words(words, about)
    row = begin(found, None, about, by=by, at=at)
    _say(row, words, by=by, at=at)
    return row.uid


@transaction.atomic
def need_no_answer(conversation: UUID, *, by: Actor, at: datetime) -> None:
    """Say that what waits in a conversation needs no answer."""
    _settle(_open(conversation, by=by, at=at), NOTHING_TO_ANSWER, at=at)


@transaction.atomic
def hand_over(conversation: UUID, *, owner: UUID | None = None, by: Actor, at: datetime) -> None:
    """Give a conversation to somebody on the staff; without an owner, to oneself. Raises `Cannot`."""
    row = _open(conversation, by=by, at=at)
    who = owner or by.account_uid
    staff = Account.objects.filter(organization_id=by.organization, suspended_at__isnull=True)
    account = staff.filter(uid=who).first() if who else None
    grants = RoleGrant.objects.filter(account=account, ended_at__isnull=True)
    held = frozenset(grants.values_list("role", flat=True))
    if account is None or not may("change", KIND, roles=held):
        raise Cannot("Choose somebody on the staff who may answer.", field="owner")
    _hand_over(row, account.pk, by=by, at=at)


def _open(conversation: UUID, *, by: Actor, at: datetime) -> Conversation:
    """A conversation, held for this change."""
    row = (
        Conversation.objects.select_for_update(of=("self",))
        .select_related("patient", "relation")
        .filter(organization_id=by.organization, uid=conversation)
        .first()
    )
    if row is None or by.holds("patient", "alumnus", "family"):
        raise Absent("conversation")
    open_patient(row.patient, kind=KIND, by=by, at=at, verb="change")
    return row


def _write_disclosure(
    patient: Patient,
    person: RelatedPerson,
    words: str,
    tells: Collection[str],
    *,
    by: Actor,
    at: datetime,
) -> None:
    allowed = told_kinds(person, at=at)
    if not allowed:
        raise Cannot(NO_CONSENT)
    if not set(tells) <= set(allowed):
        raise Cannot("The patient doesn't let them be told this.", field="tells")
    items = tuple(
        Item(kind, KINDS[kind].words.capitalize(), lines=("In a message", words.strip()))
        for kind in KINDS
        if kind in tells
    )
    if items:
        show_to_family(patient.uid, person.uid, person.name, items, by=by, at=at)


def _settle(row: Conversation, how: str, *, at: datetime) -> None:
    waiting = ConversationWords.objects.filter(
        conversation=row, side=PERSON, answer_by__isnull=False, settled_at__isnull=True
    )
    waiting.update(settled_at=at, settled_how=how)


def _say(row: Conversation, words: str, *, by: Actor, at: datetime) -> None:
    said = ConversationWords.objects.create(
        organization_id=row.organization_id,
        conversation=row,
        side=TEAM,
        words=words.strip(),
        recorded_by_id=by.account,
        recorded_at=at,
    )
    tell_of_answer(said, at=at)


def _hand_over(row: Conversation, account: int, *, by: Actor, at: datetime) -> None:
    ConversationHandover.objects.create(
        organization_id=row.organization_id,
        conversation=row,
        owner_id=account,
        recorded_by_id=by.account,
        recorded_at=at,
    )
