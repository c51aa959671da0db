"""Homework: what a person practices between sessions, and what came of it."""

from django.db import models

from throughcare.records.fact import Fact, Narrative, PrivateText
from throughcare.records.people import Patient
from throughcare.records.sessions import Session


class Homework(Fact):
    """Homework given to one person, from a session's topic (its code) or by hand. `local_day` is the site's."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="homework")
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, null=True, blank=True, related_name="homework"
    )
    topic = models.CharField(max_length=60, blank=True)
    skill = PrivateText(max_length=80, blank=True)
    text = Narrative()
    local_day = models.DateField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "patient", "topic"],
                condition=models.Q(taken_back_at__isnull=True) & ~models.Q(topic=""),
                name="homework_of_a_topic_is_given_once",
            )
        ]
        indexes = [models.Index(fields=["organization", "patient", "local_day"], name="homework_of_patient")]


class HomeworkReport(Fact):
    """What came of homework: practiced or not, how much it helped (0 to 10), in the person's words.

    `told_by` is patient or staff. Another answer is a new row; the row before it gets `retired_at`.
    """

    homework = models.ForeignKey(Homework, on_delete=models.PROTECT, related_name="reports")
    practiced = models.CharField(max_length=10)
    helped = models.PositiveSmallIntegerField(null=True, blank=True)
    words = Narrative(blank=True)
    told_by = models.CharField(max_length=10)
    local_day = models.DateField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["homework"],
                condition=models.Q(retired_at__isnull=True),
                name="homework_has_one_answer",
            ),
            models.CheckConstraint(
                condition=models.Q(helped__isnull=True) | models.Q(helped__lte=10), name="helped_is_0_to_10"
            ),
            models.CheckConstraint(
                condition=~models.Q(practiced="no") | models.Q(helped__isnull=True),
                name="what_was_not_done_helped_nothing",
            ),
        ]
