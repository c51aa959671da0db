"""What is known of a stay: who is looked at, and what came of it."""

from datetime import date, timedelta

from throughcare.knowledge.slip_risk.history import Expected, History, settled

MONDAY = date(2026, 3, 2)


def day(number):
    return MONDAY + timedelta(days=number)


def came(*days):
    return tuple(Expected(day(n), "present", 180, 180) for n in days)


def test_a_drop_out_counts_seven_days_after_the_last_session_and_not_at_the_discharge():
    left = History(1, MONDAY, ended=day(35), dropped_out=True, sessions=came(0, 2, 9))
    assert left.gone == day(16)
    assert left.drops_out_within(7, day(9)) is True
    assert left.drops_out_within(6, day(9)) is False


def test_whoever_never_came_drops_out_a_week_after_the_admission():
    assert History(1, MONDAY, ended=day(30), dropped_out=True).gone == day(7)


def test_a_completed_stay_is_never_a_drop_out_and_one_still_open_may_be_unknown():
    completed = History(1, MONDAY, ended=day(14), sessions=came(0, 7))
    assert completed.gone is None and completed.drops_out_within(14, day(7)) is False
    still_here = History(2, MONDAY, sessions=came(0, 7, 16))
    assert still_here.drops_out_within(14, day(8)) is False  # came again on day 16
    assert still_here.drops_out_within(14, day(14)) is None  # the last session may have been the last


def test_only_who_was_seen_within_seven_days_is_looked_at():
    away = History(1, MONDAY, sessions=came(0))
    assert away.is_looked_at(day(7)) and not away.is_looked_at(day(8))
    assert not History(2, MONDAY, ended=day(3), sessions=came(0)).is_looked_at(day(3))


def test_looks_are_a_week_apart_and_stop_when_the_person_is_gone():
    left = History(1, MONDAY, ended=day(40), dropped_out=True, sessions=came(0, 2, 8))
    assert list(left.looks(days=7, until=day(60))) == [(day(0), False), (day(7), False), (day(14), True)]
    assert list(left.looks(days=7, until=day(13))) == [(day(0), False)]


def test_a_week_away_and_back_is_no_drop_out():
    back = History(1, MONDAY, ended=day(60), sessions=came(0, 20))
    assert [outcome for _, outcome in back.looks(days=7, until=day(60))] == [False] * 3


def test_the_last_four_weeks_are_not_counted_yet():
    assert settled(day(28)) == MONDAY
