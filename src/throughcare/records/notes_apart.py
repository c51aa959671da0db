"""Notes kept apart: a counselor's or therapist's own, about what was said. A store of their own. 42 CFR 2.11."""

from django.db import models

from throughcare.records.fact import Fact, Narrative
from throughcare.records.people import Account, Patient


class NoteApart(Fact):
    """Words that only their author reads. They are no part of the chart and never go along with it."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="notes_apart")
    kind = models.CharField(max_length=30, help_text="counseling_note or psychotherapy_note")
    author = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    day = models.DateField(help_text="The day of the session that it is about")
    text = Narrative()
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )

    class Meta:
        indexes = [models.Index(fields=["organization", "author", "patient"], name="note_apart_of_author")]
