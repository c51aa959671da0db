"""The name a person goes by in the community. Without one they are nobody there, which is fine."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughcare.knowledge.community import check_name
from throughcare.knowledge.verdict import Refused
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.own_record import own_patient
from throughcare.records.community import CommunityName
from throughcare.records.people import Patient

KIND = "community"


@transaction.atomic
def choose_name(name: str, *, by: Actor, at: datetime) -> None:
    """Go by this name from now on; an empty one gives the name up."""
    found = open_patient(own_patient(by=by), kind=KIND, verb="change", by=by, at=at)
    Patient.objects.select_for_update(no_key=True).get(pk=found.pk)
    said = " ".join(name.split())
    if said:
        verdict = check_name(said, family_name=found.family_name)
        if isinstance(verdict, Refused):
            raise Cannot(_(verdict.because), field="name")
    CommunityName.objects.filter(patient=found, retired_at=None).update(retired_at=at)
    if said:
        CommunityName.objects.create(
            organization_id=by.organization,
            patient=found,
            name=said,
            recorded_by_id=by.account,
            recorded_at=at,
        )


def names_of(patients: Collection[int]) -> dict[int, str]:
    """The community names of people (keys), where they chose one. For modules past the desk."""
    rows = CommunityName.objects.filter(patient__in=patients, retired_at=None)
    return {row.patient_id: row.name for row in rows}
