"""The week as it recurs: rooms, shifts, groups, members, and what people's own weeks hold."""

from django.db import models

from throughcare.records.episodes import Episode
from throughcare.records.fact import Fact, Narrative, PrivateText
from throughcare.records.organizations import Site
from throughcare.records.people import Patient, Practitioner

WEEKDAY = models.Q(weekday__isnull=True) | models.Q(weekday__gte=0, weekday__lte=6)


class Room(Fact):
    """A room of a site; `capacity` counts everyone in it."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20)
    capacity = models.PositiveSmallIntegerField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "name"], name="one_room_per_name")]


class Shift(Fact):
    """When a practitioner works: local wall-clock times on a weekday (0 is Monday)."""

    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="shifts")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")), name="a_shift_has_length"
            ),
            models.CheckConstraint(condition=WEEKDAY, name="a_shift_has_a_weekday"),
        ]


class Skill(Fact):
    """What a practitioner may lead or do; session types name the skill they need."""

    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="skills")
    skill = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practitioner", "skill"], name="a_skill_is_held_once")]


class Group(Fact):
    """A group that meets every week on a track: its type and seats, and the room it was opened in."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="groups")
    name = models.CharField(max_length=120)
    session_type = models.CharField(max_length=40)
    track = models.CharField(max_length=20)
    variant = models.CharField(max_length=20, default="mixed")
    capacity = models.PositiveSmallIntegerField()
    room = models.ForeignKey(Room, on_delete=models.PROTECT, null=True, blank=True)
    telehealth_url = models.URLField(blank=True)
    opened_date = models.DateField()
    ended_date = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organization", "site", "track"], name="group_by_track")]


class GroupMeeting(Fact):
    """A weekly time of a group, in the site's wall-clock time."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="meetings")
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    break_minutes = models.PositiveSmallIntegerField(default=0)
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(minutes__gt=models.F("break_minutes")),
                name="a_meeting_outlasts_its_breaks",
            ),
            models.CheckConstraint(condition=WEEKDAY, name="a_meeting_has_a_weekday"),
        ]


class GroupFacilitator(Fact):
    """Who leads a group, from one day until another."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="facilitators")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="led_groups")
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)


class GroupPlace(Fact):
    """Where a group is held from a day on; before its first such day, where it was opened. The newest row counts."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="places")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    telehealth_url = models.URLField(blank=True)
    from_date = models.DateField()


class Membership(Fact):
    """A stint of a person in a group. Who leaves and comes back has two."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="memberships")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="memberships")
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "episode"],
                condition=models.Q(until_date__isnull=True),
                name="one_open_stint_per_group",
            )
        ]


class Commitment(Fact):
    """What a person's own life asks of a week (weekday) or of one day (day), in local wall-clock time.

    One that comes round every second or third week is held in the week of `anchor_date` and counted from there.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="commitments")
    kind = models.CharField(max_length=20)
    title = PrivateText(max_length=120, blank=True)
    weekday = models.PositiveSmallIntegerField(null=True, blank=True)
    day = models.DateField(null=True, blank=True)
    starts = models.TimeField()
    ends = models.TimeField()
    from_date = models.DateField(null=True, blank=True)
    until_date = models.DateField(null=True, blank=True)
    every_weeks = models.PositiveSmallIntegerField(default=1)
    anchor_date = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(every_weeks=1) | models.Q(every_weeks__gt=1, anchor_date__isnull=False),
                name="a_commitment_comes_round_from_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(weekday__isnull=True, day__isnull=False)
                | models.Q(weekday__isnull=False, day__isnull=True),
                name="a_commitment_is_weekly_or_on_a_day",
            ),
            models.CheckConstraint(condition=WEEKDAY, name="a_commitment_has_a_weekday"),
        ]


class KeptApart(Fact):
    """Two people who must not meet. The reason is for those who set it, never shown with a clash."""

    one = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    reason = Narrative()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["one", "other"], condition=models.Q(ended_at__isnull=True), name="kept_apart_once"
            ),
            models.CheckConstraint(
                condition=models.Q(one__lt=models.F("other")), name="kept_apart_in_order_of_key"
            ),
        ]
