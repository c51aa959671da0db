"""Short exercises, own goals and the practice log: what ships, and what may be kept."""

from datetime import date, timedelta

import pytest

from throughcare.knowledge.exercises.exercise import LONGEST_ANSWER, check_answers, clean_answers
from throughcare.knowledge.exercises.library import ALL, ORDER, read_exercise
from throughcare.knowledge.own_goals import AREAS, MOST_GOALS, MOST_STEPS, check_goal, check_step, check_words
from throughcare.knowledge.practice import LONGEST_SKILL, MOST_A_DAY, Used, check_practice, counts_of

TODAY = date(2026, 3, 4)


def test_the_seven_exercises_ship_each_with_its_steps_its_source_and_a_word_of_care():
    assert tuple(ALL) == ORDER and len(ALL) == 7
    for one in ALL.values():
        assert one.steps and one.source and one.licence and one.verified and one.care and one.when
        assert len({step.ask for step in one.asks}) == len(one.asks)
        assert 0 <= one.round_from < len(one.steps)
        timed = sum(step.seconds for step in one.steps[: one.round_from])
        timed += one.rounds * sum(step.seconds for step in one.steps[one.round_from :])
        assert timed <= (one.minutes + 1) * 60, one.code


def test_an_exercise_that_lacks_something_or_says_too_much_is_an_error():
    with pytest.raises(TypeError):
        read_exercise('code = "x"\n[[steps]]\nwords = "Sit."\n')
    with pytest.raises(TypeError):
        read_exercise('[[steps]]\nwords = "Sit."\nminuets = 3\n')


def test_answers_are_kept_where_the_exercise_asks_and_nowhere_else():
    thoughts = ALL["thought-record"]
    said = {"thought": " I always fail \x00", "strength": "7", "unknown": "x", "for_it": "  "}
    assert clean_answers(thoughts, said) == {"thought": "I always fail", "strength": "7"}
    assert check_answers(thoughts, {"strength": "10"})
    assert "0 to 10" in check_answers(thoughts, {"strength": "11"}).because
    assert "0 to 10" in check_answers(thoughts, {"strength": "٣"}).because
    assert not check_answers(thoughts, {"thought": "x" * (LONGEST_ANSWER + 1)})


def test_a_goal_a_step_and_a_number_are_checked_in_words_that_help():
    assert len({one.code for one in AREAS}) == len(AREAS)
    assert check_goal("work", "Back to the bakery", standing=0)
    assert "part of life" in check_goal("luck", "x", standing=0).because
    assert "own words" in check_goal("work", "", standing=0).because
    assert "Let one go" in check_goal("work", "x", standing=MOST_GOALS).because
    assert check_step("Call", TODAY, today=TODAY, standing=0)
    assert "is over" in check_step("Call", TODAY - timedelta(days=1), today=TODAY, standing=0).because
    assert "Finish or drop" in check_step("Call", None, today=TODAY, standing=MOST_STEPS).because
    assert check_words(10, "") and not check_words(None, "") and not check_words(11, "")


def test_practice_is_counted_by_skill_with_what_it_helped():
    used = (Used("Breathing", TODAY), Used("Call", TODAY, 4), Used("Call", TODAY, 8))
    assert [(one.skill, one.times, one.helped) for one in counts_of(used)] == [
        ("Call", 2, 6.0),
        ("Breathing", 1, None),
    ]
    assert check_practice("Breathing", 10, "", today=0)
    for skill, helped, today in (("", None, 0), ("x" * (LONGEST_SKILL + 1), None, 0), ("x", 11, 0)):
        assert not check_practice(skill, helped, "", today=today)
    assert "plenty" in check_practice("x", None, "", today=MOST_A_DAY).because
