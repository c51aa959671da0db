"""Each rule of a week, broken and kept."""

from dataclasses import replace

import pytest

from tests.timetable.hand_week import (
    ALWAYS,
    ART,
    DBT,
    PSY,
    PSY_AGAIN,
    PSY_LATE,
    PSY_SPANISH,
    PSY_TUESDAY,
    PSY_WOMEN,
    attending,
    clinic,
    having,
    led,
    person,
    staff,
    week,
    with_slot,
)
from throughcare.timetable.check import check
from throughcare.timetable.constraints import RULES
from throughcare.timetable.problem import OneToOne, Plan, SlotKey

IND = OneToOne("ind", "una", 1, 1, None)
NOWHERE = SlotKey("PSY", "mix", 2, 5, 3)
BOTH = frozenset({DBT, PSY})


def moved(key: SlotKey, leader: str = "una") -> Plan:
    """Both people have this group after skills in place of psychoeducation."""
    return Plan({DBT: "tom", key: leader}, {name: frozenset({DBT, key}) for name in ("ana", "ben")})


def three() -> dict[str, object]:
    return {name: person(name) for name in ("ana", "ben", "cem")}


def with_three(plan: Plan) -> Plan:
    return attending(plan, "cem", DBT, PSY)


def visits(plan: Plan, **held: dict[str, tuple[int, int]]) -> Plan:
    return replace(plan, ones={**plan.ones, **held})


def seen_by(name: str, kind: str = "ind", together: int = 1) -> dict[str, object]:
    """What makes a person need this visit and no other."""
    return {"ones": (OneToOne(kind, name, 1, 1, None, together),)}


CLEAN = (clinic(), week())
WITH_IND = having(having(clinic(), "ana", **seen_by("una")), "ben", **seen_by("una"))
APART = clinic(apart=frozenset({("ana", "ben")}))
SERIES = with_slot(with_slot(clinic(), PSY, series="s"), PSY_TUESDAY, series="s")
TWO_DAYS = {"most_days": 2, "flexible_hours": 2, "hours": 5}

# Code -> (problem, plan) that breaks the rule, how often, and a near miss that keeps it.
CASES = {
    "unknown": ((clinic(), visits(week(), zoe={"rx": (0, 3)})), 1, CLEAN),
    "group_small": ((clinic(), attending(week(), "ben", DBT)), 1, CLEAN),
    "group_big": (
        (with_slot(clinic(people=three()), PSY, most=2), with_three(week())),
        1,
        (clinic(people=three()), with_three(week())),
    ),
    "facilitator": ((clinic(), moved(PSY_WOMEN, "tom")), 1, (clinic(), moved(PSY_WOMEN, "una"))),
    "room": (
        (
            clinic(rooms=clinic().rooms[1:]),
            replace(moved(PSY), groups={DBT: "tom", PSY: "una", PSY_AGAIN: "tom"}),
        ),
        1,
        (clinic(), replace(moved(PSY), groups={DBT: "tom", PSY: "una", PSY_AGAIN: "tom"})),
    ),
    "no_group": ((clinic(), replace(week(), groups={DBT: "tom"})), 2, CLEAN),
    "variant": (
        (having(clinic(), "ana", variants={"DBT": {"mix": 0}}), week()),
        1,
        (having(clinic(), "ana", variants={"DBT": {"mix": 0}, "PSY": {"mix": 5}}), week()),
    ),
    "same_type_day": (
        (clinic(), attending(week(), "ana", DBT, PSY, PSY_AGAIN)),
        1,
        (clinic(), attending(week(), "ana", DBT, PSY, PSY_TUESDAY)),
    ),
    "over_presc": (
        (clinic(), attending(week(), "ana", DBT, PSY, PSY_TUESDAY, ART)),
        2,
        (having(clinic(), "ana", flexible_hours=3), attending(week(), "ana", DBT, PSY, PSY_TUESDAY, ART)),
    ),
    "one_period": (
        (having(clinic(), "ana", ones=(OneToOne("rx", "pia", 1, 1, frozenset({(0, 4)}), 2),)), week()),
        1,
        (having(clinic(), "ana", ones=(OneToOne("rx", "pia", 1, 1, frozenset({(0, 3)}), 2),)), week()),
    ),
    "patient_overlap": ((clinic(), visits(week(), ana={"rx": (0, 2)})), 1, CLEAN),
    "avail": (
        (having(clinic(), "ana", free=(frozenset({0, 1, 2}), *ALWAYS[1:])), week()),
        1,
        (having(clinic(), "ana", free=(frozenset({0, 1, 2, 3}), *ALWAYS[1:])), week()),
    ),
    "days": (
        (clinic(), visits(week(), ana={"rx": (1, 3)})),
        1,
        (having(clinic(), "ana", most_days=2), visits(week(), ana={"rx": (1, 3)})),
    ),
    "gap": (
        (clinic(), attending(week(), "ana", DBT)),
        1,
        (clinic(waiting_ticks=1), attending(week(), "ana", DBT)),
    ),
    "block": (
        (clinic(), visits(attending(week(), "ana", DBT, PSY), ana={"rx": (0, 4)})),
        1,
        (clinic(blocks={"AM": (0, 1, 2, 3, 4)}), visits(week(), ana={"rx": (0, 4)})),
    ),
    "max_day": ((having(clinic(), "ana", longest_day=3), week()), 1, CLEAN),
    "series": (
        (SERIES, week()),
        2,
        (
            having(SERIES, "ana", **TWO_DAYS),
            attending(attending(week(), "ana", DBT, PSY, PSY_TUESDAY), "ben", DBT),
        ),
    ),
    "closed_to": (
        (with_slot(clinic(), PSY, closed_to=frozenset({"ben"})), week()),
        1,
        (with_slot(clinic(), PSY, closed_to=frozenset({"ana", "ben"})), week()),
    ),
    "staff_overlap": (
        (WITH_IND, visits(week(), ana={"ind": (0, 2)}, ben={"ind": (0, 2)})),
        2,
        (WITH_IND, visits(week(), ana={"ind": (0, 3)}, ben={"ind": (0, 4)})),
    ),
    "rx_cap": (
        (clinic(people=three()), visits(with_three(week()), cem={"rx": (0, 3)})),
        1,
        (clinic(people=three()), visits(with_three(week()), cem={"rx": (0, 4)})),
    ),
    "visits_apart": (
        (having(clinic(), "ana", **seen_by("pia")), visits(week(), ana={"ind": (0, 3)})),
        1,
        (having(clinic(), "ana", **seen_by("pia")), visits(week(), ana={"ind": (0, 4)})),
    ),
    "max_group_h": (
        (
            clinic(staff={**clinic().staff, "tom": staff("tom", gender="M", most_group_hours=2)}),
            led(week(), PSY="tom"),
        ),
        1,
        (
            clinic(staff={**clinic().staff, "tom": staff("tom", gender="M", most_group_hours=3)}),
            led(week(), PSY="tom"),
        ),
    ),
    "apart": ((APART, week()), 2, (APART, attending(week(), "ben"))),
    "coi": (
        (clinic(never_with=frozenset({("ana", "tom")})), week()),
        1,
        (clinic(never_with=frozenset({("ana", "tom")})), led(week(), DBT="una")),
    ),
}


