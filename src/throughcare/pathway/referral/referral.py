"""Referrals: a request for help comes in, someone owns it, tries to reach the person, and it goes on or ends."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from throughcare.knowledge.privacy import may
from throughcare.knowledge.referring.referrals import (
    ASKED_FOR_BY,
    CLOSURE_REASONS,
    CONCERNS,
    CONTACT_MODES,
    OUTCOMES,
    SOURCES,
)
from throughcare.knowledge.roles import STAFF
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, CannotSee, require
from throughcare.pathway.people.people import PersonDetails, add_person
from throughcare.pathway.prepared import prepared
from throughcare.pathway.privacy import begin_record, may_access, open_patient
from throughcare.pathway.referral.pipeline import Pipeline, PipelineFilters, ReferralView, list_pipeline
from throughcare.pathway.referral.referral_page import ReferralPage, open_referral
from throughcare.pathway.rows import only_row
from throughcare.records.organizations import Site
from throughcare.records.people import Account, Patient, RoleGrant
from throughcare.records.referrals import (
    Referral,
    ReferralAssignment,
    ReferralClosure,
    ReferralContact,
)

__all__ = [
    "NewReferral",
    "Pipeline",
    "PipelineFilters",
    "ReferralPage",
    "ReferralView",
    "assign_referral",
    "close_referral",
    "list_pipeline",
    "open_referral",
    "possible_owners",
    "receive_referral",
    "record_contact",
    "reopen_referral",
    "take_referral",
]

AHEAD = timedelta(minutes=5)


@dataclass(frozen=True)
class NewReferral:
    """What is known when someone asks for help. `patient` names a person known already; else they are entered."""

    site: UUID
    person: PersonDetails
    source: str = "self"
    asked_for_by: str = "self"
    referrer_name: str = ""
    referrer_organization: str = ""
    referrer_phone: str = ""
    concerns: tuple[str, ...] = field(default_factory=tuple)
    reason: str = ""
    best_times: str = ""
    received_at: datetime | None = None
    external_id: str = ""
    patient: UUID | None = None


@transaction.atomic
def receive_referral(new: NewReferral, *, by: Actor, at: datetime) -> UUID:
    """Take in a request for help, from the public, by phone or imported; the referral's public id.

    Raises `Cannot` naming the field that can't be so.
    """
    return store_referral(new, by=by, at=at).uid


def store_referral(new: NewReferral, *, by: Actor, at: datetime) -> Referral:
    """Take in a request for help. For pathway modules, inside their transaction."""
    if not by.holds("public"):
        require(may_access("referral", by=by, verb="change"), CannotSee)
    site = only_row(_site(by.organization, new.site))
    if site is None:
        raise Absent("site")
    _check(new, at=at)
    patient = _person(new, site, by=by, at=at)
    referral = Referral.objects.create(
        organization_id=by.organization,
        site=site,
        patient=patient,
        source=new.source,
        asked_for_by=new.asked_for_by,
        referrer_name=new.referrer_name.strip(),
        referrer_organization=new.referrer_organization.strip(),
        referrer_phone=new.referrer_phone.strip(),
        concerns=list(new.concerns),
        reason=new.reason.strip(),
        best_times=new.best_times.strip(),
        received_at=new.received_at or at,
        external_id=new.external_id,
        recorded_by_id=by.account,
        recorded_at=at,
    )
    if by.account is not None:
        begin_record("referral", patient.pk, by=by, at=at)
    return referral


def _person(new: NewReferral, site: Site, *, by: Actor, at: datetime) -> Patient:
    if new.patient is None:
        return add_person(new.person, zone=site.time_zone, by=by, at=at)
    if by.holds("public"):
        raise Absent("patient")
    return open_patient(new.patient, kind="referral", verb="change", by=by, at=at)


def _check(new: NewReferral, *, at: datetime) -> None:
    _check_code(new.source, SOURCES, "source", "a source of referrals")
    _check_code(new.asked_for_by, ASKED_FOR_BY, "asked_for_by", "someone who may ask")
    for concern in new.concerns:
        _check_code(concern, CONCERNS, "concerns", "a concern that we know")
    if new.received_at is not None and new.received_at > at + AHEAD:
        raise Cannot("A referral can't come in at a time that lies ahead.", field="received_at")
    for name in ("referrer_name", "referrer_organization", "referrer_phone", "best_times", "external_id"):
        limit = getattr(Referral._meta.get_field(name), "max_length", None) or 0
        if len(getattr(new, name)) > limit:
            title = name.replace("_", " ").capitalize()
            raise Cannot(f"{title} may have {limit} characters.", field=name)


def _check_code(code: str, known: Iterable[str], name: str, what: str) -> None:
    if code not in known:
        raise Cannot(f"“{code}” is not {what}. Choose one of: {', '.join(known)}.", field=name)


@transaction.atomic
def record_contact(
    referral: UUID,
    *,
    mode: str,
    outcome: str,
    by: Actor,
    at: datetime,
    note: str = "",
    contacted_at: datetime | None = None,
) -> UUID:
    """Write down one attempt to reach the person and what came of it."""
    found = _open(referral, by=by, at=at)
    _check_code(mode, CONTACT_MODES, "mode", "a way of reaching someone")
    _check_code(outcome, OUTCOMES, "outcome", "an outcome")
    moment = contacted_at or at
    if moment > at + AHEAD:
        raise Cannot("An attempt that was made can't lie in the future.", field="contacted_at")
    return ReferralContact.objects.create(
        organization_id=by.organization,
        referral=found,
        contacted_at=moment,
        mode=mode,
        outcome=outcome,
        note=note.strip(),
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


@transaction.atomic
def assign_referral(referral: UUID, owner: UUID, *, by: Actor, at: datetime) -> None:
    """Give a referral's next step to someone (an account) whose roles may change referrals."""
    found = _open(referral, by=by, at=at)
    account = only_row(_account(by.organization, owner))
    if account is None:
        raise Absent("account")
    if not may("change", "referral", roles=frozenset(_roles(account.pk))):
        raise Cannot(f"{account.name} has no role that works on referrals.", field="owner")
    newest = only_row(_newest_assignment(found.pk))
    if newest is not None and newest.owner_id == account.pk:
        return
    ReferralAssignment.objects.create(
        organization_id=by.organization,
        referral=found,
        owner=account,
        recorded_by_id=by.account,
        recorded_at=at,
    )


