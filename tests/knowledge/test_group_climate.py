"""The climate of a session, without anybody's name."""

import pytest

from throughcare.knowledge.group_climate import CODES, check_taps, climate_of, climate_trend, may_show


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
