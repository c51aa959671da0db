"""Each number the model weighs, on both sides of its bounds, and as it reads."""

from datetime import date, timedelta

import pytest

from throughcare.knowledge.slip_risk.features import ALL, values_of
from throughcare.knowledge.slip_risk.history import Answered, Asked, Call, Expected, History

MONDAY = date(2026, 3, 2)
ON = MONDAY + timedelta(days=28)


def ago(days):
    return ON - timedelta(days=days)


def session(days, status="present", minutes=180, planned=180, **more):
    return Expected(ago(days), status, minutes if status != "no_show" else 0, planned, **more)


def value(code, **known):
    sessions = tuple(sorted(known.pop("sessions", ())))
    return values_of(History(1, MONDAY, sessions=sessions, **known), ON)[code]


def test_missed_hours_are_those_of_two_weeks_without_what_the_program_canceled():
    sessions = [
        session(15, "no_show"),
        session(14, "no_show"),
        session(7),
        session(3, "cancelled_by_program", minutes=0),
    ]
    assert value("missed_hours", sessions=sessions) == pytest.approx(0.5)
    assert value("missed_hours") is None


def test_what_happens_on_the_day_itself_is_not_known_yet():
    assert value("no_shows", sessions=[session(0, "no_show")]) == 0
    assert value("no_shows", sessions=[session(1, "no_show")]) == 1


def test_falling_off_compares_the_last_week_with_the_one_before():
    sessions = [session(10), session(9), session(3), session(2, "no_show")]
    assert value("falling_off", sessions=sessions) == pytest.approx(0.5)
    assert value("falling_off", sessions=[session(3)]) is None


@pytest.mark.parametrize(
    ("code", "sessions", "counted"),
    [
        ("excused", [session(3, "excused", minutes=0), session(15, "excused", minutes=0)], 1),
        ("late", [session(3, "late"), session(4, "left_early"), session(5, "late_and_left_early")], 3),
        ("no_shows", [session(n, "no_show") for n in range(1, 9)], 6),
        ("made_up", [session(3, planned=0, is_make_up=True)], 1),
        ("days_away", [session(3)], 3),
        ("hours_asked", [session(3), session(2)], 6),
    ],
)
def test_sessions_are_counted(code, sessions, counted):
    assert value(code, sessions=sessions) == counted


def test_craving_is_the_mean_of_the_last_three_of_two_weeks():
    told = [Answered(ago(n), v) for n, v in ((15, 10.0), (9, 9.0), (6, 2.0), (4, 4.0), (1, 6.0))]
    assert value("craving", cravings=tuple(told)) == 4
    assert value("craving", cravings=tuple(told[:1])) is None


def test_scores_are_the_last_and_what_it_is_against_the_first():
    scores = (Answered(ago(28), 9.0), Answered(ago(3), 15.0))
    assert (value("depression", scores=scores), value("getting_worse", scores=scores)) == (15, 6)
    assert value("getting_worse", scores=scores[:1]) is None
    assert value("depression", scores=(Answered(ago(29), 9.0),)) is None


def test_a_questionnaire_answered_later_was_open_then():
    asked = (Asked(ago(5), None), Asked(ago(6), ago(6)), Asked(ago(7), ON), Asked(ago(29), None))
    assert value("unanswered", asked=asked) == 2


def test_calls_that_did_not_reach_them_count():
    assert value("not_reached", calls=(Call(ago(2), False), Call(ago(3), True), Call(ago(15), False))) == 1


def test_the_first_two_weeks_are_a_beginning():
    second, third = (values_of(History(1, ON - timedelta(days=n)), ON) for n in (13, 14))
    assert (second["beginning"], third["beginning"]) == (1, 0)
    assert ALL["time_in_care"].say(third["time_in_care"]) == "Is in week 3 of care."


@pytest.mark.parametrize("feature", ALL.values(), ids=ALL)
def test_every_number_reads_as_a_sentence_at_each_end(feature):
    for number in (feature.low, (feature.low + feature.high) / 2, feature.high):
        said = feature.say(number)
        assert said.endswith(".") and said[0] == said[0].upper() and "{" not in said and "nan" not in said


def test_nothing_about_who_somebody_is_is_weighed():
    assert not set(ALL) & {"age", "sex", "gender", "language", "payer", "race", "diagnosis"}
    one = History(1, MONDAY, groups=(("sex", "female"),))
    other = History(1, MONDAY, groups=(("sex", "male"),))
    assert values_of(one, ON) == values_of(other, ON)
