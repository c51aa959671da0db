"""Gives people their weeks anew, one at a time, each the best there is while the others stay."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from throughcare.timetable.alone import Week, best_weeks, terms_of
from throughcare.timetable.alone.need import lacking
from throughcare.timetable.alone.swaps import swap_for
from throughcare.timetable.problem import SlotKey
from throughcare.timetable.repair.remains import Remains
from throughcare.timetable.standing import Standing

NEARLY = 1e-6
# How many weeks of one person are sought in a second of effort; a count, so that the same call gives the same plan.
WEEKS_A_SECOND = 40
# How many people who had nothing to do with what happened may be asked to move.
MOST_DISTURBED = 5


@dataclass
class Mender:
    """The week being mended, the effort that is left, and who was asked to move for others."""

    remains: Remains
    effort: float
    stop: Callable[[], bool] | None = None
    disturbed: set[str] = field(default_factory=set)
    _target: dict[str, float] = field(default_factory=dict)

    @property
    def standing(self) -> Standing:
        """The week as it stands."""
        return self.remains.standing

    @property
    def is_spent(self) -> bool:
        """Whether no more than what is needed should be tried."""
        return self.effort <= 0 or self.is_stopped

    @property
    def is_stopped(self) -> bool:
        """Whether someone asked for an end."""
        return self.stop is not None and self.stop()

    def place(self, person: str, bound: Iterable[SlotKey] = (), *, freely: bool = False) -> Week | None:
        """Give a person the best week there is; None, and nothing changed, when a group they hold up would fall.

        `bound`: groups they are to come to besides; `freely`: groups may fall.
        """
        standing = self.standing
        held = set(bound) | (set() if freely else standing.bound(person))
        now = standing.weeks_of([person])
        standing.clear(person)
        self.effort -= 1
        found = best_weeks(terms_of(standing, person, kept=self.remains.published, bound=held))
        if not found or not held <= found[0].slots:
            standing.put_back(now)
            return None
        standing.give(person, found[0].slots, found[0].ones)
        return found[0]

    def place_all(self, people: Iterable[str]) -> float:
        """Place these people in turn, the least free first; the sum of what their weeks cost."""
        free = self.standing.problem.people
        ordered = sorted(people, key=lambda name: (sum(map(len, free[name].free)), name))
        # Who can't keep the groups they hold up has a week torn open already: those groups fall.
        weeks = [self.place(person) or self.place(person, freely=True) for person in ordered]
        return sum(week.cost for week in weeks if week is not None)

    def short(self) -> list[str]:
        """The affected people who have fewer hours than they were published with, or, if new, than prescribed."""
        return sorted(
            name for name in self.remains.affected if self.missing(name) > self.target(name) + NEARLY
        )

    def missing(self, person: str) -> float:
        """The prescribed hours a person lacks as the week stands."""
        return lacking(self.standing.problem, person, self.standing.weeks[person], self.standing.ones[person])

    def target(self, person: str) -> float:
        """The hours a person lacked in the published week; none for someone new."""
        if person not in self._target:
            published = self.remains.published
            slots, ones = published.attend.get(person), published.ones.get(person, {})
            problem = self.standing.problem
            self._target[person] = (
                0.0 if slots is None and not ones else lacking(problem, person, slots or (), ones)
            )
        return self._target[person]

    def place_again(self) -> None:
        """Once more for those short of hours: since, others may have left the seats they need."""
        for person in self.short():
            if self.is_spent:
                return
            self.place(person)

    def swap(self) -> None:
        """For those still short of hours, ask a few others to move."""
        for person in self.short():
            left = MOST_DISTURBED - len(self.disturbed)
            if left <= 0 or self.is_spent:
                return
            self._swap_for(person, left)

    def _swap_for(self, person: str, most_moved: int) -> None:
        standing, bound = self.standing, self.standing.bound(person)
        now, missing = standing.weeks_of([person]), self.missing(person)
        standing.clear(person)
        self.effort -= 10
        swap = swap_for(
            standing,
            person,
            kept=self.remains.published,
            most_moved=most_moved,
            better_than=missing,
            bound=bound,
        )
        if swap is None or not bound <= swap.week.slots:
            standing.put_back(now)
            return
        standing.put_back({who: (week.slots, week.ones) for who, week in swap.moved.items()})
        standing.give(person, swap.week.slots, swap.week.ones)
        self.disturbed.update(swap.moved.keys() - self.remains.affected)
