"""The director's seven numbers: how the program does, with what each is counted over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from uuid import UUID

from throughcare.knowledge.clinic_calendar import local_day, week_of
from throughcare.knowledge.outcomes import ALL as OUTCOMES
from throughcare.knowledge.outcomes import SEVEN, Outcome
from throughcare.pathway.actor import Actor
from throughcare.pathway.boards.outcome_episodes import (
    days_to_first_session,
    discharged_with_kept_visit,
    kept_to_fourth_session,
    starts,
    still_in_care,
    ways,
)
from throughcare.pathway.boards.outcome_scope import Counted, Scope
from throughcare.pathway.boards.outcome_weeks import hours_by_week, measures_returned, weeks_at_minimum
from throughcare.pathway.cannot import Absent, CannotSee, require
from throughcare.pathway.privacy import may_access, sites_for
from throughcare.pathway.program_settings import number
from throughcare.records.organizations import Site

WEEKS = 8
HOURS = "hours_attended"


@dataclass(frozen=True)
class Number:
    """One number: days, or a share from 0 to 1; None with nobody to count. `part` of `whole` are what it is made of.

    `weekly` has an entry for each week, None for those with nobody to count.
    """

    outcome: Outcome
    value: float | None
    part: int
    whole: int
    weekly: tuple[float | None, ...]

    @property
    def is_reached(self) -> bool | None:
        """Whether the target is reached; None where there is no number."""
        return None if self.value is None else self.outcome.is_reached(self.value)


@dataclass(frozen=True)
class SevenNumbers:
    """The page: seven numbers, the last of them in three rows, over the weeks from `since` to `until`."""

    numbers: tuple[tuple[Number, ...], ...]
    since: date
    until: date


def seven_numbers(site: UUID | None, *, by: Actor, at: datetime) -> SevenNumbers:
    """The numbers of the last eight whole weeks, of one site or of all. No person is named."""
    require(may_access("outcome", by=by), CannotSee)
    key, zone = _place(site, by=by)
    today = local_day(at, zone)
    until = week_of(today, number("week_start", organization=by.organization, on=today))
    scope = Scope(by.organization, key, until - timedelta(weeks=WEEKS), until, zone)
    found = {one.outcome.code: one for one in _numbers(scope)}
    rows = tuple(tuple(found[outcome.code] for outcome in outcomes) for outcomes in SEVEN)
    return SevenNumbers(rows, scope.since, scope.until - timedelta(days=1))


def _place(site: UUID | None, *, by: Actor) -> tuple[int | None, str]:
    """The site's key and time zone; no key and the first site's zone for the whole organization."""
    sites = Site.objects.filter(organization_id=by.organization).order_by("pk")
    reached = sites_for("outcome", by=by)
    if reached is not None:  # the numbers of one site at a time, and only of theirs
        sites = sites.filter(pk__in=reached)
    if site is None:
        first = sites.first()
        if reached is not None and first is not None:
            return first.pk, first.time_zone
        return None, first.time_zone if first else "UTC"
    found = sites.filter(uid=site).first()
    if found is None:
        raise Absent("site")
    return found.pk, found.time_zone


def _numbers(scope: Scope) -> list[Number]:
    retained = [outcome for outcome in SEVEN[-1] if outcome.within_days]
    days = [outcome.within_days or 0 for outcome in retained]
    found = ways(scope, earlier=max(days))
    begun = starts(scope, found)
    shares = {
        "kept_to_session_4": kept_to_fourth_session(scope, begun),
        HOURS: hours_by_week(scope),
        "weeks_at_minimum": weeks_at_minimum(scope),
        "measures_returned": measures_returned(scope),
        "kept_next_appointment": discharged_with_kept_visit(scope),
    }
    kept = still_in_care(scope, found, days)
    return [
        _days("days_to_first_session", days_to_first_session(scope, begun)),
        *(_share(OUTCOMES[code], weeks) for code, weeks in shares.items()),
        *(_share(outcome, kept[outcome.within_days or 0]) for outcome in retained),
    ]


def _days(code: str, weeks: Sequence[Sequence[int]]) -> Number:
    every = [days for week in weeks for days in week]
    weekly = tuple(float(median(week)) if week else None for week in weeks)
    return Number(OUTCOMES[code], float(median(every)) if every else None, len(every), len(every), weekly)


def _share(outcome: Outcome, weeks: Sequence[Counted]) -> Number:
    part, whole = sum(week.part for week in weeks), sum(week.whole for week in weeks)
    weekly = tuple(week.part / week.whole if week.whole else None for week in weeks)
    if outcome.code == HOURS:
        return Number(outcome, part / whole if whole else None, round(part / 60), round(whole / 60), weekly)
    return Number(outcome, part / whole if whole else None, part, whole, weekly)
