"""Eighteen months of aftercare on paper: whom to ask when, and when a person calls."""

from dataclasses import fields
from datetime import date, timedelta

import pytest

from throughcare.knowledge.aftercare.answers import (
    CHECK_IN,
    CHECK_IN_ITEMS,
    FOLLOW_UP_ITEMS,
    Answer,
    check_answer,
    follow_up,
    wants_call,
    weigh_answer,
)
from throughcare.knowledge.aftercare.outcomes import Share, Told, points_of
from throughcare.knowledge.aftercare.rhythm import (
    CALL_OUTCOMES,
    ENDS,
    FOLLOW_UPS,
    SETTINGS,
    Asked,
    days_between,
    next_due,
    silence,
    tries_due,
    until_date,
)
from throughcare.knowledge.program_settings import ALL

LEFT = date(2026, 1, 1)
UNTIL = until_date(LEFT)


def walk(standing):
    """Everything that is asked in eighteen months of somebody who always answers so."""
    asked = []
    for number in range(600):
        today = LEFT + timedelta(days=number)
        for due in next_due(LEFT, UNTIL, asked, today=today):
            asked.append(Asked(due.occasion, due.due, due.closes, standing, today))
    return asked


def test_every_number_is_a_setting_and_every_question_has_a_place_to_be_kept():
    assert set(SETTINGS) <= set(ALL)
    kept = {field.name for field in fields(Answer)}
    assert {item.code for item in (*CHECK_IN_ITEMS, *FOLLOW_UP_ITEMS)} <= kept
    assert set(CALL_OUTCOMES) >= {"reached", "died"} and set(ENDS) >= {"over", "asked", "back_in_care"}


def test_who_does_well_is_asked_less_and_less_for_eighteen_months():
    asked = walk("steady")
    days = [(one.on - LEFT).days for one in asked if one.occasion == CHECK_IN]
    assert days[-1] <= (UNTIL - LEFT).days and days[-1] > 500
    early = sum(day < 56 for day in days)
    late = sum(day > 365 for day in days)
    assert early in (6, 7, 8) and late in (5, 6)
    assert [one.occasion for one in asked if one.occasion != CHECK_IN] == [
        follow_up(ALL[key].value) for key in FOLLOW_UPS
    ]


def test_who_does_worse_is_asked_more_often_and_nobody_twice_at_once():
    assert len(walk("slipping")) > 2 * len(walk("shaky")) * 0.8 > len(walk("steady"))
    for standing, most in (("steady", 7), ("shaky", 5), ("slipping", 3)):
        assert days_between(LEFT, LEFT + timedelta(days=20), standing) == most
    assert days_between(LEFT, LEFT + timedelta(days=400), "steady") == 30
    for standing in ("steady", "slipping"):
        moments = [one.on for one in walk(standing)]
        assert len(moments) == len(set(moments))


def test_a_follow_up_opens_a_week_before_and_counts_until_two_weeks_after():
    early, late = LEFT + timedelta(days=83), LEFT + timedelta(days=104)
    others = [Asked(follow_up(ALL[key].value), LEFT, LEFT, "steady") for key in FOLLOW_UPS[:2]]
    [due] = next_due(LEFT, UNTIL, others, today=early)
    assert (due.occasion, due.due - due.opens, due.closes - due.due) == (
        "day_90",
        timedelta(days=7),
        timedelta(days=14),
    )
    assert next_due(LEFT, UNTIL, others, today=late)[0].occasion == "day_90"
    assert all(one.occasion == CHECK_IN for one in next_due(LEFT, UNTIL, others, today=late + timedelta(1)))
    assert [tries_due(due, today=early + timedelta(days=n)) for n in (0, 6, 7, 13, 14, 21)] == [
        1,
        1,
        2,
        2,
        3,
        3,
    ]


def test_a_person_calls_who_is_silent():
    gone = [Asked(CHECK_IN, LEFT, LEFT + timedelta(days=4)) for _ in range(2)]
    today = LEFT + timedelta(days=10)
    assert silence(gone[:1], today=today) == ""
    assert silence(gone, today=today) == "Didn't answer 2 times in a row."
    assert silence([*gone, Asked(CHECK_IN, today, today, "steady")], today=today) == ""
    due = LEFT + timedelta(days=30)
    waiting = [Asked("day_30", due, due + timedelta(days=14))]
    assert silence(waiting, today=due) == ""
    assert "no answer to 3 messages" in silence(waiting, today=due + timedelta(days=8))


@pytest.mark.parametrize(
    ("answer", "standing", "calls"),
    [
        (Answer(mood=8, craving=1, use="no", support="yes"), "steady", False),
        (Answer(mood=8, use="some"), "shaky", False),
        (Answer(risky="yes", support="no"), "shaky", False),
        (Answer(mood=7, call="soon"), "shaky", True),
        (Answer(use="more"), "slipping", True),
        (Answer(use="some", craving=8), "slipping", True),
        (Answer(mood=1), "slipping", True),
        (Answer(use_days="most", work="yes"), "slipping", True),
        (Answer(home="no"), "slipping", True),
    ],
)
def test_how_somebody_stands_by_what_they_answered(answer, standing, calls):
    weighed = weigh_answer(answer)
    assert weighed.standing == standing and wants_call(weighed, answer) is calls
    assert bool(weighed.because) is (standing != "steady")


def test_a_sudden_change_counts_beside_the_time_before():
    assert weigh_answer(Answer(craving=5), Answer(craving=1)).standing == "shaky"
    assert weigh_answer(Answer(mood=4), Answer(mood=9)).standing == "shaky"
    assert weigh_answer(Answer(mood=9), Answer(mood=4)).standing == "steady"


def test_only_what_is_asked_can_be_answered():
    assert check_answer(Answer(mood=4), CHECK_IN) and check_answer(Answer(words="Fine"), CHECK_IN)
    for wrong in (Answer(), Answer(mood=11), Answer(use="maybe"), Answer(home="no"), Answer(words="x" * 501)):
        assert not check_answer(wrong, CHECK_IN)


def test_outcomes_count_who_was_not_reached_and_hide_small_numbers():
    told = [Told(30, Answer(use_days="none", work="yes")) for _ in range(6)]
    told += [Told(30, Answer(use_days="most")), Told(30, None), Told(90, Answer(home="yes"))]
    month, quarter = points_of(told, (30, 90))
    assert (month.reached, month.no_use, month.working) == (Share(7, 8), Share(6, 7), Share(6, 6))
    assert month.reached.words == "7 of 8 (88%)" and month.housed.words == "Nobody yet"
    assert quarter.reached.words == "Fewer than 5 answered"
