"""What is asked of the database about measures."""

from uuid import UUID

from django.db.models import QuerySet

from throughcare.pathway.prepared import prepared
from throughcare.records.assessments import Assessment, AssessmentSignature
from throughcare.records.measures import MeasureRequest, MeasureResponse
from throughcare.records.organizations import Site
from throughcare.records.people import Account


@prepared
def account_row(account: int) -> QuerySet[Account]:
    """The account with this key."""
    return Account.objects.filter(pk=account)


@prepared
def standing_responses(organization: int, patient: int) -> QuerySet[MeasureResponse]:
    """A patient's measures that were not corrected, newest first."""
    return _ordered(organization, patient).filter(retired_at__isnull=True)


@prepared
def all_responses(organization: int, patient: int) -> QuerySet[MeasureResponse]:
    """A patient's measures with those that were corrected, newest first."""
    return _ordered(organization, patient)


def _ordered(organization: int, patient: int) -> QuerySet[MeasureResponse]:
    rows = MeasureResponse.objects.select_related("patient", "recorded_by", "corrects")
    return rows.filter(organization_id=organization, patient=patient).order_by("-taken_at", "-pk")


@prepared
def signatures_of(assessment: int) -> QuerySet[AssessmentSignature, int]:
    """The signature (key) of an assessment, if it is signed."""
    return AssessmentSignature.objects.filter(assessment=assessment).values_list("pk", flat=True)


@prepared
def newest_zone(patient: int) -> QuerySet[Site, str]:
    """The time zone of the clinic that a patient (key) was last referred to."""
    rows = Site.objects.filter(referrals__patient=patient).order_by("-referrals__received_at")
    return rows.values_list("time_zone", flat=True)[:1]


@prepared
def open_requests(patient: int, code: str) -> QuerySet[MeasureRequest]:
    """What a patient was asked of this kind and has not answered."""
    return MeasureRequest.objects.filter(patient=patient, code=code, response__isnull=True)


@prepared
def request_row(patient: int, request: UUID) -> QuerySet[MeasureRequest]:
    """A request of a patient's by its public id."""
    return MeasureRequest.objects.filter(patient=patient, uid=request)


@prepared
def answers_to(request: int) -> QuerySet[MeasureResponse, int]:
    """The answers (key) to a request, if there are any."""
    return MeasureResponse.objects.filter(request=request).values_list("pk", flat=True)


@prepared
def assessment_row(patient: int, assessment: UUID) -> QuerySet[Assessment]:
    """An assessment of a patient's by its public id."""
    return Assessment.objects.filter(patient=patient, uid=assessment)
