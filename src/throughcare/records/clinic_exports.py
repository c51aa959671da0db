"""Exports of the whole clinic: who asked and why, the second person's answer, and that it was taken."""

from django.db import models

from throughcare.records.fact import Fact, Narrative


class ExportRequest(Fact):
    """Somebody asks that everything of the clinic be written into a folder, and says why."""

    reason = Narrative()

    class Meta:
        indexes = [models.Index(fields=["organization", "recorded_at"], name="export_requests_by_time")]


class ExportAnswer(Fact):
    """Another person's yes or no. What is not taken soon after a yes needs to be asked for again."""

    request = models.OneToOneField(ExportRequest, on_delete=models.PROTECT, related_name="answer")
    yes = models.BooleanField()
    words = Narrative(blank=True)


class ExportTaking(Fact):
    """The export began: from now on the files may be somewhere. One a day."""

    request = models.OneToOneField(ExportRequest, on_delete=models.PROTECT, related_name="taking")
    local_day = models.DateField()
    people = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "local_day"], name="one_export_a_day")]
