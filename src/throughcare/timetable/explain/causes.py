"""A minimal set of limits that together make a person's hours impossible, and the sentences that say it."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from throughcare.timetable.explain.limits import (
    APART,
    CLOSED,
    DAYS,
    FREE,
    KEEP,
    LIFE,
    LONGEST,
    NEVER,
    OPEN,
    SEAT,
    STAFF,
    STARTS,
    VARIANT,
    Limit,
)
from throughcare.timetable.explain.saying import say_limits
from throughcare.timetable.explain.search import Search
from throughcare.timetable.problem import Person, Plan, Problem

# What is set aside first, if the hours stay impossible without it: what says least about the week.
FIRST_ASIDE = (KEEP, CLOSED, APART, NEVER, VARIANT, STARTS, DAYS, LONGEST)


@dataclass(frozen=True)
class Cause:
    """One of the causes that together keep a person from their hours: without it the rest would not."""

    code: str
    because: str
    limits: frozenset[Limit] = frozenset()


def every_limit(search: Search) -> frozenset[Limit]:
    """Every limit of a person's week."""
    kept = (Limit(KEEP, slot=key) for key in search.offered.kept)
    return search.offered.limits() | {Limit(LONGEST), Limit(DAYS), *kept}


def minimal_limits(search: Search) -> frozenset[Limit]:
    """Limits that together make the goal impossible: with all others set aside, and not when one more is.

    The goal must be out of reach as things stand, and within reach with every limit set aside.
    """
    limits = every_limit(search)
    aside: set[Limit] = set()
    life = {one for one in limits if one.family in LIFE}
    for side in (limits - life, life):
        if search.find(side) is None:
            aside |= side
            break
    for chunk in _chunks(search.person, limits - aside):
        _set_aside(chunk, aside, lambda more: search.find(more) is None)
    return limits - aside


def _set_aside(chunk: list[Limit], aside: set[Limit], may: Callable[[set[Limit]], bool]) -> None:
    """Add to `aside` all of a chunk that may be, looking at halves of it in turn."""
    if not chunk:
        return
    if may({*aside, *chunk}):
        aside.update(chunk)
    elif len(chunk) > 1:
        half = len(chunk) // 2
        _set_aside(chunk[:half], aside, may)
        _set_aside(chunk[half:], aside, may)


def minimal_change(search: Search, aside: Collection[Limit]) -> frozenset[Limit]:
    """As few of these limits as must be set aside to reach the goal, which setting all of them aside does."""
    needed = set(aside)
    for chunk in _chunks(search.person, frozenset(aside)):
        _drop(chunk, needed, search)
    return frozenset(needed)


def _drop(chunk: list[Limit], needed: set[Limit], search: Search) -> None:
    if not chunk:
        return
    if search.find(needed - set(chunk)) is not None:
        needed.difference_update(chunk)
    elif len(chunk) > 1:
        half = len(chunk) // 2
        _drop(chunk[:half], needed, search)
        _drop(chunk[half:], needed, search)


def _chunks(person: Person, limits: Collection[Limit]) -> Iterable[list[Limit]]:
    """The limits in the order in which they are given up, those of one kind together."""
    chunks: dict[tuple[int, str], list[Limit]] = {}
    for one in sorted(limits, key=lambda one: (one.family, one.name, one.day, one.slot or ())):
        chunks.setdefault(_chunk_of(person, one), []).append(one)
    return [chunks[mark] for mark in sorted(chunks)]


def _chunk_of(person: Person, one: Limit) -> tuple[int, str]:
    if one.family in FIRST_ASIDE:
        return FIRST_ASIDE.index(one.family), ""
    if one.family in (STAFF, OPEN) and not person.free[one.day]:
        # What the clinic offers on a day on which they can't come hardly ever matters.
        return 10, ""
    if one.family == STAFF:
        return 20, one.name
    if one.family in (OPEN, SEAT):
        return 30, one.slot.type if one.slot is not None else one.name
    return 40, str(one.day)


# What is said together, in the order of the sentences.
ORDER = (
    (FREE,),
    (LONGEST,),
    (DAYS,),
    (SEAT, OPEN),
    (STAFF,),
    (STARTS,),
    (VARIANT,),
    (CLOSED,),
    (APART,),
    (NEVER,),
    (KEEP,),
)


def causes_of(problem: Problem, plan: Plan, person: str, limits: Collection[Limit]) -> tuple[Cause, ...]:
    """The sentences that say these limits, those that belong together in one."""
    found = []
    narrow = {one.day for one in limits if one.family == FREE}
    for families in ORDER:
        about: dict[str, set[Limit]] = {}
        for one in limits:
            if one.family in families:
                about.setdefault(_subject(one), set()).add(one)
        for subject in sorted(about):
            because = say_limits(problem, plan, person, frozenset(about[subject]), narrow)
            code = families[0] if any(one.family == families[0] for one in about[subject]) else families[-1]
            found.append(Cause(code, because, frozenset(about[subject])))
    return tuple(found)


def _subject(one: Limit) -> str:
    """What a limit is about: limits of one family and one subject are said in one sentence."""
    if one.family == FREE:
        return ""
    if one.family == SEAT and one.slot is not None:
        return one.slot.type
    return repr(one.slot) if one.slot is not None else one.name
