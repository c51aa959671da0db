"""Rewards as pages show them: a person's ledger with what is owed, and the organization's year."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.drug_tests.analytes import ALL as ANALYTES
from throughcare.knowledge.rewards.bowl import check_bowl
from throughcare.knowledge.rewards.earning import MARKS
from throughcare.knowledge.rewards.schemes import ALL as SCHEMES
from throughcare.knowledge.rewards.schemes import HANDED, Scheme
from throughcare.pathway.actor import Actor
from throughcare.pathway.privacy import may_access, open_list, open_patient
from throughcare.pathway.privacy.own_record import own_patient
from throughcare.pathway.program_settings import numbers
from throughcare.pathway.reward.planning import KIND
from throughcare.pathway.reward.reward_rows import (
    ZERO,
    ledger_of,
    prizes_of,
    receipts_of,
    running_plan,
    to_cents,
)
from throughcare.pathway.rows import only_row
from throughcare.records.people import Patient
from throughcare.records.rewards import PrizeDraw, Reward, RewardPlan, RewardReceipt


@dataclass(frozen=True)
class SlipView:
    """One slip that was drawn."""

    slip: int
    prize: Decimal


@dataclass(frozen=True)
class LineView:
    """One line of the ledger. Once no slip is left to draw, `seed` is shown, with what is `wrong` (nothing if fair)."""

    uid: UUID
    day: date
    mark: str
    word: str
    amount: Decimal
    draws: int
    draws_left: int
    slips: tuple[SlipView, ...]
    capped: bool
    because: tuple[str, ...]
    commitment: str
    seed: str
    wrong: tuple[str, ...]
    is_late: bool


@dataclass(frozen=True)
class ReceiptView:
    """One signed receipt."""

    number: int
    day: date
    kind: str
    serial: str
    value: Decimal
    signed_name: str
    handed_by: str


@dataclass(frozen=True)
class RewardPage:
    """A person's rewards: the plan, the ledger newest first, what is owed, and the year so far against its cap."""

    patient: UUID
    scheme: Scheme | None
    since: date | None
    targets: tuple[str, ...]
    lines: tuple[LineView, ...]
    receipts: tuple[ReceiptView, ...]
    owed: Decimal
    this_year: Decimal
    cap: Decimal | None
    may_change: bool

    @property
    def draws_left(self) -> int:
        """Slips that wait to be drawn."""
        return sum(line.draws_left for line in self.lines)


def reward_page(patient: UUID, *, by: Actor, at: datetime) -> RewardPage:
    """One person's rewards, for staff."""
    return _page(open_patient(patient, kind=KIND, by=by, at=at), by=by, at=at)


def my_rewards(*, by: Actor, at: datetime) -> RewardPage:
    """The actor's own rewards."""
    return _page(open_patient(own_patient(by=by), kind=KIND, by=by, at=at), by=by, at=at)


def _page(found: Patient, *, by: Actor, at: datetime) -> RewardPage:
    plan = only_row(running_plan(found.pk))
    drawn: dict[int, list[PrizeDraw]] = defaultdict(list)
    prizes = prizes_of(found.pk)
    for one in prizes:
        drawn[one.reward_id].append(one)
    rows = ledger_of(found.pk)
    receipts = receipts_of(found.pk)
    today = local_day(at, by.time_zone)
    earned = sum((row.amount for row in rows), ZERO) + sum((one.prize for one in prizes), ZERO)
    return RewardPage(
        patient=found.uid,
        scheme=SCHEMES[plan.scheme] if plan else None,
        since=plan.starts_on if plan else None,
        targets=tuple(ANALYTES[code].title for code in plan.targets) if plan else (),
        lines=tuple(_line(row, drawn[row.pk]) for row in rows),
        receipts=tuple(_receipt(row) for row in receipts),
        owed=earned - sum((row.value for row in receipts), ZERO),
        this_year=sum((row.amount for row in rows if row.local_day.year == today.year), ZERO)
        + sum((one.prize for one in prizes if one.local_day.year == today.year), ZERO),
        cap=_cap(plan, today) if plan else None,
        may_change=bool(may_access(KIND, by=by, verb="change")),
    )


