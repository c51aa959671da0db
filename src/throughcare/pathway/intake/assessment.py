"""Assessment: opened for a referral, filled in by the person and the clinician, signed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from throughcare.knowledge.credentials import may_sign_clinical_note
from throughcare.knowledge.intake.sections import RISK_TOOLS
from throughcare.knowledge.intake.signing import signing_verdicts
from throughcare.knowledge.verdict import Verdict, first_refusal
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, require
from throughcare.pathway.intake.assessment_view import assessment_view
from throughcare.pathway.intake.domain_ratings import newest_ratings, rate_domain
from throughcare.pathway.intake.intake_answers import answer_section, open_assessment_row
from throughcare.pathway.intake.intake_invitation import end_invitations, invite_to_intake, open_by_token
from throughcare.pathway.measure.measure import refuse_when_signed
from throughcare.pathway.prepared import prepared
from throughcare.pathway.privacy import may_access, open_patient
from throughcare.pathway.rows import only_row
from throughcare.records.assessments import Assessment, AssessmentSignature
from throughcare.records.measures import MeasureResponse
from throughcare.records.referrals import Referral, ReferralClosure

__all__ = [
    "OpenAssessment",
    "answer_section",
    "assessment_view",
    "assessments_of",
    "check_signing",
    "invite_to_intake",
    "open_assessment",
    "open_by_token",
    "rate_domain",
    "sign_assessment",
]


@dataclass(frozen=True)
class OpenAssessment:
    """An assessment as a list shows it."""

    uid: UUID
    opened_at: datetime
    signed_at: datetime | None


@transaction.atomic
def open_assessment(referral: UUID, *, by: Actor, at: datetime) -> UUID:
    """Open the assessment for a referral; the one that is open already, if there is one."""
    found = only_row(
        Referral.objects.select_for_update(of=("self",))
        .select_related("patient", "site")
        .filter(organization_id=by.organization, uid=referral)
    )
    if found is None:
        raise Absent("referral")
    patient = open_patient(found.patient, kind="assessment", by=by, at=at, verb="change")
    running = only_row(_running(found.pk))
    if running is not None:
        return running.uid
    if _closures(found.pk):
        raise Cannot("This referral is closed. Reopen it before an assessment begins.")
    return Assessment.objects.create(
        organization_id=by.organization,
        recorded_by_id=by.account,
        recorded_at=at,
        patient=patient,
        referral=found,
        site=found.site,
        opened_at=at,
    ).uid


@prepared
def _running(referral: int) -> QuerySet[Assessment]:
    rows = Assessment.objects.filter(referral=referral, signature__isnull=True)
    return rows.order_by("-opened_at")[:1]


@prepared
def _closures(referral: int) -> QuerySet[ReferralClosure, int]:
    rows = ReferralClosure.objects.filter(referral=referral, reopened_at__isnull=True)
    return rows.values_list("pk", flat=True)


def assessments_of(referral: UUID, *, by: Actor, at: datetime) -> tuple[OpenAssessment, ...]:
    """The assessments of a referral, newest first; empty for someone who may not see them."""
    if not may_access("assessment", by=by):
        return ()
    found = _of_referral(by.organization, referral)
    if found:
        open_patient(found[0].patient.uid, kind="assessment", by=by, at=at)
    return tuple(OpenAssessment(row.uid, row.opened_at, signed_at(row)) for row in found)


@prepared
def _of_referral(organization: int, referral: UUID) -> QuerySet[Assessment]:
    rows = Assessment.objects.select_related("signature", "patient").filter(
        organization_id=organization, referral__uid=referral
    )
    return rows.order_by("-opened_at", "-pk")


@transaction.atomic
def sign_assessment(assessment: UUID, *, by: Actor, at: datetime) -> UUID:
    """Sign the assessment: from now on it is read, not written, and the person's link has ended."""
    row = open_assessment_row(assessment, by=by, at=at, verb="change")
    Assessment.objects.select_for_update().get(pk=row.pk)
    refuse_when_signed(row.pk)
    if by.practitioner is None:
        raise Cannot("An assessment is signed by a practitioner. Ask the clinician who did it.")
    require(first_refusal(may_sign_clinical_note(by.credential), *check_signing(row)))
    signature = AssessmentSignature.objects.create(
        organization_id=row.organization_id,
        recorded_by_id=by.account,
        recorded_at=at,
        assessment=row,
        practitioner_id=by.practitioner,
        credential=by.credential,
        signed_at=at,
    )
    end_invitations(row, at=at)
    return signature.uid


def check_signing(row: Assessment) -> tuple[Verdict, ...]:
    """What still stands against signing, each a sentence; for pathway modules only."""
    ratings, _ = newest_ratings(row)
    return signing_verdicts(rated=set(ratings), is_screened=bool(_screens(row.patient_id, row.opened_at)))


@prepared
def _screens(patient: int, since: datetime) -> QuerySet[MeasureResponse, int]:
    rows = MeasureResponse.objects.filter(
        patient=patient, code__in=RISK_TOOLS, retired_at__isnull=True, taken_at__gte=since
    )
    return rows.exclude(band="").values_list("pk", flat=True)[:1]


def signed_at(row: Assessment) -> datetime | None:
    """When it was signed."""
    signature = getattr(row, "signature", None)
    return signature.signed_at if signature else None
