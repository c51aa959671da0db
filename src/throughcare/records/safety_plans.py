"""Safety plans and relapse-prevention plans: each version in the person's words, and each time it was read again."""

from django.db import models

from throughcare.records.fact import Fact, Narrative, PrivateJSON
from throughcare.records.people import Patient


class OwnPlan(Fact):
    """One version of a person's safety plan or relapse-prevention plan. A change is a new version.

    `words` are the lines of each section; `made` is together (with staff) or person (alone). `review_on` is the day
    that was chosen to read it again.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="own_plans")
    kind = models.CharField(max_length=10, help_text="safety or relapse")
    number = models.PositiveSmallIntegerField()
    words = PrivateJSON()
    made = models.CharField(max_length=10)
    local_day = models.DateField()
    review_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["patient", "kind", "number"], name="version_of_own_plan_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="own_plans_are_numbered_from_1"),
        ]
        indexes = [
            models.Index(fields=["organization", "patient", "kind", "-number"], name="newest_own_plan")
        ]


class OwnPlanLook(Fact):
    """A version was read again and stands as it is."""

    plan = models.ForeignKey(OwnPlan, on_delete=models.PROTECT, related_name="looks")
    local_day = models.DateField()
    words = Narrative(blank=True)
    review_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["plan", "recorded_at"], name="look_at_own_plan")]
