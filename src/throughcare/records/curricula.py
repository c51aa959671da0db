"""What groups are taught: the curricula that a group follows, and the topic of each session."""

from django.db import models

from throughcare.records.fact import Fact
from throughcare.records.sessions import Session
from throughcare.records.timetables import Group


class GroupCurriculum(Fact):
    """The curricula that a group follows from a day on, in order; the newest row of the day counts. Empty: none."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="curricula")
    codes = models.JSONField(default=list, help_text="Codes of curricula, in order")
    in_rounds = models.BooleanField(help_text="After the last topic the first one comes again")
    first_topic = models.CharField(
        max_length=60, blank=True, help_text="Where it begins; empty: at the start"
    )
    from_date = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["organization", "group", "from_date"], name="curricula_of_group")]


class SessionTopic(Fact):
    """What a session is about. Without a code it is words of the facilitator's own, which `Session.topic` holds.

    Another choice is a new row; the row before it gets `retired_at`.
    """

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="topics")
    code = models.CharField(max_length=60, blank=True)
    chosen = models.BooleanField(help_text="By someone; otherwise the session began with the topic proposed")
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session"],
                condition=models.Q(retired_at__isnull=True),
                name="a_session_has_one_topic",
            )
        ]
        indexes = [
            models.Index(
                fields=["organization", "code", "session"],
                condition=models.Q(retired_at__isnull=True),
                name="sessions_of_topic",
            )
        ]
