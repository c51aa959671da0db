"""Words that would tell a stranger what kind of care someone has are known, all sixty of the threat map and more."""

import pytest

from tests.test_more_threats import TELLING
from throughcare.knowledge.inbound_words import ANSWER, asked
from throughcare.knowledge.outward_words import STANDS_IN, STANDS_IN_URGENTLY, outward, tells_too_much


@pytest.mark.parametrize("word", TELLING)
def test_each_word_of_the_threat_map_is_stopped(word):
    assert tells_too_much(f"about {word.capitalize()} today")
    assert outward(f"about {word} today", urgent=False) == STANDS_IN


@pytest.mark.parametrize(
    "words", [STANDS_IN, STANDS_IN_URGENTLY, ANSWER, "Open https://a.test/-iop-dbt/ now."]
)
def test_neutral_words_leave_as_they_are(words):
    assert outward(words, urgent=True) == words


@pytest.mark.parametrize(
    ("words", "priority"),
    [
        ("HELP", "P1"),
        ("help me please", "P1"),
        ("I want to die", "P1"),
        ("overdosed", "P1"),
        ("i cut myself", "P2"),
        ("running late, see you at 6", "P4"),
        ("STOP", "P4"),
        ("", "P4"),
    ],
)
def test_a_text_says_how_soon_a_human_reads_it(words, priority):
    assert asked(words).priority == priority
