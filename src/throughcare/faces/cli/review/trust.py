"""What patients allow and whom they let in: consents, restrictions, accounts of their own and of their people."""

from datetime import datetime, timedelta
from uuid import UUID

from throughcare.faces.cli.review.clinics import MAIL
from throughcare.faces.cli.review.lives import Life
from throughcare.knowledge.privacy.kinds import APART, MAY_LEAVE
from throughcare.knowledge.privacy.recipients import SINGLE_CONSENT_CLASSES
from throughcare.pathway.family.invitations import invite_patient, invite_relation
from throughcare.pathway.privacy.consent import NewConsent, check_understanding, draft_consent
from throughcare.pathway.privacy.consent_ending import revoke_consent
from throughcare.pathway.privacy.consent_signing import sign_consent
from throughcare.pathway.privacy.consent_views import consent_view
from throughcare.pathway.privacy.disclosure import prepare_disclosure, tell_now
from throughcare.pathway.privacy.recipients import NewRecipient, enter_recipient
from throughcare.pathway.privacy.restrictions import NewRestriction, agree_restriction
from throughcare.pathway.privacy.telling import Item, Telling, To

FAMILY_SEES = frozenset({"attendance", "schedule"})
TPO = NewConsent(
    "tpo",
    kinds=MAY_LEAVE - APART,
    purposes=frozenset({"treatment", "payment", "operations"}),
    recipient_classes=SINGLE_CONSENT_CLASSES,
    never_ends=True,
)


def allow(life: Life, new: NewConsent, *, at: datetime) -> UUID:
    """A consent: drafted, understood, signed before the therapist."""
    by = life.place.actors[life.therapist]
    consent = draft_consent(life.patient, new, by=by, at=at)
    questions = consent_view(consent, by=by, at=at).questions
    check_understanding(consent, {one.key: one.right for one in questions}, by=by, at=at)
    name = f"{life.word.name('given name')} {life.word.name('family name')}".title()
    sign_consent(consent, party="patient", signed_name=name, means="typed", proof="witnessed", by=by, at=at)
    return consent


def allow_family(life: Life, related: UUID, kinds: frozenset[str], *, at: datetime) -> UUID:
    """A consent for someone close, for a quarter."""
    new = NewConsent(
        "family",
        kinds=kinds,
        purposes=frozenset({"family_involvement"}),
        related_person=related,
        expires_at=at + timedelta(days=90),
    )
    return allow(life, new, at=at)


def take_back(life: Life, consent: UUID, *, at: datetime) -> None:
    """The patient changes their mind."""
    by = life.place.actors[life.therapist]
    revoke_consent(consent, how="oral", words=life.word("consent", "taken back"), by=by, at=at)


def books(life: Life, *, at: datetime) -> None:
    """The single consent, one that waits for a signature, a restriction, something sent and something to be sent."""
    by, word = life.place.actors[life.therapist], life.word
    allow(life, TPO, at=at)
    doctor = enter_recipient(
        NewRecipient(
            "treating_provider", word.house("address book", "doctor"), word.house("address book", "practice")
        ),
        by=by,
        at=at,
    )
    waiting = NewConsent(
        "specific",
        kinds=frozenset({"attendance"}),
        purposes=frozenset({"treatment"}),
        recipient=doctor,
        expires_at=at + timedelta(days=60),
    )
    draft_consent(life.patient, waiting, by=by, at=at)
    agree_restriction(
        life.patient,
        NewRestriction(word("consent", "restriction"), kinds=frozenset({"note"})),
        by=by,
        at=at,
    )
    item = Item("attendance", "Attendance", lines=(word("disclosure", "what was told"),))
    to = To("treating_provider", word.house("address book", "doctor"), recipient=doctor)
    telling = Telling(to, "treatment", "letter", (item,), document=word("disclosure", "letter"))
    tell_now(life.patient, telling, by=by, at=at)
    prepare_disclosure(life.patient, telling, by=by, at=at)


def let_in(life: Life, role: str, *, at: datetime) -> tuple[str, str]:
    """The patient's account: the address and the token of its invitation."""
    email = address(life, role)
    return email, invite_patient(life.patient, email=email, by=life.place.actors[life.therapist], at=at)


def let_in_close(life: Life, who: str, role: str, *, at: datetime) -> tuple[str, str]:
    """The account of someone close: address and token. It counts a day later."""
    related = (life.related or {})[who]
    email = address(life, role)
    return email, invite_relation(related, email=email, by=life.place.actors[life.therapist], at=at)


def address(life: Life, role: str) -> str:
    """Where mail to this account would go."""
    return f"{life.word.markers.word(role, 'account', 'address')}@{MAIL}"
