"""The director's seven numbers: how the program does, with what each is counted over."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from uuid import UUID

from throughcare.knowledge.clinic_calendar import at_local, local_day, week_of
from throughcare.knowledge.outcomes import ALL as OUTCOMES
from throughcare.knowledge.outcomes import Outcome
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import CannotSee, require
from throughcare.pathway.census import zone_of
from throughcare.pathway.outcome_counts import (
    Counted,
    Scope,
    days_to_first_session,
    discharged_with_kept_visit,
    hours_by_week,
    kept_to_fourth_session,
    measures_returned,
    still_in_care,
    weeks_at_minimum,
)
from throughcare.pathway.privacy import may_access

WEEKS = 13
_MIDNIGHT = time(0)


@dataclass(frozen=True)
class Number:
    """One of the seven: its value in words, of how many, and against which target."""

    outcome: Outcome
    value: str
    of: str
    weekly: tuple[float, ...] = ()


@dataclass(frozen=True)
class SevenNumbers:
    """The page: numbers over the weeks from `since` to `until`."""

    numbers: tuple[Number, ...]
    since: date
    until: date


def seven_numbers(site: UUID | None, *, by: Actor, at: datetime) -> SevenNumbers:
    """The numbers of the last thirteen whole weeks, of one site or of all. No person is named."""
    require(may_access("outcome", by=by), CannotSee)
    zone = zone_of(site, by=by)
    until = week_of(local_day(at, zone))
    since = until - timedelta(weeks=WEEKS)
    scope = Scope(
        by.organization,
        site,
        since,
        until,
        at_local(since, _MIDNIGHT, zone),
        at_local(until, _MIDNIGHT, zone),
    )
    hours = hours_by_week(scope)
    attended, planned = sum(week.part for week in hours), sum(week.whole for week in hours)
    first_days = days_to_first_session(scope, zone=zone)
    days = f"{median(first_days):g} days" if first_days else "–"
    numbers = (
        Number(OUTCOMES["days_to_first_session"], days, f"median of {len(first_days)} people"),
        _share("kept_to_session_4", kept_to_fourth_session(scope), "people admitted"),
        _share("hours_attended", Counted(attended // 60, planned // 60), "hours", weekly=hours),
        _share("weeks_at_minimum", weeks_at_minimum(scope, zone=zone), "weeks of one person"),
        _share("measures_returned", measures_returned(scope), "measures asked for"),
        _share("kept_next_appointment", discharged_with_kept_visit(scope), "people discharged"),
        _retention(scope),
    )
    return SevenNumbers(numbers, since, until - timedelta(days=1))


def _share(code: str, counted: Counted, of: str, *, weekly: list[Counted] | None = None) -> Number:
    value = f"{100 * counted.part / counted.whole:.0f} %" if counted.whole else "–"
    shares = tuple(100 * week.part / week.whole for week in weekly or () if week.whole)
    return Number(OUTCOMES[code], value, f"{counted.part:,} of {counted.whole:,} {of}", shares)


def _retention(scope: Scope) -> Number:
    counted = still_in_care(scope, days=(30, 60, 90))
    shares = [f"{100 * one.part / one.whole:.0f}" if one.whole else "–" for one in counted]
    return Number(
        OUTCOMES["still_in_care"], f"{' / '.join(shares)} %", f"{counted[0].whole:,} people admitted"
    )
