"""What someone changed of single sessions outside a published week: cover for who is away, each way of canceling."""

from django.db import models

from throughcare.records.fact import Fact, PrivateText
from throughcare.records.organizations import Site
from throughcare.records.people import Practitioner
from throughcare.records.sessions import Appointment, Session
from throughcare.records.week_rules import Absence


class WeekChange(Fact):
    """One act that changed sessions and told those concerned; `kind` is a code of `knowledge/canceling.py`."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="week_changes")
    kind = models.CharField(max_length=20)
    absence = models.ForeignKey(
        Absence, on_delete=models.PROTECT, null=True, blank=True, related_name="week_changes"
    )
    from_date = models.DateField()
    because = PrivateText(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["organization", "recorded_at"], name="week_changes_by_time")]


class SessionChange(Fact):
    """What became of one session in such an act: covered, moved or canceled."""

    change = models.ForeignKey(WeekChange, on_delete=models.PROTECT, related_name="sessions")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="changes")
    what = models.CharField(max_length=20)
    moved_to = models.ForeignKey(Session, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["change", "session"], name="a_session_changes_once_in_an_act")
        ]


class CoverLead(Fact):
    """Someone leads one session in place of someone who is away."""

    change = models.ForeignKey(SessionChange, on_delete=models.PROTECT, related_name="covers")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="covers")


class Reminder(Fact):
    """A person was reminded of one session, once for each lead time; without a `way` none was open."""

    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="reminders")
    lead = models.CharField(max_length=10, help_text="day or hours")
    way = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appointment", "lead"], name="reminded_once_for_each_lead")
        ]
