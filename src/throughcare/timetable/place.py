"""Places one person in a week that stands: up to three good weeks, and what each costs the others."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from throughcare.timetable.alone import Week, best_weeks, terms_of
from throughcare.timetable.alone.swaps import Swap, swap_for
from throughcare.timetable.alone.terms import opening_cost
from throughcare.timetable.constraints import Reading
from throughcare.timetable.cost import cost_of
from throughcare.timetable.differences import differences
from throughcare.timetable.problem import Person, Plan, Problem, SlotKey
from throughcare.timetable.sentences import say_count, say_group, say_hours, say_list, say_part
from throughcare.timetable.standing import Standing

# With how many people moving a week is still worth offering on the telephone.
MOST_MOVED = 2
# How many weeks of one person are sought in a second of effort while others are asked to move.
WEEKS_A_SECOND = 20


@dataclass(frozen=True)
class Offer:
    """One week for the person. `cost`: what it adds to the cost of the whole plan; `seats`: left in each group after.

    `plan` is the whole week with it. `moved` are the others whose week changes, `opens` the groups that open.
    """

    plan: Plan
    cost: float
    missing_hours: float
    seats: Mapping[SlotKey, int]
    moved: tuple[str, ...]
    opens: tuple[SlotKey, ...]
    because: tuple[str, ...]


def weeks_for(
    problem: Problem, plan: Plan, person: str, *, most: int = 3, seconds: float = 2.0
) -> tuple[Offer, ...]:
    """The best weeks for one person that differ in their days or blocks, the best first.

    Nobody else moves where that gives the person their hours; else the last offer is one for which one or two
    people move, if there is one. `seconds` is effort, not the clock. KeyError: the problem doesn't know the person.
    """
    return _Placing(problem, plan, person).offers(most, int(seconds * WEEKS_A_SECOND))


class _Placing:
    def __init__(self, problem: Problem, plan: Plan, person: str) -> None:
        self.problem, self.plan, self.person = problem, plan, problem.people[person]
        self.standing = Standing(problem, plan)
        self.bound = self.standing.bound(person)
        self.standing.clear(person)
        self.cost_without = self._cost(self.standing.plan())

    def offers(self, most: int, effort: int) -> tuple[Offer, ...]:
        weeks = self._unmoved(most)
        offers = [self._offer(Swap(week)) for week in weeks]
        if weeks and weeks[0].missing_hours > 0:
            swap = swap_for(
                self.standing,
                self.person.id,
                kept=self.plan,
                most_moved=MOST_MOVED,
                better_than=weeks[0].missing_hours,
                bound=self.bound,
                effort=effort,
            )
            if swap is not None:
                offers = [*offers[: most - 1], self._offer(swap)]
        return tuple(offers)

    def _unmoved(self, most: int) -> list[Week]:
        """Weeks for which nobody else moves; those whose new groups can't all open are sought again without one."""
        opens = _may_open(self.standing, self.person.id)
        while True:
            terms = terms_of(self.standing, self.person.id, kept=self.plan, bound=self.bound, opens=opens)
            weeks = [week for week in best_weeks(terms, most) if self.bound <= week.slots and week.shape]
            excess = next(filter(None, (_can_not_open(self.standing, week) for week in weeks)), None)
            if excess is None:
                return weeks
            opens = {key: leader for key, leader in opens.items() if key != excess}

    def _offer(self, swap: Swap) -> Offer:
        standing, week = self.standing, swap.week
        for key, leader in week.opens.items():
            standing.open(key, leader)
        before = standing.weeks_of(swap.moved)
        standing.put_back({who: (other.slots, other.ones) for who, other in swap.moved.items()})
        standing.give(week.person, week.slots, week.ones)
        plan = standing.plan()
        seats = {key: standing.seats_left(key) for key in sorted(week.slots)}
        standing.clear(week.person)
        standing.put_back(before)
        for key in week.opens:
            standing.close(key)
        cost = self._cost(plan) - self.cost_without
        because = self._because(swap, plan, seats)
        moved, opens = tuple(sorted(swap.moved)), tuple(week.opens)
        return Offer(plan, cost, week.missing_hours, seats, moved, opens, because)

    def _cost(self, plan: Plan) -> float:
        return cost_of(Reading(replace(self.problem, previous=self.plan), plan)).total

    def _because(self, swap: Swap, plan: Plan, seats: Mapping[SlotKey, int]) -> tuple[str, ...]:
        said = [_hours(self.problem, self.person, swap.week)]
        if not swap.moved:
            said.append("Nobody moves.")
        else:
            number = len(swap.moved)
            said.append(f"{say_count(number, 'person moves', 'people move')}.")
            for one in differences(self.problem, self.plan, plan):
                if one.code == "person_changes" and one.people[0] in swap.moved:
                    said.append(one.because)
        for key, leader in swap.week.opens.items():
            said.append(f"{say_group(self.problem, key)} opens; {self.problem.say(leader)} leads it.")
        return (*said, *_seats(self.problem, seats))


def _hours(problem: Problem, person: Person, week: Week) -> str:
    days = say_list(say_part(problem, day, block) for day, block in sorted(week.shape))
    if week.missing_hours <= 0:
        return f"All {say_hours(person.hours)}, on {days}."
    got = Counter(key.type for key in week.slots)
    lacking = [problem.say(name) for name, times in sorted(person.required.items()) if got[name] < times]
    lacking += [problem.say(one.kind) for one in person.ones if one.kind not in week.ones]
    what = f" ({say_list(lacking)})" if lacking else ""
    missing = f"{say_hours(week.missing_hours)} of {person.hours:g} not found{what}"
    return f"{say_hours(person.hours - week.missing_hours)}, on {days}; {missing}."


def _seats(problem: Problem, seats: Mapping[SlotKey, int]) -> list[str]:
    """What is left in the groups joined: those that are full then, else the scarcest."""
    full = [say_group(problem, key) for key, left in seats.items() if not left]
    if full:
        return [f"Full then: {say_list(full)}."]
    if not seats:
        return []
    key = min(seats, key=lambda key: (seats[key], key))
    left = say_count(seats[key], "seat", "seats")
    return [f"Every group still has seats left; the fewest, {left}, in {say_group(problem, key)}."]


def _may_open(standing: Standing, person: str) -> dict[SlotKey, str]:
    """Groups that could meet for this person alone, each with the leader for whom that costs least."""
    found = {}
    for key, slot in sorted(standing.problem.slots.items()):
        if key in standing.members or slot.fewest > 1 or not standing.admits(person, key):
            continue
        if slot.series is None and standing.fits_rooms(key, 1):
            free = [name for name in standing.problem.leaders[key] if standing.may_lead(key, name, [person])]
            if free:
                found[key] = min(free, key=lambda name: (opening_cost(standing, key, name), name))
    return found


def _can_not_open(standing: Standing, week: Week) -> SlotKey | None:
    """The first of a week's new groups that can't open once those before it have."""
    opened: list[SlotKey] = []
    excess = None
    for key, leader in week.opens.items():
        if not standing.may_lead(key, leader, [week.person]) or not standing.fits_rooms(key, 1):
            excess = key
            break
        standing.open(key, leader)
        opened.append(key)
    for key in opened:
        standing.close(key)
    return excess
