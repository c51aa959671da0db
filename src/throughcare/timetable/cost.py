"""What a week costs: each part a sentence, a weight, and a function that says how much of it there is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from throughcare.timetable.constraints.reading import Reading
from throughcare.timetable.problem import Plan, Problem


@dataclass(frozen=True)
class Part:
    """One part of the cost; `weight` names the field of `Weights` that prices one unit, None where each has its own."""

    code: str
    sentence: str
    weight: str | None
    amount: Callable[[Reading], float]

    def cost(self, reading: Reading) -> float:
        """What this part costs in a plan."""
        price = 1.0 if self.weight is None else float(getattr(reading.problem.weights, self.weight))
        return price * self.amount(reading)


@dataclass(frozen=True)
class Cost:
    """What a plan costs, by part."""

    parts: Mapping[str, float]

    @cached_property
    def total(self) -> float:
        """The sum of the parts."""
        return sum(self.parts.values())


def cost_of(reading: Reading) -> Cost:
    """Every part's cost of a plan; parts that cost nothing are 0."""
    return Cost({part.code: part.cost(reading) for part in PARTS})


def unmet_hours(reading: Reading) -> float:
    """Prescribed hours that nobody was given."""
    return sum(tally.unmet for tally in reading.tallies.values())


def below(reading: Reading) -> tuple[str, ...]:
    """The people under the least hours they must have."""
    return tuple(person.id for person in reading.problem.people.values() if reading.is_below(person))


def short_days(reading: Reading) -> int:
    """Days of people too short to be billed by the day."""
    return sum(ticks < reading.problem.billable_ticks for _, _, _, ticks in _days_in_blocks(reading))


def _days_in_blocks(reading: Reading) -> list[tuple[str, int, str, int]]:
    """Person, day, block and ticks of treatment, for each day that one block holds."""
    return [
        (person, day, block, len(held))
        for person, days in reading.ticks.items()
        for day, held in days.items()
        if held and (block := reading.problem.block_of(frozenset(held))) is not None
    ]


def _open_hours(reading: Reading) -> float:
    return sum(reading.problem.kinds[key.type].hours for key in reading.open)


def _seats_outside(reading: Reading) -> float:
    outside = 0
    for key in reading.open:
        (low, high), size = reading.problem.slots[key].good, reading.size(key)
        outside += max(0, low - size) + max(0, size - high)
    return outside


def _above_target(reading: Reading) -> float:
    staff = reading.problem.staff
    return sum(
        max(0.0, hours - staff[name].target_group_hours)
        for name, hours in reading.group_hours.items()
        if name in staff
    )


def _variants(reading: Reading) -> float:
    return sum(
        person.variants.get(slot.key.type, {}).get(slot.key.variant, 0)
        for person in reading.problem.people.values()
        for slot in reading.slots_of(person.id)
    )


def _liking(reading: Reading) -> float:
    people = reading.problem.people
    return sum(
        people[person].liking.get((day, block), 0) for person, day, block, _ in _days_in_blocks(reading)
    )


def changes_of(problem: Problem, plan: Plan, person: str) -> int:
    """How many attendances and one-to-ones of the published week a person loses."""
    if problem.previous is None or person not in problem.people:
        return 0
    now, ones = plan.attend.get(person, frozenset()), plan.ones.get(person, {})
    lost = sum(key not in now for key in problem.previous.attend.get(person, ()))
    return lost + sum(ones.get(kind) != at for kind, at in problem.previous.ones.get(person, {}).items())


def people_changed(problem: Problem, plan: Plan) -> tuple[str, ...]:
    """The people of the published week whose week is another now."""
    if problem.previous is None:
        return ()
    before = problem.previous
    return tuple(
        person
        for person in problem.people
        if (
            changes_of(problem, plan, person) > 0
            or (person in before.attend and len(plan.attend.get(person, ())) != len(before.attend[person]))
        )
    )


def _changes(reading: Reading) -> float:
    return sum(changes_of(reading.problem, reading.plan, person) for person in reading.problem.people)


def _leader_changes(reading: Reading) -> float:
    before = reading.problem.previous.groups if reading.problem.previous else {}
    return sum(key in before and before[key] != staff for key, staff in reading.plan.groups.items())


PARTS = (
    Part("unmet", "Each prescribed hour that is not met.", "unmet", unmet_hours),
    Part("below", "Each person under the least hours they must have.", "below", lambda r: len(below(r))),
    Part("short", "Each day of a person too short to be billed by the day.", "short", short_days),
    Part("open", "Each hour of a group that meets.", "open", _open_hours),
    Part("size", "Each seat outside the size that is good for a group.", "size", _seats_outside),
    Part("fair", "Each group hour of a leader above their target.", "fair", _above_target),
    Part(
        "variant",
        "Each group in a variant that is not as wished, as the person's wishes price it.",
        None,
        _variants,
    ),
    Part(
        "pref",
        "Each day in a part of the day that is not as wished, as the person's wishes price it.",
        None,
        _liking,
    ),
    Part("change", "Each published attendance or one-to-one that is changed.", "change", _changes),
    Part("fac_change", "Each published group that gets another leader.", "leader_change", _leader_changes),
)
