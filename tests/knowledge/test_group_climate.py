"""The climate of a session, without anybody's name."""

import pytest

from throughcare.knowledge.group_climate import (
    CODES,
    check_taps,
    climate_from_counts,
    climate_of,
    climate_trend,
    may_show,
)


def answers(**points):
    return dict.fromkeys(CODES, "yes") | points


def test_there_are_four_taps_and_some_may_be_left_out():
    assert CODES == ("heard", "useful", "safe", "hopeful")
    assert check_taps({"heard": "yes"})
    assert not check_taps({})
    assert not check_taps({"heard": "maybe"})
    assert not check_taps({"liked": "yes"})


def test_the_climate_shows_with_enough_answers_and_after_the_session():
    assert may_show(4, is_over=True)
    assert not may_show(3, is_over=True)
    assert not may_show(9, is_over=False)
    assert not may_show(4, is_over=True, own={"climate.fewest_answers": 5})


def test_each_statement_has_its_mean():
    climate = climate_of([answers(), answers(safe="no"), {"heard": "partly"}, answers(safe="partly")])
    assert climate.answered == 4
    assert climate.means == {"heard": 8.75, "useful": 10, "safe": 5, "hopeful": 10}
    assert climate.whole == pytest.approx(8.4375)


def test_a_statement_that_nobody_answered_has_no_mean():
    with pytest.raises(ValueError, match="safe"):
        climate_of([{"heard": "yes", "useful": "yes"}, {"hopeful": "no"}])


def test_the_trend_tells_a_group_that_feels_less_safe():
    good, bad = climate_of([answers()]), climate_of([answers(safe="no")])
    assert climate_trend([good, good, good, bad, bad, bad], "safe").direction == "worse"
    assert climate_trend([good, good, good, bad, bad, bad], "heard").direction == "steady"
    assert climate_trend([good]).direction == "too few"


def test_counts_come_to_the_same_means_and_leave_out_what_few_answered():
    counts = {code: {"yes": 3, "partly": 0, "no": 1} for code in CODES} | {
        "safe": {"yes": 1, "partly": 0, "no": 0}
    }
    climate = climate_from_counts(4, counts, fewest=4)
    assert climate.means == {"heard": 7.5, "useful": 7.5, "hopeful": 7.5}
    assert climate_from_counts(3, counts, fewest=5) is None
    assert climate_trend([climate] * 6, "safe").direction == "too few"
