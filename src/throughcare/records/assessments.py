"""Assessments: what the person told us, what the clinician found, the six domains."""

from django.db import models

from throughcare.records.fact import Fact, Narrative, PrivateJSON
from throughcare.records.organizations import Site
from throughcare.records.people import Patient, Practitioner
from throughcare.records.referrals import Referral


class Assessment(Fact):
    """One intake assessment, opened for a referral."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="assessments")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="assessments")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organization", "opened_at"], name="assessment_by_opening")]


class IntakeInvitation(Fact):
    """A link with which the person fills in their own part. Only the token's digest is kept."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="invitations")
    token_digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)


class IntakeAnswer(Fact):
    """The answers to one section, as said at one moment; the highest version is the current one."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="answers")
    section = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    said_by = models.CharField(max_length=10)
    answers = PrivateJSON()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "section", "version"], name="one_answer_per_section_version"
            )
        ]


class DomainRating(Fact):
    """A clinician's rating of one of the six domains (W P M U H E), with its evidence; the newest counts."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="ratings")
    domain = models.CharField(max_length=1)
    rating = models.PositiveSmallIntegerField()
    evidence = Narrative()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(rating__lte=4), name="a_rating_is_0_to_4"),
            models.CheckConstraint(
                condition=models.Q(domain__in=["W", "P", "M", "U", "H", "E"]), name="a_domain_is_one_of_six"
            ),
        ]


class AssessmentSignature(Fact):
    """The clinician signed the assessment: from here on it is read, not written."""

    assessment = models.OneToOneField(Assessment, on_delete=models.PROTECT, related_name="signature")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    credential = models.CharField(max_length=20)
    signed_at = models.DateTimeField()
