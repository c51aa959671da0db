"""The judge agrees with the public scorer: every count of a broken rule and every part of the cost."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.timetable.clinics import any_plan, generated_site, needs_shared, scorer, shared_sites
from throughcare.timetable.check import check
from throughcare.timetable.interchange import read_plan, read_problem

pytestmark = needs_shared
# What the scorer doesn't look at, and so doesn't count.
OURS_ALONE = {"unknown", "visits_apart", "series", "closed_to"}


def assert_agreement(site, plan):
    theirs = scorer()(site, plan, site.get("prev"))
    ours = check(read_problem(site), read_plan(plan))
    assert {rule: count for rule, count in ours.hard_by_rule.items() if rule not in OURS_ALONE} == theirs["H"]
    parts = {part: cost for part, cost in ours.cost.parts.items() if cost}
    assert parts == pytest.approx({part: cost for part, cost in theirs["C"].items() if cost})
    assert ours.cost.total == pytest.approx(theirs["cost"])
    assert (ours.unmet_hours, len(ours.below), ours.short_days) == (
        theirs["unmet_h"],
        theirs["below"],
        theirs["short"],
    )
    assert (ours.groups, ours.changed, len(ours.people_changed)) == (
        theirs["groups"],
        theirs["changed"],
        theirs["people"],
    )
    return theirs


@pytest.mark.parametrize("name", ["n20", "n60", "n200", "n1000"])
def test_on_the_shared_weeks(name):
    for site in shared_sites(name):
        assert_agreement(site, {"groups": [], "attend": {}, "one": {}})
        assert assert_agreement(site, any_plan(site, 7))["hard"] > 0


@settings(max_examples=25)
@given(
    people=st.integers(2, 50) | st.just(125),
    seed=st.integers(0, 10**6),
    published=st.booleans(),
    mistakes=st.integers(0, 10**6),
)
def test_on_weeks_of_other_seeds_with_any_mistakes(people, seed, published, mistakes):
    site = generated_site(people, seed)
    if published:
        site["prev"] = any_plan(site, mistakes + 1)
    assert_agreement(site, any_plan(site, mistakes))


@settings(max_examples=15)
@given(seed=st.integers(0, 10**6))
def test_when_a_published_week_is_changed_a_little(seed):
    choice = random.Random(seed)
    site = generated_site(45, 3)
    plan = any_plan(site, 5)
    site["prev"] = {
        "groups": [dict(group) for group in plan["groups"]],
        "attend": {person: list(slots) for person, slots in plan["attend"].items()},
        "one": {person: dict(visits) for person, visits in plan["one"].items()},
    }
    for person in choice.sample(sorted(plan["attend"]), 5):
        if plan["attend"][person]:
            plan["attend"][person].pop()
        plan["one"][person] = {}
    for group in choice.sample(plan["groups"], 3):
        group["fac"] = choice.choice(site["staff"])["id"]
    assert_agreement(site, plan)
