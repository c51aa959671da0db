"""Check-in, check-out and homework: what is asked, what is noticed, how it goes over time."""

import pytest

from throughcare.knowledge.between_sessions import (
    CHECK_IN,
    CHECK_OUT,
    HOMEWORK,
    CheckIn,
    HomeworkAnswer,
    check_answer,
    check_homework,
    check_in_trend,
    noticed,
    practice_of,
)
from throughcare.knowledge.trends import trend, usual


def test_a_check_in_asks_five_things_and_a_check_out_one():
    assert [item.code for item in CHECK_IN] == ["mood", "craving", "sleep", "practiced", "words"]
    assert CHECK_OUT.kind == "words"
    assert all(item.low and item.high for item in (*CHECK_IN, *HOMEWORK) if item.kind == "scale")


@pytest.mark.parametrize(
    ("answer", "fits"), [(0, True), (10, True), (None, True), (11, False), (-1, False), (True, False)]
)
def test_a_scale_goes_from_nought_to_ten(answer, fits):
    assert bool(check_answer(CHECK_IN[0], answer)) is fits


@pytest.mark.parametrize(("answer", "fits"), [("yes", True), ("", True), ("perhaps", False)])
def test_a_choice_has_its_answers(answer, fits):
    assert bool(check_answer(CHECK_IN[3], answer)) is fits


def test_words_are_short():
    assert check_answer(CHECK_OUT, "x" * 500)
    assert not check_answer(CHECK_OUT, "x" * 501)


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (CheckIn(craving=7), "Strong craving: 7"),
        (CheckIn(mood=2), "Ask about safety"),
        (CheckIn(sleep=1), "Hardly slept"),
        (CheckIn(words="Call me please"), "read it"),
    ],
)
def test_what_needs_an_eye_is_noticed(now, said):
    (sentence,) = noticed(now)
    assert said in sentence


def test_an_ordinary_check_in_and_an_empty_one_are_let_be():
    assert noticed(CheckIn(mood=6, craving=3, sleep=7, practiced="yes")) == ()
    assert noticed(CheckIn()) == ()


def test_a_sudden_change_is_measured_by_the_persons_own_usual():
    before = [CheckIn(mood=9, craving=0)] * 3
    assert noticed(CheckIn(mood=5, craving=4), before) == (
        "Mood is 5, usually 9.",
        "Craving is 4, usually 0.",
    )
    assert noticed(CheckIn(mood=6, craving=3), before) == ()


def test_a_program_sets_its_own_bounds():
    assert noticed(CheckIn(craving=7), own={"check_in.high_craving": 8}) == ()


def test_a_trend_compares_the_latest_three_with_those_before():
    assert trend([5, 5, 5], higher_is_better=True).direction == "too few"
    assert trend([3, 3, 3, 6, 6, 6], higher_is_better=True).direction == "better"
    assert trend([6, 6, 6, 3, 3, 3], higher_is_better=True).direction == "worse"
    assert trend([9, 0, 0, 5, 5, 6, 6], higher_is_better=True).words == "Up by 4: better than before."
    assert trend([5, 6, 5, 6], higher_is_better=True).direction == "steady"


def test_less_craving_is_better_and_left_out_answers_are_skipped():
    answers = [CheckIn(craving=8), CheckIn(craving=8), CheckIn(), *[CheckIn(craving=3)] * 3]
    assert check_in_trend("craving", answers).direction == "better"
    assert check_in_trend("mood", answers).direction == "too few"
    assert usual([]) is None


def test_homework_that_was_not_done_is_not_rated():
    assert check_homework(HomeworkAnswer("yes", 8))
    assert check_homework(HomeworkAnswer("no"))
    assert not check_homework(HomeworkAnswer("no", 3))
    assert not check_homework(HomeworkAnswer(""))
    assert not check_homework(HomeworkAnswer("yes", 12))


def test_practice_counts_a_little_as_done():
    answers = [
        HomeworkAnswer("yes", 4),
        HomeworkAnswer("partly", 6),
        HomeworkAnswer("no"),
        HomeworkAnswer("yes"),
    ]
    practice = practice_of(answers)
    assert (practice.answered, practice.done, practice.helped) == (4, 3, 5)
    assert practice.words == "Practiced 3 of 4 times, helped 5 of 10 on average."
    assert practice_of([]).words == "No homework was answered yet."
