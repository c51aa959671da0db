"""Daily check-ins: which questions a person chose, and what they said of a day."""

from django.db import models

from throughcare.records.fact import Fact, PrivateJSON
from throughcare.records.people import Patient


class DailyChoice(Fact):
    """The questions a person wants to be asked each day, and how; the newest row counts."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="daily_choices")
    chosen = PrivateJSON(help_text="Codes of the items, and own warning signs in the person's words")

    class Meta:
        indexes = [
            models.Index(fields=["organization", "patient", "recorded_at"], name="daily_choice_newest")
        ]


class DailyCheckIn(Fact):
    """What a person said of one day. Said anew is a new row; the one before gets `retired_at`."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="daily_check_ins")
    local_day = models.DateField(help_text="The day it is about, on the clinic's calendar")
    way = models.CharField(max_length=10, help_text="Where it was answered: page, link, kiosk or staff")
    answers = PrivateJSON()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "local_day"],
                condition=models.Q(retired_at__isnull=True),
                name="one_daily_check_in_a_day",
            )
        ]
        indexes = [
            models.Index(fields=["organization", "patient", "local_day"], name="daily_check_in_of_patient")
        ]
