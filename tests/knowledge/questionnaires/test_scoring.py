"""What holds of every score, and what is refused."""

import json
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughcare.knowledge.questionnaires.library import all_questionnaires, find
from throughcare.knowledge.questionnaires.questionnaire import Questionnaire
from throughcare.knowledge.questionnaires.scoring import CannotScore, score

WITH_TOTAL = [found for found in all_questionnaires() if found.total_range]
PLAIN_SUMS = [
    "phq-9",
    "phq-a",
    "gad-7",
    "pcl-5",
    "ciwa-ar",
    "cows",
    "cudit-r",
    "core-10",
    "whodas-12",
    "wsas",
]
SEX = st.sampled_from(["female", "male", None])
TIERS = ("none", "low", "moderate", "high")


@st.composite
def filled(draw: st.DrawFn, questionnaire: Questionnaire, missing: bool = True) -> list[int | None]:
    """A form filled in: each item an answer of its scale, or missing."""
    length = draw(st.sampled_from(questionnaire.accepted_lengths))
    return [
        draw(st.sampled_from([*item.values, None] if missing else item.values))
        for item in questionnaire.items[:length]
    ]


ANY_FORM = st.sampled_from(all_questionnaires()).flatmap(
    lambda found: st.tuples(st.just(found), filled(found), SEX, st.booleans())
)


@settings(max_examples=400)
@given(ANY_FORM)
def test_a_score_stays_in_range_and_agrees_with_itself(form: tuple) -> None:
    questionnaire, answers, sex, retired = form
    found = score(questionnaire.code, answers, {"sex": sex, "retired": retired})
    assert 0 <= found.missing <= len(questionnaire.items)
    if found.total is None:
        assert not found.prorated
    else:
        low, high = questionnaire.total_range
        assert low <= found.total <= high
    if questionnaire.total_range and found.total is None:
        assert (found.band, found.positive) == (None, None)
    if questionnaire.bands and not retired:
        assert (found.band is None) == (found.total is None)
    assert all(answers[number - 1] for number in found.critical)
    assert not (found.band and found.band == found.may_be)


@pytest.mark.parametrize("questionnaire", WITH_TOTAL, ids=lambda found: found.code)
def test_the_range_is_reached_at_both_ends(questionnaire: Questionnaire) -> None:
    def total(pick) -> float | None:  # type: ignore[no-untyped-def]  # min or max
        turned = {"dast-10": {3}, "brief-resilience": {2, 4, 6}}.get(questionnaire.code, set())
        other = max if pick is min else min
        answers = [(other if item.number in turned else pick)(item.values) for item in questionnaire.items]
        return score(questionnaire.code, answers, {}).total

    assert (total(min), total(max)) == questionnaire.total_range


@settings(max_examples=200)
@given(st.data(), st.sampled_from(PLAIN_SUMS))
def test_raising_one_answer_never_lowers_the_total(data: st.DataObject, code: str) -> None:
    questionnaire = find(code)
    answers = data.draw(filled(questionnaire))
    place = data.draw(st.integers(0, len(answers) - 1))
    value, item = answers[place], questionnaire.items[place]
    higher = [other for other in item.values if value is not None and other > value]
    before = score(code, answers)
    for raised in higher:
        after = score(code, [*answers[:place], raised, *answers[place + 1 :]])
        assert after.missing == before.missing
        if before.total is not None:
            assert after.total is not None
            assert after.total >= before.total


@settings(max_examples=100)
@given(st.data(), st.sampled_from(["phq-9", "gad-7", "pcl-5", "whodas-12"]))
def test_the_order_of_the_answers_does_not_change_the_total(data: st.DataObject, code: str) -> None:
    first = find(code).items[0]
    length = find(code).accepted_lengths[0]
    answers = data.draw(st.lists(st.sampled_from([*first.values, None]), min_size=length, max_size=length))
    assert score(code, answers).total == score(code, data.draw(st.permutations(answers))).total


@settings(max_examples=100)
@given(st.lists(st.integers(0, 1), min_size=10, max_size=10))
def test_yes_to_dast_item_3_lowers_the_total_by_one(answers: list[int]) -> None:
    without, with_yes = [*answers[:2], 0, *answers[3:]], [*answers[:2], 1, *answers[3:]]
    assert score("dast-10", without).total == score("dast-10", with_yes).total + 1


def _expected_tier(answers: tuple[int, ...]) -> str:
    q1, q2, q3, q4, q5, q6, recent = answers
    if q4 or q5 or (q6 and recent):
        return "high"
    if q3 or q6:
        return "moderate"
    return "low" if q1 or q2 else "none"


