"""The grid of a week, the forms of sessions, and a prescription shared out among them."""

from collections import Counter
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from throughcare.knowledge.planning.care_plans import DoseLine
from throughcare.knowledge.program_settings import ALL as SETTINGS
from throughcare.knowledge.week_rules import Span
from throughcare.pathway.timetable.picture.forms import VIDEO, Form, name_forms, share_out
from throughcare.pathway.timetable.picture.grid import SETTINGS as GRID_SETTINGS
from throughcare.pathway.timetable.picture.grid import grid_for
from throughcare.pathway.timetable.picture.prescription import Prescription

NEW_YORK = "America/New_York"
# The clocks of New York go forward on the Sunday of this week.
MONDAY = date(2026, 3, 2)
USUAL = {key: SETTINGS[key].value for key in GRID_SETTINGS}
HOUR, LONG, ONLINE = (
    Form("cbt", 60, 4, "group"),
    Form("cbt", 180, 12, "group"),
    Form("cbt", 60, 4, VIDEO),
)


def span(day, starts, ends, *, until_day=None):
    zone = ZoneInfo(NEW_YORK)
    return Span(
        datetime.combine(date(2026, 3, day), starts, zone),
        datetime.combine(date(2026, 3, until_day or day), ends, zone),
    )


def grid(*spans):
    return grid_for(MONDAY, NEW_YORK, USUAL, spans)


def test_the_grid_is_as_the_settings_ask_and_reaches_to_what_is_held_already():
    usual = grid()
    assert (usual.clock(0), usual.ticks) == (time(8), 52)
    assert usual.blocks["morning"] == tuple(range(28))
    early = grid(span(3, time(6, 50), time(8)), span(4, time(20), time(22)))
    assert (early.clock(0), early.ticks) == (time(6, 45), 61)
    assert early.blocks["evening"][-1] == 60
    assert early.clock(early.blocks["morning"][-1]) == time(14, 45)


def test_what_takes_time_touches_ticks_and_what_gives_time_covers_them():
    usual = grid()
    odd = span(2, time(9, 5), time(9, 40))
    assert usual.touched([odd])[0] == {4, 5, 6}
    assert usual.held([odd])[0] == {5}
    assert usual.touched([odd], beside=30)[0] == set(range(2, 9))


def test_a_night_is_taken_on_both_its_days():
    night = span(2, time(20), time(9), until_day=3)
    touched = grid().touched([night])
    assert min(touched[0]) == 48
    assert touched[1] == {0, 1, 2, 3}


def test_a_day_on_which_the_clocks_change_has_the_same_wall_clock():
    assert grid().touched([span(8, time(9), time(10))])[6] == {4, 5, 6, 7}


def test_a_moment_off_the_grid_is_told_apart():
    usual = grid()
    assert usual.is_even(span(2, time(9, 15), time(10)).starts_at)
    assert not usual.is_even(span(2, time(9, 20), time(10)).starts_at)
    assert usual.start_of(span(4, time(9, 20), time(10)).starts_at) == (2, 5)


def test_the_most_usual_form_bears_the_name_of_its_type():
    forms = name_forms([LONG, LONG, HOUR, ONLINE, Form("process", 90, 6, "group")], {"cbt"})
    assert forms.names[LONG] == "cbt"
    assert len(set(forms.names.values())) == 4
    assert len(forms.of_type("cbt")) == 3
    assert forms.of_type("process") == []  # nobody can lead it
    assert forms.titles()["cbt"] == "Cognitive behavioral therapy"
    assert "by video" in forms.titles()[forms.names[ONLINE]]


def test_a_prescription_becomes_what_is_attended_then_the_form_of_its_length():
    found = share_out(180, 60, [HOUR, LONG], attended={}, by_video=None)
    assert found == (Counter({HOUR: 3}), 0)
    assert share_out(180, 60, [HOUR, LONG], attended={LONG: 1}, by_video=None) == (Counter({LONG: 1}), 0)
    assert share_out(120, 60, [HOUR, ONLINE], attended={}, by_video=True)[0] == Counter({ONLINE: 2})
    assert share_out(120, 60, [], attended={}, by_video=None) == (Counter(), 120)


@given(
    minutes=some.integers(0, 600),
    each=some.sampled_from([45, 60, 90, 180]),
    attended=some.dictionaries(some.sampled_from([HOUR, LONG, ONLINE]), some.integers(1, 4)),
)
def test_what_is_shared_out_and_what_is_left_make_up_the_prescription(minutes, each, attended):
    found, left = share_out(minutes, each, [HOUR, LONG, ONLINE], attended=attended, by_video=None)
    assert sum(form.minutes * count for form, count in found.items()) + left == minutes


@pytest.mark.parametrize(
    ("per_week", "due"), [(1, [1, 1, 1, 1]), (0.5, [0, 1, 0, 1]), (0.25, [0, 0, 0, 1]), (2, [2, 2, 2, 2])]
)
def test_what_is_due_every_second_week_is_due_on_every_second(per_week, due):
    line = DoseLine("individual", per_week, 60)
    dose = Prescription(9, 3, 3, (line,), MONDAY)
    weeks = [date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 16), date(2026, 3, 23)]
    assert [dose.due(line, monday) for monday in weeks] == due


def test_a_large_room_a_family_room_and_video_are_each_a_form_of_their_own():
    family, large = Form("multifamily", 90, 6, "family"), Form("multifamily", 90, 6, "large")
    by_video = Form("multifamily", 90, 6, VIDEO)
    forms = name_forms([family, family, large, by_video], {"family"})
    kinds = forms.kinds()
    assert [kinds[forms.names[one]].room_kind for one in (family, large, by_video)] == [
        "family",
        "large",
        "video",
    ]
    assert "in a large room" in forms.titles()[forms.names[large]]
