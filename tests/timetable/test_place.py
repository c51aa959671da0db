"""One person placed in a week that stands: good weeks, clean plans, and what each costs the others, in sentences."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.timetable.small_clinic import published
from throughcare.timetable.check import check
from throughcare.timetable.happenings import PersonCame, after
from throughcare.timetable.place import weeks_for

CLINICS = st.tuples(st.integers(0, 1), st.sampled_from([1, 2]), st.booleans())


def with_newcomer(which, like):
    before = published(which[0], per_hour=which[1], series=which[2])
    return after(before, PersonCame(replace(before.people[like], id="new"))), before.previous


def others_moved(before, plan):
    return tuple(
        sorted(
            person
            for person in before.attend
            if (plan.attend[person], plan.ones[person]) != (before.attend[person], before.ones[person])
        )
    )


@settings(max_examples=15)
@given(which=CLINICS, number=st.integers(0, 15))
def test_every_offer_is_a_clean_plan_that_moves_those_it_names_and_no_one_else(which, number):
    problem, before = with_newcomer(which, f"p{number:02}")
    offers = weeks_for(problem, before, "new")
    assert 1 <= len(offers) <= 3
    for offer in offers:
        checked = check(replace(problem, previous=before), offer.plan)
        assert checked.broken == ()
        assert others_moved(before, offer.plan) == offer.moved
        assert len(offer.moved) <= 2
        assert set(offer.seats) == offer.plan.attend["new"]
        assert set(offer.opens) == offer.plan.groups.keys() - before.groups.keys()


@settings(max_examples=10)
@given(which=CLINICS, number=st.integers(0, 15))
def test_offers_differ_in_days_or_parts_of_the_day_and_the_best_comes_first(which, number):
    problem, before = with_newcomer(which, f"p{number:02}")
    unmoved = [offer for offer in weeks_for(problem, before, "new") if not offer.moved]
    shapes = [
        frozenset(
            (key.day, problem.block_of(frozenset(problem.slots[key].ticks)))
            for key in offer.plan.attend["new"]
        )
        | frozenset((day, None) for day, _ in offer.plan.ones["new"].values())
        for offer in unmoved
    ]
    assert len(set(shapes)) == len(shapes)
    assert [offer.cost for offer in unmoved] == sorted(offer.cost for offer in unmoved)


def test_an_offer_says_the_hours_the_days_who_moves_and_the_seats():
    problem, before = with_newcomer((0, 1, False), "p06")
    offer = weeks_for(problem, before, "new")[0]
    hours, moves, seats = offer.because[0], offer.because[1], offer.because[-1]
    assert "hours, on " in hours
    assert moves == "Nobody moves."
    assert seats.startswith(("Full then: ", "Every group still has seats left"))


def test_where_every_seat_is_taken_someone_moves_and_loses_no_hours():
    problem, before = full_mornings()
    first, *_, moved = weeks_for(problem, before, "new")
    assert moved.moved
    assert moved.missing_hours < first.missing_hours
    assert any(said.endswith((" moves.", " move.")) for said in moved.because)
    then, now = check(problem, before), check(problem, moved.plan)
    assert now.broken == ()
    assert not set(moved.moved) & (set(now.below) - set(then.below))


def full_mornings():
    """The published week where no skills group has a seat left in the mornings, and a newcomer who has only those."""
    problem, before = with_newcomer((1, 1, False), "p06")
    slots = {
        key: replace(slot, most=max(slot.fewest, sum(key in held for held in before.attend.values())))
        if key.start < 4 and key.type == "skills"
        else slot
        for key, slot in problem.slots.items()
    }
    morning = tuple(frozenset(range(4)) for _ in range(problem.days))
    people = {**problem.people, "new": replace(problem.people["new"], free=morning)}
    return replace(problem, slots=slots, people=people), before


def test_a_group_for_one_opens_where_the_clinic_allows_it():
    problem, before = with_newcomer((0, 1, False), "p06")
    slots = {
        key: replace(slot, fewest=1, most=slot.most if key in before.groups else 1)
        for key, slot in problem.slots.items()
    }
    slots = {key: replace(slot, most=1) if key in before.groups else slot for key, slot in slots.items()}
    closed = {
        key: replace(slot, closed_to=frozenset()) if key in before.groups else slot
        for key, slot in slots.items()
    }
    offer = weeks_for(replace(problem, slots=closed), before, "new")[0]
    assert offer.opens
    assert any(said.endswith("leads it.") for said in offer.because)
    assert not any(rule in {"facilitator", "room"} for rule in check(problem, offer.plan).hard_by_rule)


def test_a_person_the_week_does_not_know_is_refused():
    problem, before = with_newcomer((0, 1, False), "p06")
    with pytest.raises(KeyError):
        weeks_for(problem, before, "someone else")
