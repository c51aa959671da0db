"""Weeks that fall short: what counts as a miss, which sessions may make up for it, and the fewest that save a week."""

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from throughcare.knowledge.attendance import ALL as STATUSES
from throughcare.knowledge.hours import WeekLedger

MOST_SESSIONS = 3
# Of more sessions than these only the longest are tried together: a week has room for few of them anyway.
MOST_TRIED = 14


@dataclass(frozen=True)
class SavingSession:
    """A session that someone could take; `key` tells it apart, `is_planned` says that its type is in the plan."""

    key: Hashable
    starts_at: datetime
    ends_at: datetime
    minutes: int
    is_planned: bool = True


def is_missed(status: str, *, minutes: int, treatment_minutes: int, least: int) -> bool:
    """Whether a person missed a session: stayed away, or missed `least` minutes of it or more.

    What the program canceled nobody missed.
    """
    if status == "cancelled_by_program":
        return False
    if not STATUSES[status].minutes_count:
        return True
    return treatment_minutes - minutes >= least


def suits_plan(session_type: str, *, planned: Collection[str], missed: Collection[str] = ()) -> bool:
    """Whether a person may take a session of this type by themselves: one of the plan, or like what they missed."""
    return not planned or session_type in planned or session_type in missed


def minutes_short(week: WeekLedger) -> int:
    """Minutes that a week will stay below the least hours, or below the plan where it asks for fewer.

    Without a plan nothing is asked of the week.
    """
    wanted = min(week.prescribed, week.minimum)
    expected = week.delivered + week.not_taken + week.to_come
    return max(0, round((wanted - expected) * 60))


def sessions_that_save(choices: Sequence[SavingSession], *, missing: int) -> tuple[SavingSession, ...]:
    """The fewest sessions that bring the missing minutes, the plan's types first; where none do, what brings most.

    Sessions that overlap are never taken together.
    """
    if missing <= 0:
        return ()
    tried = sorted(choices, key=lambda one: (not one.is_planned, -one.minutes, one.starts_at))[:MOST_TRIED]
    best: tuple[SavingSession, ...] = ()
    for count in range(1, MOST_SESSIONS + 1):
        together = [mix for mix in combinations(tried, count) if _apart(mix)]
        enough = [mix for mix in together if _minutes(mix) >= missing]
        if enough:
            return _in_time(min(enough, key=_cost))
        best = max([best, *together], key=lambda mix: (_minutes(mix), -len(mix)))
    return _in_time(best)


def _minutes(mix: Sequence[SavingSession]) -> int:
    return sum(one.minutes for one in mix)


def _cost(mix: Sequence[SavingSession]) -> tuple[int, int, datetime]:
    """Other types than the plan's weigh most, then hours beyond what is missing, then waiting."""
    return sum(not one.is_planned for one in mix), _minutes(mix), max(one.ends_at for one in mix)


def _apart(mix: Sequence[SavingSession]) -> bool:
    return all(
        one.ends_at <= other.starts_at or other.ends_at <= one.starts_at
        for one, other in combinations(mix, 2)
    )


def _in_time(mix: Sequence[SavingSession]) -> tuple[SavingSession, ...]:
    return tuple(sorted(mix, key=lambda one: one.starts_at))
