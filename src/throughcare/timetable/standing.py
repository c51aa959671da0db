"""A week while it is being changed step by step: who sits where, who is busy when, which rooms are left.

It answers what one more step would break, so that a plan built through it breaks nothing. `check.py` judges the
outcome and shares nothing with it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from throughcare.timetable.problem import OneToOne, Plan, Problem, SlotKey

# Someone or a kind of room, a day, a tick.
Moment = tuple[str, int, int]
# Of each of some people, the groups and the one-to-ones.
Weeks = Mapping[str, tuple[frozenset[SlotKey], Mapping[str, tuple[int, int]]]]


class Standing:
    """A plan of a problem, open to change. Nothing is checked on the way in: ask `may_…` first."""

    def __init__(self, problem: Problem, plan: Plan | None = None) -> None:
        plan = plan or Plan()
        self.problem = problem
        self.leaders: dict[SlotKey, str] = {}
        self.members: dict[SlotKey, set[str]] = {}
        self.weeks: dict[str, set[SlotKey]] = {person: set() for person in problem.people}
        self.ones: dict[str, dict[str, tuple[int, int]]] = {person: {} for person in problem.people}
        self.led: dict[str, float] = defaultdict(float)
        self._leading: dict[Moment, SlotKey] = {}
        self._visits: dict[Moment, list[tuple[str, str]]] = defaultdict(list)
        self._meeting: dict[Moment, set[SlotKey]] = defaultdict(set)
        self._seats = {kind.room_kind: problem.seats(kind.room_kind) for kind in problem.kinds.values()}
        self._apart: dict[str, set[str]] = defaultdict(set)
        for one, other in problem.apart:
            self._apart[one].add(other)
            self._apart[other].add(one)
        for key in sorted(plan.groups):
            self.open(key, plan.groups[key])
        for person in sorted(problem.people):
            self.give(person, plan.attend.get(person, frozenset()), plan.ones.get(person, {}))

    def plan(self) -> Plan:
        """The week as it stands."""
        return Plan(
            groups=dict(self.leaders),
            attend={person: frozenset(self.weeks[person]) for person in self.weeks},
            ones={person: dict(self.ones[person]) for person in self.ones},
        )

    def open(self, key: SlotKey, leader: str) -> None:
        """A group meets, led by this person."""
        self.members.setdefault(key, set())
        for tick in self.problem.slots[key].ticks:
            self._meeting[self._room_kind(key), key.day, tick].add(key)
        self._take_lead(key, leader)

    def close(self, key: SlotKey) -> set[str]:
        """A group no longer meets. Who came to it."""
        self._leave_lead(key)
        for tick in self.problem.slots[key].ticks:
            self._meeting[self._room_kind(key), key.day, tick].discard(key)
        gone = self.members.pop(key)
        for person in gone:
            self.weeks[person].discard(key)
        return gone

    def lead(self, key: SlotKey, leader: str) -> None:
        """Another leader for a group that meets."""
        self._leave_lead(key)
        self._take_lead(key, leader)

    def give(
        self, person: str, slots: Iterable[SlotKey], ones: Mapping[str, tuple[int, int]] | None = None
    ) -> None:
        """Seats in these groups, which all meet, and these one-to-ones by kind, on top of what the person has."""
        for key in slots:
            self.members[key].add(person)
            self.weeks[person].add(key)
        for kind, at in (ones or {}).items():
            one = self.one(person, kind)
            self.ones[person][kind] = at
            for moment in _moments(one, at):
                self._visits[moment].append((person, kind))

    def clear(self, person: str) -> None:
        """Take a person's whole week away; their groups go on meeting."""
        for key in self.weeks[person]:
            self.members[key].discard(person)
        self.weeks[person] = set()
        for kind in list(self.ones[person]):
            self.cancel(person, kind)

    def weeks_of(self, people: Iterable[str]) -> Weeks:
        """The weeks of these people as they are now."""
        return {who: (frozenset(self.weeks[who]), dict(self.ones[who])) for who in people}

    def put_back(self, weeks: Weeks) -> None:
        """Give these people exactly these weeks, whose groups all meet."""
        for person in weeks:
            self.clear(person)
        for person, (slots, ones) in weeks.items():
            self.give(person, slots, ones)

    def cancel(self, person: str, kind: str) -> None:
        """Give up one visit."""
        for moment in _moments(self.one(person, kind), self.ones[person].pop(kind)):
            self._visits[moment].remove((person, kind))

    def one(self, person: str, kind: str) -> OneToOne:
        """The person's one-to-one of this kind."""
        return next(one for one in self.problem.people[person].ones if one.kind == kind)

    def may_sit(self, person: str, key: SlotKey) -> bool:
        """Whether a group that meets has a seat this person may take."""
        size = len(self.members[key]) + 1
        return (
            size <= self.problem.slots[key].most
            and self.may_replace(person, key)
            and self.fits_rooms(key, size)
        )

    def may_replace(self, person: str, key: SlotKey) -> bool:
        """Whether this person may come to a group that meets, were there a seat."""
        return (
            self.admits(person, key)
            and (person, self.leaders[key]) not in self.problem.never_with
            and self._apart[person].isdisjoint(self.members[key])
        )

    def may_have(self, person: str, week: tuple[frozenset[SlotKey], Mapping[str, tuple[int, int]]]) -> bool:
        """Whether someone who has been cleared may be given this week, which suits them: seats and staff are free."""
        slots, ones = week
        return all(key in self.members and self.may_sit(person, key) for key in slots) and all(
            self.may_visit(person, self.one(person, kind), at) for kind, at in ones.items()
        )

    def seats_left(self, key: SlotKey) -> int:
        """How many more people a group that meets could take."""
        size = len(self.members[key])
        more = range(1, self.problem.slots[key].most - size + 1)
        return max((seats for seats in more if self.fits_rooms(key, size + seats)), default=0)

    def bound(self, person: str) -> set[SlotKey]:
        """The person's groups that could not go on without them."""
        return {key for key in self.weeks[person] if len(self.members[key]) <= self.problem.slots[key].fewest}

    def admits(self, person: str, key: SlotKey) -> bool:
        """Whether the person's prescription, variants and the group's being closed allow it at all."""
        who, slot = self.problem.people[person], self.problem.slots[key]
        return (
            key.variant in who.variants.get(key.type, {})
            and (slot.closed_to is None or person in slot.closed_to)
            and who.free[key.day].issuperset(slot.ticks)
        )

    def may_visit(self, person: str, one: OneToOne, at: tuple[int, int], *, displacing: bool = False) -> bool:
        """Whether the member of staff can see this person then; `displacing`: were it not for others' visits."""
        staff = self.problem.staff[one.staff]
        if (one.starts is not None and at not in one.starts) or (
            person,
            one.staff,
        ) in self.problem.never_with:
            return False
        for moment in _moments(one, at):
            if moment[2] not in staff.free[at[0]] or moment in self._leading:
                return False
            held = self._visits.get(moment, [])
            if (
                held
                and not displacing
                and (len(held) >= one.together or any(kind != one.kind for _, kind in held))
            ):
                return False
        return True

    def may_lead(self, key: SlotKey, staff: str, people: Collection[str] = ()) -> bool:
        """Whether this member of staff is free to lead this group, and may meet everyone who comes."""
        hours = self.problem.kinds[key.type].hours
        return (
            staff in self.problem.leaders[key]
            and self.led[staff] + hours <= self.problem.staff[staff].most_group_hours
            and all((person, staff) not in self.problem.never_with for person in people)
            and not any(
                (staff, key.day, tick) in self._leading or self._visits.get((staff, key.day, tick))
                for tick in self.problem.slots[key].ticks
            )
        )

    def fits_rooms(self, key: SlotKey, size: int) -> bool:
        """Whether rooms are large enough at its time if this group had this size, whether it meets yet or not."""
        seats = self._seats[self._room_kind(key)]
        for tick in self.problem.slots[key].ticks:
            others = self._meeting.get((self._room_kind(key), key.day, tick), set())
            sizes = sorted((len(self.members[other]) for other in others if other != key), reverse=True)
            if not _fit([*sizes, size], seats):
                return False
        return True

    def meeting(self, room_kind: str, day: int, tick: int) -> set[SlotKey]:
        """The groups that use this kind of room then."""
        return self._meeting.get((room_kind, day, tick), set())

    def visits_at(self, staff: str, day: int, ticks: Iterable[int]) -> set[tuple[str, str]]:
        """The visits, by person and kind, that a member of staff holds at some of these times."""
        return {visit for tick in ticks for visit in self._visits.get((staff, day, tick), ())}

    def led_by(self, staff: str, day: int, ticks: Iterable[int]) -> set[SlotKey]:
        """The groups a member of staff leads at some of these times."""
        return {self._leading[staff, day, tick] for tick in ticks if (staff, day, tick) in self._leading}

    def _room_kind(self, key: SlotKey) -> str:
        return self.problem.kinds[key.type].room_kind

    def _take_lead(self, key: SlotKey, leader: str) -> None:
        self.leaders[key] = leader
        self.led[leader] += self.problem.kinds[key.type].hours
        for tick in self.problem.slots[key].ticks:
            self._leading[leader, key.day, tick] = key

    def _leave_lead(self, key: SlotKey) -> None:
        leader = self.leaders.pop(key)
        self.led[leader] -= self.problem.kinds[key.type].hours
        for tick in self.problem.slots[key].ticks:
            self._leading.pop((leader, key.day, tick), None)


def _moments(one: OneToOne, at: tuple[int, int]) -> list[Moment]:
    day, start = at
    return [(one.staff, day, tick) for tick in range(start, start + one.ticks)]


def _fit(sizes: list[int], seats: tuple[int, ...]) -> bool:
    """Whether groups of these sizes each find a room: the largest group in the largest room, and so on."""
    sizes.sort(reverse=True)
    return len(sizes) <= len(seats) and all(size <= room for size, room in zip(sizes, seats, strict=False))
