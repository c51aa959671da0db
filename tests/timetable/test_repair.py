"""Something happens to a published week: the fewest changes, never a broken rule, nothing unrelated touched."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.timetable.clinics import needs_shared, shared_sites
from tests.timetable.small_clinic import DAYS, HOURS, hours, published
from throughcare.timetable.check import check
from throughcare.timetable.happenings import (
    DayLost,
    LifeChanged,
    PersonCame,
    PersonLeft,
    RoomLost,
    StaffAway,
    after,
)
from throughcare.timetable.interchange import read_problem
from throughcare.timetable.problem import Plan, Room
from throughcare.timetable.repair import repair

CLINICS = st.tuples(st.integers(0, 1), st.sampled_from([1, 2]), st.booleans())


def clinic(which):
    return published(which[0], per_hour=which[1], series=which[2])


def repaired(problem, seconds=4):
    week = repair(problem, seconds=seconds)
    assert check(problem, week.plan).broken == ()
    return week


@st.composite
def happenings(draw, problem):
    per_hour = 60 // problem.minutes_per_tick
    people, staff = st.sampled_from(sorted(problem.people)), st.sampled_from(sorted(problem.staff))
    day = st.integers(0, DAYS - 1)
    ticks = st.none() | st.just(hours(0, 1, 2, per_hour=per_hour))
    half = st.sampled_from([hours(*range(4), per_hour=per_hour), hours(*range(4, HOURS), per_hour=per_hour)])
    return draw(
        st.one_of(
            st.builds(StaffAway, staff, day, ticks),
            st.builds(RoomLost, st.sampled_from([room.id for room in problem.rooms])),
            st.builds(DayLost, day),
            st.builds(LifeChanged, people, half.map(lambda free: (free,) * DAYS)),
            st.builds(PersonLeft, people),
            st.builds(lambda name: PersonCame(replace(problem.people[name], id="new")), people),
        )
    )


@settings(max_examples=20)
@given(which=CLINICS, data=st.data())
def test_every_repair_keeps_every_rule_and_only_those_named_move(which, data):
    problem = after(clinic(which), data.draw(happenings(clinic(which))))
    week = repaired(problem, seconds=2)
    before = problem.previous
    moved = {
        person
        for person in problem.people
        if week.plan.attend[person] != before.attend.get(person, frozenset())
        or week.plan.ones[person] != before.ones.get(person, {})
    }
    assert moved <= {*week.affected, *week.disturbed}
    assert len(week.disturbed) <= 5


@pytest.mark.parametrize("per_hour", [1, 2])
def test_a_week_to_which_nothing_happened_stays_as_it_is(per_hour):
    problem = published(1, per_hour=per_hour)
    week = repaired(problem)
    assert (week.plan, week.changes, week.affected, week.disturbed) == (problem.previous, (), (), ())


@settings(max_examples=15)
@given(which=CLINICS, number=st.integers(0, 15))
def test_a_discharge_never_disturbs_anyone_else(which, number):
    person = f"p{number:02}"
    before = clinic(which)
    week = repaired(after(before, PersonLeft(person)))
    assert week.plan.attend == {who: held for who, held in before.previous.attend.items() if who != person}
    assert week.plan.ones == {who: held for who, held in before.previous.ones.items() if who != person}
    assert {change.code for change in week.changes} <= {
        "person_leaves",
        "group_closes",
        "group_smaller_than_needed",
    }


@settings(max_examples=10)
@given(which=CLINICS, data=st.data())
def test_the_same_happening_is_answered_with_the_same_week(which, data):
    problem = after(clinic(which), data.draw(happenings(clinic(which))))
    first, second = repair(problem, seconds=2), repair(problem, seconds=2)
    assert (first.plan, first.changes) == (second.plan, second.changes)


def test_a_group_whose_leader_is_ill_is_led_by_someone_who_is_free_and_nobody_moves_for_it():
    problem = published()
    key, leader = next(
        (key, leader)
        for key, leader in sorted(problem.previous.groups.items())
        if not any(
            at[0] == key.day
            for person in problem.people.values()
            for one in person.ones
            if one.staff == leader and (at := problem.previous.ones[person.id].get(one.kind))
        )
    )
    week = repaired(after(problem, StaffAway(leader, key.day, frozenset(problem.slots[key].ticks))))
    assert week.plan.groups[key] not in (leader, None)
    assert week.plan.attend == problem.previous.attend
    assert [change.code for change in week.changes] == ["leader_changes"]
    assert week.changes[0].because.endswith(f"in place of {problem.say(leader)}.")


def test_who_is_admitted_gets_their_hours_and_is_told_of_as_one_who_comes():
    problem = published()
    week = repaired(after(problem, PersonCame(replace(problem.people["p06"], id="new"))))
    assert "new" in week.affected
    assert week.plan.attend["new"]
    assert any(change.because.startswith("new comes: ") for change in week.changes)


def test_on_a_snow_day_people_of_the_other_days_keep_their_weeks():
    problem = published()
    week = repaired(after(problem, DayLost(0)))
    untouched = [
        person
        for person, held in problem.previous.attend.items()
        if all(key.day for key in held) and all(at[0] for at in problem.previous.ones[person].values())
    ]
    for person in untouched:
        if person not in week.disturbed:
            assert week.plan.attend[person] == problem.previous.attend[person]
    assert not any(key.day == 0 for key in week.plan.groups)


def test_on_a_snow_day_groups_by_video_go_on_and_one_to_ones_are_held_on_other_days():
    problem = published()
    kinds = {
        name: replace(kind, room_kind="video") if name == min(problem.kinds) else kind
        for name, kind in problem.kinds.items()
    }
    held = replace(
        problem, kinds=kinds, rooms=(*problem.rooms, *(Room(f"v{n}", "video", 99) for n in range(9)))
    )
    snowed = after(held, DayLost(0, kept=frozenset({"video"})))
    assert {key.type for key in snowed.slots if key.day == 0} <= {min(problem.kinds)}
    week = repaired(snowed)
    assert check(snowed, week.plan).broken == ()
    assert not any(at[0] == 0 for held in week.plan.ones.values() for at in held.values())


def test_what_happens_to_someone_unknown_is_refused():
    problem = published()
    for happening in (
        StaffAway("nobody", 0),
        RoomLost("none"),
        DayLost(9),
        PersonLeft("x"),
        LifeChanged("x", ()),
    ):
        with pytest.raises(ValueError, match="is not among"):
            after(problem, happening)
    with pytest.raises(ValueError, match="in this week already"):
        after(problem, PersonCame(problem.people["p00"]))


def test_stopping_gives_a_week_that_keeps_every_rule():
    problem = after(published(), DayLost(1))
    assert check(problem, repair(problem, seconds=60, stop=lambda: True).plan).broken == ()


def test_with_more_effort_the_weeks_sought_together_cost_no_more():
    problem = after(published(1), DayLost(0))
    quick, thorough = repaired(problem, seconds=2), repaired(problem, seconds=5)
    assert thorough.unmet_hours > 0
    assert thorough.cost <= quick.cost
    assert thorough.affected == quick.affected


@needs_shared
def test_twenty_people_placed_from_nothing_are_placed_by_the_rules():
    problem = read_problem(shared_sites("n20")[0])
    assert check(problem, repair(replace(problem, previous=Plan()), seconds=1).plan).broken == ()
