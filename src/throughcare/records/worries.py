"""What somebody outside is worried about: their words, whom the staff found that they mean, and what was done."""

from django.db import models

from throughcare.records.fact import Fact, Narrative, PrivateText
from throughcare.records.organizations import Site
from throughcare.records.people import Patient


class Worry(Fact):
    """A worry as it was told. The name in it is compared with nobody's: a person finds out whom it means."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    said_name = PrivateText(max_length=200)
    words = Narrative()
    told_by = PrivateText(max_length=200, blank=True)
    callback = PrivateText(max_length=120, blank=True)
    is_danger = models.BooleanField(default=False)
    crisis = models.UUIDField(null=True, blank=True, help_text="The crisis that the words raised")

    class Meta:
        indexes = [models.Index(fields=["organization", "recorded_at"], name="worry_by_time")]


class WorryMatch(Fact):
    """Somebody with the right found whom a worry means. A mistake is ended, and then another may be found."""

    worry = models.ForeignKey(Worry, on_delete=models.PROTECT, related_name="matches")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="worries")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["worry"], condition=models.Q(ended_at__isnull=True), name="a_worry_means_one_person"
            )
        ]
        indexes = [models.Index(fields=["organization", "patient"], name="worries_about_patient")]


class WorryEnd(Fact):
    """What was done about a worry."""

    worry = models.OneToOneField(Worry, on_delete=models.PROTECT, related_name="end")
    outcome = models.CharField(max_length=20)
    words = Narrative(blank=True)
