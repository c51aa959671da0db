"""A week for one person made real: the plan with it, and the problem with what had to be otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from throughcare.timetable.check import check
from throughcare.timetable.constraints import Reading
from throughcare.timetable.constraints.reading import NEARLY
from throughcare.timetable.explain.limits import APART, NEVER, OPEN
from throughcare.timetable.explain.pieces import Piece
from throughcare.timetable.explain.search import Found
from throughcare.timetable.problem import OneToOne, Person, Plan, Problem, Slot, SlotKey, Staff
from throughcare.timetable.sentences import say_count, say_group, say_length, say_list, say_span

# What a change can't set aside: who must not meet, and groups that others would have to come to as well.
FIXED = frozenset({APART, NEVER, OPEN})


@dataclass(frozen=True)
class Changed:
    """A problem and a plan of it in which the person has all hours; `words` say what had to change in the problem."""

    problem: Problem
    plan: Plan
    words: tuple[str, ...] = ()

    def cost(self, person: str, broken_before: int) -> float | None:
        """What the plan costs; None when the person lacks an hour, or a rule is broken that wasn't before."""
        checked = check(self.problem, self.plan)
        if len(checked.broken) > broken_before or Reading(self.problem, self.plan).unmet(person) > NEARLY:
            return None
        return checked.cost.total


def given(plan: Plan, person: str, found: Found) -> Plan:
    """The plan with this week for the person; groups that lose their last member close."""
    attend = {**plan.attend, person: found.slots}
    alive = frozenset().union(*attend.values())
    before = frozenset().union(*plan.attend.values()) if plan.attend else frozenset()
    groups = {key: staff for key, staff in plan.groups.items() if key in alive or key not in before}
    return Plan(groups, attend, {**plan.ones, person: found.ones})


def make_real(problem: Problem, plan: Plan, person: str, found: Found) -> Changed | None:
    """What must be otherwise for a week that sets limits aside; None when that can't be changed."""
    limits = {limit for _, piece in found.pieces for limit in piece.limits}
    if any(limit.family in FIXED for limit in limits):
        return None
    words: list[str] = []
    who = _life(problem, problem.people[person], found, words)
    slots, staff = dict(problem.slots), dict(problem.staff)
    for day, piece in found.pieces:
        if isinstance(piece.what, SlotKey):
            _seat(problem, plan, who, slots, piece.what, words)
            who = _variant(problem, who, piece.what, words)
        else:
            who = _visit(problem, who, staff, day, piece, words)
    people = {**problem.people, person: who}
    changed = replace(problem, people=people, slots=slots, staff=staff)
    return Changed(changed, given(plan, person, found), tuple(words))


def _life(problem: Problem, who: Person, found: Found, words: list[str]) -> Person:
    """The person with the hours, the days and the longest day that the week needs."""
    free, extra, longest = list(who.free), [], who.longest_day
    by_day = {
        day: [piece for _, piece in rows]
        for day, rows in groupby(
            sorted(found.pieces, key=lambda row: (row[0], row[1].start)), key=lambda row: row[0]
        )
    }
    for day, pieces in by_day.items():
        there = range(pieces[0].start, pieces[-1].end)
        missing = [tick for tick in there if tick not in who.free[day]]
        if missing:
            extra += [say_span(problem, day, run) for run in _runs(missing)]
            free[day] = who.free[day] | frozenset(missing)
        longest = max(longest, sum(piece.end - piece.start for piece in pieces))
    if extra:
        words.append(f"{who.id} can come on {say_list(extra)} as well")
    if longest > who.longest_day:
        words.append(f"{who.id} can have up to {say_length(problem, longest)} a day")
    days = max(who.most_days, len(by_day))
    if days > who.most_days:
        words.append(f"{who.id} can come on {say_count(days, 'day', 'days')}")
    return replace(who, free=tuple(free), longest_day=longest, most_days=days)


def _runs(ticks: list[int]) -> Iterable[list[int]]:
    """Runs of ticks that follow each other."""
    run: list[int] = []
    for tick in ticks:
        if run and tick != run[-1] + 1:
            yield run
            run = []
        run.append(tick)
    yield run


def _seat(
    problem: Problem, plan: Plan, who: Person, slots: dict[SlotKey, Slot], key: SlotKey, words: list[str]
) -> None:
    """One more seat in a group that is full, and a closed group open to this person."""
    slot = slots[key]
    size = sum(key in keys for person, keys in plan.attend.items() if person != who.id) + 1
    if size > slot.most:
        slots[key] = slot = replace(slot, most=size)
        words.append(f"{say_group(problem, key)} takes {say_count(size, 'person', 'people')}")
    if slot.closed_to is not None and who.id not in slot.closed_to:
        slots[key] = replace(slot, closed_to=slot.closed_to | {who.id})
        words.append(f"{say_group(problem, key)} takes {who.id} in")


def _variant(problem: Problem, who: Person, key: SlotKey, words: list[str]) -> Person:
    allowed = who.variants.get(key.type, {})
    if key.variant in allowed:
        return who
    words.append(f"{who.id} may be in {problem.say(key.type)} ({problem.say(key.variant)})")
    return replace(who, variants={**who.variants, key.type: {**allowed, key.variant: 0}})


def _visit(
    problem: Problem, who: Person, staff: dict[str, Staff], day: int, piece: Piece, words: list[str]
) -> Person:
    """The staff with the hours that a one-to-one needs, and the one-to-one with the time it needs."""
    one = next(one for one in who.ones if one.kind == piece.what)
    ticks, at = range(piece.start, piece.end), (day, piece.start)
    working = staff[one.staff]
    if not working.free[day].issuperset(ticks):
        free = tuple(
            ticks_ | frozenset(ticks) if d == day else ticks_ for d, ticks_ in enumerate(working.free)
        )
        staff[one.staff] = replace(working, free=free)
        words.append(f"{problem.say(one.staff)} works on {say_span(problem, day, ticks)}")
    if one.starts is None or at in one.starts:
        return who
    words.append(f"the {problem.say(one.kind)} one-to-one may begin on {problem.say_time(*at)}")
    other = replace(one, starts=one.starts | {at})
    return replace(who, ones=tuple(other if each.kind == one.kind else each for each in who.ones))


def with_other_staff(problem: Problem, person: str, one: OneToOne, staff: str) -> Problem:
    """The problem in which a one-to-one is with someone else."""
    who = problem.people[person]
    ones = tuple(replace(each, staff=staff) if each.kind == one.kind else each for each in who.ones)
    return replace(problem, people={**problem.people, person: replace(who, ones=ones)})
