"""One of everything about privacy that an address may name: a consent, someone close, accounts of their own."""

from uuid import UUID

from tests.cast import Cast, at
from tests.pathway.privacy.consent_cast import for_mother, signed
from throughcare.pathway.accounts import open_account
from throughcare.pathway.family.invitations import invite_patient, invite_relation
from throughcare.pathway.privacy.telling import Item, Telling, To
from throughcare.pathway.release.consent_copy import hand_over_copy
from throughcare.pathway.release.packet import prepare_telling
from throughcare.pathway.release.paper import Wording
from throughcare.records.consents import FamilyAccount, PatientAccount
from throughcare.records.people import Patient, RelatedPerson

PEOPLE = {"patient": "ana@mail.test", "alumnus": "ana.later@mail.test", "family": "rosa@mail.test"}


def let_in(cast: Cast, patient: UUID) -> dict[str, object]:
    """A patient with an account as patient and one as alumnus, and someone close who sees when they came."""
    found = Patient.objects.get(uid=patient)
    close = RelatedPerson.objects.filter(patient=found).earliest("pk")
    invite_patient(patient, email=PEOPLE["patient"], by=cast.clinician, at=at(13))
    invite_relation(close.uid, email=PEOPLE["family"], by=cast.clinician, at=at(13))
    FamilyAccount.objects.update(counts_from=None)
    later = open_account(
        PEOPLE["alumnus"], name=found.called, password=None, roles=("alumnus",), by=cast.program, at=at(13)
    )
    PatientAccount.objects.create(
        organization_id=cast.organization, patient=found, account=later, recorded_at=at(13)
    )
    consent = signed(cast, found, for_mother(close.uid, "attendance", "schedule"), at=at(13))
    return {
        "consent": consent,
        "consent_copy.disclosure": hand_over_copy(consent, "patient", by=cast.clinician, at=at(13)),
        "disclosure": about_to_leave(cast, found, close),
        "form": "family",
        "related": close.uid,
        "site": cast.site,
    }


def about_to_leave(cast: Cast, patient: Patient, close: RelatedPerson) -> UUID:
    """A packet for someone close, prepared and not sent."""
    telling = Telling(
        To("family", close.name, related_person=close.uid),
        "family_involvement",
        "print",
        (Item("attendance", "Monday, March 2, 2026", lines=("Came",)),),
    )
    return prepare_telling(patient.uid, telling, Wording("Records released"), by=cast.clinician, at=at(13))
