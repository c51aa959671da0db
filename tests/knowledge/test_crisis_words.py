"""Words in which a crisis may show, on both sides."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from throughcare.knowledge.crisis_words import DEATH, HARM, OVERDOSE, VIOLENCE, crisis_words

FOUND = [
    ("I want to die", DEATH),
    ("i wanna die", DEATH),
    ("I just want to\ndie", DEATH),
    ("I'm going to kill myself.", DEATH),
    ("thinking of ending my life", DEATH),
    ("everyone would be better off without me", DEATH),
    ("I don’t want to be here anymore", DEATH),
    ("no reason to live", DEATH),
    ("can't go on like this", DEATH),
    ("wish I was dead", DEATH),
    ("life isn't worth it", DEATH),
    ("this is goodbye", DEATH),
    ("I'm not suicidal, but it is loud in my head", DEATH),
    ("No quiero vivir", DEATH),
    ("I cut myself again", HARM),
    ("self-harm", HARM),
    ("I took all my pills", OVERDOSE),
    ("took a bunch of my meds", OVERDOSE),
    ("I swallowed the whole bottle", OVERDOSE),
    ("she says I overdosed", OVERDOSE),
    ("I OD'd on Friday", OVERDOSE),
    ("I want to kill him", VIOLENCE),
    ("He's going to hurt me", VIOLENCE),
]
LEFT = [
    "I am dead tired",
    "killing time before group",
    "That workout killed me laughing",
    "my phone died",
    "dying to see my kids",
    "I cut my hair",
    "I cut myself shaving",
    "I didn't take my pills",
    "I took my meds",
    "I said goodbye to my old dealer",
    "I want to live",
    "took all day",
    "I end my shift at six",
    "I hurt my knee",
    "I hurt myself at work",
    "better off now than in May",
    "the meeting went on",
    "my diet is going ok",
    "",
]


@pytest.mark.parametrize(("words", "about"), FOUND)
def test_words_that_a_human_must_read(words, about):
    assert crisis_words(words) == (about,)


@pytest.mark.parametrize("words", LEFT)
def test_words_that_mean_something_else(words):
    assert crisis_words(words) == ()


@given(some.text(max_size=200), some.sampled_from(FOUND), some.text(max_size=200))
def test_what_stands_around_the_words_hides_nothing(before, found, after):
    words, about = found
    assert about in crisis_words(f"{before} . {words} . {after}")
