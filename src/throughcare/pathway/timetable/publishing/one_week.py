"""A repair of one week: its sessions are canceled, led by someone else, or opened for once; groups stay as they are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID

from throughcare.knowledge.session_types import ALL as SESSION_TYPES
from throughcare.knowledge.week_rules import say_day, say_times
from throughcare.pathway.timetable.picture.week import Picture
from throughcare.pathway.timetable.plans.opened import OpenPlan
from throughcare.pathway.timetable.publishing.moves import (
    Place,
    Visit,
    visits_of,
    week_as_it_stands,
    week_of_plan,
)
from throughcare.pathway.timetable.publishing.words import session_kind
from throughcare.timetable.problem import Plan, SlotKey

# A meeting: the group or offer, and when in the week.
Meeting = tuple[str, Place]


@dataclass(frozen=True)
class OneWeek:
    """What a repaired plan changes in one week, against the week as it stands."""

    opened: OpenPlan
    picture: Picture
    from_date: date

    @cached_property
    def _now(self) -> Mapping[Meeting, str]:
        return _led(self.picture.as_it_stands, {key: str(uid) for key, uid in self.picture.groups.items()})

    @cached_property
    def _planned(self) -> Mapping[Meeting, str]:
        return _led(self.opened.plan, self.opened.meaning.items)

    @cached_property
    def sessions(self) -> Mapping[Meeting, UUID]:
        """The session in the book behind each meeting."""
        return {
            (str(uid), (key.day, key.start)): session
            for key, uid in self.picture.groups.items()
            if (session := self.picture.sessions.get(key)) is not None
        }

    def _comes(self, place: Place) -> bool:
        return self.day(place) >= self.from_date

    @cached_property
    def cancels(self) -> tuple[Meeting, ...]:
        """Meetings that are not held."""
        known = _led(self.opened.meaning.stands, self.opened.meaning.items)
        gone = (one for one in self._now if one in known and one not in self._planned)
        return tuple(sorted(one for one in gone if self._comes(one[1])))

    @cached_property
    def leads(self) -> tuple[tuple[Meeting, str, str], ...]:
        """Meetings that someone else leads: who did, and who does."""
        both = sorted(self._now.keys() & self._planned.keys())
        return tuple(
            (one, self._now[one], self._planned[one])
            for one in both
            if self._now[one] != self._planned[one] and self._comes(one[1])
        )

    @cached_property
    def opens(self) -> tuple[tuple[Meeting, SlotKey, str], ...]:
        """Offers that are held for once, with who leads them."""
        there = {str(uid) for uid in self.picture.offers.values()}
        slots = {(name, (key.day, key.start)): key for key, name in self.opened.meaning.offers.items()}
        return tuple(
            (one, slots[one], leader)
            for one, leader in sorted(self._planned.items())
            if one in slots and one[0] in there and self._comes(one[1])
        )

    @cached_property
    def seats(self) -> tuple[tuple[tuple[str, Meeting], ...], tuple[tuple[str, Meeting], ...]]:
        """Who is not expected at a meeting that is held, and who is expected at another."""
        now = self.held_now
        then = _attend(self.opened.plan, self.opened.meaning.items)
        leaves, joins = [], []
        for who in sorted(now.keys() & then.keys() & self.picture.people.keys()):
            leaves += [(who, one) for one in sorted(now[who] - then[who]) if one in self._planned]
            joins += [(who, one) for one in sorted(then[who] - now[who])]
        return (
            tuple(row for row in leaves if self._comes(row[1][1])),
            tuple(row for row in joins if self._comes(row[1][1])),
        )

    @cached_property
    def visits(self) -> tuple[Visit, ...]:
        """One-to-ones at another time."""
        now, planned = (
            week_as_it_stands(self.picture),
            week_of_plan(self.opened.plan, self.opened.meaning.items),
        )
        people = [who for who in self.opened.problem.people if who in self.picture.people]
        found = (one for who in people for one in visits_of(self.opened, self.picture, now, planned, who))
        return tuple(one for one in found if self._comes(one.was or one.at or (0, 0)))

    @property
    def nothing(self) -> bool:
        """Whether the week stays as it is."""
        return not (self.cancels or self.leads or self.opens or any(self.seats) or self.visits)

    @property
    def unclear(self) -> tuple[str, ...]:
        """What a person must decide first: sessions that are not in the book yet can't be changed one by one."""
        touched = {*self.cancels, *(one for one, _, _ in self.leads)}
        missing = sorted(one for one in touched if one not in self.sessions)
        return tuple(f"{self.say(one)} is not in the book of sessions yet." for one in missing)

    def day(self, place: Place) -> date:
        """The day of a meeting."""
        return self.picture.monday + timedelta(days=place[0])

    def say(self, meeting: Meeting) -> str:
        """A meeting in words: what, on which day, from when until when."""
        name, place = meeting
        keys = [key for key, item in self.opened.meaning.items.items() if item == name]
        key = next((key for key in keys if (key.day, key.start) == place), None)
        title = self.opened.title(key) if key else "A group"
        ticks = self._ticks(meeting)
        clock = self.opened.clock
        times = say_times(clock(ticks[0]), clock(ticks[-1] + 1))
        return f"{title} on {say_day(self.day(place))}, {times}"

    def _ticks(self, meeting: Meeting) -> tuple[int, ...]:
        slots = {**self.opened.problem.slots, **self.picture.problem.slots}
        names = {**self.opened.meaning.items, **{k: str(uid) for k, uid in self.picture.groups.items()}}
        for key, item in names.items():
            if (item, (key.day, key.start)) == meeting and key in slots:
                return slots[key].ticks
        return (meeting[1][1],)

    def _staff(self, who: str) -> str:
        return self.opened.problem.say(who)

    @property
    def groups(self) -> tuple[str, ...]:
        """What becomes of the week's sessions."""
        return (
            *(f"{self.say(one)}, is canceled." for one in self.cancels),
            *(
                f"{self.say(one)}, is led by {self._staff(leader)} in place of {self._staff(before)}."
                for one, before, leader in self.leads
            ),
            *(
                f"{self.say(one)}, is held for once; {self._staff(leader)} leads it."
                for one, _, leader in self.opens
            ),
        )

    @cached_property
    def held_now(self) -> Mapping[str, frozenset[Meeting]]:
        """The meetings of each person as the week stands."""
        return _attend(self.picture.as_it_stands, {k: str(uid) for k, uid in self.picture.groups.items()})

    @cached_property
    def people(self) -> dict[str, tuple[str, ...]]:
        """Everyone in care whose week changes, with what changes."""
        now = self.held_now
        found = {who: tuple(self._of_person(who, now.get(who, frozenset()))) for who in self.picture.people}
        return {who: lines for who, lines in found.items() if lines}

    def _of_person(self, who: str, held: frozenset[Meeting]) -> Iterator[str]:
        leaves, joins = self.seats
        yield from (f"{self.say(one)}, is canceled." for one in self.cancels if one in held)
        yield from (f"Not expected at {self.say(one)}." for person, one in leaves if person == who)
        yield from (f"Expected at {self.say(one)}." for person, one in joins if person == who)
        gone = {one for person, one in leaves if person == who}
        for one, before, leader in self.leads:
            if one in held - gone:
                yield f"{self.say(one)}, is led by {self._staff(leader)} in place of {self._staff(before)}."
        yield from (self._visit(one, self._staff(one.staff)) for one in self.visits if one.person == who)

    @cached_property
    def staff(self) -> dict[str, tuple[str, ...]]:
        """Everyone of the staff whose week changes, with what changes; nobody in care is named."""
        found = {who: tuple(self._of_staff(who)) for who in self.picture.staff}
        return {who: lines for who, lines in found.items() if lines}

    def _of_staff(self, who: str) -> Iterator[str]:
        yield from (f"{self.say(one)}, is canceled." for one in self.cancels if self._now[one] == who)
        for one, before, leader in self.leads:
            if leader == who:
                yield f"You lead {self.say(one)}, in place of {self._staff(before)}."
            if before == who:
                yield f"You don't lead {self.say(one)}; {self._staff(leader)} does."
        yield from (f"You lead {self.say(one)}, for once." for one, _, leader in self.opens if leader == who)
        yield from (self._visit(one, "") for one in self.visits if one.staff == who)

    def _visit(self, one: Visit, staff: str) -> str:
        what = SESSION_TYPES[session_kind(one.kind)].title + (f" with {staff}" if staff else "")
        if one.at is None:
            return f"{what} on {self._moment(one.was or (0, 0))} is canceled."
        instead = f", not on {self._moment(one.was)}" if one.was else ""
        return f"{what} is on {self._moment(one.at)}{instead}."

    def _moment(self, place: Place) -> str:
        return f"{say_day(self.day(place))} at {self.opened.clock(place[1]):%-I:%M %p}"

    def starts_at(self, place: Place) -> datetime:
        """The wall-clock moment at which something begins."""
        return datetime.combine(self.day(place), self.opened.clock(place[1]))


def _led(plan: Plan, items: Mapping[SlotKey, str]) -> dict[Meeting, str]:
    return {(items[key], (key.day, key.start)): leader for key, leader in plan.groups.items() if key in items}


def _attend(plan: Plan, items: Mapping[SlotKey, str]) -> dict[str, frozenset[Meeting]]:
    return {
        who: frozenset((items[key], (key.day, key.start)) for key in held if key in items)
        for who, held in plan.attend.items()
    }
