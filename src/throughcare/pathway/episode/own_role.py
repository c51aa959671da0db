"""The role of a person's own account: patient in the program and on the way there, alumnus once they left."""

from datetime import datetime

from django.db.models import QuerySet

from throughcare.pathway.accounts import grant_role
from throughcare.pathway.actor import the_program
from throughcare.pathway.prepared import prepared
from throughcare.records.consents import PatientAccount
from throughcare.records.episodes import Episode
from throughcare.records.people import Patient, RoleGrant

PATIENT, ALUMNUS = "patient", "alumnus"


def own_role(patient: Patient) -> str:
    """The role that fits where the person stands."""
    return ALUMNUS if any(ended is not None for ended in _last_end(patient.pk)) else PATIENT


@prepared
def _last_end(patient: int) -> QuerySet[Episode, datetime | None]:
    rows = Episode.objects.filter(patient=patient).order_by("-admitted_at")
    return rows.values_list("ended_at", flat=True)[:1]


def settle_own_role(patient: Patient, *, at: datetime) -> None:
    """Let the person's own account hold the role that fits, and no other of these. At admission and discharge."""
    role = own_role(patient)
    for held in _own_accounts(patient.pk):
        grants = RoleGrant.objects.filter(account=held.account, role__in=(PATIENT, ALUMNUS), ended_at=None)
        grants.exclude(role=role).update(ended_at=at)
        if not grants.filter(role=role).exists():
            grant_role(held.account, role, by=the_program(patient.organization_id), at=at)


@prepared
def _own_accounts(patient: int) -> QuerySet[PatientAccount]:
    return PatientAccount.objects.select_related("account").filter(patient=patient, ended_at=None)
