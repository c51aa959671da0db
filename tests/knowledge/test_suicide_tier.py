"""The tier that stands never falls by machine, and answers open a path on both sides of each bound."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from throughcare.knowledge.safety import RANK
from throughcare.knowledge.suicide_tier import Lowered, Seen, path_opened, standing_tier

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
tiers = some.sampled_from(list(RANK))
moments = some.integers(0, 20).map(lambda hours: NOON + timedelta(hours=hours))
seen = some.builds(Seen, moments, tiers)
lowered = some.builds(Lowered, moments, tiers)


@given(some.lists(seen, min_size=1), seen)
def test_another_screener_never_lowers_the_tier(before, more):
    assert RANK[standing_tier([*before, more]).tier] >= RANK[standing_tier(before).tier]


@given(some.lists(seen), some.lists(lowered, max_size=3), some.randoms())
def test_the_order_of_arrival_changes_nothing(shown, down, dice):
    others, fewer = list(shown), list(down)
    dice.shuffle(others)
    dice.shuffle(fewer)
    assert standing_tier(others, fewer) == standing_tier(shown, down)


def test_a_clinician_lowers_it_and_the_next_answers_raise_it_again():
    high, none = Seen(NOON, "high"), Seen(NOON + timedelta(days=1), "none")
    stands = standing_tier([high, none])
    assert (stands.tier, stands.last_seen, stands.answers_are_lower) == ("high", "none", True)
    low = Lowered(NOON + timedelta(days=2), "low")
    assert standing_tier([high, none], [low]).tier == "low"
    again = Seen(NOON + timedelta(days=3), "moderate")
    assert standing_tier([high, none, again], [low]).tier == "moderate"
    assert standing_tier([]).tier == ""


def opened(code, critical=(), band="", *, may_be="", staffed=True, asked_here=True):
    found = path_opened(code, critical, band, may_be=may_be, staffed=staffed, asked_here=asked_here)
    return found and (found.priority, found.asks_screener)


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ({"code": "phq-9", "critical": ()}, None),
        ({"code": "phq-9", "critical": (9,)}, ("", True)),
        ({"code": "phq-9", "critical": (9,), "asked_here": False}, ("P2", False)),
        ({"code": "phq-9", "critical": (9,), "staffed": False}, ("P2", True)),
        ({"code": "phq-a", "critical": (13,)}, ("", True)),
        ({"code": "core-10", "critical": (6,)}, ("", True)),
        ({"code": "use-and-craving", "critical": (2,)}, None),
        ({"code": "c-ssrs-screener", "band": "none"}, None),
        ({"code": "c-ssrs-screener", "band": "low"}, ("", False)),
        ({"code": "c-ssrs-screener", "band": "low", "may_be": "high"}, ("P2", False)),
        ({"code": "c-ssrs-screener", "band": "", "may_be": "high"}, ("P2", False)),
        ({"code": "c-ssrs-screener", "band": "moderate"}, ("P2", False)),
        ({"code": "c-ssrs-screener", "band": "high"}, ("P1", False)),
        ({"code": "asq", "band": "negative"}, None),
        ({"code": "asq", "band": "non-acute positive"}, ("P2", False)),
        ({"code": "asq", "band": "acute positive"}, ("P1", False)),
    ],
)
def test_what_answers_open(args, expected):
    assert opened(**args) == expected
