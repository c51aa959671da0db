"""The decision table: every row on both sides of each bound, the acceptance scenarios, and what isn't known."""

from typing import Any

import pytest

from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.placement import Facts, Placement, as_json, place
from throughcare.knowledge.placement.answers import Case
from throughcare.knowledge.placement.table import ALL, STOPS, Rule

BEN: dict[str, Any] = {
    "domains": {"W": 0, "P": 1, "M": 2, "U": 2, "H": 1, "E": 2},
    "c_ssrs": {f"q{n}": False for n in range(1, 7)},
    "ciwa_ar": 6,
}
ANSWERED: dict[str, Any] = {
    "domains": {"W": 0, "P": 0, "M": 1, "U": 1, "H": 1, "E": 1},
    "c_ssrs": {f"q{n}": False for n in range(1, 7)},
    "intent_and_plan_to_harm_other": False,
    "past_withdrawal_seizure_or_dt": False,
    "daily_sedative_and_alcohol": False,
    "delirium": False,
    "overdose_now": False,
    "medically_unstable": False,
    "pregnant_and_in_withdrawal": False,
    "sober_support": True,
}


def placed(given: dict[str, Any]) -> Placement:
    return place(Facts.from_json(given))


def codes(placement: Placement) -> list[str]:
    return [reason.code for reason in placement.reasons]


def examples(side: str) -> list[Any]:
    return [
        pytest.param(rule, example, id=f"{rule.row}-{n}")
        for rule in ALL
        for n, example in enumerate(getattr(rule, side))
    ]


@pytest.mark.parametrize(("rule", "example"), examples("holds_for"))
def test_a_rule_holds_for_its_examples_and_names_the_facts(rule: Rule, example: dict[str, Any]) -> None:
    answer = rule.asks(Case(Facts.from_json(example)))
    assert answer.holds
    assert answer.facts
    assert all(Facts.from_json(example).value(key) is not None for key in answer.facts)


@pytest.mark.parametrize(("rule", "example"), examples("not_for"))
def test_a_rule_does_not_hold_just_beyond_its_bounds(rule: Rule, example: dict[str, Any]) -> None:
    assert not rule.asks(Case(Facts.from_json(example))).holds


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.row)
def test_no_rule_holds_when_nothing_is_known(rule: Rule) -> None:
    assert not rule.asks(Case(Facts())).holds


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.row)
def test_every_rule_has_a_sentence_a_source_and_examples(rule: Rule) -> None:
    assert rule.because.endswith(".")
    assert rule.row in rule.cite
    assert rule.holds_for and rule.not_for
    assert rule.asks.__doc__ and rule.asks.__doc__.startswith(rule.row)


@pytest.mark.parametrize("rule", STOPS, ids=lambda rule: rule.row)
def test_a_stop_stops_whatever_else_is_known(rule: Rule) -> None:
    for example in rule.holds_for:
        found = placed({**ANSWERED, **example})
        assert found.stop
        assert found.needs_clinician
        assert found.indicated == rule.level(Case(Facts()))
        assert rule.code in codes(found)
        assert any(against.is_hard for against in found.contraindications)
        assert found.alternatives == ()


def test_the_first_stop_wins_and_the_others_are_named() -> None:
    found = placed({"c_ssrs": {"q4": True}, "delirium": True, "domains": {"M": 4}})
    assert found.indicated == "emergency"
    assert codes(found) == ["imminent_risk", "wd_severe", "psych_inpatient"]


def test_ben_is_indicated_for_intensive_outpatient_care() -> None:
    found = placed(BEN)
    assert found.indicated == "iop"
    assert codes(found) == ["iop_need"]
    assert found.reasons[0].facts == ("domains.U", "domains.M")
    assert not found.stop and not found.held
    assert found.also == ()


def test_dev_with_a_yes_to_question_four_is_stopped() -> None:
    moderate = {"q1": True, "q2": True, "q3": True, "q4": False, "q5": False, "q6": False}
    assert not placed({**BEN, "c_ssrs": moderate}).stop
    assert placed({**BEN, "c_ssrs": moderate | {"q4": True}}).indicated == "emergency"


def test_withdrawal_holds_the_start_and_keeps_what_comes_after_as_an_alternative() -> None:
    found = placed({**BEN, "ciwa_ar": 12})
    assert found.indicated == "withdrawal-management"
    assert found.held and not found.stop
    assert codes(found) == ["wd_moderate", "iop_need"]
    assert found.alternatives == ("iop",)


def test_a_stop_does_not_hide_that_withdrawal_holds_the_start() -> None:
    found = placed({"ciwa_ar": 12, "delirium": True})
    assert found.stop and found.held
    assert codes(found) == ["wd_severe", "wd_moderate"]


def test_mild_opioid_withdrawal_asks_for_medication_today_and_lets_the_program_start() -> None:
    found = placed({**BEN, "cows": 8})
    assert found.indicated == "iop"
    assert found.also == ("moud_now",)
    assert codes(found) == ["iop_need", "moud_now"]


@pytest.mark.parametrize(
    ("use", "accepted", "level"),
    [
        (2, True, "iop+recovery-residence"),
        (2, False, "residential-3.1"),
        (2, None, "residential-3.1"),
        (None, True, "residential-3.1"),
        (3, True, "residential-3.1"),
        (4, True, "residential-3.5"),
    ],
)
def test_an_unsafe_home_leads_to_a_residence_only_where_that_is_enough(
    use: int | None, accepted: bool | None, level: str
) -> None:
    found = placed({"domains": {"H": 4, "U": use}, "recovery_residence_accepted": accepted})
    assert found.indicated == level
    assert "home_unsafe" in codes(found)
    assert "safe_alternative" in found.missing_facts
    assert ("recovery_residence_accepted" in found.missing_facts) == (accepted is None)


