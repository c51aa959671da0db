"""Referrals to others: written, prepared through the disclosure book, and followed until the answer is back."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.referrals_out import ALL as STEPS
from throughcare.knowledge.referrals_out import may_follow
from throughcare.knowledge.tasks import KIND
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, require
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.consent import site_of
from throughcare.pathway.privacy.recipients import find_recipient
from throughcare.pathway.privacy.telling import Item, Telling, To
from throughcare.pathway.release.items import whose_record
from throughcare.pathway.release.packet import prepare_telling
from throughcare.pathway.release.paper import Wording
from throughcare.pathway.release.stay_items import identity
from throughcare.pathway.task.referral_out_facts import known_of
from throughcare.pathway.task.tasks import owner_of
from throughcare.records.disclosures import Disclosure
from throughcare.records.people import Patient
from throughcare.records.tasks import ReferralOut, ReferralOutPaper, ReferralOutStep

RECORD, PURPOSE, TITLE = "referral_out", "treatment", "Referral"
LONGEST_ASKS, LONGEST_WORDS = 1_000, 1_000
PLEASE = "Please tell us that this reached you, when the appointment is, and afterwards what came of it."


@dataclass(frozen=True)
class NewReferralOut:
    """To whom (an entry of the address book) and what is asked; `owner` is who follows it, None for who writes."""

    recipient: UUID
    kind: str
    asks: str
    owner: UUID | None = None


@transaction.atomic
def write_referral_out(patient: UUID, new: NewReferralOut, *, by: Actor, at: datetime) -> UUID:
    """Write a referral down; nothing leaves yet. Returns its public id."""
    found = open_patient(patient, kind=RECORD, by=by, at=at, verb="change")
    asks = new.asks.strip()
    if new.kind not in KIND:
        raise Cannot("Choose what it is about.", field="kind")
    if not asks:
        raise Cannot("Say what is asked of them.", field="asks")
    if len(asks) > LONGEST_ASKS:
        raise Cannot(f"Shorten this to {LONGEST_ASKS} characters.", field="asks")
    return ReferralOut.objects.create(
        organization_id=by.organization,
        patient=found,
        recipient=find_recipient(new.recipient, by=by),
        kind=new.kind,
        asks=asks,
        owner=owner_of(new.owner, by=by),
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


@transaction.atomic
def prepare_referral_out(
    referral: UUID, *, method: str, purpose: str = PURPOSE, by: Actor, at: datetime
) -> UUID:
    """Prepare its paper: who it is and what is asked, if a consent lets it go; the disclosure's public id.

    It counts as sent once that disclosure is sent. Raises `Cannot` where no consent covers it.
    """
    row, patient = _open(referral, by=by, at=at)
    if any(known.step == "sent" for known in known_of(row, zone=_zone(patient, by))):
        raise Cannot("It was sent already.")
    whose = whose_record(patient, as_of=at)
    items = (
        *identity(whose),
        Item(RECORD, f"We ask {row.recipient.name}", whose.today, (*row.asks.splitlines(), PLEASE)),
    )
    to = To(
        row.recipient.kind,
        row.recipient.name,
        recipient=row.recipient.uid,
        affiliation=row.recipient.affiliation,
    )
    telling = Telling(to, purpose, method, items)
    disclosure = prepare_telling(patient.uid, telling, Wording(TITLE, row.recipient.contact), by=by, at=at)
    _keep_paper(row, disclosure, by=by, at=at)
    return disclosure


def _keep_paper(row: ReferralOut, disclosure: UUID, *, by: Actor, at: datetime) -> None:
    ReferralOutPaper.objects.create(
        organization_id=by.organization,
        referral=row,
        disclosure=Disclosure.objects.get(organization_id=by.organization, uid=disclosure),
        recorded_by_id=by.account,
        recorded_at=at,
    )


@transaction.atomic
def record_referral_step(
    referral: UUID, step: str, *, on: date, words: str = "", by: Actor, at: datetime
) -> None:
    """Write down what became known: received, appointment made, attended or not, the answer back, closed."""
    row, patient = _open(referral, by=by, at=at)
    zone = _zone(patient, by)
    require(may_follow(step, known_of(row, zone=zone), on=on, today=local_day(at, zone)))
    if step in ("answered", "closed") and not words.strip():
        asked = "Write what they answered." if step == "answered" else "Say in a sentence why it is closed."
        raise Cannot(asked, field="words")
    if len(words) > LONGEST_WORDS:
        raise Cannot(f"Shorten this to {LONGEST_WORDS} characters.", field="words")
    ReferralOutStep.objects.create(
        organization_id=by.organization,
        referral=row,
        step=step,
        on_date=on,
        words=words.strip(),
        recorded_by_id=by.account,
        recorded_at=at,
    )
    if STEPS[step].ends:
        row.ended_at = at
        row.save(update_fields=["ended_at"])


def _open(referral: UUID, *, by: Actor, at: datetime) -> tuple[ReferralOut, Patient]:
    """A referral, held for this change, and its patient."""
    rows = ReferralOut.objects.select_for_update(of=("self",)).select_related("patient", "recipient")
    row = rows.filter(organization_id=by.organization, uid=referral).first()
    if row is None:
        raise Absent("referral")
    patient = open_patient(row.patient, kind=RECORD, by=by, at=at, verb="change")
    if row.ended_at is not None:
        raise Cannot("This referral is closed. Write a new one.")
    return row, patient


def _zone(patient: Patient, by: Actor) -> str:
    site = site_of(patient)
    return site.time_zone if site else by.time_zone
