"""A person's week with seats and times that others give up: a few people move so that one finds their hours.

Each full group the person needs is left by the member for whom that changes least, who loses no hours by it; so it is
with each time at which the person's own staff see someone else.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from throughcare.timetable.alone.need import lacking
from throughcare.timetable.alone.terms import Week, terms_of
from throughcare.timetable.alone.weeks import best_weeks
from throughcare.timetable.problem import Plan, SlotKey
from throughcare.timetable.standing import Standing, Weeks

# What a seat that someone else must give up costs in the first estimate: two or three published sessions changed.
CROWDED = 15.0
# How often another set of full groups is tried.
TRIES = 6
NEARLY = 1e-6

# A full group, or the kind of a visit at a time when staff see someone else.
Taken = SlotKey | str
_Rank = tuple[float, int, float, str]


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
    effort: int = 60,
) -> Swap | None:
    """A week with fewer hours missing than `better_than`, if so many others may move; the standing week is as before.

    The person must have been cleared. `kept` is the published week, whose changes are counted; `bound` are the
    person's groups that can't go on without them. `effort`: how many weeks may be sought for it.
    """
    banned: set[SlotKey] = set()
    for _ in range(TRIES):
        effort -= 1
        found = best_weeks(terms_of(standing, person, kept=kept, bound=bound, banned=banned, crowded=CROWDED))
        if not found or found[0].missing_hours > better_than - NEARLY:
            return None
        week = found[0]
        taken = _taken(standing, week)
        if len(taken) <= most_moved:
            trial = _SwapTrial(standing, week, kept, effort)
            swap = trial.make(taken)
            effort = trial.effort
            if isinstance(swap, Swap):
                return swap
            taken = [swap]
        groups = [each for each in taken if isinstance(each, SlotKey)]
        if not groups or effort <= 0:
            return None
        banned.add(max(groups, key=lambda key: (len(standing.members[key]), key)))
    return None


def _taken(standing: Standing, week: Week) -> list[Taken]:
    """What others would have to give up for this week."""
    full: list[Taken] = [key for key in sorted(week.slots) if not standing.may_sit(week.person, key)]
    return full + [
        kind
        for kind, at in sorted(week.ones.items())
        if not standing.may_visit(week.person, standing.one(week.person, kind), at)
    ]


class _SwapTrial:
    """One trial: takes the seats, finds who leaves each, and puts everything back."""

    def __init__(self, standing: Standing, week: Week, kept: Plan, effort: int) -> None:
        self.standing, self.week, self.kept, self.effort = standing, week, kept, effort
        self.before: dict[str, Weeks] = {}
        self.moved: dict[str, Week] = {}

    def make(self, taken: list[Taken]) -> Swap | Taken:
        """The swap, or what nobody can give up."""
        standing, own = self.standing, self.week
        standing.give(own.person, own.slots, own.ones)
        stuck = next((each for each in taken if not self._free(each)), None)
        standing.clear(own.person)
        sound = stuck is not None or standing.may_have(own.person, (own.slots, own.ones))
        for before in self.before.values():
            standing.put_back(before)
        if stuck is not None:
            return stuck
        return Swap(own, dict(self.moved)) if sound else taken[0]

    def _free(self, taken: Taken) -> bool:
        best: tuple[_Rank, Week] | None = None
        for holder in sorted(self._holders(taken) - {self.week.person} - self.moved.keys()):
            if self.effort <= 0:
                break
            self.effort -= 1
            other = self._without(holder, taken)
            if other is not None and (best is None or other[0] < best[0]):
                best = other
        if best is None:
            return False
        week = best[1]
        self.before[week.person] = self.standing.weeks_of([week.person])
        self.standing.put_back({week.person: (week.slots, week.ones)})
        self.moved[week.person] = week
        return True

    def _holders(self, taken: Taken) -> set[str]:
        if isinstance(taken, SlotKey):
            return set(self.standing.members[taken])
        one, (day, start) = self.standing.one(self.week.person, taken), self.week.ones[taken]
        visits = self.standing.visits_at(one.staff, day, range(start, start + one.ticks))
        return {person for person, _ in visits}

    def _without(self, holder: str, taken: Taken) -> tuple[_Rank, Week] | None:
        """The holder's best week without this and with no fewer hours; None when there is none."""
        standing = self.standing
        now = standing.weeks_of([holder])
        slots, ones = now[holder]
        bound = standing.bound(holder) - {taken}
        standing.clear(holder)
        banned = {taken} if isinstance(taken, SlotKey) else set()
        found = best_weeks(terms_of(standing, holder, kept=self.kept, bound=bound, banned=banned))
        standing.put_back(now)
        if not found or not bound <= found[0].slots:
            return None
        week = found[0]
        if week.missing_hours > lacking(standing.problem, holder, slots, ones) + NEARLY:
            return None
        changes = len(slots - week.slots) + sum(week.ones.get(kind) != at for kind, at in ones.items())
        return (week.missing_hours, changes, week.cost, holder), week
