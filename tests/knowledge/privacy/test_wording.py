"""The words of consents: every form, all it must tell, in words that most people read with ease."""

import re
from dataclasses import replace

import pytest

from tests.knowledge.privacy.consents import COUNSELING, MOTHER, SPECIFIC, TPO
from throughcare.knowledge.privacy.consent import FORMS
from throughcare.knowledge.privacy.part2_statements import REDISCLOSURE, REFUSAL, RIGHT_TO_REVOKE
from throughcare.knowledge.privacy.purposes import TREATMENT_PAYMENT_OPERATIONS
from throughcare.knowledge.privacy.understanding import questions_for, wrong_answers
from throughcare.knowledge.privacy.wording import (
    WORDS,
    consent_words,
    digest_of,
    form_words,
    language_for,
    told_in,
)

JUSTICE = replace(
    SPECIFIC,
    key="justice",
    form="justice",
    purposes=frozenset({"justice_supervision"}),
    recipient_classes=frozenset({"justice"}),
    recipient_name="Officer Hart",
    expires_at=None,
    ends_when="your supervision ends",
    irrevocable=True,
)
PROCEEDINGS = replace(
    SPECIFIC, key="proceedings", form="proceedings", purposes=frozenset({"legal_proceedings"})
)
OF_EACH_FORM = {one.form: one for one in (TPO, SPECIFIC, MOTHER, COUNSELING, PROCEEDINGS, JUSTICE)}
NEW_YORK = "America/New_York"


def grade(text: str) -> float:
    """The school grade that a text asks for, after Flesch and Kincaid (1975)."""
    sentences = max(1, len(re.findall(r"[.!?:](?:\s|$)", text)))
    words = re.findall(r"[A-Za-z’']+", text)
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """About how many syllables a word has: its groups of vowels, less a silent e."""
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    return max(1, groups - (word.lower().endswith("e") and not word.lower().endswith("le")))


def test_each_form_has_words_in_every_language():
    assert set(OF_EACH_FORM) == set(FORMS)
    for language, forms in WORDS.items():
        assert set(forms) == set(FORMS), language


@pytest.mark.parametrize("form", FORMS)
def test_the_words_hold_every_element(form):
    consent = OF_EACH_FORM[form]
    text = consent_words(consent, zone=NEW_YORK).text
    for said in (consent.patient_name, consent.discloser, form_words(form).title):
        assert said in text
    assert (RIGHT_TO_REVOKE in text) is not consent.irrevocable
    passed_on = bool(consent.purposes & TREATMENT_PAYMENT_OPERATIONS)
    assert (REDISCLOSURE in text) is passed_on
    assert (REFUSAL in text) is (form == "tpo")
    assert told_in(text, consent.ends_when) == (True, passed_on, form == "tpo")
    assert "It ends" in text or "until you take it back" in text


@pytest.mark.parametrize("form", FORMS)
def test_what_we_say_is_for_a_reader_in_grade_eight(form):
    words = form_words(form)
    assert grade(words.about) <= 8.0, grade(words.about)
    assert grade(consent_words(OF_EACH_FORM[form], zone=NEW_YORK).text) <= 9.0
    for one in questions_for(OF_EACH_FORM[form]):
        said = " ".join([one.wording, one.again, *(f"{choice}." for _, choice in one.choices)])
        assert grade(said) <= 8.0, (grade(said), said)


def test_the_grade_tells_hard_words_from_easy_ones():
    assert grade("We say what we do. You may say no.") < 3
    assert grade("Notwithstanding the aforementioned authorization, redisclosure remains impermissible.") > 12


def test_one_letter_more_is_another_fingerprint():
    words = consent_words(MOTHER, zone=NEW_YORK)
    assert words.digest == digest_of(words.text)
    assert digest_of(words.text + " ") != words.digest


def test_a_language_without_words_falls_back_and_says_so():
    assert (language_for("es"), language_for("en-US")) == ("en", "en")
    assert consent_words(MOTHER, zone=NEW_YORK, language="es").language == "en"


@pytest.mark.parametrize("form", FORMS)
def test_two_or_three_questions_each_with_one_right_answer(form):
    questions = questions_for(OF_EACH_FORM[form])
    assert len(questions) in (2, 3)
    for one in questions:
        assert one.right in dict(one.choices)
        assert one.again
    right = {one.key: one.right for one in questions}
    assert wrong_answers(OF_EACH_FORM[form], right) == ()
    assert wrong_answers(OF_EACH_FORM[form], {}) == questions


def test_who_cant_take_it_back_is_asked_about_just_that():
    keys = [one.key for one in questions_for(JUSTICE)]
    assert "no_way_back" in keys
    assert "take_back" not in keys
