"""The rules of a week answer with sentences, and find every overlap."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise, product

from hypothesis import given
from hypothesis import strategies as st

from throughcare.knowledge.verdict import Refused
from throughcare.knowledge.week_rules import (
    ShiftTimes,
    Span,
    check_contiguous,
    check_days,
    check_free,
    check_group_size,
    check_hours,
    check_kept_apart,
    check_longest_day,
    check_room_holds,
    check_seats,
    check_track_hours,
    check_variant,
    check_within_shift,
    clashes,
    joined,
    overlap,
    say_times,
)

NEW_YORK = "America/New_York"
TEN = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)  # 10:00 in New York


def span(minutes: int, length: int, title: str = "") -> Span:
    return Span(TEN + timedelta(minutes=minutes), TEN + timedelta(minutes=minutes + length), title)


spans = st.lists(st.builds(span, st.integers(0, 300), st.integers(1, 120)), max_size=12)


@given(spans, spans)
def test_the_quick_search_finds_what_comparing_every_pair_finds(wanted, held):
    slow = [(one, other) for one, other in product(wanted, held) if overlap(one, other)]
    assert sorted(map(repr, clashes(wanted, held))) == sorted(map(repr, slow))


@given(st.integers(0, 300), st.integers(1, 120), st.integers(0, 300), st.integers(1, 120))
def test_overlap_is_sharing_a_minute(start, length, other_start, other_length):
    minutes = set(range(start, start + length)) & set(range(other_start, other_start + other_length))
    one, other = span(start, length), span(other_start, other_length)
    assert overlap(one, other) == overlap(other, one) == bool(minutes)


@given(st.lists(st.tuples(st.integers(0, 22), st.integers(1, 23)).filter(lambda pair: pair[0] < pair[1])))
def test_joined_hours_cover_the_same_hours_once(hours):
    given_hours = sorted((time(start), time(end)) for start, end in hours)
    whole = joined(given_hours)
    assert {hour for start, end in hours for hour in range(start, end)} == {
        hour for start, end in whole for hour in range(start.hour, end.hour)
    }
    assert all(one[1] < other[0] for one, other in pairwise(whole))


def test_meetings_that_touch_do_not_clash():
    assert check_free("Ana", [span(0, 60)], [span(60, 60)], zone=NEW_YORK)


def test_a_clash_says_who_what_and_when():
    verdict = check_free("Ana Ruiz", [span(0, 60, "CBT")], [span(30, 60, "work")], zone=NEW_YORK)
    assert isinstance(verdict, Refused)
    assert verdict.because == ("Ana Ruiz has work on Mon, Mar 2, 10:30–11:30 AM, at the same time as CBT.")


def test_a_weekly_clash_is_said_once():
    weeks = [span(week * 10080, 60, "CBT") for week in range(4)]
    verdict = check_free("Ana", weeks, weeks, zone=NEW_YORK)
    assert isinstance(verdict, Refused)
    assert verdict.because.endswith("The same happens 3 more times in the weeks ahead.")


def test_the_thirteenth_person_is_told_that_twelve_seats_are_taken():
    assert check_seats("CBT", taken=11, capacity=12)
    verdict = check_seats("CBT", taken=12, capacity=12, on=date(2026, 3, 9))
    assert isinstance(verdict, Refused)
    assert verdict.because.startswith("CBT is full on Mon, Mar 9: 12 of 12 seats")


def test_a_shift_must_cover_the_whole_meeting():
    morning = ShiftTimes(0, time(8), time(10, 30), date(2026, 1, 1))
    verdict = check_within_shift("Felix Grant", [span(0, 60)], [morning], zone=NEW_YORK)
    assert isinstance(verdict, Refused)
    assert verdict.because.startswith("Felix Grant works 8:00–10:30 AM on Mondays, not 10:00–11:00 AM.")


def test_two_shifts_that_touch_are_one():
    halves = [
        ShiftTimes(0, time(8), time(10, 30), date(2026, 1, 1)),
        ShiftTimes(0, time(10, 30), time(12), date(2026, 1, 1)),
    ]
    assert check_within_shift("Felix", [span(0, 60)], halves, zone=NEW_YORK)


def test_a_shift_that_ended_or_is_on_another_weekday_does_not_cover():
    ended = ShiftTimes(0, time(8), time(18), date(2026, 1, 1), date(2026, 3, 1))
    tuesday = ShiftTimes(1, time(8), time(18), date(2026, 1, 1))
    verdict = check_within_shift("Felix", [span(0, 60)], [ended, tuesday], zone=NEW_YORK)
    assert isinstance(verdict, Refused)
    assert "does not work on Mondays" in verdict.because


def test_a_shift_is_wall_clock_time_on_both_sides_of_a_clock_change():
    sundays = [ShiftTimes(6, time(10), time(11), date(2026, 1, 1))]
    winter = Span(datetime(2026, 3, 1, 15, tzinfo=UTC), datetime(2026, 3, 1, 16, tzinfo=UTC))
    summer = Span(datetime(2026, 3, 8, 14, tzinfo=UTC), datetime(2026, 3, 8, 15, tzinfo=UTC))
    assert check_within_shift("Felix", [winter, summer], sundays, zone=NEW_YORK)


def test_who_must_not_meet_is_not_named_to_those_who_may_not_know():
    quiet = check_kept_apart(["Lee Park"], may_know=False)
    assert isinstance(quiet, Refused)
    assert "Lee" not in quiet.because
    assert "clinical director" in quiet.because
    told = check_kept_apart(["Lee Park"], may_know=True)
    assert isinstance(told, Refused)
    assert "Lee Park" in told.because
    assert check_kept_apart([], may_know=True)


def test_a_womens_group_takes_women_and_those_of_whom_nothing_is_recorded():
    assert check_variant("women", gender="Woman", sex="")
    assert check_variant("women", gender="trans woman", sex="male")
    assert check_variant("women", gender="", sex="")
    assert check_variant("mixed", gender="man", sex="male")
    assert not check_variant("women", gender="", sex="male")
    assert not check_variant("men", gender="woman", sex="")


def test_the_evening_track_stays_in_the_evening():
    assert check_track_hours("evening", weekday=0, starts=time(17, 30), minutes=180)
    assert not check_track_hours("evening", weekday=0, starts=time(10), minutes=60)
    assert not check_track_hours("evening", weekday=5, starts=time(18), minutes=60)
    assert not check_track_hours("evening", weekday=0, starts=time(21, 30), minutes=60)
    assert check_track_hours("weekend", weekday=5, starts=time(9), minutes=180)


def test_a_long_wait_between_sessions_is_told():
    assert check_contiguous([span(0, 60), span(75, 60)], most_gap=60, zone=NEW_YORK)
    verdict = check_contiguous([span(240, 60, "yoga"), span(0, 60, "CBT")], most_gap=60, zone=NEW_YORK)
    assert isinstance(verdict, Refused)
    assert "3 h between CBT and yoga" in verdict.because
    assert check_contiguous([span(0, 60), span(1440, 60)], most_gap=60, zone=NEW_YORK)


def test_sizes_and_the_limits_of_a_plan():
    assert check_room_holds("Blue room", holds=13, seats=12)
    assert not check_room_holds("Blue room", holds=12, seats=12)
    assert check_group_size(12, most=12, of="A counseling group", cite="")
    assert not check_group_size(13, most=12, of="A counseling group", cite="")
    assert not check_group_size(0, most=12, of="A counseling group", cite="")
    assert check_longest_day(180, most_hours=3, on=date(2026, 3, 2))
    assert not check_longest_day(181, most_hours=3, on=date(2026, 3, 2))
    assert check_days(3, prescribed=3)
    assert not check_days(4, prescribed=3)
    assert check_hours(540, prescribed=9)
    assert not check_hours(541, prescribed=9)


def test_times_name_the_half_of_the_day_once_where_they_can():
    assert say_times(time(17, 30), time(20, 30)) == "5:30–8:30 PM"
    assert say_times(time(11), time(13)) == "11:00 AM–1:00 PM"
    assert say_times(time(0), time(6)) == "12:00–6:00 AM"
