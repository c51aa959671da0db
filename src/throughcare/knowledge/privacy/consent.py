"""A consent: what it must hold before it counts, when it stands, and when it may be taken back. 42 CFR 2.31.

The elements are those of 2.31(a); who may receive is in `recipients`, what for in `purposes`, what of in `kinds`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.knowledge.privacy.kinds import APART, MAY_LEAVE
from throughcare.knowledge.privacy.purposes import ALL as PURPOSES
from throughcare.knowledge.privacy.purposes import TREATMENT_PAYMENT_OPERATIONS
from throughcare.knowledge.privacy.recipients import ALL as RECIPIENTS
from throughcare.knowledge.privacy.recipients import SINGLE_CONSENT_CLASSES
from throughcare.knowledge.verdict import Allowed, Refused, Verdict

ELEMENTS = "42 CFR 2.31(a)"
REVOKING = "42 CFR 2.31(a)(6)"
JUSTICE = "42 CFR 2.35"

Form = Literal["tpo", "specific", "counseling_notes", "proceedings", "family", "justice"]

FORMS: dict[str, str] = {
    "tpo": "one consent for treatment, payment and running the program",
    "specific": "consent for one recipient and one purpose",
    "counseling_notes": "consent for notes kept apart, and for nothing else",
    "proceedings": "consent for legal proceedings, and for nothing else",
    "family": "consent for someone close",
    "justice": "consent for supervision by a court, probation or parole",
}

# A form whose purpose is settled by what it is.
_ONLY_PURPOSE = {
    "proceedings": frozenset({"legal_proceedings"}),
    "justice": frozenset({"justice_supervision"}),
    "family": frozenset({"family_involvement"}),
}
_ONLY_CLASS = {"family": frozenset({"family"}), "justice": frozenset({"justice", "court"})}


@dataclass(frozen=True)
class Signature:
    """Who signed (`patient` or `guardian`), when, how (`drawn`, `typed`, `paper`) and what proves that it was they.

    `proof`: `reauthenticated` (signed in again), `witnessed` (by the staff member in `witness`) or "".
    """

    signer: Literal["patient", "guardian"]
    signed_at: datetime
    means: Literal["drawn", "typed", "paper"] = "drawn"
    proof: Literal["reauthenticated", "witnessed", ""] = ""
    witness: str = ""

    @property
    def is_proven(self) -> bool:
        """Whether it is sure whose signature this is."""
        return self.proof == "reauthenticated" or (self.proof == "witnessed" and bool(self.witness))


@dataclass(frozen=True)
class ConsentFacts:
    """A consent as it stands; `key` is its public id.

    A recipient is someone by id (`recipient`, named in `recipient_name`, with their class) or, on the single consent,
    classes only. It ends at `expires_at`, at the event `ends_when` (once `event_at` is known) or, on the single
    consent, never (`never_ends`). `records_from` and `records_until` bound the dates of the records, both inclusive.
    `signers` are those who must sign (`minors.signers`). The `told_` facts: the form showed the statement.
    """

    key: str
    form: Form
    patient_name: str
    discloser: str
    kinds: frozenset[str]
    purposes: frozenset[str]
    recipient_classes: frozenset[str]
    recipient: str = ""
    recipient_name: str = ""
    participants: str = ""
    given_at: datetime | None = None
    expires_at: datetime | None = None
    ends_when: str = ""
    event_at: datetime | None = None
    never_ends: bool = False
    revoked_at: datetime | None = None
    irrevocable: bool = False
    records_from: date | None = None
    records_until: date | None = None
    told_how_to_revoke: bool = False
    told_redisclosure: bool = False
    told_refusal: bool = False
    signatures: tuple[Signature, ...] = ()
    signers: frozenset[str] = frozenset({"patient"})


def missing_elements(consent: ConsentFacts) -> tuple[str, ...]:
    """What a consent lacks before it counts, each a sentence; empty when it is complete."""
    return (
        *_lacking_content(consent),
        *_lacking_recipient(consent),
        *_lacking_of_form(consent),
        *_unsigned(consent),
    )


def is_complete(consent: ConsentFacts) -> bool:
    """Whether nothing that 2.31 asks for is missing."""
    return not missing_elements(consent)


def _lacking_content(consent: ConsentFacts) -> Iterator[str]:
    if not consent.patient_name.strip():
        yield "Say whose records these are."
    if not consent.discloser.strip():
        yield "Say who may give the records out."
    if not consent.kinds or not consent.kinds <= set(KINDS):
        yield "Say which records may be given out."
    elif not consent.kinds <= MAY_LEAVE:
        yield "Some of these records never leave the program. Take them out."
    if not consent.purposes or not consent.purposes <= set(PURPOSES):
        yield "Say what the records are for."
    if not consent.told_how_to_revoke:
        yield "Show the right to take the consent back, and how."
    if consent.never_ends and consent.form != "tpo":
        yield "Only the one consent for treatment, payment and running the program may go without an end."
    if not (consent.never_ends or consent.expires_at or consent.ends_when.strip()):
        yield "Say when the consent ends: a date or an event."
    if consent.given_at and consent.expires_at and consent.expires_at <= consent.given_at:
        yield "The end must come after the day it is signed."


def _lacking_recipient(consent: ConsentFacts) -> Iterator[str]:
    classes = consent.recipient_classes
    if not classes or not classes <= set(RECIPIENTS):
        yield "Say who may receive the records."
    if consent.form == "tpo":
        if not classes <= SINGLE_CONSENT_CLASSES:
            yield "This consent is for those who treat, pay, or help to run the program. Others need their own."
        return
    if not (consent.recipient and consent.recipient_name.strip()):
        yield "Name the person or the organization that may receive the records."
    if "intermediary" in classes and not consent.participants.strip():
        yield "Name the members of the network that may receive the records."
    if not classes <= _ONLY_CLASS.get(consent.form, classes):
        yield f"The recipient doesn't fit a {FORMS[consent.form]}."


def _lacking_of_form(consent: ConsentFacts) -> Iterator[str]:
    if consent.form == "tpo":
        if not consent.purposes <= TREATMENT_PAYMENT_OPERATIONS:
            yield "This consent covers treatment, payment and running the program. Other purposes need their own."
        if not consent.told_refusal:
            yield "Show what happens if the person doesn't sign."
    if consent.purposes & TREATMENT_PAYMENT_OPERATIONS and not consent.told_redisclosure:
        yield "Show that the recipient may pass the records on, except in proceedings against the person."
    if not consent.purposes <= _ONLY_PURPOSE.get(consent.form, consent.purposes):
        yield f"Another purpose can't be combined with a {FORMS[consent.form]}."
    if consent.form != "proceedings" and "legal_proceedings" in consent.purposes:
        yield "Legal proceedings need a consent of their own."
    if consent.form == "counseling_notes":
        if len(consent.kinds) != 1 or not consent.kinds <= APART:
            yield "Notes kept apart need a consent that names them and nothing else."
    elif consent.kinds & APART:
        yield "Notes kept apart need a consent of their own."
    if consent.irrevocable and not (consent.form == "justice" and consent.ends_when.strip()):
        yield "Only a consent for supervision, with the event that ends it, may go without being taken back."


def _unsigned(consent: ConsentFacts) -> Iterator[str]:
    if consent.given_at is None:
        yield "Say on which day it was signed."
    if not consent.signers:
        yield "Say who must sign."
    signed = {one.signer for one in consent.signatures}
    for signer in sorted(consent.signers - signed, reverse=True):
        yield f"The {signer}'s signature is missing."
    if any(not one.is_proven for one in consent.signatures):
        yield "Confirm each signature: sign in again, or have someone from staff witness it."


def ended_at(consent: ConsentFacts) -> datetime | None:
    """When it ended by itself: its date or its event, whichever came first. None: no end is known yet."""
    return min((end for end in (consent.expires_at, consent.event_at) if end is not None), default=None)


def why_not_standing(consent: ConsentFacts, at: datetime) -> str:
    """Why this consent doesn't count at this moment, as a sentence; "" when it does."""
    lacking = missing_elements(consent)
    if lacking or consent.given_at is None:
        return f"A consent isn't complete. {lacking[0]}"
    ended = ended_at(consent)
    if at < consent.given_at:
        return "The consent wasn't signed yet."
    if consent.revoked_at is not None and at >= consent.revoked_at:
        return "The consent was taken back."
    if ended is not None and at >= ended:
        return "The consent has ended."
    return ""


def may_revoke(consent: ConsentFacts, at: datetime) -> Verdict:
    """Whether the person may take this consent back now. What was sent before stays sent."""
    if consent.revoked_at is not None and consent.revoked_at <= at:
        return Refused("This consent was taken back already.", REVOKING)
    ended = ended_at(consent)
    if ended is not None and ended <= at:
        return Refused("This consent has ended by itself.", REVOKING)
    if consent.irrevocable and consent.form == "justice":
        return Refused(
            f"This consent can't be taken back until {consent.ends_when}, as it said when it was signed. "
            "A lawyer can say what is possible.",
            JUSTICE,
        )
    return Allowed()
