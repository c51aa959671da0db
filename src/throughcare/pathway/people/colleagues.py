"""Patients who work here: their records are guarded by themselves, as soon as either side is known."""

from datetime import datetime

from django.db.models import QuerySet

from throughcare.knowledge.referring.likeness import any_order
from throughcare.knowledge.roles import STAFF
from throughcare.pathway.actor import Actor
from throughcare.pathway.people.search_keys import key_of_email, key_of_name
from throughcare.pathway.prepared import prepared
from throughcare.pathway.privacy.guards import COLLEAGUE, put_guard
from throughcare.pathway.privacy.notices import give_notice
from throughcare.records.consents import Guard
from throughcare.records.people import Account, Patient, PatientSearchKey, RoleGrant


def guard_if_colleague(person: Patient, *, by: Actor, at: datetime) -> None:
    """Guard the record of someone whose e-mail address or name is that of someone on the staff."""
    accounts = _staff(person.organization_id)
    email, name = person.email.strip().lower(), any_order(person.given_name, person.family_name)
    # One word alone names too many people.
    whole = name if " " in name else None
    if any((email and one.email == email) or any_order(one.name, "") == whole for one in accounts):
        _guard(person, by=by, at=at)


def guard_new_colleague(account: Account, *, by: Actor, at: datetime) -> None:
    """Guard the records of patients with the e-mail address or the name of someone who joins the staff."""
    organization = account.organization_id
    keys = {key_of_email(account.email, organization)}
    if " " in any_order(account.name, ""):
        keys.add(key_of_name(account.name, "", organization))
    found = PatientSearchKey.objects.filter(
        key__in=keys, patient__organization=organization, patient__absorbed_by__isnull=True
    )
    for person in Patient.objects.filter(pk__in=found.values("patient")).order_by("pk"):
        _guard(person, by=by, at=at)


@prepared
def _staff(organization: int) -> QuerySet[Account]:
    held = RoleGrant.objects.filter(organization=organization, role__in=STAFF, ended_at__isnull=True)
    return Account.objects.filter(pk__in=held.values("account")).only("email", "name")


def _guard(person: Patient, *, by: Actor, at: datetime) -> None:
    """Once: a guard that a director lifted stays lifted."""
    if Guard.objects.filter(patient=person, why=COLLEAGUE).exists():
        return
    put_guard(person, COLLEAGUE, text="", by=by, at=at)
    give_notice(
        "guarded",
        "A record was guarded by itself: someone on the staff has the same name or e-mail address. "
        "If it is another person, the clinical director lifts the guard.",
        organization=person.organization_id,
        patient=person.pk,
        at=at,
    )
