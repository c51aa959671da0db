"""Care plans: problems, goals in the person's own words, objectives, interventions, prescription, reviews."""

import uuid

from django.db import models

from throughcare.records.episodes import Diagnosis, Episode
from throughcare.records.fact import Fact, Narrative, PrivateJSON, PrivateText
from throughcare.records.people import Practitioner


class PlanVersion(Fact):
    """One version of an episode's care plan. Unsigned it is a draft; signed by both it is the plan."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="plan_versions")
    number = models.PositiveIntegerField()
    hours_per_week = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    days_per_week = models.PositiveSmallIntegerField(null=True, blank=True)
    longest_day_hours = models.DecimalField(max_digits=3, decimal_places=1, null=True, blank=True)
    expected_weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    started_at = models.DateTimeField()
    discarded_at = models.DateTimeField(null=True, blank=True)
    # Written once, with the last signature needed.
    in_force_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["episode", "number"], name="one_plan_per_number"),
            models.UniqueConstraint(
                fields=["episode"],
                condition=models.Q(in_force_at__isnull=True, discarded_at__isnull=True),
                name="one_draft_at_a_time",
            ),
        ]


class PlanPart(Fact):
    """A line of a plan. `thread` is the same in every version, so that progress follows the line."""

    thread = models.UUIDField(default=uuid.uuid4)
    order = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True


class Problem(PlanPart):
    """What is hard, in plain words; it may rest on a diagnosis."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="problems")
    statement = Narrative()
    diagnosis = models.ForeignKey(Diagnosis, on_delete=models.PROTECT, null=True, blank=True)


class Goal(PlanPart):
    """What the person wants, in their own words."""

    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="goals")
    own_words = Narrative()


class Objective(PlanPart):
    """A step that can be measured; it may be tied to a questionnaire and a target."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="objectives")
    text = Narrative()
    measure_code = models.CharField(max_length=40, blank=True)
    target = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    target_date = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organization", "thread"], name="objective_by_thread")]


class Intervention(PlanPart):
    """What the program does for an objective: a session type and how often."""

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="interventions")
    session_type = models.CharField(max_length=40)
    per_week = models.DecimalField(max_digits=4, decimal_places=2)
    note = Narrative(blank=True)


class PrescriptionLine(Fact):
    """How many sessions of a type a week, and how long each: the mix that makes up the hours."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="prescription")
    session_type = models.CharField(max_length=40)
    per_week = models.DecimalField(max_digits=4, decimal_places=2)
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "session_type"], name="one_line_per_session_type")
        ]


class PlanSignature(Fact):
    """Someone signed a version: the clinician with a credential, the patient with their name."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="signatures")
    party = models.CharField(max_length=20)
    signed_name = PrivateText(max_length=200)
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, null=True, blank=True)
    credential = models.CharField(max_length=20, blank=True)
    signed_at = models.DateTimeField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "party"], name="a_party_signs_once")]


class PlanReview(Fact):
    """A review that was held and signed: what happened since the last one, and what follows."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="plan_reviews")
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="reviews")
    reviewed_at = models.DateTimeField()
    because = models.CharField(max_length=40)
    findings = PrivateJSON()
    text = Narrative()
    outcome = models.CharField(max_length=30)
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    credential = models.CharField(max_length=20)

    class Meta:
        indexes = [models.Index(fields=["organization", "episode", "reviewed_at"], name="last_plan_review")]
