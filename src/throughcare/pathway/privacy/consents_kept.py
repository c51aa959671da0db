"""Consents and restrictions as they are kept, turned into the facts that the consent engine weighs."""

from collections.abc import Iterable

from django.db import connection

from throughcare.knowledge.privacy.consent import ConsentFacts, Signature
from throughcare.knowledge.privacy.weighing import Packet, Request, Weighed, weigh, weigh_packet
from throughcare.knowledge.privacy.weighing import Restriction as AgreedRestriction
from throughcare.records.consents import Consent, Restriction
from throughcare.records.people import Patient


def consents_of(patient: int) -> tuple[ConsentFacts, ...]:
    """Every consent that the patient (key) signed or began to sign, in three queries."""
    rows = (
        Consent.objects.select_related("patient", "recipient", "related_person", "revocation", "event")
        .prefetch_related("signatures")
        .filter(patient=patient, withdrawn_at__isnull=True)
        .order_by("pk")
    )
    return tuple(facts_of(row) for row in rows)


def facts_of(row: Consent, *, signatures: tuple[Signature, ...] | None = None) -> ConsentFacts:
    """One consent as the engine knows it; `signatures` are given for a row that isn't stored yet."""
    revocation, event = getattr(row, "revocation", None), getattr(row, "event", None)
    to = row.recipient or row.related_person
    return ConsentFacts(
        key=str(row.uid),
        form=row.form,  # type: ignore[arg-type]  # one of the forms; the engine says what else is wrong
        patient_name=row.patient.called,
        discloser=row.discloser,
        kinds=frozenset(row.kinds),
        purposes=frozenset(row.purposes),
        recipient_classes=frozenset(row.recipient_classes),
        recipient=str(to.uid) if to else "",
        recipient_name=to.name if to else "",
        participants=row.participants,
        given_at=row.given_at,
        expires_at=row.expires_at,
        ends_when=row.ends_when,
        event_at=event.came_at if event else None,
        never_ends=row.never_ends,
        revoked_at=revocation.revoked_at if revocation else None,
        irrevocable=row.irrevocable,
        records_from=row.records_from,
        records_until=row.records_until,
        told_how_to_revoke=row.told_how_to_revoke,
        told_redisclosure=row.told_redisclosure,
        told_refusal=row.told_refusal,
        signatures=tuple(_signatures(row)) if signatures is None else signatures,
        signers=frozenset(row.signers),
    )


def _signatures(row: Consent) -> Iterable[Signature]:
    for one in sorted(row.signatures.all(), key=lambda signature: signature.pk):
        yield Signature(
            signer=one.party,  # type: ignore[arg-type]  # "patient" or "guardian": written by sign_consent
            signed_at=one.signed_at,
            means=one.means,  # type: ignore[arg-type]
            proof=one.proof,  # type: ignore[arg-type]
            witness=str(one.witness_id or ""),
        )


def restrictions_of(patient: int) -> tuple[AgreedRestriction, ...]:
    """What the program agreed not to give out of this patient's (key) record."""
    rows = Restriction.objects.select_related("recipient", "related_person").filter(patient=patient)
    return tuple(
        AgreedRestriction(
            key=str(row.uid),
            agreed_at=row.agreed_at,
            ended_at=row.ended_at,
            kinds=frozenset(row.kinds),
            recipient=str(to.uid) if (to := row.recipient or row.related_person) else "",
            recipient_classes=frozenset(row.recipient_classes),
            purposes=frozenset(row.purposes),
        )
        for row in rows.order_by("pk")
    )


def hold_consents(patient: int) -> None:
    """Let nobody else give, take back or use a consent of this patient (key) until the transaction ends.

    Whoever takes a consent back, and whoever sends something out, holds it first: one comes wholly before the other.
    On PostgreSQL it locks the patient's row; SQLite's transactions, which begin by writing, are one at a time anyway.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("hold_consents belongs inside a transaction")
    Patient.objects.select_for_update(no_key=True).order_by().values_list("pk").get(pk=patient)


def weigh_now(patient: int, request: Request) -> Weighed:
    """What the patient's (key) consents and restrictions, as they stand at this moment, say to the request."""
    return weigh(request, consents_of(patient), restrictions_of(patient))


def weigh_packet_now(patient: int, request: Request, kinds: Iterable[str]) -> Packet:
    """The same request for each of several kinds, item by item."""
    return weigh_packet(request, kinds, consents_of(patient), restrictions_of(patient))
