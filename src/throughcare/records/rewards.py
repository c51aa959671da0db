"""Rewards for tests without unexpected substances: plans, the ledger, prizes drawn and receipts."""

from django.db import models

from throughcare.records.fact import Fact, Narrative, PrivateJSON, PrivateText
from throughcare.records.people import Patient
from throughcare.records.tests import OrderedTest


class RewardPlan(Fact):
    """A person earns rewards under one scheme from a day on; `targets` are the analytes that count, none is all."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="reward_plans")
    scheme = models.CharField(max_length=20)
    targets = models.JSONField(default=list)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient"],
                condition=models.Q(ends_on__isnull=True),
                name="one_reward_plan_at_a_time",
            )
        ]


class Reward(Fact):
    """One line of the ledger: what a test came to under the plan. `adjusts`: a later result changed an earlier line.

    A prize-bowl line has draws and the bowl's commitment; its seed is shown when every slip is drawn.
    """

    plan = models.ForeignKey(RewardPlan, on_delete=models.PROTECT, related_name="rewards")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="rewards")
    order = models.ForeignKey(OrderedTest, on_delete=models.PROTECT, related_name="rewards")
    mark = models.CharField(max_length=12)
    local_day = models.DateField()
    amount = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    draws = models.PositiveSmallIntegerField(default=0)
    capped = models.BooleanField(default=False)
    because = PrivateJSON(default=list)
    commitment = models.CharField(max_length=64, blank=True)
    seed = PrivateText(max_length=64, blank=True)
    adjusts = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "order"],
                condition=models.Q(adjusts__isnull=True),
                name="a_test_is_rewarded_once",
            ),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="rewards_are_never_taken_back"),
        ]
        indexes = [models.Index(fields=["organization", "local_day"], name="rewards_by_day")]


class PrizeDraw(Fact):
    """One slip drawn from a bowl: its number, what stands on it, and what of that the yearly cap leaves."""

    reward = models.ForeignKey(Reward, on_delete=models.PROTECT, related_name="prizes")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="prizes")
    slip = models.PositiveSmallIntegerField()
    on_slip = models.DecimalField(max_digits=8, decimal_places=2)
    prize = models.DecimalField(max_digits=8, decimal_places=2)
    local_day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reward", "slip"], name="a_slip_is_drawn_once")]


class RewardReceipt(Fact):
    """Something was handed over: its serial number, value and kind (never cash), and who signed for it."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="reward_receipts")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    serial = PrivateText(max_length=60)
    value = models.DecimalField(max_digits=8, decimal_places=2)
    signed_name = Narrative()
    local_day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "number"], name="receipts_are_numbered_once"),
            models.CheckConstraint(condition=models.Q(value__gt=0), name="receipts_have_a_value"),
        ]
        indexes = [models.Index(fields=["patient", "local_day"], name="receipts_of_a_person")]
