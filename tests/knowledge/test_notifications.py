"""Quiet hours, and what somebody wants to hear of."""

from datetime import datetime, time

from throughcare.knowledge.notifications import Wishes


def clock(hour, minute=0, day=2):
    return datetime(2026, 3, day, hour, minute)  # noqa: DTZ001  # a wall clock


def test_quiet_hours_over_midnight_end_in_the_morning():
    night = Wishes(quiet_from=time(21), quiet_until=time(8))
    assert night.tell_at(clock(23)) == clock(8, day=3)
    assert night.tell_at(clock(3)) == clock(8)
    assert (night.tell_at(clock(8)), night.tell_at(clock(20, 59))) == (clock(8), clock(20, 59))


def test_quiet_hours_by_day_and_none_at_all():
    work = Wishes(quiet_from=time(9), quiet_until=time(17))
    assert (work.tell_at(clock(10, 30)), work.tell_at(clock(18))) == (clock(17), clock(18))
    assert Wishes().tell_at(clock(3)) == clock(3)


def test_who_wants_to_hear_of_nothing_still_hears_of_signing_in():
    none = Wishes(way="none")
    assert none.wants("password_changed") and not none.wants("session_soon")
    assert not Wishes(off=("seat_waits",)).wants("seat_waits") and Wishes().wants("seat_waits")
