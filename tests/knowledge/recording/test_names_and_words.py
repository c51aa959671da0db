"""Names that are also words, on sentences of our own: what is tuned on one part is proved on another.

Two parts were written last and nothing was tuned on them. `held_out`, 151 sentences as notes have them: 98.7 % of the
people found, 2.8 % of the words taken for people. `hard`, 50 sentences meant to break the rules (rare verbs behind a
name, feelings that act): 73 % and 40 %. There the tap answers, and a colleague's eye is still needed.
"""

import re
from pathlib import Path

import pytest

from throughcare.knowledge.recording.names_in_notes import RosterName, find_names, index_names
from throughcare.knowledge.recording.sentences import fold

HERE = Path(__file__).parent
OWN = RosterName("Nadia", "Haddad")
ROSTER = [
    RosterName(*line.split(" ", 1)) for line in (HERE / "roster.txt").read_text(encoding="utf-8").splitlines()
]
INDEX = index_names(ROSTER)


def sentences(part: str, sign: str) -> list[str]:
    lines = (HERE / f"sentences_{part}.txt").read_text(encoding="utf-8").splitlines()
    return [line[2:] for line in lines if line.startswith(f"{sign} ")]


def found(sentence: str) -> set[str]:
    text = re.sub("[{}]", "", sentence)
    return {squeeze(name.words) for name in find_names(text, INDEX, own=OWN)}


def squeeze(name: str) -> str:
    return re.sub(r"[\s.-]|'s$", "", fold(name))


def missed(sentence: str) -> bool:
    got = found(sentence)
    wanted = [squeeze(name) for name in re.findall(r"{([^}]+)}", sentence)]
    return not all(any(one and one in name for one in got) for name in wanted)


@pytest.mark.parametrize("part", ["tuned_on", "for_proof", "held_out"])
def test_nearly_every_person_is_found(part):
    lines = sentences(part, "+")
    wrong = [line for line in lines if missed(line)]
    assert len(wrong) <= 0.02 * len(lines), wrong


@pytest.mark.parametrize("part", ["tuned_on", "for_proof", "held_out"])
def test_few_words_are_taken_for_people(part):
    lines = sentences(part, "-")
    wrong = [(line, found(line)) for line in lines if found(line)]
    assert len(wrong) <= 0.05 * len(lines), wrong


def test_there_are_enough_sentences_and_no_sentence_stands_in_both_parts():
    both = [set(sentences(part, "+") + sentences(part, "-")) for part in ("tuned_on", "for_proof")]
    assert len(both[0] | both[1]) >= 300
    assert len(both[1]) >= 150
    assert not both[0] & both[1]
    people = len(sentences("tuned_on", "+")) + len(sentences("for_proof", "+"))
    assert 0.4 <= people / len(both[0] | both[1]) <= 0.6


def test_hard_sentences_get_no_harder():
    people, words = sentences("hard", "+"), sentences("hard", "-")
    assert sum(not missed(line) for line in people) >= 0.73 * len(people)
    assert sum(bool(found(line)) for line in words) <= 0.4 * len(words)
