"""A person's week with seats that others give up: a few people move so that one finds their hours.

Each full group the person needs is left by the member for whom that changes least, who loses no hours by it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from throughcare.timetable.alone.need import lacking
from throughcare.timetable.alone.terms import Week, terms_of
from throughcare.timetable.alone.weeks import best_weeks
from throughcare.timetable.problem import Plan, SlotKey
from throughcare.timetable.standing import Standing, Weeks

# What a seat that someone else must give up costs in the first estimate: one or two published sessions changed.
CROWDED = 15.0
# How often another set of full groups is tried.
TRIES = 6
NEARLY = 1e-6


@dataclass(frozen=True)
class Swap:
    """One person's week and those of the people who move for it."""

    week: Week
    moved: Mapping[str, Week] = field(default_factory=dict)


def swap_for(
    standing: Standing,
    person: str,
    *,
    kept: Plan,
    most_moved: int,
    better_than: float,
    bound: Collection[SlotKey] = (),
) -> Swap | None:
    """A week with fewer hours missing than `better_than`, if so many others may move; the standing week is as before.

    The person must have been cleared. `kept` is the published week, whose changes are counted; `bound` are the
    person's groups that can't go on without them.
    """
    banned: set[SlotKey] = set()
    for _ in range(TRIES):
        found = best_weeks(terms_of(standing, person, kept=kept, bound=bound, banned=banned, crowded=CROWDED))
        if not found or found[0].missing_hours > better_than - NEARLY:
            return None
        week = found[0]
        full = [key for key in sorted(week.slots) if not standing.may_sit(person, key)]
        if len(full) > most_moved:
            banned.add(max(full, key=lambda key: (len(standing.members[key]), key)))
            continue
        swap = _SwapTrial(standing, week, kept).make(full)
        if isinstance(swap, Swap):
            return swap
        banned.add(swap)
    return None


class _SwapTrial:
    """One trial: takes the seats, finds who leaves each, and puts everything back."""

    def __init__(self, standing: Standing, week: Week, kept: Plan) -> None:
        self.standing, self.week, self.kept = standing, week, kept
        self.before: dict[str, Weeks] = {}
        self.moved: dict[str, Week] = {}

    def make(self, full: list[SlotKey]) -> Swap | SlotKey:
        """The swap, or the full group that nobody can leave."""
        self.standing.give(self.week.person, self.week.slots, self.week.ones)
        stuck = next((key for key in full if not self._free_a_seat(key)), None)
        self.standing.clear(self.week.person)
        for before in self.before.values():
            self.standing.put_back(before)
        return Swap(self.week, dict(self.moved)) if stuck is None else stuck

    def _free_a_seat(self, key: SlotKey) -> bool:
        best: tuple[tuple[float, int, float, str], Week] | None = None
        for member in sorted(self.standing.members[key] - {self.week.person} - self.moved.keys()):
            other = self._without(member, key)
            if other is not None and (best is None or other[0] < best[0]):
                best = other
        if best is None:
            return False
        week = best[1]
        self.before[week.person] = self.standing.weeks_of([week.person])
        self.standing.put_back({week.person: (week.slots, week.ones)})
        self.moved[week.person] = week
        return True

    def _without(self, member: str, key: SlotKey) -> tuple[tuple[float, int, float, str], Week] | None:
        """The member's best week without this group and with no fewer hours; None when there is none."""
        standing = self.standing
        now = standing.weeks_of([member])
        slots, ones = now[member]
        bound = standing.bound(member) - {key}
        standing.clear(member)
        terms = terms_of(standing, member, kept=self.kept, bound=bound, banned={key})
        found = best_weeks(terms)
        standing.put_back(now)
        if not found or not bound <= found[0].slots:
            return None
        week = found[0]
        if week.missing_hours > lacking(standing.problem, member, slots, ones) + NEARLY:
            return None
        changes = len(slots - week.slots) + sum(week.ones.get(kind) != at for kind, at in ones.items())
        return (week.missing_hours, changes, week.cost, member), week
