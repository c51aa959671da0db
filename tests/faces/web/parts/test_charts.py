"""Charts say in words what they draw, and draw it where the numbers put it."""

from datetime import date, timedelta
from xml.etree.ElementTree import fromstring

from throughcare.faces.web.charts import Band, Line, Point, ScoreChart, describe, score_chart
from throughcare.faces.web.parts.samples import UNTAMED, scores
from throughcare.faces.web.strips import (
    WeekOfAttendance,
    WeekOfHours,
    attendance_strip,
    attendance_words,
    hours_bars,
    hours_words,
    sparkline,
)

FIRST = date(2026, 3, 2)
SVG = "{http://www.w3.org/2000/svg}"
BANDS = (Band("Mild", 5, 9, 1), Band("Severe", 20, 27, 4))


def a_chart(*values: float) -> ScoreChart:
    points = [Point(FIRST + timedelta(weeks=number), value) for number, value in enumerate(values)]
    return ScoreChart("PHQ-9", points, 0, 27, BANDS, (Line("Target", 9),), "Reliably better.", "phq")


def test_the_sentence_tells_first_latest_extremes_target_and_change():
    assert describe(a_chart(21, 24, 8)) == (
        "PHQ-9. 3 scores. First 21 (Severe) on Mar 2, 2026. Latest 8 (Mild) on Mar 16, 2026. "
        "Lowest 8, highest 24. Target: 9. Reliably better."
    )


def test_a_measure_never_taken_says_so_and_still_draws():
    assert describe(a_chart()) == "PHQ-9: no scores yet."
    assert fromstring(score_chart(a_chart())).findall(f"{SVG}circle") == []


def test_a_lower_score_stands_lower_and_a_later_one_further_on():
    first, last = fromstring(score_chart(a_chart(21, 8))).findall(f"{SVG}circle")
    assert float(first.get("cy")) < float(last.get("cy"))
    assert float(first.get("cx")) < float(last.get("cx"))


def test_points_of_one_day_or_out_of_range_stay_in_the_drawing():
    points = (Point(FIRST, 40), Point(FIRST, -3))
    drawn = fromstring(score_chart(ScoreChart("PHQ-9", points, 0, 27)))
    heights = sorted(float(dot.get("cy")) for dot in drawn.findall(f"{SVG}circle"))
    tall = float(drawn.get("viewBox").split()[3])
    assert 0 < heights[0] < heights[1] < tall


def test_a_name_with_markup_is_words_in_the_drawing():
    drawn = score_chart(scores())
    assert "<script" not in drawn
    assert UNTAMED in fromstring(drawn).find(f"{SVG}title").text


def test_the_strip_counts_each_status():
    weeks = [
        WeekOfAttendance(FIRST, ["present", "no_show"]),
        WeekOfAttendance(FIRST + timedelta(7), ["present"]),
    ]
    assert attendance_words(weeks) == "3 sessions in 2 weeks: 2 present, 1 no-show."
    assert len(fromstring(attendance_strip(weeks, ident="s")).findall(f"{SVG}g")) == 3


def test_a_missed_session_has_a_sign_beside_its_colour():
    drawn = fromstring(attendance_strip([WeekOfAttendance(FIRST, ["present", "no_show"])], ident="s"))
    present, missed = drawn.findall(f"{SVG}g")
    assert present.find(f"{SVG}path") is None
    assert missed.find(f"{SVG}path") is not None


def test_hours_are_told_against_what_was_prescribed():
    weeks = [WeekOfHours(FIRST, 9, 9), WeekOfHours(FIRST + timedelta(7), 4.5, 9)]
    assert hours_words(weeks) == "13.5 of 18 hours; prescribed hours reached in 1 of 2 weeks."
    full, half = fromstring(hours_bars(weeks, ident="h")).findall(f"{SVG}rect")
    assert float(full.get("height")) == 2 * float(half.get("height"))


def test_small_drawings_draw_nothing_from_nothing():
    assert attendance_words([]) == "No sessions yet."
    assert hours_words([]) == "No hours yet."
    for drawn in (
        attendance_strip([], ident="a"),
        hours_bars([], ident="b"),
        sparkline([], name="PHQ-9", lowest=0, highest=27, ident="c"),
    ):
        assert fromstring(drawn).tag == f"{SVG}svg"
