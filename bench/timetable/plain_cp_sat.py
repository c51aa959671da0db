"""A peer: the whole week as one CP-SAT model, written down as the rules read, and left to the engine.

`python -m bench.timetable.plain_cp_sat PROBLEM.json PLAN.json SECONDS WORKERS`: one site, or several after another.
"""

import time
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from ortools.sat.python import cp_model

from bench.timetable.peer import run_peer
from throughcare.timetable.problem import Person, Plan, Problem, SlotKey

Cell = tuple[int, int]


class WholeWeek:
    """The model: `attends` and `holds` are the choices of people, `leads` those of staff."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.model = cp_model.CpModel()
        self.costs: list[Any] = []
        self.attends: dict[tuple[str, SlotKey], Any] = {}
        self.holds: dict[tuple[str, str, Cell], Any] = {}
        self.leads: dict[tuple[SlotKey, str], Any] = {}
        self.busy: dict[tuple[str, int, int], list[Any]] = defaultdict(list)
        self.visits: dict[tuple[str, int, int], list[Any]] = defaultdict(list)
        for person in problem.people.values():
            self.add_person(person)
        self.members: dict[SlotKey, list[Any]] = defaultdict(list)
        for (_, key), var in self.attends.items():
            self.members[key].append(var)
        self.open = {key: self.model.new_bool_var("") for key in problem.slots}
        self.add_groups()
        self.add_staff()
        self.add_rooms()
        self.add_keeping_apart()
        self.model.minimize(sum(self.costs))

    def add_person(self, person: Person) -> None:
        """A person's days as shapes, each hour of a shape covered by one session or visit."""
        here: dict[Cell, list[Any]] = defaultdict(list)
        by_type: dict[str, list[Any]] = defaultdict(list)
        by_day: dict[tuple[str, int], list[Any]] = defaultdict(list)
        for key, slot in self.problem.slots.items():
            cost = person.variants.get(key.type, {}).get(key.variant)
            if cost is None or not person.free[key.day].issuperset(slot.ticks):
                continue
            var = self.attends[person.id, key] = self.model.new_bool_var("")
            self.costs.append(cost * var)
            by_type[key.type].append(var)
            by_day[key.type, key.day].append(var)
            for tick in slot.ticks:
                here[key.day, tick].append(var)
        for several in by_day.values():
            self.model.add_at_most_one(several)
        unmet = self.add_visits(person, here)
        unmet += self.add_prescription(person, by_type)
        self.add_days(person, here)
        below = self.model.new_bool_var("")
        self.model.add(person.hours - unmet >= person.least_hours).only_enforce_if(below.negated())
        self.costs += [self.problem.weights.unmet * unmet, self.problem.weights.below * below]

    def add_visits(self, person: Person, here: dict[Cell, list[Any]]) -> Any:
        """One-to-ones, each held at most once; the hours of those that are not."""
        missing: Any = 0
        for one in person.ones:
            staff = self.problem.staff[one.staff]
            choices = []
            for day in range(self.problem.days):
                for tick in person.free[day] & staff.free[day]:
                    if one.starts is not None and (day, tick) not in one.starts:
                        continue
                    var = self.holds[person.id, one.kind, (day, tick)] = self.model.new_bool_var("")
                    choices.append(var)
                    here[day, tick].append(var)
                    (self.busy if one.together == 1 else self.visits)[one.staff, day, tick].append(var)
            self.model.add_at_most_one(choices)
            missing += 1 - sum(choices)
        return missing

    def add_prescription(self, person: Person, by_type: dict[str, list[Any]]) -> Any:
        """Sessions short of those prescribed, and flexible hours left open; never more than prescribed."""
        unmet: Any = 0
        extra: Any = 0
        for name, kind in self.problem.kinds.items():
            wanted = person.required.get(name, 0)
            came = sum(by_type[name])
            short = self.model.new_int_var(0, wanted, "")
            over = self.model.new_int_var(0, int(person.flexible_hours) if kind.flexible else 0, "")
            self.model.add(came == wanted - short + over)
            unmet += int(kind.hours) * short
            extra += over
        left = self.model.new_int_var(0, int(person.flexible_hours), "")
        self.model.add(extra + left == int(person.flexible_hours))
        return unmet + left

    def add_days(self, person: Person, here: dict[Cell, list[Any]]) -> None:
        """At most one shape a day: a run of free ticks in one block, not longer than the longest day."""
        days: list[Any] = []
        for day in range(self.problem.days):
            covering: dict[int, list[Any]] = defaultdict(list)
            shapes = []
            for run in runs(person, self.problem, day):
                block = self.problem.block_of(run)
                if block is None:
                    continue
                var = self.model.new_bool_var("")
                cost = person.liking.get((day, block), 0)
                if len(run) < self.problem.billable_ticks:
                    cost += self.problem.weights.short
                self.costs.append(cost * var)
                shapes.append(var)
                for tick in run:
                    covering[tick].append(var)
            self.model.add_at_most_one(shapes)
            days += shapes
            for tick in range(self.problem.ticks):
                self.model.add(sum(here[day, tick]) == sum(covering[tick]))
        self.model.add(sum(days) <= person.most_days)

    def add_groups(self) -> None:
        """A group that meets has one leader, enough people and not too many."""
        weights = self.problem.weights
        for key, slot in self.problem.slots.items():
            size = sum(self.members[key])
            is_open = self.open[key]
            self.model.add(size <= slot.most * is_open)
            self.model.add(size >= slot.fewest * is_open)
            self.costs.append(weights.open * len(slot.ticks) * is_open)
            low, high = slot.good
            for sign, edge in ((-1, low), (1, high)):
                away = self.model.new_int_var(0, slot.most, "")
                self.model.add(sign * size - sign * edge <= away).only_enforce_if(is_open)
                self.costs.append(weights.size * away)
            for staff in self.problem.leaders[key]:
                self.leads[key, staff] = self.model.new_bool_var("")
                for tick in slot.ticks:
                    self.busy[staff, key.day, tick].append(self.leads[key, staff])
            self.model.add(sum(self.leads[key, s] for s in self.problem.leaders[key]) == is_open)

    def add_staff(self) -> None:
        """Nobody leads or sees two at once, nor more group hours than they may."""
        for several in self.busy.values():
            self.model.add_at_most_one(several)
        for several in self.visits.values():
            self.model.add(sum(several) <= 2)
        hours: dict[str, list[Any]] = defaultdict(list)
        for (key, staff), var in self.leads.items():
            hours[staff].append(len(self.problem.slots[key].ticks) * var)
        for staff, several in hours.items():
            who = self.problem.staff[staff]
            self.model.add(sum(several) <= int(who.most_group_hours))
            above = self.model.new_int_var(0, int(who.most_group_hours), "")
            self.model.add(sum(several) - int(who.target_group_hours) <= above)
            self.costs.append(self.problem.weights.fair * above)

    def add_rooms(self) -> None:
        """In each tick, as many rooms of a size as there are groups that need it."""
        kinds = {kind.room_kind for kind in self.problem.kinds.values()}
        big = {key: self.model.new_bool_var("") for key in self.problem.slots}
        for room_kind in kinds:
            sizes = sorted(set(self.problem.seats(room_kind)))
            for day in range(self.problem.days):
                for tick in range(self.problem.ticks):
                    here = [
                        key
                        for key, slot in self.problem.slots.items()
                        if key.day == day
                        and tick in slot.ticks
                        and self.problem.kinds[key.type].room_kind == room_kind
                    ]
                    self.model.add(sum(self.open[key] for key in here) <= len(self.problem.seats(room_kind)))
                    if len(sizes) == 2:
                        largest = sum(seats == sizes[1] for seats in self.problem.seats(room_kind))
                        self.model.add(sum(big[key] for key in here) <= largest)
            if len(sizes) == 2:
                for key, slot in self.problem.slots.items():
                    if self.problem.kinds[key.type].room_kind == room_kind:
                        self.model.add(sum(self.members[key]) <= sizes[0] + slot.most * big[key])

    def add_keeping_apart(self) -> None:
        """Pairs who never share a group, and people never led by someone."""
        for one, other in self.problem.apart:
            for key in self.problem.slots:
                if (one, key) in self.attends and (other, key) in self.attends:
                    self.model.add_at_most_one(self.attends[one, key], self.attends[other, key])
        for person, staff in self.problem.never_with:
            for key in self.problem.slots:
                if (person, key) in self.attends and (key, staff) in self.leads:
                    self.model.add_at_most_one(self.attends[person, key], self.leads[key, staff])

    def hint(self, start: Plan) -> None:
        """Tell the engine of a week that is known to hold."""
        for (person, key), var in self.attends.items():
            self.model.add_hint(var, key in start.attend.get(person, ()))
        for (key, staff), var in self.leads.items():
            self.model.add_hint(var, start.groups.get(key) == staff)
        for (person, kind, cell), var in self.holds.items():
            self.model.add_hint(var, start.ones.get(person, {}).get(kind) == cell)


