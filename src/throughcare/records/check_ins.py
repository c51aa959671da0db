"""What people say before and after a session, how they showed that they were there, and the climate without names."""

from django.db import models

from throughcare.records.fact import Fact, Narrative, PrivateJSON
from throughcare.records.people import Patient
from throughcare.records.sessions import Session


class CheckIn(Fact):
    """A person's answers before a session. Answers given anew are a new row; the one before gets `retired_at`."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="check_ins")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="check_ins")
    way = models.CharField(max_length=10, help_text="Where it was answered: page, kiosk or staff")
    answers = PrivateJSON()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "patient"],
                condition=models.Q(retired_at__isnull=True),
                name="one_check_in_per_person_and_session",
            )
        ]
        indexes = [
            models.Index(fields=["organization", "patient", "recorded_at"], name="check_in_of_patient")
        ]


class CheckOut(Fact):
    """What a person takes with them from a session. Words given anew are a new row, as with a check-in."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="check_outs")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="check_outs")
    way = models.CharField(max_length=10)
    words = Narrative()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "patient"],
                condition=models.Q(retired_at__isnull=True),
                name="one_check_out_per_person_and_session",
            )
        ]


class SessionCode(Fact):
    """Digits shown in a session's room for some minutes. Only their fingerprint is kept."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="codes")
    code_mark = models.CharField(max_length=64)
    ends_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organization", "code_mark", "ends_at"], name="session_code")]


class Presence(Fact):
    """Proof that a person was there: the room's code, or the session's own video link.

    By video each joining is a row; `last_seen_at` moves while their page is open, `left_at` is their own word.
    """

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="presences")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="presences")
    way = models.CharField(max_length=10, help_text="code, kiosk or video")
    # By video: where they are, the number to call back, who is near.
    whereabouts = PrivateJSON(null=True, blank=True)
    last_seen_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "patient"],
                condition=models.Q(way__in=("code", "kiosk")),
                name="came_into_the_room_once",
            ),
            models.CheckConstraint(
                condition=models.Q(last_seen_at__gte=models.F("recorded_at")), name="seen_after_coming"
            ),
        ]
        indexes = [models.Index(fields=["session", "patient"], name="presence_of_session")]


class ClimateCount(Fact):
    """How often each answer was tapped for one statement about a session; by whom is written nowhere.

    `recorded_at` is the session's end for every row, so that no moment leads to a person.
    """

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="climate")
    statement = models.CharField(max_length=20)
    yes = models.PositiveSmallIntegerField(default=0)
    partly = models.PositiveSmallIntegerField(default=0)
    no = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "statement"], name="one_count_per_statement")
        ]


class ClimateAnswered(Fact):
    """A person has answered about a session's climate, so that nobody answers twice; not what they answered."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="climate_answered")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "patient"], name="answers_the_climate_once")
        ]
