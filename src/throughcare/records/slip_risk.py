"""Slip risk: each month's fit with how it was checked, what it said of whom, and the director's off switch."""

from django.db import models

from throughcare.records.episodes import Episode
from throughcare.records.fact import Fact, Narrative, PrivateJSON


class SlipFit(Fact):
    """One attempt to fit the model. `how` is empty while it runs: fitted, too_few, weak, off or failed.

    `model` holds coefficients, `checks` counts of groups large enough; neither is about any one person.
    """

    began_at = models.DateTimeField()
    step = models.CharField(max_length=40, help_text="How far it has come")
    ended_stays = models.PositiveIntegerField(default=0)
    drop_outs = models.PositiveIntegerField(default=0)
    person_weeks = models.PositiveIntegerField(default=0)
    how = models.CharField(max_length=20, blank=True)
    model = models.JSONField(null=True, blank=True)
    checks = models.JSONField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization"],
                condition=models.Q(ended_at__isnull=True),
                name="one_slip_fit_at_a_time",
            )
        ]
        indexes = [models.Index(fields=["organization", "began_at"], name="slip_fit_by_day")]


class SlipPrediction(Fact):
    """What a fit said of a stay on a day, kept once a week so that it can be held against what came."""

    fit = models.ForeignKey(SlipFit, on_delete=models.PROTECT, related_name="predictions")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="slip_predictions")
    day = models.DateField()
    risk = PrivateJSON()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["episode", "day"], name="one_slip_prediction_a_day"),
        ]
        indexes = [models.Index(fields=["organization", "day"], name="slip_prediction_by_day")]


class SlipSwitch(Fact):
    """The clinical director turned the list off, or on again; the newest row counts."""

    is_on = models.BooleanField()
    because = models.CharField(max_length=300)


class SlipFeedback(Fact):
    """What somebody who uses the list says of it: where it was wrong, what it doesn't know."""

    words = Narrative()
