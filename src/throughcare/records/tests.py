"""Drug and alcohol tests: the draw's seeds, who is in it, what was ordered, collected and found, and breath tests."""

import uuid

from django.db import models

from throughcare.records.fact import Fact, Narrative, PrivateJSON, PrivateText
from throughcare.records.people import Patient
from throughcare.records.sessions import Session


class DrawPeriod(Fact):
    """Four weeks of draws: the seed's hash is public from the start, the seed once they are over."""

    first_day = models.DateField()
    commitment = models.CharField(max_length=64)
    seed = PrivateText(max_length=64)
    revealed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "first_day"], name="one_seed_for_a_draw_period")
        ]


class InDraw(Fact):
    """A person is tested at random from a day on. `ticket` stands for them in the draw; `often` is its frequency.

    `own_mark` is the fingerprint of a word that the person chose themself, so that nobody else decides the chance.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="draws")
    ticket = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    often = models.CharField(max_length=20)
    own_mark = models.CharField(max_length=64, blank=True)
    panel = models.JSONField(default=list)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient"], condition=models.Q(ends_on__isnull=True), name="in_one_draw_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["organization", "starts_on"], name="in_draw_by_day")]


class DrawnWeeks(Fact):
    """One draw for one person: from which days how many were drawn, under which mark. Days are shown as they come."""

    period = models.ForeignKey(DrawPeriod, on_delete=models.PROTECT, related_name="drawn")
    entry = models.ForeignKey(InDraw, on_delete=models.PROTECT, related_name="drawn")
    first_day = models.DateField()
    weeks = models.PositiveSmallIntegerField()
    count = models.PositiveSmallIntegerField()
    candidates = models.JSONField(default=list)
    not_after = models.DateField(null=True, blank=True)
    own_mark = models.CharField(max_length=64, blank=True)
    days = PrivateJSON(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "first_day"], name="drawn_once_for_a_week")]


class OrderedTest(Fact):
    """A test that a person is asked for on a day: drawn, planned, for a reason, or collected again."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="ordered_tests")
    why = models.CharField(max_length=20)
    local_day = models.DateField()
    matrix = models.CharField(max_length=20)
    panel = models.JSONField(default=list)
    drawn = models.ForeignKey(
        DrawnWeeks, on_delete=models.PROTECT, null=True, blank=True, related_name="orders"
    )
    again_for = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True)
    words = Narrative(blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "local_day", "why"],
                condition=models.Q(taken_back_at__isnull=True),
                name="one_test_of_a_kind_a_day",
            )
        ]
        indexes = [
            models.Index(fields=["organization", "local_day"], name="ordered_tests_by_day"),
            models.Index(fields=["patient", "-local_day"], name="ordered_tests_of_a_person"),
        ]


class Specimen(Fact):
    """What was collected, and what the person said and took before anything was known of it.

    The collector is `recorded_by`. `disclosed` and `medications` are as told and as listed at that moment.
    """

    order = models.OneToOneField(OrderedTest, on_delete=models.PROTECT, related_name="specimen")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="specimens")
    collected_at = models.DateTimeField()
    matrix = models.CharField(max_length=20)
    observation = models.CharField(max_length=12)
    temperature_f = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    temperature_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    seal = models.CharField(max_length=40, blank=True)
    disclosed = PrivateJSON(default=list)
    medications = PrivateJSON(default=list)
    words = Narrative(blank=True)

    class Meta:
        indexes = [models.Index(fields=["patient", "-collected_at"], name="specimens_of_a_person")]


class NotGiven(Fact):
    """No specimen came of an order: refused, no sample, missed or excused. A correction retires the old row."""

    order = models.ForeignKey(OrderedTest, on_delete=models.PROTECT, related_name="not_given")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="tests_not_given")
    kind = models.CharField(max_length=12)
    happened_at = models.DateTimeField()
    words = Narrative(blank=True)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=models.Q(retired_at__isnull=True), name="not_given_once"
            )
        ]
        indexes = [models.Index(fields=["patient", "-happened_at"], name="tests_not_given_of_a_person")]


class SpecimenResult(Fact):
    """What a screen (presumptive) or the laboratory (definitive) found, with what it meant as of that day.

    A correction names the old row, which is retired. `found` has the analytes and the specimen's own values.
    """

    specimen = models.ForeignKey(Specimen, on_delete=models.PROTECT, related_name="results")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="test_results")
    definitive = models.BooleanField()
    laboratory = PrivateText(max_length=120, blank=True)
    resulted_at = models.DateTimeField()
    found = PrivateJSON()
    validity = models.CharField(max_length=12)
    meaning = PrivateJSON()
    unexpected = models.BooleanField()
    high = models.BooleanField()
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["specimen", "definitive"],
                condition=models.Q(retired_at__isnull=True),
                name="one_standing_result_of_a_kind",
            )
        ]
        indexes = [models.Index(fields=["patient", "-resulted_at"], name="test_results_of_a_person")]


class BreathTest(Fact):
    """A breath test at the door, in g of alcohol per 210 L; `steps` is what was done when it was above zero."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="breath_tests")
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, null=True, blank=True, related_name="breath_tests"
    )
    taken_at = models.DateTimeField()
    waited_minutes = models.PositiveSmallIntegerField()
    reading = models.DecimalField(max_digits=4, decimal_places=3)
    steps = models.JSONField(default=list)
    words = Narrative(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["patient", "-taken_at"], name="breath_tests_of_a_person"),
            models.Index(fields=["organization", "taken_at"], name="breath_tests_by_time"),
        ]
