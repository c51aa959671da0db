"""Words of somebody who worries: danger is found in the third person too, and a worry is no danger by itself."""

import pytest

from throughcare.knowledge.worry_words import danger_in


@pytest.mark.parametrize(
    ("words", "about"),
    [
        ("He says he will kill himself", "death or suicide"),
        ("She doesn’t want to live", "death or suicide"),
        ("My brother wants to die", "death or suicide"),
        ("They took out a gun", "death or suicide"),
        ("I saw her cutting her arms", "self-harm"),
        ("She is not breathing", "overdose"),
        ("He won't wake up", "overdose"),
        ("Her lips are blue", "overdose"),
        ("He overdosed last night", "overdose"),
        ("He threatened to kill his boss", "violence"),
        ("No respira", "overdose"),
        ("Mi hijo quiere matarse", "death or suicide"),
    ],
)
def test_danger_is_found(words, about):
    assert about in danger_in(words)


@pytest.mark.parametrize(
    "words",
    [
        "He has been drinking since Friday and misses work",
        "She sold her bike. I am worried about her life at home.",
        "He won't answer his phone",
        "I can't sleep because I think of her",
        "She passed her exam and we went out",
    ],
)
def test_a_worry_is_no_danger_by_itself(words):
    assert danger_in(words) == ()
