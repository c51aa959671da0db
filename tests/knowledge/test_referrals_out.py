"""A referral to somebody else, until the answer is back: what may follow what, and when it is overdue."""

from datetime import date, timedelta

from throughcare.knowledge.program_settings import ALL as SETTINGS
from throughcare.knowledge.referrals_out import ROWS, Known, may_follow, next_steps, waiting_for
from throughcare.knowledge.referrals_out import SETTINGS as DAYS

MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)
OWN = {key: SETTINGS[key].value for key in DAYS}


def known(*steps):
    return tuple(Known(step, MONDAY) for step in steps)


def may(step, *before, on=MONDAY):
    return bool(may_follow(step, known(*before), on=on, today=MONDAY))


def test_each_step_waits_for_the_next_one_by_its_own_day():
    assert waiting_for(MONDAY, (), OWN).due == MONDAY + 2 * DAY
    found = waiting_for(MONDAY, known("sent"), OWN)
    assert (found.word, found.due) == ("Sent", MONDAY + 3 * DAY)
    assert not found.is_overdue(found.due) and found.is_overdue(found.due + DAY)
    ahead = (*known("sent", "received"), Known("appointment", MONDAY + 9 * DAY))
    assert waiting_for(MONDAY, ahead, OWN).due == MONDAY + 10 * DAY  # the day after the appointment
    assert waiting_for(MONDAY, known("sent", "answered"), OWN).due is None


def test_what_follows_what():
    assert may("received", "sent") and not may("received")
    assert may("appointment", "sent") and may("appointment", "missed")
    assert may("attended", "appointment") and not may("attended", "received")
    assert may("answered", "sent") and not may("answered")
    assert may("closed") and not may("closed", "answered")
    assert not may("sent") and not may("love", "sent")


def test_only_an_appointment_lies_ahead():
    assert may("appointment", "sent", on=MONDAY + DAY)
    assert not may("received", "sent", on=MONDAY + DAY)


def test_every_step_but_sending_is_offered_where_it_may_follow():
    for before in ((), known("sent"), known("sent", "appointment"), known("sent", "answered")):
        offered = {row.code for row in next_steps(before)}
        assert offered == {row.code for row in ROWS if may_follow(row.code, before, on=MONDAY, today=MONDAY)}
