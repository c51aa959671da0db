"""What a problem demands and can't be, whatever the week: found before any solving, each with where and why.

A life too narrow for its hours is no contradiction: such a week is solved as far as it goes, and explained.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, product

from throughcare.timetable.constraints.reading import NEARLY
from throughcare.timetable.problem import OneToOne, Person, Problem, SlotKey
from throughcare.timetable.sentences import say_count, say_group, say_hours, say_length, say_room

# A stretch of the week: a day, its first tick, and the tick after its last.
Stretch = tuple[int, int, int]


@dataclass(frozen=True)
class Contradiction:
    """A demand that can't be met; `where` is a path into the problem as the interchange format writes it."""

    where: str
    because: str


Finding = Iterator[Contradiction]


def find_contradictions(problem: Problem, where: str = "") -> tuple[Contradiction, ...]:
    """Every contradiction of a problem, in the order of its parts; `where` stands before each path."""
    prefix = f"{where}." if where else ""
    found = (one for look in LOOKS for one in look(problem))
    return tuple(Contradiction(prefix + one.where, one.because) for one in found)


def sessions_too_long(problem: Problem) -> Finding:
    """Types of groups longer than any block of the day."""
    longest = max((len(run) for run in problem.blocks.values()), default=0)
    for kind in problem.kinds.values():
        if kind.ticks > longest:
            long, most = say_length(problem, kind.ticks), say_length(problem, longest)
            because = f"{problem.say(kind.name)} lasts {long}; the longest block of a day has {most}."
            yield Contradiction(f"types.{kind.name}.dur", because)


def impossible_groups(problem: Problem) -> Finding:
    """Slots that no number of people could fill, and series whose meetings nobody could all attend."""
    series: dict[str, list[tuple[int, SlotKey]]] = {}
    for place, (key, slot) in enumerate(problem.slots.items()):
        if slot.series is not None:
            series.setdefault(slot.series, []).append((place, key))
        # A type whose rooms are too small for any group simply never meets, unless it is one that is listed.
        if slot.fewest > slot.most and (slot.series is not None or slot.closed_to is not None):
            because = f"{say_group(problem, key)} needs {slot.fewest} people and takes {slot.most}."
            yield Contradiction(f"slots[{place}].min_size", because)
    for name, meetings in series.items():
        for (_, one), (place, other) in combinations(meetings, 2):
            at_once = _overlap(_stretch_of(problem, one), _stretch_of(problem, other))
            if at_once or (one.type, one.day) == (other.type, other.day):
                why = "at the same time" if at_once else "on one day, which nobody may have"
                groups = f"{say_group(problem, one)}, {say_group(problem, other)}"
                because = f"The series {name!r} meets twice {why}: {groups}."
                yield Contradiction(f"slots[{place}].series", because)


def required_by_nobody_s_skill(problem: Problem) -> Finding:
    """Types that someone must have and nobody leads, that have no room, or that may never meet."""
    skills = {
        skill for staff in problem.staff.values() if staff.role == "therapist" for skill in staff.skills
    }
    times = {key.type for key in problem.slots}
    for person, where in _people(problem):
        for name in sorted(name for name, often in person.required.items() if often > 0):
            kind, what = problem.kinds[name], f"{person.id} must have {problem.say(name)}"
            path = f"{where}.req.{name}"
            if name not in skills:
                yield Contradiction(path, f"{what}, and no therapist has that skill.")
            elif not problem.seats(kind.room_kind):
                yield Contradiction(
                    path, f"{what}, and there is no {say_room(problem, kind.room_kind)} here."
                )
            elif name not in times:
                yield Contradiction(path, f"{what}, and there is no time at which it may meet.")
            elif not person.variants.get(name):
                yield Contradiction(path, f"{what}, and no variant of it is allowed to them.")


def prescriptions_that_do_not_add_up(problem: Problem) -> Finding:
    """Prescriptions whose parts make other hours, or fewer than the least."""
    for person, where in _people(problem):
        groups = sum(problem.kinds[name].hours * often for name, often in person.required.items())
        visits = sum(one.hours for one in person.ones)
        total = groups + person.flexible_hours + visits
        if abs(total - person.hours) > NEARLY:
            because = (
                f"{person.id} is prescribed {say_hours(person.hours)}, yet required groups ({groups:g}), "
                f"flexible hours ({person.flexible_hours:g}) and one-to-ones ({visits:g}) make {total:g}."
            )
            yield Contradiction(f"{where}.hours", because)
        if person.least_hours > person.hours + NEARLY:
            least = f"must have at least {person.least_hours:g}"
            because = f"{person.id} is prescribed {say_hours(person.hours)}, yet {least}."
            yield Contradiction(f"{where}.min_hours", because)


