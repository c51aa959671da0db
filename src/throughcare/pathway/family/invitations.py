"""Accounts for patients and for people close to them: opened by staff, or by the patient for their own people."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from throughcare.knowledge.roles import STAFF
from throughcare.pathway.accounts import grant_role, open_account
from throughcare.pathway.actor import Actor, the_program
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.episode.own_role import own_role
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.signing_in.door_mail import queue_mail
from throughcare.pathway.signing_in.links import invite
from throughcare.records.consents import FamilyAccount, PatientAccount
from throughcare.records.people import Account, Patient, RelatedPerson, RoleGrant

# Who staff invite for a patient sees nothing in this time, in which the patient is told and may object. [ours]
NOTICE = timedelta(hours=24)


@dataclass(frozen=True)
class Close:
    """Someone close to a patient; `since`: from when their account counts, None without one."""

    uid: UUID
    name: str
    relationship: str
    since: datetime | None


@dataclass(frozen=True)
class Around:
    """A patient, whether they sign in, and the people close to them."""

    name: str
    has_account: bool
    people: tuple[Close, ...]

    def person(self, related: UUID) -> Close:
        """One of the people. Raises `Absent`."""
        for one in self.people:
            if one.uid == related:
                return one
        raise Absent("related person")


@transaction.atomic
def invite_patient(patient: UUID, *, email: str, by: Actor, at: datetime) -> str:
    """Open the account with which a patient signs in to what is theirs; the token of a link to hand to them.

    Asked again, it makes a new link for the same account; earlier links are void.
    """
    found = open_patient(patient, kind="consent", verb="change", by=by, at=at)
    if not by.holds(*STAFF, "program"):
        raise Cannot(_("Ask the staff for a new link."))
    held = PatientAccount.objects.select_related("account").filter(patient=found, ended_at=None).first()
    if held is not None:
        return invite(held.account.uid, by=by, at=at)
    account = open_account(
        _address(email),
        name=found.called,
        password=None,
        roles=(own_role(found),),
        by=the_program(by.organization),
        at=at,
    )
    PatientAccount.objects.create(
        organization_id=by.organization,
        patient=found,
        account=account,
        recorded_by_id=by.account,
        recorded_at=at,
    )
    return invite(account.uid, by=by, at=at)


@transaction.atomic
def invite_relation(related: UUID, *, email: str, by: Actor, at: datetime) -> str:
    """Open the account with which someone close to a patient signs in; the token of a link to hand to them.

    By the patient in their own session it counts at once; by staff, who thereby witness that the patient wants it,
    after a day's notice. What they see depends on the consents in force alone.
    """
    person = _related(related, by=by)
    found = open_patient(person.patient.uid, kind="consent", verb="change", by=by, at=at)
    held = (
        FamilyAccount.objects.select_related("account").filter(related_person=person, ended_at=None).first()
    )
    if held is not None:
        return invite(held.account.uid, by=by, at=at)
    account = _family_account(_address(email), person, by=by, at=at)
    if FamilyAccount.objects.filter(related_person=person, account=account).exists():
        raise Cannot("This account was taken from them before. Enter the person anew, then invite them.")
    own = by.patient == found.pk
    FamilyAccount.objects.create(
        organization_id=by.organization,
        related_person=person,
        account=account,
        counts_from=at if own else at + NOTICE,
        recorded_by_id=by.account,
        recorded_at=at,
    )
    if not own:
        _tell(found, at=at)
    return invite(account.uid, by=by, at=at)


def _tell(patient: Patient, *, at: datetime) -> None:
    """Let the patient know by mail, where they have an account, that someone was let in for them."""
    for held in PatientAccount.objects.select_related("account").filter(patient=patient, ended_at=None):
        queue_mail(held.account, "relation_invited", at=at)


def _address(email: str) -> str:
    address = email.strip().lower()
    if not address or "@" not in address:
        raise Cannot(_("Write the e-mail address with which they will sign in."), field="email")
    return address


def _family_account(email: str, person: RelatedPerson, *, by: Actor, at: datetime) -> Account:
    """The family account with this address: who has another relation here keeps the one they have."""
    known = Account.objects.with_email(email).filter(organization_id=by.organization).first()
    if known is None:
        program = the_program(by.organization)
        return open_account(email, name=person.name, password=None, roles=("family",), by=program, at=at)
    held = set(RoleGrant.objects.filter(account=known, ended_at=None).values_list("role", flat=True))
    if held & STAFF:
        raise Cannot(_("Choose another e-mail address: this one is used for work here."), field="email")
    if "family" not in held:
        grant_role(known, "family", by=by, at=at)
    return known


def _related(related: UUID, *, by: Actor) -> RelatedPerson:
    rows = RelatedPerson.objects.select_related("patient").filter(organization_id=by.organization)
    found = rows.filter(uid=related, ended_at=None).first()
    if found is None:
        raise Absent("related person")
    return found


@transaction.atomic
def shut_out_relation(related: UUID, *, by: Actor, at: datetime) -> None:
    """Take the way in from someone close to the patient: their next page is absent, whatever the consents say."""
    person = _related(related, by=by)
    open_patient(person.patient.uid, kind="consent", verb="change", by=by, at=at)
    FamilyAccount.objects.filter(related_person=person, ended_at=None).update(ended_at=at)


def people_around(patient: UUID, *, by: Actor, at: datetime) -> Around:
    """Whether the patient signs in, and who close to them does."""
    found = open_patient(patient, kind="consent", by=by, at=at)
    accounts = FamilyAccount.objects.filter(related_person__patient=found, ended_at=None)
    since = {row.related_person_id: row.counts_from or row.recorded_at for row in accounts}
    people = RelatedPerson.objects.filter(patient=found, ended_at=None).order_by("pk")
    return Around(
        name=found.called,
        has_account=PatientAccount.objects.filter(patient=found, ended_at=None).exists(),
        people=tuple(Close(one.uid, one.name, one.relationship, since.get(one.pk)) for one in people),
    )
