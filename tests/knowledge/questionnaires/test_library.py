"""Every questionnaire of the library, whichever they are: whole, licensed, and scored as its own examples say."""

from itertools import pairwise

import pytest

from throughcare.knowledge.questionnaires.library import CannotFind, all_questionnaires, find
from throughcare.knowledge.questionnaires.questionnaire import Example, Questionnaire
from throughcare.knowledge.questionnaires.scoring import score

EVERY = pytest.mark.parametrize("questionnaire", all_questionnaires(), ids=lambda found: found.code)
EXAMPLES = [(found, example) for found in all_questionnaires() for example in found.examples]
# fmt: off
PROMISED = [
    "phq-9", "gad-7", "phq-a", "pcl-5", "audit", "audit-c", "dast-10", "taps", "bam", "c-ssrs-screener", "asq",
    "ciwa-ar", "cows", "cudit-r", "brief-resilience", "core-10", "whodas-12", "wsas",
]
# fmt: on
WORDING_MAY_NOT_SHIP = [
    "audit",
    "dast-10",
    "c-ssrs-screener",
    "cudit-r",
    "brief-resilience",
    "whodas-12",
    "wsas",
]


@pytest.mark.parametrize(
    ("questionnaire", "example"),
    EXAMPLES,
    ids=[f"{found.code}: {example.about}" for found, example in EXAMPLES],
)
def test_a_worked_example_scores_as_it_says(questionnaire: Questionnaire, example: Example) -> None:
    found = score(questionnaire.code, example.answers, example.context)
    assert {name: getattr(found, name) for name in example.expected} == example.expected


@pytest.mark.parametrize("code", PROMISED)
def test_a_promised_questionnaire_is_there(code: str) -> None:
    assert find(code).code == code


def test_an_unknown_code_is_answered_with_those_there_are() -> None:
    with pytest.raises(CannotFind, match="phq-9"):
        find("phq-99")


@EVERY
def test_items_are_numbered_from_one(questionnaire: Questionnaire) -> None:
    assert [item.number for item in questionnaire.items] == list(range(1, len(questionnaire.items) + 1))


@EVERY
def test_an_item_has_a_label_and_different_answers(questionnaire: Questionnaire) -> None:
    for item in questionnaire.items:
        assert item.label
        assert len(set(item.values)) == len(item.values) >= 2
        assert all(answer.label for answer in item.answers)
        assert all(meant in item.values and sent not in item.values for sent, meant in item.also)


@EVERY
def test_wording_ships_only_where_the_licence_lets_it(questionnaire: Questionnaire) -> None:
    assert questionnaire.licence.note
    if not questionnaire.licence.text_may_ship:
        assert [item.text for item in questionnaire.items] == [None] * len(questionnaire.items)


@pytest.mark.parametrize("code", WORDING_MAY_NOT_SHIP)
def test_wording_that_is_owned_stays_out(code: str) -> None:
    assert not find(code).licence.text_may_ship


@EVERY
def test_bands_follow_on_each_other_and_fill_the_range(questionnaire: Questionnaire) -> None:
    bands = questionnaire.bands
    if not bands:
        return
    assert questionnaire.total_range == (bands[0].low, bands[-1].high)
    step = 0.01 if any(isinstance(band.high, float) for band in bands) else 1
    for lower, upper in pairwise(bands):
        assert upper.low == pytest.approx(lower.high + step)


@EVERY
def test_critical_items_exist_and_say_why(questionnaire: Questionnaire) -> None:
    for critical in questionnaire.critical:
        assert critical.at_least in questionnaire.items[critical.item - 1].values
        assert critical.because.endswith(".")


@EVERY
def test_there_are_examples_sources_and_a_missing_rule(questionnaire: Questionnaire) -> None:
    assert len(questionnaire.examples) >= 4
    assert questionnaire.source
    assert questionnaire.missing_rule
    assert questionnaire.about.endswith(".")


def test_loinc_codes_end_in_their_check_digit() -> None:
    codes = {item.loinc for found in all_questionnaires() for item in found.items}
    codes |= {code for found in all_questionnaires() for code in (found.loinc_panel, found.loinc_total)}
    checked = [code for code in codes if code]
    assert len(checked) > 40
    assert [code for code in checked if _mod_10(code.split("-")[0]) != int(code.split("-")[1])] == []


def test_answer_codes_end_in_their_check_digit() -> None:
    codes = {
        answer.loinc for found in all_questionnaires() for item in found.items for answer in item.answers
    }
    checked = [code.removeprefix("LA") for code in codes if code]
    assert len(checked) > 15
    assert [code for code in checked if _mod_10_after_la(code.split("-")[0]) != int(code.split("-")[1])] == []


def _mod_10_after_la(number: str) -> int:
    """The check digit of an answer code; its letters weigh by where they stand."""
    return (_mod_10(number) + (2 if len(number) % 2 else 5)) % 10


def _mod_10(number: str) -> int:
    """LOINC's check digit (the Luhn rule)."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value // 10 + value % 10
    return -total % 10
