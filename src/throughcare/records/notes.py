"""Notes: drafts that several hands may touch, and signed notes that nobody changes."""

from django.db import models

from throughcare.records.care_plans import Objective
from throughcare.records.episodes import Episode
from throughcare.records.fact import Fact, Narrative, PrivateJSON, PrivateText
from throughcare.records.people import Account, Patient, Practitioner
from throughcare.records.sessions import Session


class SharedDraft(models.Model):
    """The part of a group's note that all its members share, while it is being written."""

    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="shared_draft")
    topic = PrivateText(max_length=200, blank=True)
    text = Narrative(blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()


class NoteDraft(models.Model):
    """One person's own part of a session's note, while it is being written."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="note_drafts")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    objective_thread = models.UUIDField(null=True, blank=True)
    text = Narrative(blank=True)
    next_step = Narrative(blank=True)
    # Of a note in a format (DAP, BIRP, …): which one, and the words of each section by its code.
    form = models.CharField(max_length=20, blank=True)
    sections = PrivateJSON(null=True, blank=True)
    # What was observed of each objective (by thread), and what is quoted of the person's own words.
    observed = PrivateJSON(null=True, blank=True)
    quotes = PrivateJSON(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "patient"], name="one_draft_per_person_and_session")
        ]


class DeletedDraft(Fact):
    """An unsigned part that somebody deleted, whole, until nobody may bring it back; no `patient`: the shared part."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="deleted_drafts")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    content = PrivateJSON()
    version = models.PositiveIntegerField()
    brought_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organization", "recorded_at"], name="deleted_draft_by_age")]


class DraftShare(Fact):
    """A draft that the person it is about may read and add to, until it is signed or taken back."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="draft_shares")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="draft_shares")
    taken_back_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    read_version = models.PositiveIntegerField(null=True, blank=True)
    words = Narrative(blank=True)
    words_version = models.PositiveIntegerField(default=0)
    words_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "patient"],
                condition=models.Q(taken_back_at__isnull=True),
                name="one_open_share_per_draft",
            )
        ]


class NameAnswer(Fact):
    """A tap that said: this name in this sentence of the session's note is no patient.

    The keyed digest of name and sentence; no words are kept, and another sentence is asked about anew.
    """

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="name_answers")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "digest"], name="a_name_in_a_sentence_is_answered_once"
            )
        ]


class Note(Fact):
    """A signed note. It stands alone: shared words, own words, times, credential and objective are all in it."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="notes")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="notes")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="notes")
    session_type = models.CharField(max_length=40)
    title = PrivateText(max_length=120)
    place = models.CharField(max_length=200, blank=True)
    # The person's own times: from when they came until when they left.
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, null=True, blank=True)
    objective_text = Narrative(blank=True)
    topic = PrivateText(max_length=200, blank=True)
    shared_text = Narrative(blank=True)
    text = Narrative()
    next_step = Narrative(blank=True)
    form = models.CharField(max_length=20, blank=True)
    # What was observed of each objective (by thread), and the same as sentences.
    observed = PrivateJSON(null=True, blank=True)
    observed_text = Narrative(blank=True)
    # The person's own words: quoted from check-in, check-out and homework, and added by them to a shared draft.
    quoted_text = Narrative(blank=True)
    added_text = Narrative(blank=True)
    # Of a draft that was shared: whether the person had read it when it was signed.
    read_by_patient = models.CharField(max_length=20, blank=True)
    attendance_status = models.CharField(max_length=24)
    minutes = models.PositiveSmallIntegerField()
    local_day = models.DateField()
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="notes")
    credential = models.CharField(max_length=20)
    signed_at = models.DateTimeField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the words signed")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "patient"], name="one_note_per_person_and_session")
        ]
        indexes = [models.Index(fields=["organization", "patient", "local_day"], name="note_of_patient")]


class Addendum(Fact):
    """Words added after signing; the note itself stays as it was."""

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="addenda")
    text = Narrative()
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    credential = models.CharField(max_length=20)
    signed_at = models.DateTimeField()


class NoteCosignature(Fact):
    """A supervisor's answer under a supervised author's note: a second signature, or the note given back to add to."""

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="cosignatures")
    is_returned = models.BooleanField(default=False)
    remark = Narrative(blank=True)
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    credential = models.CharField(max_length=20)
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["note", "signed_at"], name="one_answer_at_a_time_to_a_note")
        ]


class NoteAnswer(Fact):
    """What the person a signed note is about says to it; the note stays as it was. Shown under it to who reads it."""

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="answers")
    words = Narrative()

    class Meta:
        indexes = [models.Index(fields=["organization", "note"], name="answers_to_note")]