def test_every_rule_has_its_case():
    assert set(CASES) == {rule.code for rule in RULES}
    assert all(rule.sentence.endswith(".") for rule in RULES)


def test_the_week_that_the_cases_change_is_clean():
    assert check(*CLEAN).broken == ()


@pytest.mark.parametrize("code", CASES)
def test_it_is_found_broken_and_said_why(code):
    broken, times, _ = CASES[code]
    checked = check(*broken)
    assert checked.hard_by_rule.get(code) == times
    for one in checked.broken:
        assert one.because[-1] == "." and "\n" not in one.because


@pytest.mark.parametrize("code", CASES)
def test_a_near_miss_keeps_it(code):
    kept = check(*CASES[code][2])
    assert code not in kept.hard_by_rule


def test_sentences_name_people_by_id_and_the_rest_by_their_words():
    problem = clinic(
        names={"una": "Dr. Una Bell", "PSY": "Psychoeducation", "women": "for women"},
        never_with=frozenset({("ana", "una")}),
    )
    said = [one.because for one in check(problem, moved(PSY_WOMEN, "una")).broken]
    assert said == [
        "ana and Dr. Una Bell must not meet; Dr. Una Bell leads Psychoeducation (for women) on Monday 11:00."
    ]


@pytest.mark.parametrize(
    ("key", "leader", "why"),
    [
        (PSY, "pia", "a prescriber leads no groups"),
        (PSY_SPANISH, "una", "it needs the language es"),
        (PSY_WOMEN, "tom", "is led by one of them"),
        (PSY_LATE, "vic", "they don't work then"),
        (ART, "vic", "they don't lead ART"),
    ],
)
def test_why_someone_can_t_lead_is_said(key, leader, why):
    vic = staff("vic", skills=frozenset({"PSY"}), free=(frozenset({2}),) * 3)
    problem = clinic(staff={**clinic().staff, "vic": vic})
    assert any(
        one.rule == "facilitator" and why in one.because for one in check(problem, moved(key, leader)).broken
    )


def test_waiting_is_only_where_the_person_can_be():
    problem = having(clinic(waiting_ticks=1), "ana", free=(frozenset({0, 1, 3}), *ALWAYS[1:]))
    checked = check(problem, attending(week(), "ana", DBT))
    assert [one.because for one in checked.broken if one.rule == "avail"] == [
        "ana can't come on Monday 11:00."
    ]


def test_what_a_plan_names_and_nobody_knows_is_said_and_never_fails():
    plan = Plan(
        {NOWHERE: "tom", PSY: "zed", DBT: "tom"},
        {"ana": frozenset({NOWHERE}), "ben": frozenset({SlotKey("none", "mix", 9, 9, 9)}), "zoe": BOTH},
        {"ana": {"rx": (7, 99), "fam": (0, 0)}},
    )
    assert check(clinic(), plan).hard_by_rule["unknown"] == 6


def test_costs_are_counted_by_part():
    checked = check(clinic(previous=week()), led(attending(week(), "ben", DBT), PSY="tom"))
    assert checked.cost.parts == {
        "unmet": 100,
        "below": 0,
        "short": 0,
        "open": 36,
        "size": 2,
        "fair": 0,
        "variant": 0,
        "pref": 4,
        "change": 6,
        "fac_change": 15,
    }
    assert (checked.changed, checked.people_changed, checked.unmet_hours) == (1, ("ben",), 1)
