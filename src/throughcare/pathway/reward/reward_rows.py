"""What is asked of the database about rewards."""

from datetime import date
from decimal import Decimal

from django.db.models import QuerySet, Sum

from throughcare.pathway.prepared import prepared
from throughcare.records.rewards import PrizeDraw, Reward, RewardPlan, RewardReceipt
from throughcare.records.tests import OrderedTest

ZERO = Decimal(0)


@prepared
def running_plan(patient: int) -> QuerySet[RewardPlan]:
    """The plan under which a person (key) earns."""
    return RewardPlan.objects.filter(patient=patient, ends_on__isnull=True)


@prepared
def orders_since(patient: int, first: date) -> QuerySet[OrderedTest]:
    """A person's tests from a day on, in order."""
    rows = OrderedTest.objects.select_related("specimen").filter(
        patient=patient, local_day__gte=first, taken_back_at__isnull=True
    )
    return rows.order_by("local_day", "pk")


@prepared
def ledger_of(patient: int) -> QuerySet[Reward]:
    """All lines of a person's ledger, newest first."""
    rows = Reward.objects.select_related("plan", "order").filter(patient=patient)
    return rows.order_by("-local_day", "-pk")


@prepared
def prizes_of(patient: int) -> QuerySet[PrizeDraw]:
    """All slips that a person drew, newest first."""
    return PrizeDraw.objects.filter(patient=patient).order_by("-pk")


@prepared
def receipts_of(patient: int) -> QuerySet[RewardReceipt]:
    """All that was handed to a person, newest first."""
    rows = RewardReceipt.objects.select_related("recorded_by").filter(patient=patient)
    return rows.order_by("-local_day", "-pk")


def earned_in(patient: int, year: int) -> int:
    """What a person earned in a calendar year, in cents: lines of money and prizes."""
    days = (date(year, 1, 1), date(year, 12, 31))
    lines = Reward.objects.filter(patient=patient, local_day__range=days).aggregate(sum=Sum("amount"))
    prizes = PrizeDraw.objects.filter(patient=patient, local_day__range=days).aggregate(sum=Sum("prize"))
    return to_cents((lines["sum"] or ZERO) + (prizes["sum"] or ZERO))


def to_cents(dollars: Decimal) -> int:
    """Dollars as cents."""
    return int(dollars * 100)


def to_dollars(cents: int) -> Decimal:
    """Cents as dollars."""
    return Decimal(cents) / 100
