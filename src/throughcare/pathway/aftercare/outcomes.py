"""How people are after they left, as the director reads it: follow-ups whose window is over, and what was answered."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from throughcare.knowledge.aftercare.answers import CHECK_IN, Answer, follow_up, weigh_answer
from throughcare.knowledge.aftercare.outcomes import Point, Share, Told, points_of
from throughcare.knowledge.aftercare.rhythm import OUTCOMES, SETTINGS
from throughcare.pathway.actor import Actor
from throughcare.pathway.aftercare.asks import read_answer
from throughcare.pathway.cannot import CannotSee, require
from throughcare.pathway.privacy import at_sites, may_access
from throughcare.pathway.program_settings import numbers
from throughcare.records.aftercare import AftercareAnswer, AftercareAsk, AftercareCall, AftercarePlan

BACK = timedelta(days=730)


@dataclass(frozen=True)
class AftercareNumbers:
    """The outcomes at each distance, how many are followed now, and how many came back into care."""

    points: tuple[Point, ...]
    followed: int
    came_back: Share
    slipping: int
    calls_waiting: int


def aftercare_numbers(*, by: Actor, at: datetime, site: UUID | None = None) -> AftercareNumbers:
    """The numbers over people who left in the last two years, at the sites that `by` answers for. Six queries."""
    require(may_access("outcome", by=by), CannotSee)
    own = numbers(*SETTINGS, organization=by.organization, on=at.date())
    rows = AftercarePlan.objects.filter(organization_id=by.organization, from_date__gte=(at - BACK).date())
    plans = at_sites(rows, "outcome", by=by, column="discharge__episode__site")
    if site is not None:
        plans = plans.filter(discharge__episode__site__uid=site)
    known = list(plans.values_list("pk", "ended_at", "ended_because"))
    keys = [key for key, _, _ in known]
    days = [int(own[key]) for key in OUTCOMES]
    occasions = {follow_up(day): day for day in days}
    asks = list(
        AftercareAsk.objects.filter(plan__in=keys, occasion__in=occasions).values_list(
            "pk", "occasion", "closes_date"
        )
    )
    answers = _answers([key for key, _, _ in asks])
    today = at.date()
    told = [
        Told(occasions[occasion], answers.get(key))
        for key, occasion, closes in asks
        if closes < today  # who answered early counts with everyone else, once the window is over
    ]
    running = [key for key, ended, _ in known if ended is None]
    return AftercareNumbers(
        points=points_of(told, days),
        followed=len(running),
        came_back=Share(sum(because == "back_in_care" for _, _, because in known), len(known)),
        slipping=_slipping(running, at=at),
        calls_waiting=AftercareCall.objects.filter(plan__in=keys, ended_at__isnull=True).count(),
    )


def _answers(asks: list[int]) -> dict[int, Answer]:
    rows = AftercareAnswer.objects.filter(ask__in=asks, retired_at__isnull=True)
    return {row.ask_id: read_answer(row) for row in rows}


def _slipping(plans: list[int], *, at: datetime) -> int:
    """How many of those who checked in within the last month slipped at the last time."""
    rows = AftercareAnswer.objects.filter(
        ask__plan__in=plans,
        ask__occasion=CHECK_IN,
        retired_at__isnull=True,
        recorded_at__gte=at - timedelta(days=30),
    ).select_related("ask")
    newest = {row.ask.plan_id: row for row in rows.order_by("recorded_at", "pk")}
    return sum(weigh_answer(read_answer(row)).standing == "slipping" for row in newest.values())
