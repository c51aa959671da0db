"""Lines: who waits for a seat in a full session or a place in a full group. First come, first in line, by key."""

from django.db import models

from throughcare.records.episodes import Episode
from throughcare.records.fact import Fact
from throughcare.records.people import Patient
from throughcare.records.sessions import Appointment, Session
from throughcare.records.timetables import Group


class SessionWait(Fact):
    """A person waits for a seat in one session. `how` says how it ended: `seated`, `left` or `over`."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="waits")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="session_waits")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="session_waits")
    ended_at = models.DateTimeField(null=True, blank=True)
    how = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "patient"],
                condition=models.Q(ended_at__isnull=True),
                name="waits_for_a_session_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["organization", "session"],
                condition=models.Q(ended_at__isnull=True),
                name="line_of_session",
            )
        ]


class HeldSeat(Fact):
    """A seat that came free is held for the first in line until they answer: `taken`, `declined`, `lapsed`, `came`."""

    wait = models.OneToOneField(SessionWait, on_delete=models.PROTECT, related_name="held")
    appointment = models.OneToOneField(Appointment, on_delete=models.PROTECT, related_name="held")
    answer_by = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["answer_by"], condition=models.Q(answered_at__isnull=True), name="held_seats_by_end"
            )
        ]


class GroupWait(Fact):
    """A person waits for a place in a group, from a day on. `how` it ended: `placed`, `left` or `over`.

    `despite_warnings`: whoever put them in line weighed what speaks against it and does not forbid it.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="waits")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="group_waits")
    from_date = models.DateField()
    despite_warnings = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    how = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "episode"],
                condition=models.Q(ended_at__isnull=True),
                name="waits_for_a_group_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["organization", "group"],
                condition=models.Q(ended_at__isnull=True),
                name="line_of_group",
            )
        ]
