"""One part of a week as a model: these people, on these days, and the groups they are or could be in."""

from collections.abc import Collection
from random import Random

from throughcare.timetable.search.model import Model
from throughcare.timetable.search.part_groups import write_groups
from throughcare.timetable.search.part_person import PersonPart, write_person
from throughcare.timetable.search.part_slots import choose_slots
from throughcare.timetable.search.week import Change, Week


class PartOfWeek:
    """The model of a part, with its variables by what they decide. Everyone else keeps what they have.

    `openings` are the closed groups that may open (None: any); of those that differ only in their copy one is
    enough, except for a proof (`every_copy`).
    """

    def __init__(
        self,
        week: Week,
        people: Collection[int],
        days: Collection[int],
        *,
        other_leaders: bool = False,
        openings: Collection[int] | None = None,
        every_copy: bool = False,
    ) -> None:
        self.week = week
        self.tables = week.tables
        self.people = sorted(people)
        self.days = sorted(days)
        self.model = Model()
        # slot -> person -> whether they come
        self.comes: dict[int, dict[int, int]] = {}
        # slot -> whether it is open, where that may change
        self.open: dict[int, int] = {}
        # slot -> leader -> whether they lead it, where that may change
        self.leads: dict[int, dict[int, int]] = {}
        # (staff, day, tick) -> [(variable, parts)]
        self.taking: dict[tuple[int, int, int], list[tuple[int, int]]] = {}
        # Parts of staff's ticks and minutes led that this part may give out anew.
        self.freed: dict[tuple[int, int, int], int] = {}
        self.freed_minutes: dict[int, int] = {}
        self.slots = choose_slots(self, other_leaders=other_leaders, openings=openings, every_copy=every_copy)
        self.parts: list[PersonPart] = [write_person(self, person) for person in self.people]
        write_groups(self)

    def take(self, staff: int, day: int, ticks: Collection[int], variable: int, parts: int) -> None:
        """Notes that `variable` takes so many parts of each of these ticks of a member of staff."""
        for tick in ticks:
            self.taking.setdefault((staff, day, tick), []).append((variable, parts))

    def blur(self, by: int, random: Random) -> None:
        """Changes what attendances and open groups cost by up to so many units, each by its own chance."""
        if by:
            for part in self.parts:
                for variable in part.comes.values():
                    self.model.add_cost(variable, random.randint(-by, by))
            for variable in self.open.values():
                self.model.add_cost(variable, random.randint(-2 * by, 2 * by))

    def read(self, values: list[int]) -> Change:
        """The change that the solved variables ask for, with only what differs."""
        attend, ones = {}, {}
        for part in self.parts:
            person = part.person
            slots = part.kept_slots | {slot for slot, v in part.comes.items() if values[v]}
            if slots != self.week.attend[person]:
                attend[person] = frozenset(slots)
            held = dict(part.kept_ones)
            held.update({place: (day, t) for (place, day, t), v in part.held.items() if values[v]})
            if held != self.week.ones[person]:
                ones[person] = held
        leaders: dict[int, int | None] = {}
        for slot, choices in self.leads.items():
            leader = next((f for f, v in choices.items() if values[v]), None)
            if leader != self.week.leader.get(slot):
                leaders[slot] = leader
        return Change(attend, ones, leaders)
