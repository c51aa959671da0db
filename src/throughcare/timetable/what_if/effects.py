"""What one proposal does to a week: who gains hours, who loses some, who falls under their least."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from throughcare.timetable.alone.need import lacking
from throughcare.timetable.check import check
from throughcare.timetable.problem import Plan, Problem, SlotKey
from throughcare.timetable.repair.groups import fill, settle_small
from throughcare.timetable.repair.interest import Interest, openable
from throughcare.timetable.repair.mender import WEEKS_A_SECOND, Mender
from throughcare.timetable.repair.openings import open_where_wanted
from throughcare.timetable.repair.remains import remains_of
from throughcare.timetable.repair.repairing import mend_what_is_broken
from throughcare.timetable.what_if.proposals import (
    CloseGroup,
    GroupSize,
    MoreRoom,
    MoreStaff,
    MoveGroup,
    OpenGroup,
    Proposal,
    StaffTime,
    say_proposal,
    with_proposal,
)

# How many people short of hours are asked about a proposal.
VOTERS = 40


@dataclass(frozen=True)
class Effect:
    """One proposal's effect on a published week. `gain` and `lose`: person -> hours; `below_…`: under their least.

    `hours_…` are prescribed hours not met, `cost_…` the plan's cost against the published one, `moved` the people
    whose week changes, `plan` the week as it would be.
    """

    proposal: Proposal
    because: str
    gain: Mapping[str, float]
    lose: Mapping[str, float]
    below_before: tuple[str, ...]
    below_after: tuple[str, ...]
    hours_before: float
    hours_after: float
    cost_before: float
    cost_after: float
    moved: tuple[str, ...]
    plan: Plan


def effect(problem: Problem, plan: Plan, proposal: Proposal, *, seconds: float = 5.0) -> Effect:
    """The effect of a proposal on a plan; only people whom it concerns move. `seconds` is effort, not the clock."""
    before = replace(problem, previous=plan)
    after = with_proposal(before, proposal)
    mender = Mender(remains_of(after, plan), seconds * WEEKS_A_SECOND)
    match proposal:
        case CloseGroup() | MoveGroup():
            _take_away(mender, proposal)
        case GroupSize():
            _more_seats(mender, proposal)
        case OpenGroup(slot):
            _open_one(mender, slot.key)
        case MoreStaff() | StaffTime() | MoreRoom():
            _open_new(mender, before)
    mend_what_is_broken(mender)
    return _effect(before, after, plan, mender.standing.plan(), proposal)


def _take_away(mender: Mender, proposal: CloseGroup | MoveGroup) -> None:
    """A group closes, or meets at another time if someone can lead it there; its people are placed anew."""
    remains, standing = mender.remains, mender.standing
    people = remains.lost.get(proposal.slot, frozenset())
    leader = remains.published.groups.get(proposal.slot)
    if isinstance(proposal, MoveGroup) and leader is not None and proposal.to.key not in standing.members:
        to = proposal.to.key
        leaders = [leader, *standing.problem.leaders[to]]
        free = next((name for name in leaders if standing.may_lead(to, name)), None)
        if free is not None and standing.fits_rooms(to, min(len(people), proposal.to.most)):
            standing.open(to, free)
    mender.place_all(remains.affected)
    settle_small(mender)
    mender.place_again()


def _more_seats(mender: Mender, proposal: GroupSize) -> None:
    """Those short of hours take the new seats; groups that are now too large lost people already."""
    mender.place_all(mender.remains.affected)
    interest = Interest(mender.standing)
    keys = [key for key in mender.standing.members if key.type == proposal.type]
    old = {key: len(mender.standing.members[key]) for key in keys}
    for person in interest.voters(keys, VOTERS):
        now, missing = mender.standing.weeks_of([person]), mender.missing(person)
        week = mender.place(person)
        new = {key for key in week.slots - now[person][0] if key in old} if week is not None else set()
        if week is None or week.missing_hours >= missing or not new:
            mender.standing.put_back(now)


def _open_one(mender: Mender, key: SlotKey) -> None:
    """The group opens if enough people short of hours come, or with them some from other groups of its type."""
    candidates = openable(mender.standing, [key])
    voters = Interest(mender.standing).voters([key], VOTERS)
    if open_where_wanted(mender, candidates, voters, most=1) or not candidates:
        return
    standing = mender.standing
    before = standing.weeks_of(standing.problem.people)
    standing.open(key, candidates[key])
    if not fill(mender, key):
        standing.close(key)
        standing.put_back(before)


def _open_new(mender: Mender, before: Problem) -> None:
    """Groups open that staff or rooms did not allow before."""
    now = openable(mender.standing)
    then = openable(remains_of(before, mender.remains.published).standing)
    new = {key: leader for key, leader in now.items() if key not in then}
    voters = Interest(mender.standing).voters(list(new), VOTERS)
    open_where_wanted(mender, new, voters)


def _effect(before: Problem, after: Problem, published: Plan, plan: Plan, proposal: Proposal) -> Effect:
    old, new = check(before, published), check(after, plan)
    gain, lose = dict[str, float](), dict[str, float]()
    for person in sorted(before.people):
        more = _lacks(before, published, person) - _lacks(after, plan, person)
        if more:
            (gain if more > 0 else lose)[person] = abs(more)
    return Effect(
        proposal,
        say_proposal(before, proposal),
        gain,
        lose,
        tuple(sorted(old.below)),
        tuple(sorted(new.below)),
        old.unmet_hours,
        new.unmet_hours,
        old.cost.total,
        new.cost.total,
        tuple(sorted(new.people_changed)),
        plan,
    )


def _lacks(problem: Problem, plan: Plan, person: str) -> float:
    return lacking(problem, person, plan.attend.get(person, ()), plan.ones.get(person, {}))
