"""Sessions that happen on a day: one row per meeting of a group, one-to-one, family or prescriber visit."""

from django.db import models

from throughcare.records.episodes import Episode
from throughcare.records.fact import Fact, PrivateText
from throughcare.records.organizations import Site
from throughcare.records.people import Patient, Practitioner, RelatedPerson
from throughcare.records.timetables import Group, Room


class Session(Fact):
    """One meeting. `local_day` is the site's calendar day; minutes count without `break_minutes`."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="sessions")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions")
    session_type = models.CharField(max_length=40)
    title = PrivateText(max_length=120)
    room = models.ForeignKey(Room, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions")
    telehealth_url = models.URLField(blank=True)
    # How a visit is held (in_person, phone, video), where that was said.
    way = models.CharField(max_length=20, blank=True)
    topic = models.CharField(max_length=200, blank=True)
    # Shared by the sessions that were booked together, week after week, so that the rest can be canceled at once.
    series = models.UUIDField(null=True, blank=True)
    capacity = models.PositiveSmallIntegerField()
    local_day = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    break_minutes = models.PositiveSmallIntegerField(default=0)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    # In which of the ways of `knowledge/canceling.py`; the word on the page follows from it.
    cancelled_how = models.CharField(max_length=12, blank=True)
    cancelled_because = PrivateText(max_length=200, blank=True)

    class Meta:
        constraints = [
            # On the day, not the instant: a group's weekly time is not moved onto a day it already has.
            models.UniqueConstraint(fields=["group", "starts_at"], name="a_group_meets_once_at_a_time"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="a_session_has_length"
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "site", "local_day"], name="session_by_day"),
            models.Index(fields=["organization", "starts_at"], name="session_by_start"),
        ]


class SessionStaff(Fact):
    """Who leads a session."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="staff")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="sessions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "practitioner"], name="leads_a_session_once")
        ]


class SessionGuest(Fact):
    """A family member, or someone else of a patient's life, expected at a session with the patient."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="guests")
    person = models.ForeignKey(RelatedPerson, on_delete=models.PROTECT, related_name="sessions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="a_guest_of_a_session_once")
        ]


class Appointment(Fact):
    """A person is expected at a session. `released_at`: the seat was given back before it began."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="appointments")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="appointments")
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    local_day = models.DateField()
    planned_minutes = models.PositiveSmallIntegerField()
    counts = models.BooleanField(help_text="Whether its minutes count toward the week's clinical hours")
    is_make_up = models.BooleanField(
        default=False, help_text="Makes up for a missed session: adds to delivered hours, not to planned"
    )
    released_at = models.DateTimeField(null=True, blank=True)
    released_how = models.CharField(max_length=12, blank=True)
    released_because = PrivateText(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "patient"],
                condition=models.Q(released_at__isnull=True),
                name="one_seat_per_person_and_session",
            )
        ]
        indexes = [
            models.Index(fields=["organization", "local_day", "patient"], name="appointment_by_day"),
            models.Index(fields=["organization", "patient", "local_day"], name="appointment_of_patient"),
        ]
