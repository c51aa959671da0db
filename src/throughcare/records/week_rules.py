"""What a week must respect beside times and groups: wishes, limits, absences, who never meets, what may be opened."""

from django.db import models

from throughcare.records.fact import Fact, Narrative, PrivateJSON, PrivateText
from throughcare.records.organizations import Site
from throughcare.records.people import Patient, Practitioner
from throughcare.records.timetables import WEEKDAY, Group, Room


class WeekWishes(Fact):
    """What a person wishes of their week. Every change is a row of its own; the newest counts.

    `likings` maps "weekday part", such as "5 morning", to how gladly they would come then.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="week_wishes")
    likings = PrivateJSON(default=dict)
    group_for = PrivateText(max_length=20, blank=True)
    way = PrivateText(max_length=20, blank=True)
    therapist = models.ForeignKey(
        Practitioner, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Without a number, what the program takes for everyone.
    travel_minutes = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["patient", "recorded_at"], name="newest_wishes")]


class NeverWith(Fact):
    """A person and someone who works here who must never be in one session. The reason is for those who set it."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    reason = Narrative()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "practitioner"],
                condition=models.Q(ended_at__isnull=True),
                name="never_with_once",
            )
        ]


class GroupHours(Fact):
    """How many hours of groups a week someone leads at most, and how many are meant. The newest row counts."""

    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="group_hours")
    most = models.DecimalField(max_digits=4, decimal_places=1)
    meant = models.DecimalField(max_digits=4, decimal_places=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(meant__lte=models.F("most")), name="meant_within_most")
        ]


class Absence(Fact):
    """Days on which someone who works here is away."""

    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="absences")
    first_day = models.DateField()
    last_day = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="an_absence_has_days"
            )
        ]


class GroupOffer(Fact):
    """A group that may be opened at a weekly time: what it would be, and in which room (none is by video)."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="group_offers")
    session_type = models.CharField(max_length=40)
    track = models.CharField(max_length=20)
    variant = models.CharField(max_length=20)
    capacity = models.PositiveSmallIntegerField()
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    break_minutes = models.PositiveSmallIntegerField(default=0)
    room = models.ForeignKey(Room, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    telehealth_url = models.URLField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(minutes__gt=models.F("break_minutes")), name="an_offer_outlasts_its_breaks"
            ),
            models.CheckConstraint(condition=WEEKDAY, name="an_offer_has_a_weekday"),
        ]
        indexes = [models.Index(fields=["organization", "site", "ended_at"], name="offers_of_site")]


class GroupClosing(Fact):
    """A group takes nobody new, until the row ends."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="closings")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group"], condition=models.Q(ended_at__isnull=True), name="a_group_is_closed_once"
            )
        ]
