"""A peer: a careful person with a spreadsheet. Each patient in turn gets the seats that fit; groups open as needed.

`python -m bench.timetable.by_hand PROBLEM.json PLAN.json SECONDS WORKERS`. Groups that stay too small are called
off, and who is short then is placed once more.
"""

from collections import Counter, defaultdict
from itertools import combinations

from bench.timetable.peer import run_peer
from throughcare.timetable.problem import OneToOne, Person, Plan, Problem, SlotKey

Cell = tuple[int, int]


class Book:
    """The week as it fills: who is where, and what is still owed to whom."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.leader: dict[SlotKey, str] = {}
        self.members: dict[SlotKey, set[str]] = defaultdict(set)
        self.busy: set[tuple[str, int, int]] = set()
        self.visits: Counter[tuple[str, int, int]] = Counter()
        self.led: Counter[str] = Counter()
        self.rooms: Counter[tuple[str, int, int]] = Counter()
        self.ones: dict[str, dict[str, Cell]] = defaultdict(dict)
        self.may_open = True
        self.at: dict[Cell, list[SlotKey]] = defaultdict(list)
        for key in problem.slots:
            self.at[key.day, key.start].append(key)

    def room_free(self, key: SlotKey) -> bool:
        """Whether one more group of this kind fits the rooms, taken at the size of the smallest."""
        kind = self.problem.kinds[key.type].room_kind
        seats = len(self.problem.seats(kind))
        return all(self.rooms[kind, key.day, tick] < seats for tick in self.problem.slots[key].ticks)

    def leader_for(self, key: SlotKey) -> str | None:
        """Someone free who may lead it and has led least."""
        ticks = self.problem.slots[key].ticks
        free = [
            staff
            for staff in self.problem.leaders[key]
            if all((staff, key.day, tick) not in self.busy for tick in ticks)
            and self.led[staff] + len(ticks) <= self.problem.staff[staff].most_group_hours
        ]
        return min(free, key=lambda staff: self.led[staff], default=None)

    def may_join(self, person: Person, key: SlotKey) -> bool:
        """A seat in a group that meets, or a group that could."""
        seats = min(
            [self.problem.slots[key].most, *self.problem.seats(self.problem.kinds[key.type].room_kind)]
        )
        others = self.members[key]
        if any(
            (a in others and b == person.id) or (b in others and a == person.id)
            for a, b in self.problem.apart
        ):
            return False
        if key in self.leader:
            return len(others) < seats and (person.id, self.leader[key]) not in self.problem.never_with
        leader = self.leader_for(key) if self.may_open else None
        return (
            leader is not None and self.room_free(key) and (person.id, leader) not in self.problem.never_with
        )

    def join(self, person: Person, key: SlotKey) -> None:
        """Take the seat; open the group first if it doesn't meet yet."""
        if key not in self.leader:
            leader = self.leader_for(key)
            assert leader is not None
            self.leader[key] = leader
            for tick in self.problem.slots[key].ticks:
                self.busy.add((leader, key.day, tick))
                self.rooms[self.problem.kinds[key.type].room_kind, key.day, tick] += 1
                self.led[leader] += 1
        self.members[key].add(person.id)

    def leave(self, person: Person) -> tuple[set[SlotKey], dict[str, Cell]]:
        """Give back everything a person has; what it was."""
        had = {key for key in self.leader if person.id in self.members[key]}
        for key in had:
            self.members[key].discard(person.id)
        visits = self.ones.pop(person.id, {})
        for one in person.ones:
            if one.kind in visits:
                self.visits[(one.staff, *visits[one.kind])] -= 1
                if one.together == 1:
                    self.busy.discard((one.staff, *visits[one.kind]))
        return had, visits

    def come_back(self, person: Person, had: tuple[set[SlotKey], dict[str, Cell]]) -> None:
        """Take again what was given back."""
        for key in had[0]:
            self.members[key].add(person.id)
        for one in person.ones:
            if one.kind in had[1]:
                self.visit(person, one, had[1][one.kind])

    def may_visit(self, one: OneToOne, cell: Cell) -> bool:
        """Whether the named staff member is free for the visit."""
        staff = self.problem.staff[one.staff]
        if cell[1] not in staff.free[cell[0]] or (one.starts is not None and cell not in one.starts):
            return False
        return (one.staff, *cell) not in self.busy and self.visits[(one.staff, *cell)] < one.together

    def visit(self, person: Person, one: OneToOne, cell: Cell) -> None:
        """Book the visit."""
        self.ones[person.id][one.kind] = cell
        self.visits[(one.staff, *cell)] += 1
        if one.together == 1:
            self.busy.add((one.staff, *cell))


Step = tuple[int, SlotKey | OneToOne]


class Owed:
    """What a person still needs."""

    def __init__(self, person: Person) -> None:
        self.types = Counter(person.required)
        self.flexible = int(person.flexible_hours)
        self.ones = {one.kind: one for one in person.ones}

    def wants(self, kind: str, *, flexible: bool) -> bool:
        """Whether a session of this type still counts for the person."""
        return self.types[kind] > 0 or (flexible and self.flexible > 0)

    def take(self, kind: str) -> None:
        """One session less."""
        if self.types[kind] > 0:
            self.types[kind] -= 1
        else:
            self.flexible -= 1


