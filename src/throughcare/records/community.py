"""Community: events a clinic curates, who said they come, mentors and their matches, milestones shown on request."""

import uuid

from django.db import models

from throughcare.records.fact import Fact, Narrative, PrivateText
from throughcare.records.organizations import Site
from throughcare.records.people import Account, Patient


class Event(Fact):
    """One line of the calendar, in local wall-clock time. A change is a new row of the same thread."""

    thread = models.UUIDField(default=uuid.uuid4, db_index=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, help_text="own, alumni, mutual_help, art, sport, work or workshop")
    audience = models.CharField(max_length=20, help_text="everyone, alumni or patients")
    title = models.CharField(max_length=120)
    words = models.TextField(blank=True)
    place = models.CharField(max_length=200, blank=True)
    link = models.CharField(max_length=300, blank=True)
    cost = models.CharField(max_length=80, blank=True)
    first_day = models.DateField()
    starts = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    repeats = models.CharField(max_length=20, default="once")
    until_date = models.DateField(null=True, blank=True)
    seats = models.PositiveSmallIntegerField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True, help_text="Changed or withdrawn")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["thread"], condition=models.Q(retired_at__isnull=True), name="one_event_stands"
            ),
            models.CheckConstraint(condition=models.Q(minutes__gt=0), name="an_event_takes_time"),
        ]
        indexes = [models.Index(fields=["organization", "retired_at", "first_day"], name="event_by_day")]


class EventOff(Fact):
    """An event doesn't take place on one of its days."""

    thread = models.UUIDField()
    local_day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "local_day"], name="off_once_a_day")]


class EventReply(Fact):
    """Someone said that they come on a day, until they take it back."""

    thread = models.UUIDField()
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="event_replies")
    local_day = models.DateField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["thread", "local_day", "patient"],
                condition=models.Q(taken_back_at__isnull=True),
                name="one_reply_stands",
            )
        ]
        indexes = [models.Index(fields=["patient", "local_day"], name="replies_of_a_person")]


class CommunityName(Fact):
    """The name a person goes by among others here: never their whole name."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="community_names")
    name = PrivateText(max_length=60)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient"], condition=models.Q(retired_at__isnull=True), name="one_community_name"
            )
        ]


class MilestoneWish(Fact):
    """Where a person wants a milestone to be told, and whether their own count of sober days is one of them."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="milestone_wishes")
    places = models.JSONField(default=list, help_text="see knowledge/milestones.py; empty is nowhere")
    tells_sober_days = models.BooleanField(default=False)
    sober_since = PrivateText(max_length=10, blank=True, help_text="A date, as the person counts")
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient"], condition=models.Q(retired_at__isnull=True), name="one_milestone_wish"
            )
        ]


class Mentor(Fact):
    """An alumnus who was trained to be a mentor, and how many people they take on."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="as_mentor")
    training = PrivateText(max_length=120)
    trained_on = models.DateField()
    at_most = models.PositiveSmallIntegerField()
    about = Narrative(blank=True, help_text="What the mentor says of themselves to whom they meet")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient"], condition=models.Q(ended_at__isnull=True), name="a_mentor_once"
            )
        ]


class Mentoring(Fact):
    """A match that staff propose, with its bounds. It counts once both said yes, and until either ends it."""

    mentor = models.ForeignKey(Mentor, on_delete=models.PROTECT, related_name="matches")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="mentoring")
    hours_week = models.PositiveSmallIntegerField()
    times = PrivateText(max_length=200, blank=True, help_text="When they may be in touch")
    from_date = models.DateField()
    until_date = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True, help_text="Written with the MentoringEnd row")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient"], condition=models.Q(ended_at__isnull=True), name="one_mentor_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(until_date__gte=models.F("from_date")), name="a_match_ends_after_it_began"
            ),
        ]


class MentoringYes(Fact):
    """One of the two said yes, and what they let the other know: kinds, and how they can be reached."""

    mentoring = models.ForeignKey(Mentoring, on_delete=models.PROTECT, related_name="yeses")
    party = models.CharField(max_length=10, help_text="mentor or mentee")
    shares = models.JSONField(default=list, help_text="see knowledge/mentoring.py")
    reach = PrivateText(max_length=120, blank=True)
    words = Narrative(blank=True, help_text="What they want the other to know")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mentoring", "party"], name="a_party_says_yes_once"),
            models.CheckConstraint(
                condition=models.Q(party__in=("mentor", "mentee")), name="a_match_has_two_parties"
            ),
        ]


class MentoringEnd(Fact):
    """Mentor, mentee or staff ended a match."""

    mentoring = models.OneToOneField(Mentoring, on_delete=models.PROTECT, related_name="end")
    party = models.CharField(max_length=10, help_text="mentor, mentee or staff")
    words = Narrative(blank=True)


class LessonDone(Fact):
    """Someone close to a patient worked through a lesson for families."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="lessons_done")
    lesson = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "lesson"], name="a_lesson_is_done_once")]