def apart_from_oneself(problem: Problem) -> Finding:
    """People kept apart from themselves."""
    for person in sorted(one for one, other in problem.apart if one == other):
        yield Contradiction("apart", f"{person} can't be kept apart from themselves.")


def visits_that_must_not_be(problem: Problem) -> Finding:
    """One-to-ones with staff whom the person must not meet, or longer than any block."""
    longest = max((len(run) for run in problem.blocks.values()), default=0)
    for person, where in _people(problem):
        for place, one in enumerate(person.ones):
            what = f"The {problem.say(one.kind)} one-to-one of {person.id}"
            if (person.id, one.staff) in problem.never_with:
                because = f"{what} is with {problem.say(one.staff)}, whom they must not meet."
                yield Contradiction(f"{where}.one[{place}].staff", because)
            if one.ticks > longest:
                long, most = say_length(problem, one.ticks), say_length(problem, longest)
                because = f"{what} lasts {long}; the longest block of a day has {most}."
                yield Contradiction(f"{where}.one[{place}].periods_long", because)


def two_places_at_once(problem: Problem) -> Finding:
    """People whose one-to-ones and closed groups, each at its only times, can't but overlap."""
    for person, where in _people(problem):
        demands = [*_visits(problem, person, where), *_closed_groups(problem, person, where)]
        for (_, one, these), (path, other, those) in combinations(demands, 2):
            if all(_overlap(a, b) for a, b in product(these, those)):
                both = f"{one} and {other} have no times that don't overlap"
                because = f"{person.id} must be in two places at once: {both}."
                yield Contradiction(path, because)


def _visits(problem: Problem, person: Person, where: str) -> Iterator[tuple[str, str, list[Stretch]]]:
    """One-to-ones that may begin only at certain times."""
    for place, one in enumerate(person.ones):
        if one.starts:
            times = [(day, tick, tick + one.ticks) for day, tick in sorted(one.starts)]
            yield f"{where}.one[{place}].periods", _say_visit(problem, one, times), times


def _say_visit(problem: Problem, one: OneToOne, times: list[Stretch]) -> str:
    only = f" on {problem.say_time(*times[0][:2])}" if len(times) == 1 else ""
    return f"the {problem.say(one.kind)} one-to-one{only}"


def _closed_groups(problem: Problem, person: Person, where: str) -> Iterator[tuple[str, str, list[Stretch]]]:
    """Closed groups that a person must be in: they are all there is of a type that is required so often."""
    for name, often in sorted(person.required.items()):
        allowed = person.variants.get(name, {})
        keys = [
            key
            for key, slot in problem.slots.items()
            if key.type == name
            and key.variant in allowed
            and (slot.closed_to is None or person.id in slot.closed_to)
        ]
        if len(keys) == often and all(problem.slots[key].closed_to is not None for key in keys):
            for key in keys:
                yield f"{where}.req.{name}", say_group(problem, key), [_stretch_of(problem, key)]


def days_that_do_not_exist(problem: Problem) -> Finding:
    """Required types that someone must have more often than a week has days."""
    for person, where in _people(problem):
        for name, often in sorted(person.required.items()):
            if often > problem.days:
                because = (
                    f"{person.id} must have {problem.say(name)} {often} times, at most once a day; "
                    f"the week has {say_count(problem.days, 'day', 'days')}."
                )
                yield Contradiction(f"{where}.req.{name}", because)


def _people(problem: Problem) -> Iterator[tuple[Person, str]]:
    for place, person in enumerate(problem.people.values()):
        yield person, f"patients[{place}]"


def _stretch_of(problem: Problem, key: SlotKey) -> Stretch:
    ticks = problem.slots[key].ticks
    return key.day, ticks[0], ticks[-1] + 1


def _overlap(one: Stretch, other: Stretch) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


LOOKS: tuple[Callable[[Problem], Finding], ...] = (
    sessions_too_long,
    impossible_groups,
    required_by_nobody_s_skill,
    prescriptions_that_do_not_add_up,
    days_that_do_not_exist,
    apart_from_oneself,
    visits_that_must_not_be,
    two_places_at_once,
)