def day_of(book: Book, person: Person, owed: Owed, day: int, start: int) -> list[Step]:
    """One after another from a start: a group that meets, else a new one, else a visit, until nothing fits."""
    problem, steps, tick = book.problem, [], start
    left = Owed(person)
    left.types, left.flexible, left.ones = Counter(owed.types), owed.flexible, dict(owed.ones)
    seen: set[str] = set()
    while True:
        taken = frozenset(range(start, tick))

        def fits(ticks: tuple[int, ...], taken: frozenset[int] = taken) -> bool:
            return (
                len(taken) + len(ticks) <= person.longest_day
                and person.free[day].issuperset(ticks)
                and problem.block_of(taken | frozenset(ticks)) is not None
            )

        groups = [
            key
            for key in book.at[day, tick]
            if key.variant in person.variants.get(key.type, {})
            and key.type not in seen
            and left.wants(key.type, flexible=problem.kinds[key.type].flexible)
            and (len(problem.slots[key].ticks) == 1 or left.types[key.type] > 0)
            and fits(problem.slots[key].ticks)
            and book.may_join(person, key)
        ]
        best = max(groups, key=lambda key: (key in book.leader, len(book.members[key]), key), default=None)
        if best is not None:
            steps.append((tick, best))
            left.take(best.type)
            seen.add(best.type)
            tick += len(problem.slots[best].ticks)
            continue
        one = next((o for o in left.ones.values() if fits((tick,)) and book.may_visit(o, (day, tick))), None)
        if one is None:
            return steps
        steps.append((tick, one))
        del left.ones[one.kind]
        tick += 1


def hours(problem: Problem, steps: list[Step]) -> int:
    """How long a day's steps last."""
    return sum(1 if isinstance(step, OneToOne) else len(problem.slots[step].ticks) for _, step in steps)


def place(book: Book, person: Person) -> None:
    """Give a person their days, the fullest and best liked first."""
    problem, owed = book.problem, Owed(person)
    used: set[int] = set()
    for _ in range(person.most_days):
        found = []
        for day in set(range(problem.days)) - used:
            for start in sorted(person.free[day]):
                steps = day_of(book, person, owed, day, start)
                ticks = frozenset(range(start, start + hours(problem, steps)))
                liking = person.liking.get((day, problem.block_of(ticks) or ""), 0)
                meets = sum(isinstance(step, SlotKey) and step in book.leader for _, step in steps)
                found.append((hours(problem, steps), meets, -liking, -start, -day, steps))
        best = max(found, key=lambda row: row[:5], default=None)
        if best is None or not best[5]:
            return
        used.add(-best[4])
        for tick, step in best[5]:
            if isinstance(step, OneToOne):
                book.visit(person, step, (-best[4], tick))
                del owed.ones[step.kind]
            else:
                book.join(person, step)
                owed.take(step.type)


def close_small_groups(book: Book) -> None:
    """Groups that stay too small are called off; what is left of a day with a hole in it is its longest part."""
    while True:
        small = [k for k in book.leader if len(book.members[k]) < book.problem.slots[k].fewest]
        if not small:
            return
        for key in small:
            hit = book.members.pop(key, set())
            leader = book.leader.pop(key)
            for tick in book.problem.slots[key].ticks:
                book.busy.discard((leader, key.day, tick))
                book.rooms[book.problem.kinds[key.type].room_kind, key.day, tick] -= 1
                book.led[leader] -= 1
            for person in sorted(hit):
                keep_longest_part(book, person, key.day)


def keep_longest_part(book: Book, person: str, day: int) -> None:
    """Drop what no longer joins up with the longest run of a person's day."""
    at: dict[int, SlotKey | str] = {}
    for key in book.leader:
        if key.day == day and person in book.members[key]:
            at |= dict.fromkeys(book.problem.slots[key].ticks, key)
    at |= {tick: kind for kind, (on, tick) in book.ones[person].items() if on == day}
    parts = [
        range(a, b)
        for a, b in combinations(range(book.problem.ticks + 1), 2)
        if all(tick in at for tick in range(a, b))
    ]
    keep = max(parts, key=len, default=range(0))
    for tick, step in at.items():
        if tick not in keep:
            if isinstance(step, str):
                cell = book.ones[person].pop(step)
                one = next(one for one in book.problem.people[person].ones if one.kind == step)
                book.visits[(one.staff, *cell)] -= 1
                if one.together == 1:
                    book.busy.discard((one.staff, *cell))
            else:
                book.members[step].discard(person)


def given(book: Book, person: Person) -> int:
    """The hours a person has."""
    slots = book.problem.slots
    groups = sum(len(slots[key].ticks) for key in book.leader if person.id in book.members[key])
    return groups + len(book.ones[person.id])


def try_again(book: Book, person: Person) -> None:
    """Place someone who is short once more, from nothing; they keep what they had where that was more."""
    before = given(book, person)
    if before >= person.hours:
        return
    had = book.leave(person)
    place(book, person)
    if given(book, person) < before:
        book.leave(person)
        book.come_back(person, had)


def solve(problem: Problem, *, seconds: float, workers: int) -> Plan:
    """The week as it would be filled in by hand, those with the least time first."""
    book = Book(problem)
    for person in sorted(problem.people.values(), key=lambda p: (sum(map(len, p.free)), p.id)):
        place(book, person)
    for may_open in (False, True, False):
        close_small_groups(book)
        book.may_open = may_open
        for person in problem.people.values():
            try_again(book, person)
    close_small_groups(book)
    attend = {
        person: frozenset(key for key in book.leader if person in book.members[key])
        for person in problem.people
    }
    return Plan(dict(book.leader), attend, dict(book.ones))


if __name__ == "__main__":
    run_peer(solve)
