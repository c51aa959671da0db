"""What if: a proposal's effect on who has their hours, and the proposals that help most."""

from dataclasses import replace

import pytest

from tests.timetable.small_clinic import hours, published
from throughcare.timetable.check import check
from throughcare.timetable.problem import Room
from throughcare.timetable.repair import repair
from throughcare.timetable.what_if import (
    CloseGroup,
    GroupSize,
    MoreRoom,
    MoreStaff,
    MoveGroup,
    OpenGroup,
    StaffTime,
    best_proposals,
    effect,
    helps,
    say_proposal,
    with_proposal,
)


@pytest.fixture
def problem():
    return published()


@pytest.fixture
def tight():
    """The same week where two people lost what the groups of one morning gave them."""
    before = published(1)
    plan = before.previous
    key = min(plan.groups)
    without = replace(
        plan,
        groups={k: leader for k, leader in plan.groups.items() if k != key},
        attend={who: held - {key} for who, held in plan.attend.items()},
    )
    slots = {k: slot for k, slot in before.slots.items() if k in without.groups or k.day == key.day}
    narrow = replace(before, slots=slots, previous=without)
    return replace(narrow, previous=repair(narrow, seconds=3).plan)


def sound(problem, found):
    """A clean plan, and figures that are those of the judge."""
    before = replace(problem, previous=problem.previous)
    after = with_proposal(before, found.proposal)
    then, now = check(before, problem.previous), check(after, found.plan)
    assert now.broken == ()
    assert (found.hours_before, found.hours_after) == (then.unmet_hours, now.unmet_hours)
    assert (set(found.below_before), set(found.below_after)) == (set(then.below), set(now.below))
    assert set(found.moved) == set(now.people_changed)
    assert sum(found.gain.values()) - sum(found.lose.values()) == pytest.approx(
        then.unmet_hours - now.unmet_hours
    )
    return found


def test_closing_a_group_and_opening_it_again_is_the_same_problem(problem):
    for key in problem.previous.groups:
        closed = with_proposal(problem, CloseGroup(key))
        assert key not in closed.slots
        assert with_proposal(closed, OpenGroup(problem.slots[key])) == problem


def test_closing_a_group_and_opening_it_again_costs_nobody_an_hour(problem):
    key = sorted(problem.previous.groups)[0]
    closed = sound(problem, effect(problem, problem.previous, CloseGroup(key)))
    there = replace(with_proposal(problem, CloseGroup(key)), previous=closed.plan)
    again = effect(there, closed.plan, OpenGroup(problem.slots[key]))
    assert again.hours_after <= closed.hours_after
    assert not again.lose
    assert set(again.below_after) <= set(closed.below_after)


def test_a_closed_group_meets_nowhere_and_its_people_are_the_ones_who_move(problem):
    for key in sorted(problem.previous.groups)[:4]:
        people = {who for who, held in problem.previous.attend.items() if key in held}
        found = sound(problem, effect(problem, problem.previous, CloseGroup(key)))
        assert key not in found.plan.groups
        assert people <= set(found.moved)
        assert found.because.endswith(" closes.")


def test_a_moved_group_meets_at_its_new_time_or_its_people_are_elsewhere(problem):
    key = next(k for k in sorted(problem.previous.groups) if k.type == "mindful")
    to = next(
        slot
        for k, slot in sorted(problem.slots.items())
        if k.type == key.type and k.day == key.day and k not in problem.previous.groups
    )
    found = sound(problem, effect(problem, problem.previous, MoveGroup(key, to)))
    assert key not in found.plan.groups
    assert found.because.endswith(" instead.")


def test_what_adds_to_a_week_takes_no_hour_from_anyone(tight):
    room, staff = Room("another", "group", 7), next(iter(tight.staff.values()))
    proposals = [
        MoreRoom(room),
        GroupSize("process", 9),
        MoreStaff(replace(staff, id="s9")),
        StaffTime("s1", 0, hours(0, 1, 2)),
    ]
    for proposal in proposals:
        found = sound(tight, effect(tight, tight.previous, proposal, seconds=2))
        assert not found.lose
        assert found.hours_after <= found.hours_before
        assert set(found.below_after) <= set(found.below_before)


def test_the_best_proposals_each_help_and_are_told_as_they_are_found(tight):
    assert check(tight, tight.previous).unmet_hours
    told = []
    found = best_proposals(tight, tight.previous, seconds=20, on_progress=told.append)
    assert found
    assert told[-1] == found
    assert len(told[0]) <= 1
    for one in found:
        assert helps(tight, sound(tight, one)) > 0
    assert [helps(tight, one) for one in found] == sorted((helps(tight, one) for one in found), reverse=True)
    again = best_proposals(tight, tight.previous, seconds=20)
    assert [one.proposal for one in again] == [one.proposal for one in found]


def test_searching_for_proposals_can_be_stopped(tight):
    assert best_proposals(tight, tight.previous, seconds=20, stop=lambda: True) == ()


def test_what_the_week_does_not_have_is_refused(problem):
    key = sorted(problem.slots)[0]._replace(copy=5)
    for proposal in (CloseGroup(key), StaffTime("nobody", 0, frozenset()), GroupSize("nothing", 9)):
        with pytest.raises(ValueError, match="is not among"):
            with_proposal(problem, proposal)
    with pytest.raises(ValueError, match="already"):
        with_proposal(problem, MoreStaff(problem.staff["s0"]))


def test_proposals_are_sentences(problem):
    key = sorted(problem.slots)[0]
    said = [
        say_proposal(problem, proposal)
        for proposal in (
            OpenGroup(problem.slots[key]),
            StaffTime("s1", 1, frozenset({5, 6})),
            MoreRoom(Room("r", "group", 9)),
            GroupSize("art", 9),
        )
    ]
    assert said == [
        "art on Monday 09:00 opens.",
        "Ben works on Tuesday 14:00–16:00 too.",
        "One more group room, for 9 people.",
        "Groups of art take up to 9 people.",
    ]
