"""Measures: questionnaires asked for and answered, with their scores as computed that day."""

from django.db import models

from throughcare.records.assessments import Assessment
from throughcare.records.fact import Fact, Narrative, PrivateJSON
from throughcare.records.people import Patient, Practitioner


class MeasureRequest(Fact):
    """A questionnaire that a person is asked to answer by a day."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="measure_requests")
    code = models.CharField(max_length=40)
    due_date = models.DateField()
    # Why it is asked (knowledge/measure_schedule.py), and from which day on the person may answer.
    occasion = models.CharField(max_length=20, blank=True)
    opens_date = models.DateField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    # Written once: another was answered in its place, or the person left before it was due.
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["patient", "code", "due_date"], name="asked_once_for_a_day")
        ]
        indexes = [
            models.Index(fields=["organization", "due_date"], name="measure_request_by_due_date"),
            models.Index(fields=["organization", "patient", "due_date"], name="measure_request_of_patient"),
        ]


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


class MeasureSheet(Fact):
    """Answers to a questionnaire as far as somebody has come; ended when they were handed in."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="measure_sheets")
    request = models.ForeignKey(
        MeasureRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="sheets"
    )
    code = models.CharField(max_length=40)
    mode = models.CharField(max_length=20)
    answers = PrivateJSON(default=dict)
    changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "code", "mode"],
                condition=models.Q(ended_at__isnull=True),
                name="one_open_sheet_of_a_kind",
            )
        ]


class MeasureLink(Fact):
    """A link with which a person answers what waits for them. Only the token's digest is kept."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="measure_links")
    token_digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)


class LicensedWording(Fact):
    """An instrument's wording as the organization entered it from the copy that it is licensed to use."""

    code = models.CharField(max_length=40)
    wording = models.JSONField(help_text="Wording by item number")
    license_note = models.TextField(help_text="Who licensed it, since when")
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "code"],
                condition=models.Q(retired_at__isnull=True),
                name="one_licensed_wording",
            )
        ]


class TierLowering(Fact):
    """A clinician's request to lower a suicide tier; it counts from a supervisor's approval on."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="tier_lowerings")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    tier_before = models.CharField(max_length=12)
    tier = models.CharField(max_length=12)
    because = Narrative()
    approved_by = models.ForeignKey(
        Practitioner, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient"],
                condition=models.Q(approved_at__isnull=True, declined_at__isnull=True),
                name="one_open_lowering",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_at__isnull=True) | models.Q(declined_at__isnull=True),
                name="a_lowering_is_approved_or_declined",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_at__isnull=True)
                | (models.Q(approved_by__isnull=False) & ~models.Q(approved_by=models.F("practitioner"))),
                name="a_second_person_approves_a_lowering",
            ),
        ]
        indexes = [models.Index(fields=["organization", "patient", "approved_at"], name="tier_lowered")]
