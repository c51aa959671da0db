"""A week changed step by step on trial: what it gains so far, and the way back."""

from collections.abc import Iterable

from throughcare.timetable.search.price import group_cost, person_cost, staff_cost
from throughcare.timetable.search.week import Change, Week, When


class Trial:
    """Remembers how people, groups and leaders were before they were touched, and what they cost then."""

    def __init__(self, week: Week) -> None:
        self.week = week
        self._people: dict[int, tuple[frozenset[int], dict[int, When]]] = {}
        self._leaders: dict[int, int | None] = {}
        self._staff: set[int] = set()
        self._before = 0
        # How often someone was given a week, or none.
        self.placed = 0

    @property
    def people(self) -> set[int]:
        """Whom it touched."""
        return set(self._people)

    @property
    def slots(self) -> set[int]:
        """The groups it touched."""
        return set(self._leaders)

    def give(self, person: int, slots: Iterable[int], ones: dict[int, When]) -> None:
        """Gives a person this week in place of theirs."""
        week, after = self.week, frozenset(slots)
        self.placed += 1
        if person not in self._people:
            self._people[person] = (week.attend[person], week.ones[person])
            self._before += person_cost(week, person)
        for slot in after ^ week.attend[person]:
            self._touch(slot)
        week.set_attend(person, after)
        week.set_ones(person, ones)

    def lead(self, slot: int, leader: int | None) -> None:
        """Opens a group, gives it another leader, or closes it."""
        self._touch(slot)
        for staff in (leader, self.week.leader.get(slot)):
            if staff is not None and staff not in self._staff:
                self._staff.add(staff)
                self._before += staff_cost(self.week, staff)
        self.week.set_leader(slot, leader)

    def _touch(self, slot: int) -> None:
        if slot not in self._leaders:
            self._leaders[slot] = self.week.leader.get(slot)
            self._before += group_cost(self.week, slot)

    def gain(self) -> int:
        """By how much the week costs less than before."""
        week = self.week
        return (
            self._before
            - sum(person_cost(week, person) for person in self._people)
            - sum(group_cost(week, slot) for slot in self._leaders)
            - sum(staff_cost(week, staff) for staff in self._staff)
        )

    def change(self) -> Change:
        """What is different now."""
        week = self.week
        return Change(
            {p: week.attend[p] for p, (slots, _) in self._people.items() if week.attend[p] != slots},
            {p: week.ones[p] for p, (_, ones) in self._people.items() if week.ones[p] != ones},
            {s: week.leader.get(s) for s, f in self._leaders.items() if week.leader.get(s) != f},
        )

    def undo(self) -> None:
        """Puts everything back."""
        for person, (slots, ones) in self._people.items():
            self.week.set_attend(person, slots)
            self.week.set_ones(person, ones)
        for slot, leader in self._leaders.items():
            if self.week.leader.get(slot) != leader:
                self.week.set_leader(slot, leader)
