"""The ledger is brought up to what the tests came to: lines are added, none is changed or taken back."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from throughcare.knowledge.fair_chance import SEED_BYTES, commitment_of
from throughcare.knowledge.rewards.earning import Award, earn, money, within_cap
from throughcare.knowledge.rewards.marking import mark_of_result, mark_without_specimen
from throughcare.knowledge.rewards.schemes import ALL as SCHEMES
from throughcare.pathway.actor import Actor
from throughcare.pathway.program_settings import number
from throughcare.pathway.reward.reward_rows import earned_in, orders_since, running_plan, to_cents, to_dollars
from throughcare.pathway.rows import only_row
from throughcare.records.rewards import Reward, RewardPlan
from throughcare.records.tests import NotGiven, OrderedTest, SpecimenResult

Marked = tuple[OrderedTest, str]


def settle_rewards(patient: int, *, organization: int, by: Actor, at: datetime) -> None:
    """Add to a person's (key) ledger what their tests earned and is not in it; for modules past the desk.

    A result that comes late, or is corrected, changes later lines: the difference is added, never taken back.
    """
    plan = only_row(running_plan(patient))
    if plan is None:
        return
    RewardPlan.objects.select_for_update().get(pk=plan.pk)
    marked = marks_of(plan)
    awards = earn(plan.scheme, [mark for _, mark in marked]).awards
    written: dict[int, list[Reward]] = defaultdict(list)
    for line in Reward.objects.filter(plan=plan).order_by("pk"):
        written[line.order_id].append(line)
    weeks = number("reward.weeks", organization=organization, on=plan.starts_on)
    ends = weeks if plan.scheme != "california" else SCHEMES[plan.scheme].weeks
    for (order, mark), award in zip(marked, awards, strict=True):
        if (order.local_day - plan.starts_on).days < 7 * ends:
            _add(plan, order, mark, award, written[order.pk], by=by, at=at)


def marks_of(plan: RewardPlan) -> list[Marked]:
    """The plan's tests that something came of, in order, each with its mark; what is pending comes later."""
    orders = orders_since(plan.patient_id, plan.starts_on)
    keys = [order.pk for order in orders]
    results = _standing(keys)
    none = dict(NotGiven.objects.filter(order__in=keys, retired_at__isnull=True).values_list("order", "kind"))
    marked: list[Marked] = []
    for order in orders:
        result = results.get(order.pk)
        if result is not None:
            mark = mark_of_result(result.validity, result.meaning["classes"], plan.targets)
            marked.append((order, mark))
        elif order.pk in none:
            marked.append((order, mark_without_specimen(none[order.pk])))
    return marked


def _standing(orders: Sequence[int]) -> dict[int, SpecimenResult]:
    """The result that counts by order (key): the laboratory's, else the screen's."""
    rows = SpecimenResult.objects.select_related("specimen").filter(
        specimen__order__in=orders, retired_at__isnull=True
    )
    return {row.specimen.order_id: row for row in rows.order_by("definitive", "pk")}


def _add(
    plan: RewardPlan,
    order: OrderedTest,
    mark: str,
    award: Award,
    written: Sequence[Reward],
    *,
    by: Actor,
    at: datetime,
) -> None:
    cents = award.cents - sum(to_cents(line.amount) for line in written)
    draws = award.draws - sum(line.draws for line in written)
    if written and cents <= 0 and draws <= 0:
        return
    cap = cap_of(plan, order)
    this_year = earned_in(plan.patient_id, order.local_day.year)
    allowed = within_cap(max(0, cents), this_year=this_year, cap_cents=cap)
    draws = max(0, draws) if this_year < cap else 0
    capped = allowed < cents or (award.draws > 0 and draws == 0 and this_year >= cap)
    if written and not allowed and not draws:
        return
    seed = secrets.token_hex(SEED_BYTES) if draws else ""
    Reward.objects.create(
        organization_id=plan.organization_id,
        plan=plan,
        patient_id=plan.patient_id,
        order=order,
        mark=mark,
        local_day=order.local_day,
        amount=to_dollars(allowed),
        draws=draws,
        capped=capped,
        because=list(_because(award, capped=capped, cap=cap, late=bool(written))),
        commitment=commitment_of(seed) if seed else "",
        seed=seed,
        adjusts=written[0] if written else None,
        recorded_by_id=by.account,
        recorded_at=at,
    )


def _because(award: Award, *, capped: bool, cap: int, late: bool) -> Iterable[str]:
    if late:
        yield "A result that came later changed this line; the difference is added."
    yield award.because
    if capped:
        yield f"The yearly cap is {money(cap)}."


def cap_of(plan: RewardPlan, order: OrderedTest) -> int:
    """The most that this plan may earn in the year of a test, in cents."""
    scheme = SCHEMES[plan.scheme]
    dollars = number(scheme.cap_key, organization=plan.organization_id, on=order.local_day)
    own = int(dollars * 100)
    return own if scheme.fixed_cap is None else min(own, scheme.fixed_cap)