@pytest.mark.parametrize("answers", [form for form in product((0, 1), repeat=7) if form[5] or not form[6]])
def test_the_c_ssrs_tier_follows_the_table(answers: tuple[int, ...]) -> None:
    found = score("c-ssrs-screener", answers)
    assert found.band == _expected_tier(answers)
    assert found.positive == (found.band != "none")
    assert (found.missing, found.may_be, found.total) == (0, None, None)


@settings(max_examples=300)
@given(st.data())
def test_answering_what_was_missing_never_lowers_a_c_ssrs_tier(data: st.DataObject) -> None:
    questionnaire = find("c-ssrs-screener")
    partial = data.draw(filled(questionnaire))
    whole = [data.draw(st.integers(0, 1)) if value is None else value for value in partial]
    before, after = score("c-ssrs-screener", partial), score("c-ssrs-screener", whole)
    if before.band and before.band != "none":
        assert after.band is not None
        assert TIERS.index(after.band) >= TIERS.index(before.band)
    skipped = partial[1] == 0 and any(whole[place] and partial[place] is None for place in (2, 3, 4))
    if before.band == "none" and not skipped and not whole[6]:
        assert after.band == "none"
    if after.band and not skipped and (before.may_be or before.band) and not (whole[6] and not whole[5]):
        assert TIERS.index(after.band) <= TIERS.index(before.may_be or before.band)


def test_no_missing_answer_of_the_c_ssrs_reads_as_no_risk() -> None:
    for missing in (0, 1, 5):
        answers: list[int | None] = [0] * 7
        answers[missing] = None
        found = score("c-ssrs-screener", answers)
        assert (found.band, found.positive, found.missing) == (None, None, 1)
        assert found.may_be in TIERS[1:]


@pytest.mark.parametrize(
    ("answers", "where", "what"),
    [
        ([0] * 8, "answers", "takes 9 or 10 answers, found 8"),
        ([0] * 11, "answers", "found 11"),
        ([], "answers", "found 0"),
        ("000000000", "answers", "a list is expected"),
        ({"1": 0}, "answers", "an object"),
        (None, "answers", "null"),
        ([0, 0, 4, 0, 0, 0, 0, 0, 0], "item 3", "4 is not on its scale (0, 1, 2, 3)"),
        ([0, -1, 0, 0, 0, 0, 0, 0, 0], "item 2", "-1 is not on its scale"),
        ([True, 0, 0, 0, 0, 0, 0, 0, 0], "item 1", "found true"),
        ([0, 0, 0, 0, 0, 0, 0, 0, 1.0], "item 9", "found 1.0"),
        ([0, 0, 0, 0, float("nan"), 0, 0, 0, 0], "item 5", "found nan"),
        (["2", 0, 0, 0, 0, 0, 0, 0, 0], "item 1", "found '2'"),
        ([[], 0, 0, 0, 0, 0, 0, 0, 0], "item 1", "found a list"),
        ([10**5000, 0, 0, 0, 0, 0, 0, 0, 0], "item 1", "far off the scale"),
        ([0, 0, 0, 0, 0, 0, 0, 0, 0, 9], "item 10", "9 is not on its scale"),
    ],
)
def test_answers_off_the_form_are_refused_with_what_and_where(answers, where, what) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(CannotScore) as refused:
        score("phq-9", answers)
    assert refused.value.where == where
    assert what in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("context", "where"),
    [
        ({"sex": "woman"}, "context.sex"),
        ({"sex": 1}, "context.sex"),
        ({"age": "34"}, "context.age"),
        ({"age": True}, "context.age"),
        ({"age": float("nan")}, "context.age"),
        ({"age": -1}, "context.age"),
        ({"age": 10**400}, "context.age"),
        ({"retired": "yes"}, "context.retired"),
        (["female"], "context"),
    ],
)
def test_a_wrong_context_is_refused(context, where) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(CannotScore) as refused:
        score("audit-c", [1, 1, 1], context)
    assert refused.value.where == where


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(CannotScore, match="no questionnaire has the code 'PHQ'"):
        score("PHQ", [0])


def test_a_score_can_be_written_as_json() -> None:
    found = score("bam", [0] * 17)
    assert json.loads(json.dumps(dict(found.subscales))) == {"use": 0, "risk": 0, "protective": 0}


def test_bam_counts_no_partial_answer_to_income() -> None:
    with pytest.raises(CannotScore, match="item 14"):
        score("bam", [0] * 13 + [2, 0, 0, 0])
