"""Crises: who was paged, whose it became, what was done, what is still due, and who closed it."""

from datetime import datetime

from django.db import models

from throughcare.records.fact import Fact, Narrative, PrivateText
from throughcare.records.messages import Message
from throughcare.records.organizations import Site
from throughcare.records.people import Account, Patient


class Crisis(Fact):
    """Somebody needs a human soon. Without a patient until someone who may knows whom the call is about.

    `next_page_at` is the climb's own clock: whoever moves it pages; empty once nobody needs to be paged.
    """

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(
        Patient, on_delete=models.PROTECT, null=True, blank=True, related_name="crises"
    )
    priority = models.CharField(max_length=2, help_text="As it was raised; an entry may raise it")
    source = models.CharField(max_length=10)
    words = Narrative(blank=True)
    callback = PrivateText(max_length=40, blank=True)
    said_name = PrivateText(max_length=200, blank=True)
    key = models.CharField(max_length=120, blank=True, help_text="The same key raises once")
    happened_at = models.DateTimeField(
        null=True, blank=True, help_text="When it came to us, where it could only be written down later"
    )
    steps = models.PositiveSmallIntegerField(default=0, help_text="How often the climb has paged")
    next_page_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "key"], condition=~models.Q(key=""), name="a_crisis_is_raised_once"
            ),
            models.CheckConstraint(
                condition=models.Q(happened_at__isnull=True)
                | models.Q(happened_at__lte=models.F("recorded_at")),
                name="a_crisis_comes_before_it_is_written",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "patient", "recorded_at"], name="crisis_of_patient"),
            models.Index(fields=["organization", "recorded_at"], name="crisis_by_time"),
            models.Index(
                fields=["next_page_at"], condition=models.Q(next_page_at__isnull=False), name="crisis_to_page"
            ),
        ]

    @property
    def came_at(self) -> datetime:
        """When it came to us, which may be before it could be written down."""
        return self.happened_at or self.recorded_at


class CrisisPage(Fact):
    """Somebody was paged about a crisis; `line` says as what, `message` is the message that goes out."""

    crisis = models.ForeignKey(Crisis, on_delete=models.PROTECT, related_name="pages")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    step = models.PositiveSmallIntegerField()
    line = models.CharField(max_length=12)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["crisis", "step", "account"], name="paged_once_a_step")
        ]
        indexes = [models.Index(fields=["account", "crisis"], name="crises_paged_to")]


class CrisisTaking(Fact):
    """Somebody took a crisis: the first acknowledges it, whoever comes later takes it over."""

    crisis = models.ForeignKey(Crisis, on_delete=models.PROTECT, related_name="takings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["crisis", "number"], name="taken_one_after_another")]


class CrisisEntry(Fact):
    """One line of a crisis's log: what was done or found, and when it happened."""

    crisis = models.ForeignKey(Crisis, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=30)
    choice = models.CharField(max_length=40, blank=True, help_text="Its code where the kind has a list")
    whom = PrivateText(max_length=200, blank=True)
    words = Narrative(blank=True)
    happened_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["crisis", "happened_at"], name="log_of_crisis")]


class CrisisDue(Fact):
    """Something that a crisis asks for by a moment; `met_by` is the entry that did it."""

    crisis = models.ForeignKey(Crisis, on_delete=models.PROTECT, related_name="dues")
    kind = models.CharField(max_length=20)
    due_at = models.DateTimeField()
    met_by = models.ForeignKey(CrisisEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["crisis", "kind"], name="due_once_per_crisis")]
        indexes = [models.Index(fields=["organization", "due_at"], name="crisis_dues")]


class CrisisClosing(Fact):
    """A person closed the crisis, with everything there that its priority asks for."""

    crisis = models.OneToOneField(Crisis, on_delete=models.PROTECT, related_name="closing")
    words = Narrative(blank=True)