def test_a_home_at_three_asks_how_the_person_copes() -> None:
    mild = {"W": 0, "P": 0, "M": 1, "U": 1, "H": 3}
    unknown = placed({**ANSWERED, "domains": mild})
    assert unknown.indicated is None
    assert unknown.missing_facts == ("coping_at_home",)
    assert placed({**ANSWERED, "domains": mild, "coping_at_home": True}).indicated == "iop"
    without = placed({**ANSWERED, "domains": mild, "coping_at_home": False})
    assert without.indicated is None
    assert without.needs_clinician and without.missing_facts == ()
    assert without.alternatives == ("iop+recovery-residence", "php")


def test_coping_is_missed_even_when_another_domain_already_indicates_the_level() -> None:
    found = placed({**ANSWERED, "domains": {"W": 0, "P": 0, "M": 2, "U": 1, "H": 3}})
    assert found.indicated == "iop"
    assert found.missing_facts == ("coping_at_home",)
    assert found.needs_clinician


@pytest.mark.parametrize(
    ("here", "level"),
    [
        ("op", "iop"),
        ("iop", "php"),
        ("iop+recovery-residence", "php"),
        ("php", "residential-3.1"),
        ("residential-3.1", "residential-3.5"),
        ("residential-3.5", "residential-3.5"),
        ("hospital", "op"),
    ],
)
def test_who_does_not_get_better_goes_one_level_up(here: str, level: str) -> None:
    stuck = {"current_level": here, "weeks_at_level": 3, "attendance": 0.9, "reliably_worse": True}
    found = placed({**ANSWERED, **stuck})
    assert found.indicated == level
    assert found.needs_clinician == (here == "residential-3.5")


def test_a_program_may_wait_longer_before_lack_of_progress_counts() -> None:
    stuck = Facts.from_json(
        {"current_level": "iop", "weeks_at_level": 2, "attendance": 0.9, "reliably_worse": True}
    )
    assert place(stuck).indicated == "php"
    assert place(stuck, own={"placement.not_progressing_weeks": 4}).indicated is None


def test_thin_support_is_added_to_the_level_and_does_not_raise_it() -> None:
    found = placed({**BEN, "sober_support": False})
    assert found.indicated == "iop"
    assert found.also == ("add_support",)
    assert found.alternatives == ("iop+recovery-residence",)
    assert [(against.code, against.is_hard) for against in found.contraindications] == [
        ("add_support", False)
    ]


def test_nothing_known_indicates_nothing_and_asks_for_everything() -> None:
    found = placed({})
    assert found.indicated is None
    assert found.needs_clinician
    assert found.reasons == ()
    assert {"domains.M", "domains.U", "domains.H", "domains.W", "domains.P", "c_ssrs"} <= set(
        found.missing_facts
    )
    assert "domains.E" not in found.missing_facts


def test_all_answered_and_mild_is_outpatient_without_a_question_left() -> None:
    found = placed(ANSWERED)
    assert found.indicated == "op"
    assert found.missing_facts == ()
    assert not found.needs_clinician


@pytest.mark.parametrize("key", sorted(set(ANSWERED) - {"domains"}))
def test_leaving_out_any_answer_names_it_and_asks_for_a_clinician(key: str) -> None:
    found = placed({name: value for name, value in ANSWERED.items() if name != key})
    assert found.needs_clinician
    assert key in found.missing_facts


def test_either_suicide_screen_answers_for_the_other() -> None:
    without = {name: value for name, value in ANSWERED.items() if name != "c_ssrs"}
    assert placed({**without, "asq_acute": False}).missing_facts == ()
    assert placed({**without, "c_ssrs": {"q1": False, "q2": False, "q6": False}}).missing_facts == ()


def test_a_screen_left_half_way_is_not_a_no() -> None:
    found = placed({**ANSWERED, "c_ssrs": {"q1": True, "q2": True}})
    assert {"c_ssrs.q4", "c_ssrs.q5", "c_ssrs.q6"} <= set(found.missing_facts)


def test_a_recent_act_that_the_screener_denies_is_asked_again() -> None:
    screener = {"q1": True, "q2": False, "q6": False, "q6_within_3_months": True}
    found = placed({**ANSWERED, "c_ssrs": screener})
    assert not found.stop
    assert found.missing_facts == ("c_ssrs.q6", "c_ssrs.q6_within_3_months")


def test_a_grave_domain_that_the_table_does_not_use_is_left_to_a_clinician() -> None:
    found = placed({**ANSWERED, "domains": {"W": 0, "P": 3, "M": 1, "U": 1, "H": 1}})
    assert found.indicated == "op"
    assert found.missing_facts == ()
    assert found.needs_clinician


def test_the_answer_has_the_keys_of_the_interface() -> None:
    answer = as_json(placed({**BEN, "sober_support": False}))
    assert list(answer) == [
        "indicated",
        "stop",
        "held",
        "reasons",
        "also",
        "missing_facts",
        "needs_clinician",
        "contraindications",
        "alternatives",
        "rule_version",
    ]
    assert list(answer["reasons"][0]) == ["code", "because", "facts"]
    assert answer["indicated"] in LEVELS
