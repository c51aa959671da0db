"""Measures: questionnaires asked for and answered, with their scores as computed that day."""

from django.db import models

from throughcare.records.assessments import Assessment
from throughcare.records.fact import Fact, PrivateJSON
from throughcare.records.people import Patient


class MeasureRequest(Fact):
    """A questionnaire that a person is asked to answer by a day."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="measure_requests")
    code = models.CharField(max_length=40)
    due_date = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["patient", "code", "due_date"], name="asked_once_for_a_day")
        ]
        indexes = [models.Index(fields=["organization", "due_date"], name="measure_request_by_due_date")]


class MeasureResponse(Fact):
    """The answers to one questionnaire and what they came to. A correction retires the row it corrects."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="measures")
    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, null=True, blank=True, related_name="measures"
    )
    request = models.OneToOneField(
        MeasureRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="response"
    )
    code = models.CharField(max_length=40)
    answers = PrivateJSON()
    context = PrivateJSON(default=dict)
    mode = models.CharField(max_length=20)
    taken_at = models.DateTimeField()
    total = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    subscales = models.JSONField(default=dict)
    band = models.CharField(max_length=60, blank=True)
    missing = models.PositiveSmallIntegerField(default=0)
    prorated = models.BooleanField(default=False)
    critical = models.JSONField(default=list)
    positive = models.BooleanField(null=True, blank=True)
    flags = models.JSONField(default=list)
    may_be = models.CharField(max_length=60, blank=True)
    notes = PrivateJSON(default=list)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["organization", "patient", "code", "taken_at"], name="measure_over_time"),
            models.Index(fields=["organization", "taken_at"], name="measure_by_day"),
            models.Index(fields=["request", "taken_at"], name="measure_in_time"),
        ]
