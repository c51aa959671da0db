"""A person's own record: copies of the whole of it that they asked for, and corrections that they ask for."""

from django.db import models

from throughcare.records.fact import Fact, Narrative, PrivateBytes, PrivateJSON, PrivateText
from throughcare.records.people import Patient


class RecordCopy(Fact):
    """Somebody asks for their whole record. How far it has come moves while it is made; the ends are written once."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="record_copies")
    parts_done = models.PositiveSmallIntegerField(default=0)
    parts = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    alive_at = models.DateTimeField(null=True, blank=True, help_text="Last sign of whoever makes it")
    ready_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="Given up, or its files were removed")
    left_out = PrivateJSON(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient"],
                condition=models.Q(ready_at__isnull=True, ended_at__isnull=True),
                name="one_copy_is_made_at_a_time",
            )
        ]
        indexes = [models.Index(fields=["ended_at", "ready_at"], name="record_copies_to_make")]


class RecordFile(Fact):
    """One file of a copy; its bytes are emptied when the copy ends, its size and digest stay."""

    copy = models.ForeignKey(RecordCopy, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(max_length=10)
    content = PrivateBytes(null=True, blank=True)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["copy", "kind"], name="one_file_of_a_kind")]


class RecordFetch(Fact):
    """Somebody took a file of a copy home; the disclosure book has the same moment."""

    file = models.ForeignKey(RecordFile, on_delete=models.PROTECT, related_name="fetches")


class CorrectionRequest(Fact):
    """A person says that something in their record is wrong, and what it should say."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="corrections")
    kind = models.CharField(max_length=30)
    wrong = Narrative()
    right = Narrative()
    due_date = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["organization", "due_date"], name="corrections_by_due_date")]


class CorrectionDelay(Fact):
    """More time for an answer, once, with the reason that the person is told."""

    request = models.OneToOneField(CorrectionRequest, on_delete=models.PROTECT, related_name="delay")
    because = Narrative()
    due_date = models.DateField()


class CorrectionAnswer(Fact):
    """What became of a request: corrected, in part, or not, with the reason in words for the person."""

    request = models.OneToOneField(CorrectionRequest, on_delete=models.PROTECT, related_name="answer")
    answer = models.CharField(max_length=20)
    ground = models.CharField(max_length=20, blank=True)
    words = Narrative()
    signed_name = PrivateText(max_length=200)


class Disagreement(Fact):
    """The person's own statement where a correction was refused; it stays beside the record."""

    request = models.OneToOneField(CorrectionRequest, on_delete=models.PROTECT, related_name="disagreement")
    words = Narrative()