def _cap(plan: RewardPlan, today: date) -> Decimal:
    key = SCHEMES[plan.scheme].cap_key
    return Decimal(numbers(key, organization=plan.organization_id, on=today)[key])


def _line(row: Reward, drawn: list[PrizeDraw]) -> LineView:
    left = row.draws - len(drawn)
    shown = bool(row.draws) and left <= 0
    pairs = [(one.slip, to_cents(one.on_slip)) for one in drawn]
    return LineView(
        uid=row.uid,
        day=row.local_day,
        mark=row.mark,
        word=MARKS.get(row.mark, row.mark),
        amount=row.amount,
        draws=row.draws,
        draws_left=max(0, left),
        slips=tuple(SlipView(one.slip, one.prize) for one in reversed(drawn)),
        capped=row.capped,
        because=tuple(row.because),
        commitment=row.commitment,
        seed=row.seed if shown else "",
        wrong=check_bowl(row.seed, row.commitment, str(row.uid), pairs) if shown else (),
        is_late=row.adjusts_id is not None,
    )


def _receipt(row: RewardReceipt) -> ReceiptView:
    return ReceiptView(
        number=row.number,
        day=row.local_day,
        kind=HANDED.get(row.kind, row.kind),
        serial=row.serial,
        value=row.value,
        signed_name=row.signed_name,
        handed_by=row.recorded_by.name if row.recorded_by else "",
    )


@dataclass(frozen=True)
class PersonsYear:
    """What one person earned and was handed in a calendar year; `tax_flag`: ask whether a tax form is due."""

    patient: UUID
    name: str
    earned: Decimal
    handed: Decimal
    tax_flag: bool
    near_cap: bool


@dataclass(frozen=True)
class Ledger:
    """The organization's rewards of a calendar year."""

    year: int
    people: tuple[PersonsYear, ...]
    earned: Decimal
    handed: Decimal
    tax_from: Decimal


def reward_ledger(year: int, *, by: Actor, at: datetime) -> Ledger:
    """Everyone who earned or was handed something in a year, the highest first, in a constant number of queries."""
    days = (date(year, 1, 1), date(year, 12, 31))
    own = {"organization": by.organization, "local_day__range": days}
    earned: dict[int, Decimal] = defaultdict(Decimal)
    for patient, total in Reward.objects.filter(**own).values_list("patient").annotate(Sum("amount")):
        earned[patient] += total
    for patient, total in PrizeDraw.objects.filter(**own).values_list("patient").annotate(Sum("prize")):
        earned[patient] += total
    handed = dict(RewardReceipt.objects.filter(**own).values_list("patient").annotate(Sum("value")))
    open_list(KIND, sorted(earned.keys() | handed.keys()), by=by, at=at)
    keys = ("reward.tax_flag", "reward.grant_cap", "reward.california_cap")
    settings = numbers(*keys, organization=by.organization, on=local_day(at, by.time_zone))
    tax_from, cap = Decimal(settings[keys[0]]), Decimal(min(settings[keys[1]], settings[keys[2]]))
    people = Patient.objects.filter(pk__in=earned.keys() | handed.keys())
    rows = [
        PersonsYear(
            one.uid,
            one.called,
            earned[one.pk],
            handed.get(one.pk, ZERO),
            earned[one.pk] >= tax_from,
            earned[one.pk] * 10 >= cap * 9,
        )
        for one in people
    ]
    return Ledger(
        year,
        tuple(sorted(rows, key=lambda one: (-one.earned, one.name))),
        sum((one.earned for one in rows), ZERO),
        sum((one.handed for one in rows), ZERO),
        tax_from,
    )
