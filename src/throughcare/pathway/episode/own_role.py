"""The role of a person's own account: patient in the program and on the way there, alumnus once they left."""

from datetime import datetime

from throughcare.pathway.accounts import grant_role
from throughcare.pathway.actor import the_program
from throughcare.records.consents import PatientAccount
from throughcare.records.episodes import Episode
from throughcare.records.people import Patient, RoleGrant

PATIENT, ALUMNUS = "patient", "alumnus"


def own_role(patient: Patient) -> str:
    """The role that fits where the person stands."""
    last = Episode.objects.filter(patient=patient).order_by("-admitted_at").first()
    return ALUMNUS if last is not None and last.ended_at is not None else PATIENT


def settle_own_role(patient: Patient, *, at: datetime) -> None:
    """Let the person's own account hold the role that fits, and no other of these. At admission and discharge."""
    role = own_role(patient)
    for held in PatientAccount.objects.select_related("account").filter(patient=patient, ended_at=None):
        grants = RoleGrant.objects.filter(account=held.account, role__in=(PATIENT, ALUMNUS), ended_at=None)
        grants.exclude(role=role).update(ended_at=at)
        if not grants.filter(role=role).exists():
            grant_role(held.account, role, by=the_program(patient.organization_id), at=at)
