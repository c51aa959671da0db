"""Drawing slips from a bowl, and handing over what was earned against a signed receipt. Never cash."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Sum

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.rewards.bowl import may_pick, prize_on
from throughcare.knowledge.rewards.earning import money, within_cap
from throughcare.knowledge.rewards.schemes import HANDED
from throughcare.knowledge.verdict import Refused
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.reward.planning import KIND
from throughcare.pathway.reward.reward_rows import ZERO, earned_in, to_cents, to_dollars
from throughcare.pathway.reward.settling import cap_of
from throughcare.pathway.rows import only_row
from throughcare.records.organizations import Organization
from throughcare.records.people import Patient
from throughcare.records.rewards import PrizeDraw, Reward, RewardReceipt


@transaction.atomic
def pick_slip(reward: UUID, slip: int, *, by: Actor, at: datetime) -> Decimal:
    """Draw one slip by its number; what it wins. The person picks, or staff for them at the desk."""
    found = only_row(
        Reward.objects.select_for_update(of=("self",))
        .select_related("patient", "plan", "order")
        .filter(organization_id=by.organization, uid=reward, draws__gt=0)
    )
    if found is None:
        raise Absent("reward")
    open_patient(found.patient, kind=KIND, by=by, at=at, verb="change")
    Patient.objects.select_for_update(no_key=True).get(pk=found.patient_id)
    taken = list(PrizeDraw.objects.filter(reward=found).values_list("slip", flat=True))
    verdict = may_pick(slip, taken=taken, draws=found.draws)
    if isinstance(verdict, Refused):
        raise Cannot(verdict.because, field="slip")
    today = local_day(at, by.time_zone)
    on_slip = prize_on(slip, seed=found.seed, reward=str(found.uid))
    cap = cap_of(found.plan, found.order)
    prize = within_cap(on_slip, this_year=earned_in(found.patient_id, today.year), cap_cents=cap)
    PrizeDraw.objects.create(
        organization_id=by.organization,
        reward=found,
        patient_id=found.patient_id,
        slip=slip,
        on_slip=to_dollars(on_slip),
        prize=to_dollars(prize),
        local_day=today,
        recorded_by_id=by.account,
        recorded_at=at,
    )
    return to_dollars(prize)


@dataclass(frozen=True)
class NewReceipt:
    """What is handed over: its kind and serial number, its value in dollars, and the name signed for it."""

    kind: str
    serial: str
    value: Decimal
    signed_name: str


@transaction.atomic
def hand_over(patient: UUID, new: NewReceipt, *, by: Actor, at: datetime) -> int:
    """Hand over what was earned; the number of the receipt. Raises `Cannot` above what is owed."""
    found = open_patient(patient, kind=KIND, by=by, at=at, verb="change")
    if by.patient == found.pk:
        raise CannotSee("Staff hand it over and write the receipt.")
    if new.kind not in HANDED:
        raise Cannot("Choose what is handed over. Cash is not possible.", field="kind")
    if not new.serial.strip():
        raise Cannot("Write down the serial or tag number.", field="serial")
    if not new.signed_name.strip():
        raise Cannot("The person writes their name for it.", field="signed_name")
    # One at a time: numbers without gaps, and nothing is handed over twice.
    Organization.objects.select_for_update(no_key=True).get(pk=by.organization)
    owed = balance_of(found.pk)
    if new.value <= 0 or new.value > owed:
        raise Cannot(f"{money(to_cents(owed))} is owed. Enter a value up to it.", field="value")
    last = RewardReceipt.objects.filter(organization_id=by.organization).aggregate(last=Max("number"))
    made = RewardReceipt.objects.create(
        organization_id=by.organization,
        patient=found,
        number=(last["last"] or 0) + 1,
        kind=new.kind,
        serial=new.serial.strip(),
        value=new.value,
        signed_name=new.signed_name.strip(),
        local_day=local_day(at, by.time_zone),
        recorded_by_id=by.account,
        recorded_at=at,
    )
    return made.number


def balance_of(patient: int) -> Decimal:
    """What a person (key) earned and has not been handed, in dollars; for modules past the desk."""
    earned = Reward.objects.filter(patient=patient).aggregate(sum=Sum("amount"))["sum"] or ZERO
    won = PrizeDraw.objects.filter(patient=patient).aggregate(sum=Sum("prize"))["sum"] or ZERO
    handed = RewardReceipt.objects.filter(patient=patient).aggregate(sum=Sum("value"))["sum"] or ZERO
    return Decimal(earned) + Decimal(won) - Decimal(handed)
