"""The rules of people: what they are prescribed, when they can come, and what a day of theirs may look like."""

from collections import Counter
from collections.abc import Iterator

from throughcare.timetable.constraints.reading import Reading
from throughcare.timetable.constraints.rule import Broken, Rule
from throughcare.timetable.problem import OneToOne, Person, Problem
from throughcare.timetable.sentences import say_count, say_day, say_group, say_length, say_span


def wrong_variant(reading: Reading) -> Iterator[Broken]:
    """People in a variant of a group that isn't theirs."""
    for person in reading.problem.people.values():
        for slot in reading.slots_of(person.id):
            if slot.key.variant not in person.variants.get(slot.key.type, {}):
                because = f"{person.id} may not be in {say_group(reading.problem, slot.key)}."
                yield Broken("variant", because, (person.id,), (slot.key,))


def twice_a_day(reading: Reading) -> Iterator[Broken]:
    """People with one type of group more than once in a day."""
    for person in reading.problem.people:
        held = Counter((slot.key.type, slot.key.day) for slot in reading.slots_of(person))
        for (kind, day), number in held.items():
            if number > 1:
                because = f"{person} has {reading.problem.say(kind)} {number} times on {say_day(reading.problem, day)}."
                keys = tuple(
                    s.key for s in reading.slots_of(person) if (s.key.type, s.key.day) == (kind, day)
                )
                yield Broken("same_type_day", because, (person,), keys)


def over_prescription(reading: Reading) -> Iterator[Broken]:
    """People who are given more than is prescribed."""
    for person, tally in reading.tallies.items():
        if tally.over:
            because = f"{person} has {say_count(tally.over, 'session', 'sessions')} more than prescribed."
            yield Broken("over_presc", because, (person,), (), tally.over)


def visit_at_wrong_time(reading: Reading) -> Iterator[Broken]:
    """One-to-ones at a time that the visit, the person or the staff don't allow."""
    for person in reading.problem.people.values():
        for one, at in reading.visits_of(person):
            if at is not None and (why := _why_not_then(reading.problem, person, one, at)):
                when = reading.problem.say_time(*at)
                because = f"The {reading.problem.say(one.kind)} one-to-one of {person.id} on {when} can't be: {why}."
                yield Broken("one_period", because, (person.id,))


def _why_not_then(problem: Problem, person: Person, one: OneToOne, at: tuple[int, int]) -> str | None:
    day, ticks = at[0], range(at[1], at[1] + one.ticks)
    if not set(ticks) <= person.free[day]:
        return "they can't come then"
    if not set(ticks) <= problem.staff[one.staff].free[day]:
        return f"{problem.say(one.staff)} doesn't work then"
    if one.starts is not None and at not in one.starts:
        return "it isn't one of the times it may begin"
    return None


def in_two_places(reading: Reading) -> Iterator[Broken]:
    """Moments at which a person is to be in two places."""
    for person, days in reading.ticks.items():
        for day, held in days.items():
            for tick in sorted(tick for tick, number in held.items() if number > 1):
                because = (
                    f"{person} is to be in {held[tick]} places on {reading.problem.say_time(day, tick)}."
                )
                yield Broken("patient_overlap", because, (person,))


def not_free(reading: Reading) -> Iterator[Broken]:
    """Moments at which people are to come, or to wait between sessions, although they can't."""
    for person, day, ticks in _days(reading):
        there = set(range(ticks[0], ticks[-1] + 1))
        # A wait that is too long is broken by itself; only an allowed one must suit the person.
        if len(there) - len(ticks) > reading.problem.waiting_ticks:
            there = set(ticks)
        for tick in sorted(there - reading.problem.people[person].free[day]):
            yield Broken("avail", f"{person} can't come on {reading.problem.say_time(day, tick)}.", (person,))


def too_many_days(reading: Reading) -> Iterator[Broken]:
    """People who are to come on too many days."""
    for person, days in reading.ticks.items():
        most = reading.problem.people[person].most_days
        if len(days) > most:
            because = f"{person} is to come on {say_count(len(days), 'day', 'days')}; {most} at most."
            yield Broken("days", because, (person,), (), len(days) - most)