def runs(person: Person, problem: Problem, day: int) -> Iterable[frozenset[int]]:
    """Every contiguous run of a person's free ticks on a day, up to their longest day."""
    for start in range(problem.ticks):
        for length in range(1, person.longest_day + 1):
            run = frozenset(range(start, start + length))
            if not run.issubset(person.free[day]):
                break
            yield run


def solve(problem: Problem, *, seconds: float, workers: int, start: Plan | None = None) -> Plan | None:
    """The best week the engine finds in the time, building the model included, or None."""
    began = time.monotonic()
    week = WholeWeek(problem)
    if start is not None:
        week.hint(start)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(1.0, seconds - (time.monotonic() - began))
    solver.parameters.num_workers = workers
    if solver.solve(week.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    attend: dict[str, set[SlotKey]] = defaultdict(set)
    for (person, key), var in week.attends.items():
        if solver.boolean_value(var):
            attend[person].add(key)
    ones: dict[str, dict[str, Cell]] = defaultdict(dict)
    for (person, kind, cell), var in week.holds.items():
        if solver.boolean_value(var):
            ones[person][kind] = cell
    groups = {key: staff for (key, staff), var in week.leads.items() if solver.boolean_value(var)}
    return Plan(groups, {person: frozenset(keys) for person, keys in attend.items()}, ones)


if __name__ == "__main__":
    run_peer(solve)
