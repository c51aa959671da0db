"""What people of the demo allow: nearly all the single consent, some someone close, one their probation."""

from datetime import datetime, timedelta
from uuid import UUID

from throughcare.faces.cli.story.beginnings import clock
from throughcare.faces.cli.story.clinic import Clinic, PersonSignIn
from throughcare.faces.cli.story.days import Cast
from throughcare.faces.cli.story.lives import Life
from throughcare.knowledge.notifications import QUIET_FROM, QUIET_UNTIL, Wishes
from throughcare.knowledge.privacy.kinds import APART, MAY_LEAVE
from throughcare.knowledge.privacy.purposes import TREATMENT_PAYMENT_OPERATIONS
from throughcare.knowledge.privacy.recipients import SINGLE_CONSENT_CLASSES
from throughcare.pathway.accounts import actor_for
from throughcare.pathway.actor import Actor
from throughcare.pathway.family.invitations import invite_patient, invite_relation, people_around
from throughcare.pathway.notification.wishing import wish
from throughcare.pathway.privacy.consent import NewConsent, check_understanding, draft_consent
from throughcare.pathway.privacy.consent_signing import sign_consent
from throughcare.pathway.privacy.consent_views import consent_view
from throughcare.pathway.privacy.recipients import NewRecipient, enter_recipient
from throughcare.pathway.signing_in.links import set_password_by_link

# Nobody's second step stands beside it, so it is longer than the staff's.
PASSWORD = "a quiet place by the river"  # noqa: S105  # printed for everyone: nothing real is behind it
SINGLE = NewConsent(
    "tpo",
    kinds=MAY_LEAVE - APART,
    purposes=TREATMENT_PAYMENT_OPERATIONS,
    recipient_classes=SINGLE_CONSENT_CLASSES,
    never_ends=True,
)
DECLINES, LETS_FAMILY_IN = 9, 5  # one in so many
SHOWN = 5  # the number of the life whose patient and partner can be tried out


def consent(clinic: Clinic, life: Life, patient: UUID) -> None:
    """On admission day: what this person signs before the one who admits them."""
    by, at = clinic.actors["intake"], clock(life.admitted, 10)
    if life.number % DECLINES:
        sign(life, patient, SINGLE, by=by, at=at)
    if life.number % LETS_FAMILY_IN == 0:
        partner = people_around(patient, by=by, at=at).people[0].uid
        sign(life, patient, for_partner(partner, at), by=by, at=at)
    if life.source == "court":
        officer = NewRecipient("justice", "Officer Dale", "County Probation", "212-555-0164")
        to = enter_recipient(officer, by=by, at=at)
        sign(life, patient, for_probation(to), by=by, at=at)


def for_partner(partner: UUID, at: datetime) -> NewConsent:
    """Whether they came, and when they are expected, for half a year."""
    return NewConsent(
        "family",
        kinds=frozenset({"attendance", "schedule"}),
        purposes=frozenset({"family_involvement"}),
        related_person=partner,
        expires_at=at + timedelta(days=180),
    )


def for_probation(officer: UUID) -> NewConsent:
    """Whether they came, until supervision ends."""
    return NewConsent(
        "justice",
        kinds=frozenset({"attendance", "episode"}),
        purposes=frozenset({"justice_supervision"}),
        recipient=officer,
        ends_when="your supervision ends",
        irrevocable=True,
    )


def sign(life: Life, patient: UUID, new: NewConsent, *, by: Actor, at: datetime) -> None:
    """Read, understood, and signed before the one who prepared it."""
    made = draft_consent(patient, new, by=by, at=at)
    questions = consent_view(made, by=by, at=at).questions
    check_understanding(made, {one.key: one.right for one in questions}, by=by, at=at)
    sign_consent(
        made,
        party="patient",
        signed_name=f"{life.given_name} {life.family_name}",
        means="typed",
        proof="witnessed",
        by=by,
        at=at,
    )


def let_sign_in(cast: Cast, *, mail: str) -> tuple[PersonSignIn, ...]:
    """A patient and their partner with accounts of their own, as of two days ago."""
    by, at = cast.clinic.actors["intake"], cast.now - timedelta(days=2)
    patient = cast.patients.get(SHOWN) or next(iter(cast.patients.values()))
    around = people_around(patient, by=by, at=at)
    own, close = f"patient@{mail}", f"family@{mail}"
    tokens = [invite_patient(patient, email=own, by=by, at=at)]
    people = [PersonSignIn("Patient", around.name, own, PASSWORD)]
    for one in around.people[:1]:
        tokens.append(invite_relation(one.uid, email=close, by=by, at=at))
        people.append(PersonSignIn("Family", f"{one.name}, of {around.name}", close, PASSWORD))
    for token in tokens:
        _sleep_undisturbed(set_password_by_link(token, PASSWORD, browser="", at=at), at=at)
    return tuple(people)


def _sleep_undisturbed(account: int, *, at: datetime) -> None:
    """They are told nothing at night."""
    by = actor_for(account)
    if by is not None:
        wish(Wishes(quiet_from=QUIET_FROM, quiet_until=QUIET_UNTIL), by=by, at=at)
