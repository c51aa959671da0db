"""Which single change would help most people: proposals made from the week itself, screened, then tried in full."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from throughcare.timetable.problem import Plan, Problem, Room, SlotKey
from throughcare.timetable.repair.interest import Interest, openable
from throughcare.timetable.repair.mender import WEEKS_A_SECOND
from throughcare.timetable.standing import Standing
from throughcare.timetable.what_if.effects import VOTERS, Effect, effect
from throughcare.timetable.what_if.proposals import (
    GroupSize,
    MoreRoom,
    OpenGroup,
    Proposal,
    StaffTime,
    with_proposal,
)

# How many more people a group takes in a proposal of larger groups, and how many groups one shift can hold.
LARGER = 2
IN_A_SHIFT = 3
# The effort of trying one proposal: each voter is asked twice, and the few who come are placed once more.
A_TRIAL = 3 * VOTERS / WEEKS_A_SECOND
# How many proposals are tried for each second allowed.
TRIALS_A_SECOND = 0.4


@dataclass(frozen=True)
class _Idea:
    """A proposal and the hours it might give, by the quick estimate."""

    proposal: Proposal
    hours: float


def best_proposals(
    problem: Problem,
    plan: Plan,
    *,
    seconds: float = 60.0,
    most: int = 5,
    largest: int | None = None,
    on_progress: Callable[[tuple[Effect, ...]], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> tuple[Effect, ...]:
    """The proposals that help most, best first, each tried in full; `on_progress` is told the best after each trial.

    Helps: prescribed hours met and people no longer under their least, in the problem's weights. `seconds` is effort.
    `largest`: no groups larger than this are proposed, whatever rooms would hold.
    """
    tried: list[Effect] = []
    trials = max(most, int(seconds * TRIALS_A_SECOND))
    for idea in _in_turn(list(_ideas(problem, plan, largest)), trials):
        if stop is not None and stop():
            break
        found = effect(problem, plan, idea.proposal, seconds=A_TRIAL)
        if helps(problem, found) > 0:
            tried.append(found)
            tried.sort(key=lambda one: (-helps(problem, one), one.cost_after, one.because))
        if on_progress is not None:
            on_progress(tuple(tried[:most]))
    return tuple(tried[:most])


def helps(problem: Problem, found: Effect) -> float:
    """How much a proposal helps people, in the problem's weights."""
    people = len(found.below_before) - len(found.below_after)
    hours = found.hours_before - found.hours_after
    return problem.weights.unmet * hours + problem.weights.below * people


def _in_turn(ideas: list[_Idea], most: int) -> Iterator[_Idea]:
    """The best ideas of each kind by turns, so that each kind is tried early."""
    kinds: dict[str, list[_Idea]] = {}
    for idea in sorted(ideas, key=lambda idea: (-idea.hours, repr(idea.proposal))):
        kinds.setdefault(type(idea.proposal).__name__, []).append(idea)
    queues = [kinds[name] for name in sorted(kinds)]
    for place in range(max(map(len, queues), default=0)):
        for queue in queues:
            if place < len(queue) and most > 0:
                most -= 1
                yield queue[place]


def _ideas(problem: Problem, plan: Plan, largest: int | None) -> Iterator[_Idea]:
    standing = Standing(problem, plan)
    interest = Interest(standing)
    hours = {key: interest.in_slot(key) for key, slot in problem.slots.items() if slot.series is None}
    wanted = {key: each for key, each in hours.items() if each > 0 and key not in standing.members}
    for key in openable(standing, list(wanted)):
        yield _Idea(OpenGroup(problem.slots[key]), wanted[key])
    yield from _shifts(problem, standing, wanted)
    yield from _rooms(standing, wanted)
    yield from _sizes(standing, hours, largest)


def _sizes(standing: Standing, hours: dict[SlotKey, float], largest: int | None) -> Iterator[_Idea]:
    """For each type of which groups are full, groups that take a few more."""
    problem = standing.problem
    for name in sorted({key.type for key in standing.members}):
        full = [key for key in standing.members if key.type == name and not standing.seats_left(key)]
        most = max((problem.slots[key].most for key in full), default=0)
        larger = min(most + LARGER, largest or most + LARGER)
        more = sum(min(hours.get(key, 0.0), LARGER * problem.kinds[name].hours) for key in full)
        if more > 0 and larger > most:
            yield _Idea(GroupSize(name, larger), more)


def _shifts(problem: Problem, standing: Standing, wanted: dict[SlotKey, float]) -> Iterator[_Idea]:
    """For each part of each day, the therapist whose working then would give most."""
    for day in range(problem.days):
        for run in problem.blocks.values():
            ideas = [
                _Idea(proposal, _of_shift(problem, standing, proposal, wanted))
                for name, staff in sorted(problem.staff.items())
                if staff.role == "therapist" and staff.free[day].isdisjoint(run)
                for proposal in [StaffTime(name, day, frozenset(run))]
            ]
            best = max(ideas, key=lambda idea: idea.hours, default=None)
            if best is not None and best.hours > 0:
                yield best


def _of_shift(
    problem: Problem, standing: Standing, proposal: StaffTime, wanted: dict[SlotKey, float]
) -> float:
    staff = problem.staff[proposal.staff]
    keys = [
        key
        for key in wanted
        if key.day == proposal.day
        and key.type in staff.skills
        and proposal.ticks.issuperset(problem.slots[key].ticks)
    ]
    if not keys:
        return 0.0
    leaders = replace(
        with_proposal(problem, proposal), slots={key: problem.slots[key] for key in keys}
    ).leaders
    able = [key for key in keys if proposal.staff in leaders[key]]
    return _best_in_a_row(problem, standing, able, wanted)


def _best_in_a_row(
    problem: Problem, standing: Standing, keys: Iterable[SlotKey], wanted: dict[SlotKey, float]
) -> float:
    """The hours of the few most wanted of these groups that don't overlap and have a room."""
    taken: set[int] = set()
    total, number = 0.0, 0
    for key in sorted(keys, key=lambda key: (-wanted[key], key)):
        slot = problem.slots[key]
        if number < IN_A_SHIFT and taken.isdisjoint(slot.ticks) and standing.fits_rooms(key, slot.fewest):
            taken.update(slot.ticks)
            total, number = total + wanted[key], number + 1
    return total


def _rooms(standing: Standing, wanted: dict[SlotKey, float]) -> Iterator[_Idea]:
    """For each kind of room, one more of the largest, where groups that are wanted lack nothing but a room."""
    problem = standing.problem
    for kind in sorted({kind.room_kind for kind in problem.kinds.values()}):
        keys = [
            key
            for key in wanted
            if problem.kinds[key.type].room_kind == kind
            and not standing.fits_rooms(key, problem.slots[key].fewest)
            and any(standing.may_lead(key, name) for name in problem.leaders[key])
        ]
        times: dict[tuple[int, int], float] = {}
        for key in keys:
            times[key.day, key.start] = max(times.get((key.day, key.start), 0.0), wanted[key])
        if times:
            seats = problem.seats(kind)
            largest = seats[0] if seats else max(problem.slots[key].most for key in keys)
            yield _Idea(MoreRoom(Room(f"one more {kind}", kind, largest)), sum(times.values()))
