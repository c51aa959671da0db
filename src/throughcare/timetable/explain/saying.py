"""The sentences of what limits a person's week."""

from collections.abc import Collection

from throughcare.timetable.explain import limits as of
from throughcare.timetable.explain.limits import Limit
from throughcare.timetable.problem import OneToOne, Plan, Problem, SlotKey
from throughcare.timetable.sentences import (
    say_count,
    say_day,
    say_group,
    say_length,
    say_list,
    say_span,
)

# Lists longer than this are summed up.
FEW = 5


def say_limits(
    problem: Problem, plan: Plan, person: str, limits: frozenset[Limit], narrow: Collection[int]
) -> str:
    """One sentence for limits of one subject; `narrow` are the days of which it matters when the person can come."""
    one = min(limits, key=lambda limit: (limit.family, limit.name))
    if one.family == of.FREE:
        return say_free(problem, person, {limit.day for limit in limits})
    if one.family in (of.SEAT, of.OPEN):
        return _say_groups(problem, plan, person, limits, narrow)
    if one.family == of.STAFF:
        return _say_staff(problem, person, limits, narrow)
    return _say_one(problem, person, one)


def say_free(problem: Problem, person: str, days: Collection[int]) -> str:
    """When a person can come, on the days that matter."""
    free = problem.people[person].free
    spans = {day: _spans(problem, day, free[day]) for day in range(problem.days)}
    every = [f"{say_day(problem, day)} {span}" for day in spans for span in spans[day]]
    if not every:
        return f"{person} can come at no time of the week."
    if len(every) <= 3:
        return f"{person} can come only on {say_list(every)}."
    said = []
    if never := [say_day(problem, day) for day in sorted(days) if not spans[day]]:
        said.append(f"can't come on {say_list(never, 'or')}")
    alike: dict[tuple[str, ...], list[str]] = {}
    for day in sorted(days):
        if spans[day]:
            alike.setdefault(tuple(spans[day]), []).append(say_day(problem, day))
    said += [f"can come on {say_list(names)} only {say_list(times)}" for times, names in alike.items()]
    return f"{person} {say_list(said)}."


def _spans(problem: Problem, day: int, free: frozenset[int]) -> list[str]:
    """The stretches of a day in which someone can come, such as “17:00–20:00”."""
    runs: list[list[int]] = []
    for tick in sorted(free):
        if runs and runs[-1][-1] == tick - 1:
            runs[-1].append(tick)
        else:
            runs.append([tick])
    return [say_span(problem, day, run).removeprefix(f"{say_day(problem, day)} ") for run in runs]


def _say_groups(
    problem: Problem, plan: Plan, person: str, limits: frozenset[Limit], narrow: Collection[int]
) -> str:
    """That the groups of a type are full, and that no others meet."""
    full = sorted((limit.slot for limit in limits if limit.slot is not None), key=_when)
    days = sorted(limit.day for limit in limits if limit.family == of.OPEN)
    kind = full[0].type if full else next(iter(limits)).name
    name, said = problem.say(kind), list[str]()
    allowed = problem.people[person].variants.get(kind, {})
    meets = sorted((key for key in plan.groups if key.type == kind and key.variant in allowed), key=_when)
    if full:
        times = say_list([_time(problem, key) for key in full])
        said.append(f"{name} on {times} is full" if len(full) == 1 else f"{name} on {times} are full")
    elif 0 < len(meets) <= FEW:
        said.append(f"{name} meets on {say_list([_time(problem, key) for key in meets])}")
    if days:
        theirs = all(key.variant in allowed for key in problem.slots if key.type == kind)
        group = f"{'other' if said else f'other {name}' if meets else name} group{'' if theirs else ' they may join'}"
        said.append(f"no {group} meets on {_say_days(problem, person, days, narrow)}")
    sentence = ", and ".join(said)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _when(key: SlotKey) -> tuple[int, int, SlotKey]:
    return key.day, key.start, key


def _time(problem: Problem, key: SlotKey) -> str:
    """When a group meets, with its variant where it isn't for everyone."""
    full, name = say_group(problem, key), problem.say(key.type)
    words = full.removeprefix(name).strip()
    variant, _, when = words.partition("on ")
    return f"{when} {variant.strip()}".strip()


def _visit(problem: Problem, person: str, kind: str) -> OneToOne:
    return next(one for one in problem.people[person].ones if one.kind == kind)


def _say_staff(problem: Problem, person: str, limits: frozenset[Limit], narrow: Collection[int]) -> str:
    """That whoever holds a one-to-one doesn't work then, or has something else."""
    one = _visit(problem, person, next(iter(limits)).name)
    days = sorted(limit.day for limit in limits)
    works = problem.staff[one.staff].free
    away = [day for day in days if works[day].isdisjoint(_when_there(problem, person, day, narrow))]
    said = []
    for what, these in (
        ("doesn't work", away),
        ("has no time left", [day for day in days if day not in away]),
    ):
        if these:
            said.append(f"{what} on {_say_days(problem, person, these, narrow)}")
    return f"The {problem.say(one.kind)} one-to-one is with {problem.say(one.staff)}, who {say_list(said)}."


def _when_there(problem: Problem, person: str, day: int, narrow: Collection[int]) -> frozenset[int]:
    """The ticks of a day that count: those in which the person can come, where it matters when they can."""
    return problem.people[person].free[day] if day in narrow else frozenset(range(problem.ticks))


def _say_days(problem: Problem, person: str, days: list[int], narrow: Collection[int]) -> str:
    """Days, or parts of them where that is when the person can come: “Monday or Tuesday evening or Saturday”."""
    parts: dict[str, list[str]] = {}
    for day in days:
        free = _when_there(problem, person, day, narrow)
        block = problem.block_of(free) if free and day in narrow else None
        parts.setdefault(f" {problem.say(block)}" if block else "", []).append(say_day(problem, day))
    return say_list([f"{say_list(names, 'or')}{part}" for part, names in parts.items()], "or")


def _say_one(problem: Problem, person: str, one: Limit) -> str:
    """The sentence of a limit that stands alone."""
    who = problem.people[person]
    if one.family == of.LONGEST:
        return f"{person} can have at most {say_length(problem, who.longest_day)} a day."
    if one.family == of.DAYS:
        return f"{person} can come on at most {say_count(who.most_days, 'day', 'days')}."
    if one.family == of.STARTS:
        starts = sorted(_visit(problem, person, one.name).starts or ())
        times = [problem.say_time(*at) for at in starts[:FEW]]
        more = [] if len(starts) <= FEW else [f"{len(starts) - FEW} other times"]
        when = say_list([*times, *more]) if times else "at no time"
        return f"The {problem.say(one.name)} one-to-one may begin only on {when}."
    if one.family == of.VARIANT:
        allowed = [problem.say(name) for name in who.variants.get(one.name, {})]
        return f"Of {problem.say(one.name)}, only {say_list(allowed) if allowed else 'no variant'} is for {person}."
    if one.family == of.APART:
        return f"{person} and {one.name}, who is in a group that would suit, are kept apart."
    if one.family == of.NEVER:
        return f"{person} and {problem.say(one.name)}, who leads a group that would suit, must not meet."
    group = say_group(problem, one.slot) if one.slot is not None else one.name
    if one.family == of.CLOSED:
        return f"{group} takes nobody new."
    return f"{group} would have too few people without {person}, who stays in it."
