"""The rules of groups: who leads them, how many come, and which rooms hold them."""

from collections import defaultdict
from collections.abc import Iterator

from throughcare.timetable.constraints.reading import Reading
from throughcare.timetable.constraints.rule import Broken, Rule
from throughcare.timetable.problem import Problem, SlotKey, Staff
from throughcare.timetable.sentences import say_count, say_group, say_room

# Art groups are limited to their room already; a crowded one is counted there and not again as a lack of room.
ART = "art"


def what_is_unknown(reading: Reading) -> Iterator[Broken]:
    """Slots, people, staff and visits of a plan that its problem doesn't have."""
    problem, plan = reading.problem, reading.plan
    for key in sorted({*plan.groups, *reading.members} - problem.slots.keys()):
        yield Broken(
            "unknown",
            f"{key.type} ({key.variant}) can't meet at day {key.day}, period {key.start}.",
            (),
            (key,),
        )
    for key, staff in plan.groups.items():
        if staff not in problem.staff:
            yield Broken("unknown", f"Nobody on the staff is {staff!r}, who is to lead a group.", (), (key,))
    for person in sorted({*plan.attend, *plan.ones} - problem.people.keys()):
        yield Broken("unknown", f"Nobody here is {person!r}, whom the plan gives a week.", (person,))
    for person in plan.ones.keys() & problem.people.keys():
        needed = {one.kind for one in problem.people[person].ones}
        for kind, at in sorted(plan.ones[person].items()):
            if kind not in needed:
                because = f"{person} needs no one-to-one of the kind {problem.say(kind)}."
                yield Broken("unknown", because, (person,))
            elif not reading.in_week(at):
                because = f"{person} has a one-to-one on day {at[0]}, period {at[1]}: there is no such time."
                yield Broken("unknown", because, (person,))


def too_small(reading: Reading) -> Iterator[Broken]:
    """Groups with too few people."""
    for key in reading.open:
        size, fewest = reading.size(key), reading.problem.slots[key].fewest
        if size < fewest:
            people = say_count(size, "person", "people")
            because = f"{say_group(reading.problem, key)} has {people}; it needs {fewest}."
            yield Broken("group_small", because, tuple(sorted(reading.members.get(key, ()))), (key,))


def too_big(reading: Reading) -> Iterator[Broken]:
    """Groups with too many people."""
    for key in reading.open:
        size, most = reading.size(key), reading.problem.slots[key].most
        if size > most:
            people = say_count(size, "person", "people")
            because = f"{say_group(reading.problem, key)} has {people}; it takes {most}."
            yield Broken("group_big", because, tuple(sorted(reading.members[key])), (key,))


def wrong_leader(reading: Reading) -> Iterator[Broken]:
    """Groups led by someone who can't lead them."""
    for key, name in reading.open.items():
        staff = reading.problem.staff.get(name)
        if staff is not None and (why := why_not_lead(reading.problem, staff, key)):
            because = f"{reading.problem.say(name)} can't lead {say_group(reading.problem, key)}: {why}."
            yield Broken("facilitator", because, (), (key,))


def why_not_lead(problem: Problem, staff: Staff, key: SlotKey) -> str | None:
    """What keeps someone from leading a group, in a few words; None when nothing does."""
    wanted = problem.variants[key.variant]
    if staff.role != "therapist":
        return f"a {staff.role} leads no groups"
    if key.type not in staff.skills:
        return f"they don't lead {problem.say(key.type)}"
    if wanted.leader_language is not None and wanted.leader_language not in staff.languages:
        return f"it needs the language {problem.say(wanted.leader_language)}"
    if wanted.leader_gender is not None and wanted.leader_gender != staff.gender:
        return f"a group for {problem.say(key.variant)} is led by one of them"
    if not all(tick in staff.free[key.day] for tick in problem.slots[key].ticks):
        return "they don't work then"
    return None


def no_room(reading: Reading) -> Iterator[Broken]:
    """Moments at which the rooms of a kind don't hold the groups that need one, the largest group first."""
    problem = reading.problem
    held: dict[tuple[str, int, int], list[tuple[int, SlotKey]]] = defaultdict(list)
    for key in reading.open:
        kind, size = problem.kinds[key.type].room_kind, reading.size(key)
        seated = min(size, problem.slots[key].most) if kind == ART else size
        for tick in problem.slots[key].ticks:
            held[kind, key.day, tick].append((seated, key))
    seats = {
        kind: sorted((r.seats for r in problem.rooms if r.kind == kind), reverse=True) for kind, _, _ in held
    }
    for (kind, day, tick), groups in sorted(held.items()):
        groups.sort(key=lambda group: (-group[0], group[1]))
        for place, (size, key) in enumerate(groups):
            if place >= len(seats[kind]) or size > seats[kind][place]:
                people = say_count(size, "person", "people")
                room = f"no {say_room(problem, kind)} is left for the {people} of {say_group(problem, key)}"
                because = f"On {problem.say_time(day, tick)} {room}."
                yield Broken("room", because, (), (key,))


def no_such_group(reading: Reading) -> Iterator[Broken]:
    """People who are to attend groups that don't meet."""
    for key, people in sorted(reading.members.items()):
        if key in reading.problem.slots and key not in reading.plan.groups:
            who = say_count(len(people), "person is", "people are")
            because = f"{say_group(reading.problem, key)} doesn't meet, yet {who} to come."
            yield Broken("no_group", because, tuple(sorted(people)), (key,), len(people))


RULES = (
    Rule(
        "unknown",
        "A plan names only groups, times, people, staff and visits that the problem has.",
        what_is_unknown,
    ),
    Rule("group_small", "A group that meets has at least its fewest people.", too_small),
    Rule("group_big", "A group has at most as many people as it takes.", too_big),
    Rule(
        "facilitator",
        "A group has one leader: a therapist who works then and has its skill, and the variant's language or gender.",
        wrong_leader,
    ),
    Rule("room", "At every moment each group has a room of its kind that seats everyone.", no_room),
    Rule("no_group", "People attend only groups that meet.", no_such_group),
)
