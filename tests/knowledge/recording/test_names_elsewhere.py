"""Names of the whole clinic in one person's note, and one tap that answers for one sentence."""

import pytest

from throughcare.knowledge.recording.names_elsewhere import index_clinic, name_candidates, named_elsewhere
from throughcare.knowledge.recording.names_in_notes import RosterName, named_peers, sentence_digest
from throughcare.knowledge.recording.notes import check_elsewhere, check_peers
from throughcare.knowledge.verdict import Allowed

ANA = RosterName("Ana", "Silva")
CLINIC = index_clinic(
    [
        RosterName("Maria", "Gomez"),
        RosterName("Will", "Stone"),
        RosterName("Kevin", "Park", "Skip"),
        RosterName("Grace", "Hill"),
        RosterName("小明", "王"),
    ]
)


def letters(number: int) -> str:
    return "Zq" + "".join(chr(ord("a") + int(figure)) for figure in str(number))


def names(text, **more):
    return [found.words for found in named_elsewhere(text, CLINIC, **more)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Met Maria at the bus stop.", "Maria"),
        ("Maria Gomez called.", "Maria"),
        ("Ran into Mr. Park downtown.", "Park"),
        ("Will drove her home.", "Will"),
        ("She drinks with Skip.", "Skip"),
        ("Texted Grace on Monday.", "Grace"),
        ("今天小明说了很多", "小明"),
    ],
)
def test_somebody_of_the_clinic_is_found(text, name):
    assert name in names(text)


@pytest.mark.parametrize(
    "text",
    [
        "Her sister Maria visits on Sunday.",
        "Called her boss, Kevin, about the shift.",
        "Maria Callas is her favorite singer.",
        "Walked in Central Park.",
        "Will call the clinic.",
        "Went up the hill with grace.",
    ],
)
def test_kin_other_full_names_and_words_are_let_be(text):
    assert names(text) == []


def test_who_may_be_named_is_let_be():
    assert names("Maria came along.", may_be_named=[ANA, RosterName("Maria", "Silva")]) == []


def test_a_tap_answers_for_that_sentence_only():
    text = "Met Maria at the bus stop. Maria was drunk."
    first, second = named_elsewhere(text, CLINIC)
    assert first.digest != second.digest
    assert not check_elsewhere(text, CLINIC, meant_as_words=[first.digest])
    assert check_elsewhere(text, CLINIC, meant_as_words=[first.digest, second.digest]) == Allowed()


def test_the_digest_minds_words_and_not_blanks():
    assert sentence_digest("Met  Maria.", "Maria") == sentence_digest("met maria.", "maria")
    assert sentence_digest("Met Maria.", "Maria") != sentence_digest("Saw Maria.", "Maria")
    assert sentence_digest("Met Maria.", "Maria") != sentence_digest("Met Maria.", "Met")


def test_a_plain_name_of_the_roster_is_not_answered_by_a_tap():
    lee = RosterName("Lee", "Park")
    (found,) = named_peers("Lee left.", [lee], own=ANA)
    assert not found.may_be_a_word
    assert not check_peers("Lee left.", [lee], own=ANA, meant_as_words=[found.digest])


def test_only_what_could_be_a_name_is_asked_for():
    assert name_candidates(["Met Maria at 5, then slept."]) == {"met", "maria"}
    assert name_candidates(["met maria"]) == {"met", "maria"}


@pytest.mark.parametrize(
    ("peer", "text", "how"),
    [
        (RosterName("Robert", "Lee"), "Bob laughed with him.", "short form"),
        (RosterName("Jasmine", "Patel"), "She told Jazmine so.", "slip"),
        (RosterName("John", "Smith"), "Talked with J.S. about it.", "initials"),
        (RosterName("Hope", "Winters"), "Hope cried.", "word"),
    ],
)
def test_how_a_name_was_found_says_whether_a_tap_may_answer(peer, text, how):
    (found,) = named_peers(text, [peer], own=ANA)
    assert (found.how, found.may_be_a_word) == (how, True)


@pytest.mark.parametrize(
    "text", ["Went to AA.", "Own initials A.S. on the form.", "bob for apples", "Jasmin tea"]
)
def test_abbreviations_own_initials_and_words_are_no_names(text):
    peers = [RosterName("Alan", "Adams"), RosterName("Robert", "Lee"), RosterName("Amy", "Stone")]
    assert named_peers(text, peers, own=ANA) == []


def test_the_work_grows_with_the_words_of_a_note_and_not_with_the_clinic(monkeypatch):
    from throughcare.knowledge.recording import names_in_notes

    looked: list[object] = []
    real = names_in_notes.matched
    monkeypatch.setattr(names_in_notes, "matched", lambda *one: looked.append(one) or real(*one))
    text = " ".join(["Client talked about the week, met Maria Gomez, and made a plan."] * 30)
    counts = []
    for size in (500, 5_000):
        others = [RosterName(letters(n), letters(n * 7)) for n in range(size)]
        clinic = index_clinic([RosterName("Maria", "Gomez"), *others])
        looked.clear()
        assert {found.words for found in named_elsewhere(text, clinic)} == {"Maria", "Gomez"}
        counts.append(len(looked))
    assert counts[0] == counts[1] <= 2 * len(text.split())
