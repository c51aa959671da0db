"""A copy of a consent on paper: handed to the patient, or leaving the house to whom it names. Both are booked."""

from datetime import datetime
from uuid import UUID

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.privacy.consent import open_consent, site_of
from throughcare.pathway.privacy.disclosure import tell_now
from throughcare.pathway.privacy.telling import Item, Telling, To
from throughcare.records.consents import Consent
from throughcare.records.disclosures import Disclosure

PATIENT, RECIPIENT = "patient", "recipient"
METHOD = "print"


def copy_receivers(consent: UUID, *, by: Actor, at: datetime) -> tuple[tuple[str, str], ...]:
    """Who may be handed a copy: the patient, and whom the consent names."""
    row = open_consent(consent, by=by, at=at)
    named = row.recipient or row.related_person
    own = ((PATIENT, "The patient"),)
    return (*own, (RECIPIENT, named.name)) if named else own


def hand_over_copy(consent: UUID, whom: str, *, by: Actor, at: datetime) -> UUID:
    """Write a copy of a consent in the book as it is printed; the disclosure's public id.

    For the patient it is their own record. For whom it names it says that the person is in the program: that leaves
    only as the patient allows. Raises `Cannot` otherwise.
    """
    row = open_consent(consent, by=by, at=at)
    title = (row.text.split("\n\n") or [""])[0].strip()[:200]
    if whom == PATIENT:
        site = site_of(row.patient)
        day = local_day(row.given_at or row.recorded_at, site.time_zone if site else "UTC")
        items = (Item("consent", f"Copy: {title}", day),)
        telling = Telling(
            To(PATIENT, row.patient.called), "patient_request", METHOD, items, basis="patient_request"
        )
    else:
        telling = _to_whom_it_names(row, title)
    return tell_now(row.patient.uid, telling, by=by, at=at)


def _to_whom_it_names(row: Consent, title: str) -> Telling:
    named = row.recipient or row.related_person
    if named is None:
        raise Cannot("This consent names nobody. Only the patient is given a copy.", field="whom")
    to = To(
        row.recipient_classes[0],
        named.name,
        recipient=row.recipient.uid if row.recipient else None,
        related_person=row.related_person.uid if row.related_person else None,
        affiliation=row.recipient.affiliation if row.recipient else "",
    )
    # Of no day: that someone is here at all is what the copy tells.
    return Telling(to, row.purposes[0], METHOD, (Item("episode", f"Copy: {title}", None),))


def require_handed_over(consent: UUID, disclosure: UUID, *, by: Actor, at: datetime) -> None:
    """Raise `Absent` unless a copy was written in the book for this consent's patient: it may be printed again."""
    row = open_consent(consent, by=by, at=at)
    kept = Disclosure.objects.filter(
        uid=disclosure, patient=row.patient, method=METHOD, sent_at__isnull=False
    )
    if not any(kinds in (["consent"], ["episode"]) for kinds in kept.values_list("kinds", flat=True)):
        raise Absent("disclosure")
