"""A peer: Timefold's local search on the same rules. Runs in an environment of its own with `timefold` and Java 17.

`python timefold_week.py PROBLEM.json PLAN.json SECONDS WORKERS START.json`: starts from START as a warm start. It
imports nothing of Throughcare, so that the environment needs nothing else; an hour is one period, as the format has it.
"""

import json
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from timefold.solver import SolverFactory
from timefold.solver.config import Duration, ScoreDirectorFactoryConfig, SolverConfig, TerminationConfig
from timefold.solver.domain import (
    PlanningEntityCollectionProperty,
    PlanningId,
    PlanningScore,
    PlanningVariable,
    ProblemFactCollectionProperty,
    ValueRangeProvider,
    planning_entity,
    planning_solution,
)
from timefold.solver.score import (
    Constraint,
    ConstraintCollectors,
    ConstraintFactory,
    HardSoftScore,
    Joiners,
    constraint_provider,
)


@dataclass
class Choice:
    """A seat in a group, or a time of a visit. `mask` has two bits for each period that it takes."""

    id: int
    day: int
    mask: int
    hours: int
    slot: int
    kind: str
    staff: str
    cost: int


@dataclass
class Member:
    """What the rules ask of one person: the price of a day by its mask, and the bounds of the week."""

    id: str
    most_days: int
    least_hours: int
    hours: int
    longest_day: int
    days: list[dict[int, int]]


@dataclass
class Tick:
    """One period of the week."""

    day: int
    mask: int


@dataclass
class Pair:
    """Two people kept apart (`other` a person), or a person and staff who never meet."""

    one: str
    other: str


@planning_entity
@dataclass
class Need:
    """One session or visit that a person is to get."""

    id: Annotated[str, PlanningId]
    person: Member
    weight: int
    is_rx: bool
    choices: Annotated[list[Choice], ValueRangeProvider(id="choices")]
    choice: Annotated[
        Choice | None, PlanningVariable(value_range_provider_refs=["choices"], allows_unassigned=True)
    ] = field(default=None)


@dataclass
class Leader:
    """Someone who may lead a group."""

    id: str
    most: int
    target: int


@planning_entity
@dataclass
class Lead:
    """Who leads a possible group, if it meets."""

    id: Annotated[int, PlanningId]
    day: int
    mask: int
    hours: int
    able: Annotated[list[Leader], ValueRangeProvider(id="able")]
    staff: Annotated[
        Leader | None, PlanningVariable(value_range_provider_refs=["able"], allows_unassigned=True)
    ] = field(default=None)


@dataclass
class Group:
    """The sizes of a possible group, and how its rooms are counted."""

    id: int
    fewest: int
    most: int
    low: int
    high: int
    hours: int
    day: int
    mask: int
    is_art: bool


@dataclass
class Rooms:
    """The sizes of the group rooms, largest first, and how many art rooms there are; prices of the problem."""

    sizes: list[int]
    art: int
    unmet: int
    below: int
    open: int
    size: int
    fair: int


@planning_solution
@dataclass
class Week:
    """The whole site."""

    needs: Annotated[list[Need], PlanningEntityCollectionProperty]
    leads: Annotated[list[Lead], PlanningEntityCollectionProperty]
    groups: Annotated[list[Group], ProblemFactCollectionProperty]
    ticks: Annotated[list[Tick], ProblemFactCollectionProperty]
    apart: Annotated[list[Pair], ProblemFactCollectionProperty]
    rooms: Annotated[list[Rooms], ProblemFactCollectionProperty]
    score: Annotated[HardSoftScore | None, PlanningScore] = field(default=None)


HARD, SOFT = HardSoftScore.ONE_HARD, HardSoftScore.ONE_SOFT
IMPOSSIBLE = 1_000_000


def day_price(person: Member, day: int, mask: int) -> int:
    """What a day costs; one of the days that may not be costs a million."""
    return person.days[day].get(mask, IMPOSSIBLE)


