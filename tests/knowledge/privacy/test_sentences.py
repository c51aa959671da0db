"""The legal sentences as data: a language counts once it was reviewed, and is whole by then."""

import pytest

from throughcare.knowledge.privacy import sentences as known
from throughcare.knowledge.privacy.sentences import languages, missing_in, offered, sentence
from throughcare.knowledge.privacy.wording import WORDS, form_words, language_for


def test_english_is_whole_and_the_only_one_offered():
    assert missing_in("en") == ()
    assert [one.code for one in offered()] == ["en"]


def test_spanish_is_prepared_and_never_shown_as_valid():
    assert languages()["es"].reviewed is False
    assert set(WORDS["es"]) == set(WORDS["en"])
    assert all(words.version.endswith("draft") for words in WORDS["es"].values())
    assert language_for("es-MX") == "en"
    assert form_words("tpo", "es") == WORDS["en"]["tpo"]
    assert "kind.attendance" in missing_in("es")


def test_a_language_that_lacks_sentences_cannot_be_marked_as_reviewed(monkeypatch):
    spanish = known.Language("es", "Spanish", True, "someone")
    monkeypatch.setattr(known, "languages", lambda: {"es": spanish})
    with pytest.raises(ValueError, match="lacks"):
        offered()


def test_values_stand_in_a_sentence_and_absent_ones_are_said():
    assert sentence("ends", end="on March 2, 2026") == "It ends on March 2, 2026."
    with pytest.raises(KeyError):
        sentence("ends", "fr")
