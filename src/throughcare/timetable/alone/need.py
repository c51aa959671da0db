"""What a person's prescription still lacks, as small tuples of numbers that days are added to."""

from collections import Counter
from collections.abc import Collection

from throughcare.timetable.alone.terms import Terms
from throughcare.timetable.problem import Problem, SlotKey

# How often each required type was met (never more than required), the minutes of flexible hours, the visits held.
State = tuple[int, ...]


class Need:
    """One person's prescription."""

    def __init__(self, terms: Terms) -> None:
        person, problem = terms.person, terms.problem
        kinds = problem.kinds
        self.weights = problem.weights
        self.least_hours, self.hours = person.least_hours, person.hours
        self.flexible = round(person.flexible_hours * 60)
        self.types = [name for name in terms.bits if name in kinds]
        self.required = [person.required.get(name, 0) for name in self.types]
        self.minutes = [round(kinds[name].hours * 60) for name in self.types]
        self.may_flex = [kinds[name].flexible for name in self.types]
        self.visits = [round(one.hours * 60) for one in person.ones]
        # Required types that no group may give still count as missing.
        unheard = sum(
            times * kinds[name].hours for name, times in person.required.items() if name not in self.types
        )
        self.wanted = (
            sum(often * long for often, long in zip(self.required, self.minutes, strict=True))
            + self.flexible
            + sum(self.visits)
        )
        self.unheard = round(unheard * 60)
        self.nothing: State = (0,) * (len(self.types) + 2)
        self._full: dict[State, int] = {}
        self._places: dict[int, tuple[int, ...]] = {}
        self._got: dict[State, int] = {}
        self._hours: dict[int, float] = {}

    def full(self, state: State) -> int:
        """The bits of which nothing more may be added to a state."""
        if state not in self._full:
            left = self.flexible - state[-2]
            bits = state[-1] << len(self.types)
            for place, often in enumerate(self.required):
                if state[place] == often and not (self.may_flex[place] and self.minutes[place] <= left):
                    bits |= 1 << place
            self._full[state] = bits
        return self._full[state]

    def add(self, state: State, bits: int) -> State | None:
        """The state with a day of these bits, none of them full; None where that is more than was prescribed."""
        counts = list(state)
        for place in self._places_of(bits):
            if counts[place] < self.required[place]:
                counts[place] += 1
            else:
                counts[-2] += self.minutes[place]
        if counts[-2] > self.flexible:
            return None
        counts[-1] |= bits >> len(self.types) & ((1 << len(self.visits)) - 1)
        return tuple(counts)

    def _places_of(self, bits: int) -> tuple[int, ...]:
        """The places in a state of the types that these bits stand for."""
        if bits not in self._places:
            self._places[bits] = tuple(place for place in range(len(self.types)) if bits >> place & 1)
        return self._places[bits]

    def hours_of(self, bits: int) -> float:
        """The most hours a day of these bits can count for."""
        if bits not in self._hours:
            long = [*self.minutes, *self.visits]
            self._hours[bits] = sum(each for place, each in enumerate(long) if bits >> place & 1) / 60
        return self._hours[bits]

    def missing_hours(self, state: State) -> float:
        """The prescribed hours that this does not give."""
        return (self.wanted - self._minutes(state) + self.unheard) / 60

    def shortfall(self, state: State, hours_to_come: float = 0.0) -> float:
        """The cost of the hours missing, and of falling below the least, if so many hours were still added."""
        missing = max(0.0, (self.wanted - self._minutes(state)) / 60 - hours_to_come) + self.unheard / 60
        below = self.hours - missing < self.least_hours
        return self.weights.unmet * missing + self.weights.below * below

    def _minutes(self, state: State) -> int:
        if state not in self._got:
            visits = sum(long for place, long in enumerate(self.visits) if state[-1] >> place & 1)
            groups = sum(often * long for often, long in zip(state, self.minutes, strict=False))
            self._got[state] = groups + state[len(self.types)] + visits
        return self._got[state]


def lacking(problem: Problem, person: str, slots: Collection[SlotKey], ones: Collection[str]) -> float:
    """The prescribed hours that a week of these groups and these kinds of one-to-ones does not give a person."""
    who, kinds = problem.people[person], problem.kinds
    got = Counter(key.type for key in slots)
    missing = sum(max(0, times - got[name]) * kinds[name].hours for name, times in who.required.items())
    flexible = sum(
        max(0, times - who.required.get(name, 0)) * kinds[name].hours
        for name, times in got.items()
        if kinds[name].flexible
    )
    return (
        missing
        + max(0.0, who.flexible_hours - flexible)
        + sum(one.hours for one in who.ones if one.kind not in ones)
    )