def rooms_short(sizes: list[int], rooms: list[int]) -> int:
    """How many groups of a period find no room that is large enough."""
    short = 0
    taken = 0
    for size in sorted(sizes, reverse=True):
        if taken < len(rooms) and rooms[taken] >= size:
            taken += 1
        else:
            short += 1
    return short


def outside(group: Group, size: int) -> int:
    """How many people a group has too few or too many for good work."""
    return max(0, group.low - size) + max(0, size - group.high)


def wrong_size(group: Group, size: int) -> int:
    """How far a group is from the sizes at which it may meet."""
    return max(0, group.fewest - size) + max(0, size - group.most)


@constraint_provider
def rules(f: ConstraintFactory) -> list[Constraint]:
    """Every rule of the interchange format."""
    seats = lambda: f.for_each(Need).filter(lambda n: n.choice.slot >= 0)  # noqa: E731
    sizes = lambda: (  # noqa: E731
        seats()
        .group_by(lambda n: n.choice.slot, ConstraintCollectors.count())
        .join(Group, Joiners.equal(lambda slot, size: slot, lambda g: g.id))
    )
    days = lambda: f.for_each(Need).group_by(  # noqa: E731
        lambda n: n.person,
        lambda n: n.choice.day,
        ConstraintCollectors.sum(lambda n: n.choice.mask),
    )
    return [
        days()
        .filter(lambda person, day, mask: day_price(person, day, mask) >= 1_000_000)
        .penalize(HARD)
        .as_constraint("a day is one run in one block"),
        days()
        .filter(lambda person, day, mask: day_price(person, day, mask) < 1_000_000)
        .penalize(SOFT, lambda person, day, mask: day_price(person, day, mask))
        .as_constraint("liking and short days"),
        f.for_each(Need)
        .group_by(lambda n: n.person, ConstraintCollectors.count_distinct(lambda n: n.choice.day))
        .filter(lambda person, count: count > person.most_days)
        .penalize(HARD, lambda person, count: count - person.most_days)
        .as_constraint("days"),
        f.for_each_unique_pair(
            Need,
            Joiners.equal(lambda n: n.person.id),
            Joiners.equal(lambda n: n.choice.kind),
            Joiners.equal(lambda n: n.choice.day),
        )
        .filter(lambda a, b: a.choice.slot >= 0)
        .penalize(HARD)
        .as_constraint("a type once a day"),
        f.for_each_including_unassigned(Need)
        .filter(lambda n: n.choice is None)
        .penalize(SOFT, lambda n: 100 * n.weight)
        .as_constraint("unmet"),
        f.for_each_including_unassigned(Need)
        .group_by(
            lambda n: n.person,
            ConstraintCollectors.sum(lambda n: n.weight if n.choice is not None else 0),
        )
        .filter(lambda person, got: got < person.least_hours)
        .penalize(SOFT, lambda person, got: 300)
        .as_constraint("below"),
        f.for_each(Need)
        .filter(lambda n: n.choice.cost > 0)
        .penalize(SOFT, lambda n: n.choice.cost)
        .as_constraint("variant"),
        sizes()
        .filter(lambda slot, size, group: wrong_size(group, size) > 0)
        .penalize(HARD, lambda slot, size, group: wrong_size(group, size))
        .as_constraint("size"),
        sizes()
        .penalize(SOFT, lambda slot, size, group: 12 * group.hours + 2 * outside(group, size))
        .as_constraint("open"),
        seats()
        .if_not_exists(Lead, Joiners.equal(lambda n: n.choice.slot, lambda lead: lead.id))
        .penalize(HARD)
        .as_constraint("led"),
        f.for_each_unique_pair(
            Lead, Joiners.equal(lambda lead: lead.staff.id), Joiners.equal(lambda lead: lead.day)
        )
        .filter(lambda a, b: (a.mask & b.mask) != 0)
        .penalize(HARD)
        .as_constraint("leads one at a time"),
        f.for_each(Lead)
        .join(
            Need,
            Joiners.equal(lambda lead: lead.staff.id, lambda n: n.choice.staff),
            Joiners.equal(lambda lead: lead.day, lambda n: n.choice.day),
        )
        .filter(lambda lead, n: (lead.mask & n.choice.mask) != 0)
        .penalize(HARD)
        .as_constraint("leads or sees"),
        f.for_each(Need)
        .filter(lambda n: n.choice.slot < 0)
        .group_by(
            lambda n: n.choice.staff,
            lambda n: n.choice.day,
            lambda n: n.choice.mask,
            ConstraintCollectors.sum(lambda n: 1 if n.is_rx else 2),
        )
        .filter(lambda staff, day, mask, load: load > 2)
        .penalize(HARD, lambda staff, day, mask, load: load - 2)
        .as_constraint("sees one at a time"),
        f.for_each(Lead)
        .group_by(lambda lead: lead.staff, ConstraintCollectors.sum(lambda lead: lead.hours))
        .filter(lambda staff, hours: hours > staff.most)
        .penalize(HARD, lambda staff, hours: hours - staff.most)
        .as_constraint("most hours"),
        f.for_each(Lead)
        .group_by(lambda lead: lead.staff, ConstraintCollectors.sum(lambda lead: lead.hours))
        .filter(lambda staff, hours: hours > staff.target)
        .penalize(SOFT, lambda staff, hours: 5 * (hours - staff.target))
        .as_constraint("fair"),
        f.for_each(Lead)
        .if_not_exists(Need, Joiners.equal(lambda lead: lead.id, lambda n: n.choice.slot))
        .penalize(SOFT)
        .as_constraint("nobody leads an empty group"),
        sizes()
        .join(Tick, Joiners.equal(lambda slot, size, group: group.day, lambda t: t.day))
        .filter(lambda slot, size, group, t: (group.mask & t.mask) != 0 and not group.is_art)
        .group_by(
            lambda slot, size, group, t: t,
            ConstraintCollectors.to_list(lambda slot, size, group, t: size),
        )
        .join(Rooms)
        .filter(lambda t, several, rooms: rooms_short(several, rooms.sizes) > 0)
        .penalize(HARD, lambda t, several, rooms: rooms_short(several, rooms.sizes))
        .as_constraint("rooms"),
        f.for_each(Pair)
        .join(Need, Joiners.equal(lambda p: p.one, lambda n: n.person.id))
        .filter(lambda p, n: n.choice.slot >= 0)
        .join(
            Need,
            Joiners.equal(lambda p, n: p.other, lambda o: o.person.id),
            Joiners.equal(lambda p, n: n.choice.slot, lambda o: o.choice.slot),
        )
        .penalize(HARD)
        .as_constraint("kept apart"),
        f.for_each(Pair)
        .join(Need, Joiners.equal(lambda p: p.one, lambda n: n.person.id))
        .filter(lambda p, n: n.choice.slot >= 0)
        .join(
            Lead,
            Joiners.equal(lambda p, n: p.other, lambda lead: lead.staff.id),
            Joiners.equal(lambda p, n: n.choice.slot, lambda lead: lead.id),
        )
        .penalize(HARD)
        .as_constraint("never with"),
    ]


