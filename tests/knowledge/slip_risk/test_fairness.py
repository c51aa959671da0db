"""Groups are compared by what was predicted and what came; small ones are withheld, differences flagged."""

from datetime import date

import pytest

from throughcare.knowledge.slip_risk.checking import Foreseen
from throughcare.knowledge.slip_risk.fairness import age_band, check_groups

ON = date(2026, 3, 2)


def looked(first, count, *, risk, dropped, group, attribute="sex"):
    """So many people of a group, the first few of whom dropped out."""
    return [Foreseen(first + n, ON, risk, n < dropped, ((attribute, group),)) for n in range(count)]


def by_group(found, **own):
    return {one.group: one for one in check_groups(found, own=own)}


def test_a_group_of_nineteen_is_withheld_and_one_of_twenty_is_not():
    found = looked(0, 19, risk=0.1, dropped=2, group="female") + looked(
        100, 20, risk=0.1, dropped=2, group="male"
    )
    groups = by_group(found)
    assert groups["female"].withheld and groups["female"].dropped_out == 0
    assert not groups["male"].withheld and groups["male"].dropped_out == 2


def test_people_are_counted_and_not_their_weeks():
    weeks = [Foreseen(1, ON, 0.1, False, (("sex", "male"),))] * 60
    assert by_group(weeks)["male"].withheld


def test_a_risk_told_too_low_for_one_group_is_flagged_and_a_fair_one_is_not():
    found = looked(0, 100, risk=0.1, dropped=25, group="female")
    found += looked(200, 100, risk=0.1, dropped=11, group="male")
    groups = by_group(found)
    assert groups["female"].flags[0] == "Risk is told too low: 10 drop-outs were expected, 25 came."
    assert groups["male"].flags == ()


def test_a_difference_that_chance_makes_often_is_not_flagged():
    assert by_group(looked(0, 25, risk=0.1, dropped=4, group="female"))["female"].flags == ()


def test_a_group_whose_drop_outs_were_not_seen_coming_is_flagged():
    found = looked(0, 40, risk=0.5, dropped=25, group="male") + looked(
        50, 60, risk=0.05, dropped=0, group="male"
    )
    found += looked(200, 12, risk=0.1, dropped=12, group="female")
    found += looked(300, 88, risk=0.1, dropped=0, group="female")
    flags = by_group(found)["female"].flags
    assert any(one.startswith("0 of 12 drop-outs were among the highest risks") for one in flags)


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (date(2008, 3, 3), "under 18"),
        (date(2008, 3, 2), "18 to 25"),
        (date(2000, 3, 2), "26 to 39"),
        (date(1966, 3, 3), "40 to 59"),
        (date(1966, 3, 2), "60 and over"),
        (None, "not known"),
    ],
)
def test_age_bands_have_bounds(born, band):
    assert age_band(born, ON) == band
