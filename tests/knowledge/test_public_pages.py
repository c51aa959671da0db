"""The guide, the estimate and the words of public pages: rules without a database."""

from itertools import product

import pytest

from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.program_settings import ALL as SETTINGS
from throughcare.knowledge.public_pages import costs
from throughcare.knowledge.public_pages.comparison import ROWS as KINDS
from throughcare.knowledge.public_pages.costs import Income, Insurance
from throughcare.knowledge.public_pages.guide_questions import BY_CODE, QUESTIONS
from throughcare.knowledge.public_pages.level_guide import (
    RULES,
    WEEKLY,
    danger_in,
    direction,
    next_question,
    notes,
)
from throughcare.knowledge.public_pages.pages import EDITABLE
from throughcare.knowledge.public_pages.words import Block, blocks, check_page, check_slug
from throughcare.knowledge.verdict import Allowed

CALM = {
    "danger": "no",
    "thoughts": "no",
    "mind": "no",
    "stopping": "none",
    "body": "no",
    "days": "manage",
    "use": "none",
    "tried": "nothing",
    "home": "good",
    "time": "yes",
}
NUMBERS = {
    **{key: SETTINGS[key].value for key in costs.SETTINGS},
    costs.DAY_PRICE: 260,
    costs.FIRST_VISIT_PRICE: 300,
}


@pytest.mark.parametrize(
    ("said", "way"),
    [
        ({}, "weekly"),
        ({"tried": "weekly"}, "iop"),
        ({"use": "most"}, "iop"),
        ({"thoughts": "thoughts"}, "iop"),
        ({"days": "hardly"}, "by-day"),
        ({"mind": "yes", "tried": "weekly"}, "by-day"),
        ({"home": "hard", "use": "most", "tried": "program"}, "around-the-clock"),
        ({"home": "unsafe", "days": "hardly"}, "shelter"),
        ({"body": "yes", "home": "unsafe"}, "medical"),
        ({"stopping": "daily", "body": "yes"}, "doctor"),
        ({"stopping": "severe"}, "doctor"),
        ({"danger": "hurt", "stopping": "severe"}, "safety"),
        ({"thoughts": "plan"}, "safety"),
    ],
)
def test_the_answers_point_one_way(said, way):
    assert direction({**CALM, **said}).code == way


def test_more_trouble_never_points_to_less_care():
    """Over every set of answers: what is dangerous is never sent to weekly visits, and each way can be reached."""
    reached = set()
    for codes in product(*([choice.code for choice in question.choices] for question in QUESTIONS[:-1])):
        answers = dict(zip((question.code for question in QUESTIONS), codes, strict=False))
        way = direction(answers)
        reached.add(way.code)
        worried = any(danger_in(code, answers) for code in answers) or answers["stopping"] in (
            "severe",
            "daily",
        )
        if worried or answers["home"] == "unsafe" or answers["body"] == "yes":
            assert way is not WEEKLY, answers
    assert reached == {way.code for _, way in RULES} | {WEEKLY.code}


def test_danger_is_seen_at_once_and_questions_come_one_by_one():
    assert next_question({}).code == "danger"
    assert next_question({"danger": "nonsense"}).code == "danger"
    assert next_question({"danger": "no"}).code == "thoughts"
    assert next_question(CALM) is None
    assert danger_in("danger", {"danger": "life"}) == "911"
    assert danger_in("thoughts", {"thoughts": "plan"}) == danger_in("mind", {"mind": "yes"}) == "988"
    assert {code for code in CALM if danger_in(code, CALM)} == set()
    assert set(CALM) == set(BY_CODE)
    assert "988" in " ".join(notes({**CALM, "thoughts": "thoughts"}))
    assert "naloxone" in " ".join(notes({**CALM, "stopping": "unwell"}))


def test_every_way_names_levels_that_exist_and_no_diagnosis():
    for _, way in RULES:
        assert way.words and set(way.levels) <= set(LEVELS)
        assert "diagnos" not in f"{way.title} {way.words}".lower() and "you have" not in way.words.lower()
    assert {kind.level for kind in KINDS if kind.level} <= set(LEVELS)
    assert [str(kind.hours) for kind in KINDS if kind.ours] == ["9 to 19 hours"]
    assert str(KINDS[0].hours) == "Day and night" and str(KINDS[-1].hours) == "No treatment of its own"


@pytest.mark.parametrize(
    ("income", "a_day"),
    [(10_000, 10), (15_960, 10), (15_961, 52), (21_000, 104), (25_000, 156), (31_000, 208), (40_000, 260)],
)
def test_the_sliding_fee_climbs_in_steps(income, a_day):
    found = costs.estimate_without_insurance(Income(1, income), NUMBERS)
    assert found.later_week == 3 * a_day


def test_more_people_on_an_income_pay_no_more():
    fees = [costs.sliding_part(Income(people, 34_000), NUMBERS) for people in range(1, 9)]
    assert fees == sorted(fees, reverse=True) and fees[0] == 1 and fees[-1] == 0


def test_insurance_takes_the_deductible_first_and_stops_at_the_limit():
    free = costs.estimate_with_insurance(Insurance(), NUMBERS)
    assert (free.first_week, free.in_all) == (0, 0)
    copay = costs.estimate_with_insurance(Insurance(copay=30), NUMBERS)
    assert (copay.first_week, copay.later_week, copay.in_all) == (120, 90, 930)
    share = costs.estimate_with_insurance(Insurance(deductible_left=500, share=0.2, limit_left=1500), NUMBERS)
    assert share.in_all == 1500 and share.first_week == 616
    assert "$500" in " ".join(str(line) for line in share.because)
    assert not costs.says_its_price({**NUMBERS, costs.DAY_PRICE: SETTINGS[costs.DAY_PRICE].value})


def test_staff_write_plain_words_and_nothing_runs():
    text = "One\ntwo\n\n## Head\n- a\n- b\n1. x\n2. y\n<script>alert(1)</script>"
    assert blocks(text) == (
        Block("paragraph", ("One two",)),
        Block("heading", ("Head",)),
        Block("points", ("a", "b")),
        Block("steps", ("x", "y")),
        Block("paragraph", ("<script>alert(1)</script>",)),
    )
    assert isinstance(check_page("Visit", text), Allowed)
    assert not check_page("", text) and not check_page("Visit", " \n ") and not check_page("x", "y" * 20_000)
    assert check_slug("visiting-us", frozenset()) and not check_slug(
        "visiting-us", frozenset({"visiting-us"})
    )
    assert not check_slug("../clinic", frozenset()) and not check_slug("Über", frozenset())
    assert all(check_page(page.title, page.body) for page in EDITABLE.values())