def bits(ticks: Any) -> int:
    """Two bits for each period, so that a period taken twice shows."""
    return sum(1 << (2 * tick) for tick in ticks)


class Reading:
    """A site of a problem file as facts and entities, and the way back."""

    def __init__(self, site: dict[str, Any]) -> None:
        self.site = site
        self.slots: list[list[Any]] = []
        self.groups: list[Group] = []
        self.leads: list[Lead] = []
        self.leaders = {
            row["id"]: Leader(row["id"], row["max_group_h"], row["target_group_h"]) for row in site["staff"]
        }
        self.read_slots()
        self.needs: list[Need] = []
        for row in site["patients"]:
            self.read_person(row)

    def read_slots(self) -> None:
        """Every possible group, with those who may lead it."""
        site = self.site
        art = min((room["cap"] for room in site["rooms"] if room["kind"] == "art"), default=0)
        for name, kind in site["types"].items():
            for day in range(site["days"]):
                for run in site["group_periods"].values():
                    for start in run:
                        ticks = range(start, start + kind["dur"])
                        if ticks[-1] not in run or ticks[-1] >= site["day_end"][day]:
                            continue
                        for variant in kind["variants"]:
                            for copy in range(site["copies"]):
                                self.add_slot([name, variant, day, start, copy], ticks, kind, art)

    def add_slot(self, slot: list[Any], ticks: range, kind: dict[str, Any], art: int) -> None:
        """One possible group."""
        site, number, is_art = self.site, len(self.slots), kind["room"] == "art"
        able = [
            self.leaders[row["id"]]
            for row in site["staff"]
            if row["role"] == "therapist"
            and slot[0] in row["skills"]
            and (slot[1] != "es" or "es" in row["langs"])
            and (slot[1] != "women" or row["gender"] == "F")
            and set(ticks) <= set(row["avail"][slot[2]])
        ]
        if not able:
            return
        self.slots.append(slot)
        most = art if is_art else site["max_size"]
        low, high = site["good_size"]
        self.groups.append(
            Group(number, site["min_size"], most, low, high, len(ticks), slot[2], bits(ticks), is_art)
        )
        self.leads.append(Lead(number, slot[2], bits(ticks), len(ticks), able))

    def read_person(self, row: dict[str, Any]) -> None:
        """A person's needs, each with its choices."""
        site = self.site
        person = Member(
            row["id"],
            row["days"],
            row["min_hours"],
            row["hours"],
            row["max_day_h"],
            [self.day_prices(row, d) for d in range(site["days"])],
        )
        free = [set(day) for day in row["avail"]]
        seats = defaultdict(list)
        for number, (name, variant, day, start, _) in enumerate(self.slots):
            ticks = range(start, start + site["types"][name]["dur"])
            cost = dict(row["variants"].get(name, [])).get(variant)
            if cost is not None and free[day].issuperset(ticks):
                seats[name].append(
                    Choice(
                        len(self.needs) * 10_000 + number,
                        day,
                        bits(ticks),
                        len(ticks),
                        number,
                        name,
                        "",
                        cost,
                    )
                )
        flexible = [choice for name in site["flex_types"] for choice in seats[name]]
        for name, count in row["req"].items():
            for _ in range(count):
                self.add_need(person, site["types"][name]["dur"], seats[name])
        for _ in range(row["flex"]):
            self.add_need(person, 1, flexible)
        for one in row["one"]:
            self.add_need(person, 1, self.visits(row, one), is_rx=one["kind"] == "rx")

    def add_need(self, person: Member, weight: int, choices: list[Choice], *, is_rx: bool = False) -> None:
        """One need; a person's choices are their own objects."""
        self.needs.append(Need(f"n{len(self.needs)}", person, weight, is_rx, list(choices)))

    def visits(self, row: dict[str, Any], one: dict[str, Any]) -> list[Choice]:
        """The times at which a visit may be held."""
        staff = next(s for s in self.site["staff"] if s["id"] == one["staff"])
        allowed = None if one["periods"] is None else {tuple(cell) for cell in one["periods"]}
        return [
            Choice(
                len(self.needs) * 10_000 + day * 100 + p, day, bits([p]), 1, -1, one["kind"], one["staff"], 0
            )
            for day in range(self.site["days"])
            for p in row["avail"][day]
            if p in staff["avail"][day] and (allowed is None or (day, p) in allowed)
        ]

    def day_prices(self, row: dict[str, Any], day: int) -> dict[int, int]:
        """What each day that may be costs, by its mask."""
        prices = {}
        for start in range(self.site["periods"]):
            for length in range(1, row["max_day_h"] + 1):
                run = range(start, start + length)
                block = next((b for b, ps in self.site["blocks"].items() if set(run) <= set(ps)), None)
                if block is not None and set(run) <= set(row["avail"][day]):
                    prices[bits(run)] = row["pref"][f"{day}{block}"] + (150 if length < 3 else 0)
        return prices

    def week(self) -> Week:
        """Everything, as the solver takes it."""
        site, prices = self.site, self.site["weights"]
        rooms = sorted((room["cap"] for room in site["rooms"] if room["kind"] == "group"), reverse=True)
        art = sum(room["kind"] == "art" for room in site["rooms"])
        ticks = [Tick(d, bits([p])) for d in range(site["days"]) for p in range(site["periods"])]
        pairs = [Pair(a, b) for a, b in site["apart"] + site["coi"]]
        facts = Rooms(
            rooms, art, prices["unmet"], prices["below"], prices["open"], prices["size"], prices["fair"]
        )
        return Week(self.needs, self.leads, self.groups, ticks, pairs, [facts])

    def start(self, plan: dict[str, Any]) -> None:
        """Take over a plan as the warm start."""
        number = {tuple(slot): n for n, slot in enumerate(self.slots)}
        for row in plan["groups"]:
            lead = self.leads[number[tuple(row["slot"])]]
            lead.staff = next(s for s in lead.able if s.id == row["fac"])
        wanted = {p: {number[tuple(slot)] for slot in slots} for p, slots in plan["attend"].items()}
        for need in self.needs:
            mine = wanted.setdefault(need.person.id, set())
            for choice in need.choices:
                cell = plan["one"].get(need.person.id, {}).get(choice.kind)
                is_visit = choice.slot < 0 and cell is not None
                if choice.slot in mine or (
                    is_visit and (choice.day, choice.mask) == (cell[0], bits([cell[1]]))
                ):
                    need.choice = choice
                    mine.discard(choice.slot)
                    break

    def plan(self, week: Week) -> dict[str, Any]:
        """The week as the interchange format writes it."""
        attend: dict[str, list[Any]] = defaultdict(list)
        ones: dict[str, dict[str, Any]] = defaultdict(dict)
        met = set()
        for need in week.needs:
            if need.choice is None:
                continue
            if need.choice.slot >= 0:
                attend[need.person.id].append(self.slots[need.choice.slot])
                met.add(need.choice.slot)
            else:
                period = (need.choice.mask.bit_length() - 1) // 2
                ones[need.person.id][need.choice.kind] = [need.choice.day, period]
        groups = [
            {"slot": self.slots[lead.id], "fac": lead.staff.id}
            for lead in week.leads
            if lead.id in met and lead.staff is not None
        ]
        return {"groups": groups, "attend": attend, "one": ones}


