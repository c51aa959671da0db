"""What a publication changes, in sentences: for the preview, for each person, for each of the staff."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property

from throughcare.knowledge.session_types import ALL as SESSION_TYPES
from throughcare.knowledge.tracks import WEEKDAYS
from throughcare.knowledge.week_rules import say_day, say_times
from throughcare.pathway.timetable.naming import say_every
from throughcare.pathway.timetable.picture.week import Picture
from throughcare.pathway.timetable.plans.opened import OpenPlan
from throughcare.pathway.timetable.publishing.moves import Moves, Place, Visit
from throughcare.timetable.problem import SlotKey


@dataclass(frozen=True)
class Wording:
    """The sentences of one publication, from a day on."""

    opened: OpenPlan
    picture: Picture
    moves: Moves
    from_date: date

    @cached_property
    def _slots(self) -> dict[str, list[SlotKey]]:
        """The slots of each group as it stands, and of each offer that opens."""
        found: dict[str, list[SlotKey]] = {}
        for key, group in sorted(self.picture.groups.items()):
            found.setdefault(str(group), []).append(key)
        for offer, key, _ in self.moves.opens:
            found[offer] = [key]
        return found

    def name(self, item: str) -> str:
        """What a group is called, or the one that opens."""
        for key, group in self.picture.groups.items():
            if str(group) == item:
                return self.picture.group_names[key]
        return next(
            (self.opened.title(key) for offer, key, _ in self.moves.opens if offer == item), "A group"
        )

    def _first(self, item: str) -> tuple[int, int]:
        """When a group meets first in the week."""
        return min(((key.day, key.start) for key in self._slots.get(item, ())), default=(7, 0))

    def when(self, item: str) -> str:
        """When a group meets, such as “Mondays and Wednesdays, 5:30 PM to 8:30 PM”."""
        times: dict[str, list[str]] = {}
        for key in self._slots.get(item, ()):
            problem = self.picture.problem if key in self.picture.groups else self.opened.problem
            ticks = problem.slots[key].ticks
            words = say_times(self._clock(ticks[0]), self._clock(ticks[-1] + 1))
            times.setdefault(words, []).append(f"{WEEKDAYS[key.day]}s")
        return "; ".join(f"{' and '.join(days)}, {words}" for words, days in times.items())

    def _clock(self, tick: int) -> time:
        grid = self.picture.grid
        minute = grid.first_minute + tick * grid.minutes_per_tick
        return time(minute // 60 % 24, minute % 60)

    def at(self, place: Place) -> str:
        """A weekly moment, such as “Tuesdays at 10:00 AM”."""
        return f"{WEEKDAYS[place[0]]}s at {self._clock(place[1]):%-I:%M %p}"

    def staff(self, who: str) -> str:
        """The name of one of the staff."""
        return (
            self.opened.problem.say(who)
            if who in self.opened.problem.names
            else self.picture.problem.say(who)
        )

    def leader(self, item: str) -> str:
        """Who leads a group once the plan is the week."""
        for name, _, leader in self.moves.leads:
            if name == item:
                return self.staff(leader)
        for offer, _, leader in self.moves.opens:
            if offer == item:
                return self.staff(leader)
        stands = self.picture.as_it_stands.groups
        return next((self.staff(stands[key]) for key in self._slots.get(item, ()) if key in stands), "")

    @property
    def since(self) -> str:
        """From when it holds."""
        return f"From {say_day(self.from_date)} on"

    def of_groups(self) -> Iterator[str]:
        """What becomes of the groups."""
        for item in sorted(self.moves.closes, key=self._first):
            yield f"{self.name(item)} ({self.when(item)}) closes."
        for item, place in self.moves.ends:
            yield f"{self.name(item)} no longer meets on {self.at(place)}."
        for offer, _, leader in self.moves.opens:
            yield f"{self.name(offer)} ({self.when(offer)}) opens; {self.staff(leader)} leads it."
        for item, before, leader in self.moves.leads:
            group = f"{self.name(item)} ({self.when(item)})"
            yield f"{group} is led by {self.staff(leader)}, no longer by {self.staff(before)}."

    def of_person(self, who: str) -> Iterator[str]:
        """What changes in one person's own week."""
        for item in sorted((item for person, item in self.moves.leaves if person == who), key=self._first):
            closes = ", which closes" if item in self.moves.closes else ""
            yield f"no longer in {self.name(item)} ({self.when(item)}){closes}."
        for item in sorted((item for person, item in self.moves.joins if person == who), key=self._first):
            led = f", led by {self.leader(item)}" if self.leader(item) else ""
            yield f"now in {self.name(item)} ({self.when(item)}){led}."
        for one in self.moves.visits:
            if one.person == who:
                yield self._visit(one, one.staff)

    def _visit(self, one: Visit, staff: str) -> str:
        was, at = one.was, one.at
        what = _title(one.kind) + (f" with {self.staff(staff)}" if staff else "")
        if at is None:
            return (
                f"{what} is no longer on {self.at(was)}; another time is being looked for." if was else what
            )
        instead = f", no longer on {self.at(was)}" if was else ""
        return f"{what} is on {self.at(at)}{say_every(one.every)}{instead}."

    def of_members(self, who: str, groups: frozenset[str]) -> Iterator[str]:
        """What changes in groups that a person stays in."""
        stays = groups - {item for person, item in self.moves.leaves if person == who}
        for item, before, leader in self.moves.leads:
            if item in stays:
                yield f"{self.name(item)} is led by {self.staff(leader)}, no longer by {self.staff(before)}."
        for item, place in self.moves.ends:
            if item in stays:
                yield f"{self.name(item)} no longer meets on {self.at(place)}."

    def of_staff(self, who: str) -> Iterator[str]:
        """What changes for one of the staff; nobody in care is named."""
        for offer, _, leader in self.moves.opens:
            if leader == who:
                come = sum(name == offer for _, name in self.moves.joins)
                people = "1 person" if come == 1 else f"{come} people"
                yield f"You lead {self.name(offer)} ({self.when(offer)}), which opens with {people}."
        for item, before, leader in self.moves.leads:
            if leader == who:
                yield f"You lead {self.name(item)} ({self.when(item)}) in place of {self.staff(before)}."
            if before == who:
                yield f"You no longer lead {self.name(item)} ({self.when(item)}); {self.staff(leader)} does."
        for item in sorted(self.moves.closes, key=self._first):
            if any(self.picture.as_it_stands.groups.get(key) == who for key in self._slots.get(item, ())):
                yield f"{self.name(item)} ({self.when(item)}) closes."
        for one in self.moves.visits:
            if one.staff == who:
                yield self._visit(one, "")
        yield from self._sizes(who)

    def _sizes(self, who: str) -> Iterator[str]:
        opens = {offer for offer, _, _ in self.moves.opens}
        led = {item for item in self._slots if item not in opens and self.leader(item) == self.staff(who)}
        for item in sorted(led, key=self._first):
            come = sum(name == item for _, name in self.moves.joins)
            go = sum(name == item for _, name in self.moves.leaves)
            said = [f"{come} join{'s' if come == 1 else ''}"] * bool(come) + [
                f"{go} leave{'s' if go == 1 else ''}"
            ] * bool(go)
            if said and item not in self.moves.closes:
                yield f"{self.name(item)}: {' and '.join(said)}."


def session_kind(kind: str) -> str:
    """The session type of a one-to-one: the second of a kind in a week is named after the first."""
    return kind if kind in SESSION_TYPES else kind.rpartition("-")[0]


def _title(kind: str) -> str:
    return SESSION_TYPES[session_kind(kind)].title
