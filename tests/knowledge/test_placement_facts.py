"""Facts for a placement: what is known is read exactly, what is wrong is named with what would be right."""

import json
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.placement import Facts, WrongFacts, place
from throughcare.knowledge.placement.facts import KEYS, NESTED

WHOLE: dict[str, Any] = {
    "domains": {"W": 0, "P": 1, "M": 2, "U": 2, "H": 1, "E": 4},
    "c_ssrs": {"q1": False, "q2": False, "q6": False, "q6_within_3_months": False},
    "asq_acute": False,
    "ciwa_ar": 6,
    "attendance": 0.8,
    "weeks_at_level": 2.5,
    "current_level": "iop",
    "home_unsafe": None,
}


def test_every_fact_is_read_under_its_own_key() -> None:
    facts = Facts.from_json(WHOLE)
    assert facts.value("domains.E") == 4
    assert facts.value("c_ssrs.q6_within_3_months") is False
    assert facts.ciwa_ar == 6
    assert facts.weeks_at_level == 2.5
    assert facts.home_unsafe is None
    assert {field.name for field in fields(Facts)} == set(KEYS) | set(NESTED)


def test_nothing_null_and_empty_objects_are_the_same_nothing() -> None:
    assert Facts.from_json({}) == Facts()
    assert Facts.from_json(dict.fromkeys([*KEYS, *NESTED])) == Facts()
    assert Facts.from_json({"domains": {}, "c_ssrs": {"q1": None}}) == Facts()


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_may_be_the_current_one(level: str) -> None:
    assert Facts.from_json({"current_level": level}).current_level == level


@pytest.mark.parametrize(
    ("given", "key", "right"),
    [
        ({"ciwa": 6}, "ciwa:", "ciwa_ar"),
        ({"domains": {"X": 1}}, "domains.X", "W, P, M, U, H, E"),
        ({"domains": {"U": 5}}, "domains.U", "from 0 to 4"),
        ({"domains": {"U": -1}}, "domains.U", "from 0 to 4"),
        ({"domains": {"U": 1.5}}, "domains.U", "whole number"),
        ({"domains": {"U": True}}, "domains.U", "whole number"),
        ({"domains": {"U": "2"}}, "domains.U", "whole number"),
        ({"domains": [2, 2]}, "domains:", "an object"),
        ({"c_ssrs": {"q7": True}}, "c_ssrs.q7", "q6_within_3_months"),
        ({"c_ssrs": {"q4": 1}}, "c_ssrs.q4", "true, false or null"),
        ({"c_ssrs": "no"}, "c_ssrs:", "an object"),
        ({"ciwa_ar": 68}, "ciwa_ar", "from 0 to 67"),
        ({"ciwa_ar": float("nan")}, "ciwa_ar", "from 0 to 67"),
        ({"cows": 49}, "cows", "from 0 to 48"),
        ({"attendance": float("nan")}, "attendance", "from 0 to 1"),
        ({"attendance": float("inf")}, "attendance", "from 0 to 1"),
        ({"attendance": 80}, "attendance", "from 0 to 1"),
        ({"use_days_per_week_despite_full_iop": 8}, "use_days", "from 0 to 7"),
        ({"current_level": "IOP"}, "current_level", "one of op, iop"),
        ({"current_level": 2}, "current_level", "one of op, iop"),
        ({"delirium": "yes"}, "delirium", "true, false or null"),
        ({"delirium": 0}, "delirium", "true, false or null"),
        ({"unexpected_positives": -1}, "unexpected_positives", "from 0"),
    ],
)
def test_a_wrong_fact_is_named_with_what_would_be_right(given: dict[str, Any], key: str, right: str) -> None:
    with pytest.raises(WrongFacts) as wrong:
        Facts.from_json(given)
    assert str(wrong.value).startswith(key)
    assert right in str(wrong.value)
    assert "\n" not in str(wrong.value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from([*KEYS, *NESTED, "other"]), JSON, max_size=4))
def test_any_json_is_either_read_or_refused(found: dict[str, Any]) -> None:
    try:
        facts = Facts.from_json(found)
    except WrongFacts as wrong:
        assert "\n" not in str(wrong)
    else:
        assert json.dumps(place(facts).missing_facts)