def take_referral(referral: UUID, *, by: Actor, at: datetime) -> None:
    """Own a referral's next step oneself."""
    if by.account_uid is None:
        raise Cannot("Only someone who signs in can own a referral.")
    assign_referral(referral, by.account_uid, by=by, at=at)


def patient_of(referral: UUID, *, by: Actor, at: datetime) -> UUID:
    """Whose referral it is."""
    found = only_row(_referral(by.organization, referral))
    if found is None:
        raise Absent("referral")
    return open_patient(found.patient, kind="referral", by=by, at=at).uid


def possible_owners(*, by: Actor) -> list[tuple[UUID, str]]:
    """Accounts that may own a referral, by name."""
    roles = [role for role in STAFF if may("change", "referral", roles=frozenset({role}))]
    accounts = Account.objects.filter(
        organization_id=by.organization,
        suspended_at__isnull=True,
        role_grants__role__in=roles,
        role_grants__ended_at__isnull=True,
    )
    return sorted(set(accounts.values_list("uid", "name")), key=lambda one: (one[1], one[0]))


@transaction.atomic
def close_referral(referral: UUID, *, reason: str, by: Actor, at: datetime, text: str = "") -> None:
    """End a referral without an admission, with the reason."""
    found = _open(referral, by=by, at=at)
    _check_code(reason, CLOSURE_REASONS, "reason", "a reason")
    if CLOSURE_REASONS[reason].text_needed and not text.strip():
        raise Cannot("Say in a sentence what the reason is.", field="text")
    if found.episodes.exists():
        raise Cannot("This person was admitted. End their time in the program by a discharge instead.")
    try:
        with transaction.atomic():
            ReferralClosure.objects.create(
                organization_id=by.organization,
                referral=found,
                reason=reason,
                text=text.strip(),
                recorded_by_id=by.account,
                recorded_at=at,
            )
    except IntegrityError as error:
        raise Cannot("This referral is closed already. Reopen it to give another reason.") from error


@transaction.atomic
def reopen_referral(referral: UUID, *, by: Actor, at: datetime) -> None:
    """Take a closure back: the referral is on the pipeline again."""
    found = _open(referral, by=by, at=at)
    if not found.closures.filter(reopened_at__isnull=True).update(reopened_at=at):
        raise Cannot("This referral is open.")


@prepared
def _referral(organization: int, referral: UUID) -> QuerySet[Referral]:
    return Referral.objects.select_related("patient", "site").filter(
        organization_id=organization, uid=referral
    )


def _open(referral: UUID, *, by: Actor, at: datetime) -> Referral:
    found = only_row(_referral(by.organization, referral))
    if found is None:
        raise Absent("referral")
    open_patient(found.patient, kind="referral", verb="change", by=by, at=at)
    return found


@prepared
def _site(organization: int, site: UUID) -> QuerySet[Site]:
    return Site.objects.filter(organization_id=organization, uid=site)


@prepared
def _account(organization: int, account: UUID) -> QuerySet[Account]:
    return Account.objects.filter(organization_id=organization, uid=account, suspended_at__isnull=True)


@prepared
def _roles(account: int) -> QuerySet[RoleGrant, str]:
    return RoleGrant.objects.filter(account=account, ended_at__isnull=True).values_list("role", flat=True)


@prepared
def _newest_assignment(referral: int) -> QuerySet[ReferralAssignment]:
    return ReferralAssignment.objects.filter(referral=referral).order_by("-pk")[:1]