def idle_between(reading: Reading) -> Iterator[Broken]:
    """Days on which a person waits too long between sessions."""
    for person, day, ticks in _days(reading):
        idle = ticks[-1] - ticks[0] + 1 - len(ticks)
        if idle > reading.problem.waiting_ticks:
            waits = say_length(reading.problem, idle)
            because = f"{person} waits {waits} between sessions on {say_day(reading.problem, day)}."
            yield Broken("gap", because, (person,))


def over_two_blocks(reading: Reading) -> Iterator[Broken]:
    """Days of a person that no one block holds."""
    for person, day, ticks in _days(reading):
        if reading.problem.block_of(frozenset(ticks)) is None:
            because = f"The day of {person}, {say_span(reading.problem, day, ticks)}, lies in no one block of the day."
            yield Broken("block", because, (person,))


def too_long_a_day(reading: Reading) -> Iterator[Broken]:
    """Days of a person with more treatment than they can take; a day that no block holds is counted there."""
    for person, day, ticks in _days(reading):
        most = reading.problem.people[person].longest_day
        if len(ticks) > most and reading.problem.block_of(frozenset(ticks)) is not None:
            long, limit = say_length(reading.problem, len(ticks)), say_length(reading.problem, most)
            because = f"{person} has {long} on {say_day(reading.problem, day)}; {limit} at most."
            yield Broken("max_day", because, (person,))


def part_of_a_series(reading: Reading) -> Iterator[Broken]:
    """People who attend some meetings of a series and not all."""
    series: dict[str, set[object]] = {}
    for slot in reading.problem.slots.values():
        if slot.series is not None:
            series.setdefault(slot.series, set()).add(slot.key)
    for person in reading.problem.people if series else ():
        attended = reading.slots_of(person)
        for name in sorted({slot.series for slot in attended if slot.series is not None}):
            held = tuple(slot.key for slot in attended if slot.series == name)
            if len(held) < len(series[name]):
                because = (
                    f"{person} attends {len(held)} of the {len(series[name])} meetings of the series of "
                    f"{say_group(reading.problem, held[0])}; they go together."
                )
                yield Broken("series", because, (person,), held)


def into_a_closed_group(reading: Reading) -> Iterator[Broken]:
    """People in a group that takes nobody new and isn't theirs."""
    for person in reading.problem.people:
        for slot in reading.slots_of(person):
            if slot.closed_to is not None and person not in slot.closed_to:
                because = f"{say_group(reading.problem, slot.key)} takes nobody new; {person} isn't one of its people."
                yield Broken("closed_to", because, (person,), (slot.key,))


def _days(reading: Reading) -> Iterator[tuple[str, int, list[int]]]:
    """Every person's days, with the ticks of treatment in order."""
    for person, days in reading.ticks.items():
        for day in sorted(days):
            if days[day]:
                yield person, day, sorted(days[day])


RULES = (
    Rule("variant", "People are only in variants of a group that are theirs.", wrong_variant),
    Rule("same_type_day", "Nobody has one type of group twice in a day.", twice_a_day),
    Rule("over_presc", "Nobody is given more than is prescribed.", over_prescription),
    Rule(
        "one_period",
        "A one-to-one is with its named staff, at a time it may begin, while both are free.",
        visit_at_wrong_time,
    ),
    Rule("patient_overlap", "Nobody is in two places at once.", in_two_places),
    Rule("avail", "People come only when they can.", not_free),
    Rule("days", "Nobody comes on more days than they can.", too_many_days),
    Rule(
        "gap",
        "A person's day is one run: between its sessions nobody waits longer than the problem allows, in all.",
        idle_between,
    ),
    Rule("block", "A person's day lies within one block of the day.", over_two_blocks),
    Rule("max_day", "Nobody has more treatment in a day than they can take.", too_long_a_day),
    Rule("series", "The meetings of a series are attended all together or not at all.", part_of_a_series),
    Rule("closed_to", "A group that takes nobody new has only its own people.", into_a_closed_group),
)
