"""Consents for the tests of privacy: Kim, who is sixteen, her mother, and forms that she signs."""

from datetime import date, datetime, timedelta
from uuid import UUID

from tests import plan_cast
from tests.cast import MORNING, Cast
from throughcare.knowledge.privacy.kinds import APART, MAY_LEAVE
from throughcare.knowledge.privacy.recipients import SINGLE_CONSENT_CLASSES
from throughcare.pathway.actor import Actor
from throughcare.pathway.people.people import NewRelatedPerson, add_related_person
from throughcare.pathway.privacy.consent import NewConsent, check_understanding, draft_consent
from throughcare.pathway.privacy.consent_signing import sign_consent
from throughcare.pathway.privacy.consent_views import consent_view
from throughcare.pathway.privacy.recipients import NewRecipient, enter_recipient
from throughcare.records.episodes import Episode
from throughcare.records.organizations import Site
from throughcare.records.people import Patient

TPO = NewConsent(
    "tpo",
    kinds=MAY_LEAVE - APART,
    purposes=frozenset({"treatment", "payment", "operations"}),
    recipient_classes=SINGLE_CONSENT_CLASSES,
    never_ends=True,
)


def kim(cast: Cast, *, state: str = "NY") -> Patient:
    """Kim Vance, sixteen, in the program at a site in a state."""
    Site.objects.filter(uid=cast.site).update(state=state)
    episode = plan_cast.admit(cast, given="Kim", family="Vance", born=date(2009, 9, 14))
    return Episode.objects.get(uid=episode).patient


def mother_of(cast: Cast, patient: Patient) -> UUID:
    """Rosa, the patient's mother, as entered by the clinician."""
    return add_related_person(
        patient.uid, NewRelatedPerson("Rosa Vance", "mother"), by=cast.clinician, at=MORNING
    )


def for_mother(mother: UUID, *kinds: str, at: datetime = MORNING, days: int = 90) -> NewConsent:
    """A consent for the mother, by default to attendance for 90 days."""
    return NewConsent(
        "family",
        kinds=frozenset(kinds or {"attendance"}),
        purposes=frozenset({"family_involvement"}),
        related_person=mother,
        expires_at=at + timedelta(days=days),
    )


def for_probation(cast: Cast) -> NewConsent:
    """A consent for probation that can't be taken back until supervision ends."""
    officer = NewRecipient("justice", "Officer Hart", "County Probation")
    return NewConsent(
        "justice",
        kinds=frozenset({"attendance", "episode"}),
        purposes=frozenset({"justice_supervision"}),
        recipient=enter_recipient(officer, by=cast.clinician, at=MORNING),
        ends_when="your supervision ends",
        irrevocable=True,
    )


def understand(consent: UUID, *, by: Actor, at: datetime = MORNING) -> None:
    """Answer every question rightly."""
    questions = consent_view(consent, by=by, at=at).questions
    assert check_understanding(consent, {one.key: one.right for one in questions}, by=by, at=at) == ()


def signed(cast: Cast, patient: Patient, new: NewConsent, *, at: datetime = MORNING) -> UUID:
    """A consent drafted, understood, and signed before the clinician as its witness."""
    consent = draft_consent(patient.uid, new, by=cast.clinician, at=at)
    understand(consent, by=cast.clinician, at=at)
    for party in consent_view(consent, by=cast.clinician, at=at).still_to_sign:
        sign(cast, consent, party=party, at=at)
    return consent


def sign(cast: Cast, consent: UUID, *, party: str = "patient", at: datetime = MORNING, **other) -> bool:
    """Sign before the clinician."""
    said = {"signed_name": "Kim Vance", "means": "typed", "proof": "witnessed", **other}
    return sign_consent(consent, party=party, by=cast.clinician, at=at, **said)
