"""A person's own part of the intake, opened at a kiosk of the clinic by a code."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.pathway.actor import Actor
from throughcare.pathway.intake.intake_invitation import invite_to_intake
from throughcare.pathway.signing_in.kiosks import make_code
from throughcare.records.assessments import Assessment


@transaction.atomic
def make_intake_code(assessment: UUID, *, address: Callable[[str], str], by: Actor, at: datetime) -> str:
    """Six digits that open the person's intake at a kiosk; the link that they had before ends."""
    token = invite_to_intake(assessment, by=by, at=at)
    about = Assessment.objects.get(organization_id=by.organization, uid=assessment)
    return make_code(about.patient_id, leads_to=address(token), by=by, at=at)