def solve(site: dict[str, Any], start: dict[str, Any] | None, seconds: float) -> dict[str, Any]:
    """The week after the time."""
    began = time.monotonic()
    reading = Reading(site)
    if start is not None:
        reading.start(start)
    factory = SolverFactory.create(
        SolverConfig(
            solution_class=Week,
            entity_class_list=[Need, Lead],
            score_director_factory_config=ScoreDirectorFactoryConfig(constraint_provider_function=rules),
            termination_config=TerminationConfig(
                spent_limit=Duration(
                    milliseconds=max(500, int(1000 * (seconds - (time.monotonic() - began))))
                )
            ),
            random_seed=1,
        )
    )
    found = factory.build_solver().solve(reading.week())
    print(found.score, file=sys.stderr)
    return reading.plan(found)


def main() -> None:
    """Solve each site in its share of the time."""
    problem_file, plan_file, seconds, _workers, start_file = sys.argv[1:6]
    sites = json.loads(Path(problem_file).read_text())
    starts = json.loads(Path(start_file).read_text()) if start_file != "-" else [None] * len(sites)
    share = float(seconds) / len(sites)
    plans = [solve(site, start, share) for site, start in zip(sites, starts, strict=True)]
    Path(plan_file).write_text(json.dumps(plans))


if __name__ == "__main__":
    main()
