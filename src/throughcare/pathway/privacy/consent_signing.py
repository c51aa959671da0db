"""Signing a consent: by the patient, and a guardian where the state asks for both. It counts once nothing lacks."""

import re
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from throughcare.knowledge.roles import STAFF
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot, ChangedMeanwhile
from throughcare.pathway.privacy.consent import (
    is_understood,
    lacks_besides_signatures,
    open_consent,
    require_draft,
)
from throughcare.pathway.privacy.consents_kept import facts_of
from throughcare.records.consents import Consent, ConsentSignature

Party = Literal["patient", "guardian"]
Means = Literal["drawn", "typed", "paper"]
Proof = Literal["reauthenticated", "witnessed"]
MOST_STROKES = 40_000
_STROKES = re.compile(r"(M\d{1,4} \d{1,4}( L\d{1,4} \d{1,4})*\s?)+")


@transaction.atomic
def sign_consent(
    consent: UUID,
    *,
    party: Party,
    signed_name: str,
    means: Means,
    proof: Proof,
    by: Actor,
    at: datetime,
    drawn: str = "",
    seen: str = "",
) -> bool:
    """Put a name to a consent; True when it counts from now on, False while another has yet to sign.

    `proof`: `reauthenticated` for the patient's own session, `witnessed` when `by`, from staff, saw it signed.
    `seen` is the digest of the words on the screen. Raises `Cannot` with all that is missing.
    """
    row = open_consent(consent, by=by, at=at, verb="change", hold=True)
    _require_signable(row, party, seen=seen, means=means, at=at)
    _require_proof(row, party, proof, by=by)
    name = ConsentSignature(
        organization_id=by.organization,
        consent=row,
        party=party,
        means=means,
        signed_name=_name(signed_name),
        drawn=_strokes(drawn, means),
        proof=proof,
        witness_id=by.account if proof == "witnessed" else None,
        signed_at=at,
        recorded_by_id=by.account,
        recorded_at=at,
    )
    _keep(name)
    signed = set(row.signatures.values_list("party", flat=True))
    if not set(row.signers) <= signed:
        return False
    row.given_at = at
    row.save(update_fields=["given_at"])
    return True


def _keep(name: ConsentSignature) -> None:
    try:
        with transaction.atomic():
            name.save(force_insert=True)
    except IntegrityError as double:
        raise Cannot(f"The {name.party} has signed this already.") from double


def _require_signable(row: Consent, party: str, *, seen: str, means: str, at: datetime) -> None:
    require_draft(row)
    if party not in row.signers:
        raise Cannot(_("Only the patient signs this, and nobody signs for them."), field="party")
    lacking = lacks_besides_signatures(facts_of(row), at=at)
    if lacking:
        raise Cannot(f"This consent can't be signed yet. {' '.join(lacking)}")
    if means != "paper" and party == "patient" and not is_understood(row):
        raise Cannot(_("Go through the questions first: they show that the consent was understood."))
    if seen and seen != row.digest:
        raise ChangedMeanwhile(
            _("The wording changed while the page was open. Read it again before signing."),
            theirs=row.text,
            version=0,
            changed_by="",
        )


def _require_proof(row: Consent, party: str, proof: str, *, by: Actor) -> None:
    own = by.patient == row.patient_id
    if proof == "reauthenticated" and not (own and party == "patient"):
        raise Cannot(_("Only the patient can sign here by signing in again."))
    if proof == "witnessed" and (own or by.account is None or not by.holds(*STAFF)):
        raise Cannot(_("Someone from staff has to witness this signature."))


def _name(signed_name: str) -> str:
    name = " ".join(signed_name.split())[:200]
    if not name:
        raise Cannot(_("Type the full name to sign."), field="signed_name")
    return name


def _strokes(drawn: str, means: str) -> str:
    if means != "drawn":
        return ""
    path = drawn.strip()
    if not path or len(path) > MOST_STROKES or not _STROKES.fullmatch(path):
        raise Cannot(_("Draw the signature in the frame, or type the name instead."), field="drawn")
    return path
