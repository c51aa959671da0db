"""Safety plan and relapse-prevention plan: what counts as whole, what is a number to tap, when it is read again."""

from datetime import date, timedelta

import pytest

from throughcare.knowledge.planning.own_plans import (
    ALL,
    MOST_LINES,
    RELAPSE,
    SAFETY,
    Looked,
    check_words,
    clean_words,
    lacks,
    own_signs,
    phone_of,
    plan_due,
)

MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Mom 518-555-0134", "+15185550134"),
        ("(518) 555-0134 Joe, after six", "+15185550134"),
        ("+1 518.555.0134", "+15185550134"),
        ("Case 12345-678901234", ""),
        ("room 518-555", ""),
        ("my sister", ""),
    ],
)
def test_a_phone_number_in_a_line_can_be_tapped(line, number):
    assert phone_of(line) == number


def test_one_line_is_enough_to_save_and_not_enough_to_be_whole():
    words = clean_words(RELAPSE, {"triggers": ["  payday  ", ""], "nonsense": ["x"]})
    assert words["triggers"] == ["payday"] and "nonsense" not in words
    assert check_words(RELAPSE, words)
    assert "My own early signs" in lacks(RELAPSE, words) and "Naloxone" not in lacks(RELAPSE, words)
    assert not check_words(RELAPSE, clean_words(RELAPSE, {}))
    assert check_words(SAFETY, {"signs": ["a"] * MOST_LINES})
    assert not check_words(SAFETY, {"signs": ["a"] * (MOST_LINES + 1)})
    assert not check_words("other", {"signs": ["a"]})


def test_own_signs_of_both_plans_keep_their_key_as_long_as_their_words():
    before = own_signs(
        {SAFETY: {"signs": ["I stop eating"]}, RELAPSE: {"early_signs": ["I lie", "i stop  eating"]}}
    )
    after = own_signs({RELAPSE: {"early_signs": ["Skipping calls", "I lie"]}})
    assert [one.words for one in before] == ["I stop eating", "I lie"]
    assert before[1].key == after[1].key and len({one.key for one in before}) == 2
    assert own_signs({SAFETY: {"people": ["Joe"]}}) == ()


def due(kind=SAFETY, today=MONDAY, **known):
    return plan_due(kind, Looked(**known), today=today)


def test_a_missing_safety_plan_is_due_by_tier_or_after_a_crisis_and_else_not():
    assert due(last_on=None) is None
    assert due(last_on=None, tier="none") is None
    assert due(last_on=None, tier="low", tier_on=MONDAY - DAY).on == MONDAY - DAY
    assert due(last_on=None, crisis_on=MONDAY).on == MONDAY
    assert due(RELAPSE, last_on=None, tier="high", tier_on=MONDAY) is None


def test_a_plan_is_read_again_in_time_and_sooner_at_a_higher_tier():
    assert due(last_on=MONDAY).on == MONDAY + 30 * DAY
    assert due(last_on=MONDAY, review_on=MONDAY + 9 * DAY).on == MONDAY + 9 * DAY
    assert (
        due(last_on=MONDAY, review_on=MONDAY).on == MONDAY + 30 * DAY
    )  # the chosen day is behind the last reading
    assert due(last_on=MONDAY, tier="moderate").on == MONDAY + 14 * DAY
    assert due(last_on=MONDAY, tier="high").on == MONDAY + 7 * DAY
    assert due(RELAPSE, last_on=MONDAY, tier="high").on == MONDAY + 30 * DAY
    found = due(last_on=MONDAY)
    assert not found.is_due(found.on - DAY) and found.is_due(found.on)


def test_a_plan_review_or_a_crisis_after_the_last_reading_makes_it_due_that_day():
    assert due(last_on=MONDAY, plan_review_on=MONDAY).on == MONDAY + 30 * DAY
    assert due(last_on=MONDAY, plan_review_on=MONDAY + DAY).on == MONDAY + DAY
    assert due(last_on=MONDAY, crisis_on=MONDAY + DAY, plan_review_on=MONDAY + 2 * DAY).on == MONDAY + DAY
    assert due(last_on=MONDAY, crisis_on=MONDAY).on == MONDAY


def test_the_wording_is_our_own():
    """Sentences of the well-known form, which needs a permission, stand nowhere."""
    said = " ".join(f"{s.title} {s.hint}" for kind in ALL.values() for s in kind.sections).casefold()
    for theirs in (
        "internal coping strategies",
        "warning signs (thoughts",
        "people and social settings that provide distraction",
        "people whom i can ask for help",
        "professionals or agencies i can contact",
        "making the environment safe",
        "the one thing that is most important to me",
    ):
        assert theirs not in said
