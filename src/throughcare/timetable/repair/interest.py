"""Who lacks hours, and which groups would give them some as their week stands: a quick estimate, too low rather than
too high, because only what fits into a day as it is counts in full."""

from collections import Counter

from throughcare.timetable.alone.need import lacking
from throughcare.timetable.problem import SlotKey
from throughcare.timetable.standing import Standing

# What an hour is worth in the estimate that needs a day of its own.
A_DAY_OF_ITS_OWN = 0.3


class Interest:
    """The people short of hours in a standing week, and what each lacks."""

    def __init__(self, standing: Standing) -> None:
        self.standing, self.problem = standing, standing.problem
        self.short = {
            person: hours
            for person in sorted(self.problem.people)
            if (hours := lacking(self.problem, person, standing.weeks[person], standing.ones[person])) > 0
        }
        self._wanted = {person: self._types_wanted(person) for person in self.short}
        self._days = {person: self._ticks(person) for person in self.short}

    def in_slot(self, key: SlotKey) -> float:
        """The hours a group would give to people short of them, as many as may come."""
        gains = sorted((self.of(person, key) for person in self.short), reverse=True)
        return sum(gains[: self.problem.slots[key].most])

    def of(self, person: str, key: SlotKey) -> float:
        """The hours that one person would gain by a group."""
        hours = self._wanted[person].get(key.type, 0.0)
        if not hours or not self.standing.admits(person, key):
            return 0.0
        who, held = self.problem.people[person], self._days[person].get(key.day, frozenset())
        if not held:
            days = sum(bool(ticks) for ticks in self._days[person].values())
            return hours * A_DAY_OF_ITS_OWN if days < who.most_days else 0.0
        ticks = set(self.problem.slots[key].ticks)
        whole = held | ticks
        fits = (
            held.isdisjoint(ticks)
            and len(whole) <= who.longest_day
            and max(whole) + 1 - min(whole) - len(whole) <= self.problem.waiting_ticks
            and self.problem.block_of(frozenset(whole)) is not None
            and not any(own.type == key.type and own.day == key.day for own in self.standing.weeks[person])
        )
        return hours if fits else 0.0

    def voters(self, keys: list[SlotKey], most: int) -> list[str]:
        """The people short of hours whom some of these groups could concern, those who lack most first."""
        concerned = [
            person
            for person in self.short
            if any(self._wanted[person].get(k.type) and self.standing.admits(person, k) for k in keys)
        ]
        return sorted(concerned, key=lambda person: (-self.short[person], person))[:most]

    def _types_wanted(self, person: str) -> dict[str, float]:
        who, kinds = self.problem.people[person], self.problem.kinds
        got = Counter(key.type for key in self.standing.weeks[person])
        flexible = who.flexible_hours - sum(
            max(0, times - who.required.get(name, 0)) * kinds[name].hours
            for name, times in got.items()
            if kinds[name].flexible
        )
        found = {}
        for name, kind in kinds.items():
            if got[name] < who.required.get(name, 0) or (kind.flexible and kind.hours <= flexible):
                found[name] = float(kind.hours)
        return found

    def _ticks(self, person: str) -> dict[int, frozenset[int]]:
        days: dict[int, set[int]] = {}
        for key in self.standing.weeks[person]:
            days.setdefault(key.day, set()).update(self.problem.slots[key].ticks)
        for kind, (day, start) in self.standing.ones[person].items():
            ticks = self.standing.one(person, kind).ticks
            days.setdefault(day, set()).update(range(start, start + ticks))
        return {day: frozenset(ticks) for day, ticks in days.items()}


def openable(standing: Standing, keys: list[SlotKey] | None = None) -> dict[SlotKey, str]:
    """The groups that could open, each with the leader for whom that costs least."""
    problem = standing.problem
    found = {}
    for key in sorted(problem.slots if keys is None else keys):
        slot = problem.slots[key]
        if key in standing.members or slot.series is not None or not standing.fits_rooms(key, slot.fewest):
            continue
        free = [name for name in problem.leaders[key] if standing.may_lead(key, name)]
        if free:
            found[key] = min(free, key=lambda name: (standing.led[name], name))
    return found
