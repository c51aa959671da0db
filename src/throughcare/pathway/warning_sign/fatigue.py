"""Alert fatigue, measured: of each kind of sign, what was raised, acted on, dismissed and withdrawn in a month."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, QuerySet

from throughcare.knowledge.clinic_calendar import day_bounds, local_day
from throughcare.knowledge.warning_signs.acts import REASONS
from throughcare.knowledge.warning_signs.kinds import KINDS
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import CannotSee, require
from throughcare.pathway.privacy import at_sites, may_access
from throughcare.records.signs import WarningSign

SITE = "episode__site"
# From this share of dismissals on a kind of sign cries wolf. [ours]
WOLF, FEWEST = 0.5, 10


@dataclass(frozen=True)
class KindInMonth:
    """One kind of sign in one month: of those raised then, what has become of them."""

    title: str
    raised: int
    acted: int
    dismissed: int
    withdrawn: int
    standing: int
    overdue: int
    reasons: tuple[tuple[str, int], ...]

    @property
    def cries_wolf(self) -> bool:
        """Whether so many were dismissed that people will stop looking."""
        return self.raised >= FEWEST and self.dismissed >= WOLF * self.raised


@dataclass(frozen=True)
class FatigueMonth:
    """A month with its kinds, the most frequent first."""

    first: date
    kinds: tuple[KindInMonth, ...]
    raised: int
    acted: int
    dismissed: int


def alert_fatigue(month: date | None = None, *, by: Actor, at: datetime) -> FatigueMonth:
    """What became of the signs that were raised in the month of this day; without one, in this month. Counts alone."""
    require(may_access("warning_sign", by=by), CannotSee)
    first = (month or local_day(at, by.time_zone)).replace(day=1)
    new = _raised_in(first, by)
    raised = _by_code(new)
    last = WarningSign.objects.filter(
        organization_id=by.organization, thread__in=new.values("thread")
    ).exclude(ended_how="continued")
    ended = _by_code_and(last, "ended_how")
    late = _by_code(last.filter(ended_at__isnull=True, due_at__lt=at))
    why = _by_code_and(last.filter(acts__act="dismissed"), "acts__reason")
    kinds = [
        KindInMonth(
            kind.title,
            raised[kind.code],
            ended[kind.code]["acted"],
            ended[kind.code]["dismissed"],
            ended[kind.code]["withdrawn"] + ended[kind.code]["discharged"],
            ended[kind.code][""],
            late[kind.code],
            tuple((REASONS[reason], count) for reason, count in why[kind.code].most_common()),
        )
        for kind in KINDS
        if raised[kind.code]
    ]
    kinds.sort(key=lambda kind: -kind.raised)
    return FatigueMonth(
        first,
        tuple(kinds),
        sum(kind.raised for kind in kinds),
        sum(kind.acted for kind in kinds),
        sum(kind.dismissed for kind in kinds),
    )


def _raised_in(first: date, by: Actor) -> QuerySet[WarningSign]:
    """The signs that were new in the month of this first day, at the sites that the actor sees."""
    after = (first + timedelta(days=32)).replace(day=1)
    rows = WarningSign.objects.filter(
        organization_id=by.organization,
        continues__isnull=True,
        recorded_at__gte=day_bounds(first, by.time_zone)[0],
        recorded_at__lt=day_bounds(after, by.time_zone)[0],
    )
    return at_sites(rows, "warning_sign", by=by, column=SITE)


def _by_code(rows: QuerySet[WarningSign]) -> Counter[str]:
    return Counter(dict(rows.order_by().values_list("code").annotate(Count("pk"))))


def _by_code_and(rows: QuerySet[WarningSign], column: str) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for code, value, count in rows.order_by().values_list("code", column).annotate(Count("pk")):
        found[code][value] = count
    return found
