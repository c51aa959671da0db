"""Attendance: who came, when, and how many minutes counted."""

from django.db import models

from throughcare.records.fact import Fact
from throughcare.records.people import Patient
from throughcare.records.sessions import Appointment, Session


class Attendance(Fact):
    """One person at one session. A correction is a new row; the row it corrects gets `retired_at`."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendance")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="attendance")
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="attendance")
    status = models.CharField(max_length=24)
    late_minutes = models.PositiveSmallIntegerField(default=0)
    left_early_minutes = models.PositiveSmallIntegerField(default=0)
    minutes = models.PositiveSmallIntegerField(help_text="Attended, without breaks")
    # The seat's, said again: sums over everybody's weeks would have to look up every seat.
    planned_minutes = models.PositiveSmallIntegerField(help_text="None for a make-up")
    counts = models.BooleanField(help_text="Whether the minutes count toward the week's clinical hours")
    local_day = models.DateField()
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "patient"],
                condition=models.Q(retired_at__isnull=True),
                name="one_attendance_per_person_and_session",
            )
        ]
        indexes = [
            # Sums over weeks read these alone: what stands, day by day and person by person.
            models.Index(
                fields=[
                    "organization",
                    "local_day",
                    "patient",
                    "minutes",
                    "counts",
                    "status",
                    "planned_minutes",
                    "retired_at",
                ],
                condition=models.Q(retired_at__isnull=True),
                name="attendance_by_day",
            ),
            models.Index(
                fields=["organization", "patient", "local_day", "minutes", "counts", "status", "retired_at"],
                condition=models.Q(retired_at__isnull=True),
                name="attendance_of_patient",
            ),
        ]
