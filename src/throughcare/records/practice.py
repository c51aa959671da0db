"""The practice log: a skill or an exercise that a person used in real life, told with one tap."""

from django.db import models

from throughcare.records.fact import Fact, Narrative, PrivateJSON, PrivateText
from throughcare.records.people import Patient


class Practice(Fact):
    """A skill was used. `exercise` is the code of a guided one, and `answers` what was written in it, by field.

    `helped` and `words` may come with a later tap: they are written once. `local_day` is the site's.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="practice")
    exercise = models.CharField(max_length=40, blank=True)
    skill = PrivateText(max_length=80)
    answers = PrivateJSON(null=True, blank=True)
    helped = models.PositiveSmallIntegerField(null=True, blank=True)
    words = Narrative(blank=True)
    practiced_at = models.DateTimeField()
    local_day = models.DateField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(helped__isnull=True) | models.Q(helped__lte=10),
                name="practice_helped_0_to_10",
            )
        ]
        indexes = [models.Index(fields=["organization", "patient", "local_day"], name="practice_of_patient")]
