"""A week's hours as a bar: the parts add up, and each has words beside its colour."""

from xml.etree.ElementTree import fromstring

import pytest

from throughcare.faces.web.week_bar import WIDTH, BarOfWeek, bar_words, parts_of, week_bar

SVG = "{http://www.w3.org/2000/svg}"


def week(**hours):
    return BarOfWeek(
        **{**dict.fromkeys(("prescribed", "planned", "came", "made_up", "to_come", "open"), 0.0), **hours}
    )


def boxes(bar):
    drawn = fromstring(week_bar(bar, ident="w"))
    return [box for box in drawn.findall(f"{SVG}rect") if box.get("class").startswith("bar-")]


def test_the_parts_fill_the_bar_and_what_nothing_brings_is_missing():
    bar = week(prescribed=9, came=3, to_come=3, open=1.5)
    assert [(part.words, part.hours) for part in parts_of(bar)][-1] == ("Missing", 1.5)
    assert sum(float(box.get("width")) for box in boxes(bar)) == pytest.approx(WIDTH, abs=0.5)
    assert bar_words(bar) == "You came 3, still to come 3, you can still make up 1.5, missing 1.5 of 9 h."


def test_more_than_prescribed_is_drawn_and_marked():
    drawn = week_bar(week(prescribed=9, came=9, made_up=3), ident="w")
    assert "9 h in your plan" in drawn
    assert [box.get("class") for box in boxes(week(prescribed=9, came=9, made_up=3))] == [
        "bar-came",
        "bar-made-up",
    ]


def test_an_empty_week_draws_nothing():
    assert boxes(week()) == []
    assert bar_words(week()) == "Nothing yet."
