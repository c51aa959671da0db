"""Which room each group of a plan is held in: the engine only counts rooms by size, a person needs a door to go to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from throughcare.timetable.problem import Plan, Problem, Room, SlotKey

# Beyond so many tries the rest stays without a room, and the preview says so.
MOST_TRIES = 20_000


@dataclass(frozen=True)
class _Item:
    """The meetings of one group in a plan: held in one room all week."""

    name: str
    kind: str
    size: int
    ticks: frozenset[tuple[int, int]]
    now: str


def rooms_of(
    problem: Problem, plan: Plan, *, items: Mapping[SlotKey, str], now: Mapping[str, str]
) -> dict[str, str]:
    """The room (id) of each group by its name; without one where none is left.

    `items` names the group of each slot, `now` the room where a group is held already: it stays there if it can.
    """
    found: dict[str, str] = {}
    every = sorted(_items(problem, plan, items, now), key=lambda one: (-one.size, one.name))
    for kind in sorted({one.kind for one in every}):
        rooms = sorted(
            (one for one in problem.rooms if one.kind == kind), key=lambda one: (one.seats, one.id)
        )
        found |= _Search([one for one in every if one.kind == kind], rooms).best()
    return found


def _items(
    problem: Problem, plan: Plan, items: Mapping[SlotKey, str], now: Mapping[str, str]
) -> Iterator[_Item]:
    sizes = dict.fromkeys(plan.groups, 0)
    for slots in plan.attend.values():
        for key in slots & sizes.keys():
            sizes[key] += 1
    together: dict[str, list[SlotKey]] = {}
    for key in plan.groups:
        together.setdefault(items.get(key, "/".join(map(str, key))), []).append(key)
    for name, keys in together.items():
        yield _Item(
            name,
            problem.kinds[keys[0].type].room_kind,
            max(sizes[key] for key in keys),
            frozenset((key.day, tick) for key in keys for tick in problem.slots[key].ticks),
            now.get(name, ""),
        )


class _Search:
    """Rooms of one kind given to groups, the largest groups first, each where it is if it can stay."""

    def __init__(self, items: Sequence[_Item], rooms: Sequence[Room]) -> None:
        self.items, self.rooms = items, rooms
        self.taken: dict[str, set[tuple[int, int]]] = {room.id: set() for room in rooms}
        self.given: dict[str, str] = {}
        self.most: dict[str, str] = {}
        self.tries = 0

    def best(self) -> dict[str, str]:
        """Every group's room, or as many as were found."""
        self._give(0)
        return self.most

    def _give(self, number: int) -> bool:
        if len(self.given) > len(self.most):
            self.most = dict(self.given)
        if number == len(self.items):
            return True
        item = self.items[number]
        for room in self._fitting(item):
            self.tries += 1
            if self.tries > MOST_TRIES:
                return False
            self.given[item.name] = room
            self.taken[room] |= item.ticks
            if self._give(number + 1):
                return True
            del self.given[item.name]
            self.taken[room] -= item.ticks
        # No room is left for this one: the others may still have theirs.
        return not any(room.seats >= item.size for room in self.rooms) and self._give(number + 1)

    def _fitting(self, item: _Item) -> list[str]:
        free = [
            room.id
            for room in self.rooms
            if room.seats >= item.size and self.taken[room.id].isdisjoint(item.ticks)
        ]
        return sorted(free, key=lambda room: room != item.now)
