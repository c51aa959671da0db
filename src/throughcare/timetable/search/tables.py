"""What solving asks of a problem again and again, worked out once."""

from collections import defaultdict
from math import lcm

from throughcare.timetable.problem import OneToOne, Person, Problem, Slot, SlotKey, Staff
from throughcare.timetable.search.rows import OneRow, PersonRow, SlotRow, StaffRow, units
from throughcare.timetable.search.stretches import stretches_of


def minutes_of(hours: float) -> int:
    """Hours as whole minutes."""
    return round(hours * 60)


class Tables:
    """A problem in numbers: slots, people and staff by their place in lists."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.weights = problem.weights
        self.waiting = problem.waiting_ticks
        self.billable = problem.billable_ticks
        self.staff_index = {staff: i for i, staff in enumerate(problem.staff)}
        self.slot_index: dict[SlotKey, int] = {key: i for i, key in enumerate(sorted(problem.slots))}
        self.person_index = {person: i for i, person in enumerate(problem.people)}
        self.staff = [self._staff_row(problem.staff[s], i) for s, i in self.staff_index.items()]
        self.slots = [self._slot_row(problem.slots[key], i) for key, i in self.slot_index.items()]
        self._of_variant = self._variants()
        self.people = [self._person_row(problem.people[p], i) for p, i in self.person_index.items()]
        self.eligible: list[list[int]] = [[] for _ in self.slots]
        for row in self.people:
            for slot in row.slots:
                self.eligible[slot].append(row.index)
        self.apart = self._apart()
        self.never = frozenset(
            (self.person_index[p], self.staff_index[s])
            for p, s in problem.never_with
            if p in self.person_index and s in self.staff_index
        )
        self.series = self._series()
        self.rooms = {kind: _room_steps(problem.seats(kind)) for kind in {s.room for s in self.slots}}
        self._previous()

    def _staff_row(self, staff: Staff, index: int) -> StaffRow:
        together = (
            one.together for p in self.problem.people.values() for one in p.ones if one.staff == staff.id
        )
        return StaffRow(
            index,
            staff.id,
            staff.free,
            minutes_of(staff.most_group_hours),
            minutes_of(staff.target_group_hours),
            lcm(*together),
        )

    def _slot_row(self, slot: Slot, index: int) -> SlotRow:
        kind = self.problem.kinds[slot.key.type]
        return SlotRow(
            index,
            slot.key,
            slot.key.day,
            slot.ticks,
            slot.fewest,
            slot.most,
            *slot.good,
            minutes_of(kind.hours),
            kind.room_kind,
            tuple(self.staff_index[s] for s in self.problem.leaders[slot.key]),
            slot.series,
        )

    def _person_row(self, person: Person, index: int) -> PersonRow:
        problem = self.problem
        slots = self._given(person)
        by_day = tuple(tuple(s for s in slots if self.slots[s].day == day) for day in range(problem.days))
        ones = tuple(self._one_row(person, one) for one in person.ones)
        prescribed = minutes_of(
            sum(problem.kinds[kind].hours * count for kind, count in person.required.items())
            + person.flexible_hours
            + sum(one.hours for one in person.ones)
        )
        return PersonRow(
            index,
            person.id,
            slots,
            by_day,
            ones,
            dict(person.required),
            minutes_of(person.flexible_hours),
            prescribed,
            prescribed - minutes_of(person.hours) + minutes_of(person.least_hours),
            person.most_days,
            person.longest_day,
            stretches_of(problem, person, [[self.slots[s] for s in day] for day in by_day], ones),
        )

    def _given(self, person: Person) -> dict[int, int]:
        """The slots this person may come to, each with what it costs to be given it."""
        problem, found = self.problem, {}
        for kind, variants in person.variants.items():
            wanted = person.required.get(kind, 0) > 0 or (
                problem.kinds[kind].flexible and person.flexible_hours > 0
            )
            for variant, cost in variants.items() if wanted else ():
                for row in self._of_variant.get((kind, variant), ()):
                    closed_to = problem.slots[row.key].closed_to
                    if person.free[row.day].issuperset(row.ticks) and (
                        closed_to is None or person.id in closed_to
                    ):
                        found[row.index] = units(cost)
        longest = person.longest_day
        return {slot: found[slot] for slot in sorted(found) if len(self.slots[slot].ticks) <= longest}

    def _variants(self) -> dict[tuple[str, str], list[SlotRow]]:
        """The slots of each type and variant that anyone could come to."""
        found: dict[tuple[str, str], list[SlotRow]] = defaultdict(list)
        for row in self.slots:
            if row.most > 0 and self.problem.block_of(frozenset(row.ticks)) is not None:
                found[row.type, row.key.variant].append(row)
        return found

    def _one_row(self, person: Person, one: OneToOne) -> OneRow:
        problem, staff = self.problem, self.problem.staff[one.staff]
        starts = tuple(
            tuple(
                tick
                for tick in range(problem.ticks - one.ticks + 1)
                if (one.starts is None or (day, tick) in one.starts)
                and person.free[day].issuperset(range(tick, tick + one.ticks))
                and staff.free[day].issuperset(range(tick, tick + one.ticks))
            )
            for day in range(problem.days)
        )
        index = self.staff_index[one.staff]
        share = self.staff[index].parts // one.together
        return OneRow(one.kind, index, one.ticks, minutes_of(one.hours), share, starts)

    def _apart(self) -> dict[int, set[int]]:
        found: dict[int, set[int]] = defaultdict(set)
        for a, b in self.problem.apart:
            if a in self.person_index and b in self.person_index:
                found[self.person_index[a]].add(self.person_index[b])
                found[self.person_index[b]].add(self.person_index[a])
        return found

    def _series(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for row in self.slots:
            if row.series is not None:
                found[row.series].append(row.index)
        return dict(found)

    def _previous(self) -> None:
        """The published plan in numbers: who came where, whose visits were when, who led what."""
        self.had_slots: dict[int, frozenset[int]] = {}
        self.had_gone: dict[int, int] = {}
        self.had_ones: dict[int, dict[str, tuple[int, int]]] = {}
        self.had_leaders: dict[int, str] = {}
        previous = self.problem.previous
        if previous is None:
            return
        for person, keys in previous.attend.items():
            if person in self.person_index:
                known = frozenset(self.slot_index[key] for key in keys if key in self.slot_index)
                self.had_slots[self.person_index[person]] = known
                self.had_gone[self.person_index[person]] = len(keys) - len(known)
        for person, ones in previous.ones.items():
            if person in self.person_index:
                self.had_ones[self.person_index[person]] = dict(ones)
        self.had_leaders = {
            self.slot_index[key]: staff for key, staff in previous.groups.items() if key in self.slot_index
        }


def _room_steps(seats: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """(size, rooms that seat more than size), from size 0 up: at most so many larger groups at a time."""
    return tuple((size, sum(s > size for s in seats)) for size in sorted({0, *seats}))
