"""The decision table against a slow and obvious reading of it, and what must always be true of it."""

import random
from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.placement import Facts, as_json, place

NAMES = ("q1", "q2", "q3", "q4", "q5", "q6", "q6_within_3_months")
UP = {
    "op": "iop",
    "iop": "php",
    "iop+recovery-residence": "php",
    "php": "residential-3.1",
    "residential-3.1": "residential-3.5",
    "residential-3.5": "residential-3.5",
}
ORDER = [
    "op",
    "iop",
    "iop+recovery-residence",
    "php",
    "residential-3.1",
    "residential-3.5",
    "withdrawal-management",
    "psychiatric-inpatient",
    "hospital",
    "emergency",
]


RATING = [None, 0, 0, 1, 1, 2, 3, 4]
RARE = [None, True, *[False] * 14]
OFTEN = [None, True, False]
VALUES: dict[str, Any] = {
    "domains": dict.fromkeys("WPMUHE", RATING),
    "c_ssrs": dict.fromkeys(NAMES, RARE),
    "asq_acute": RARE,
    "intent_and_plan_to_harm_other": RARE,
    "ciwa_ar": [None, 0, 9, 9, 9, 10, 18, 19],
    "cows": [None, 0, 4, 5, 12, 13],
    "past_withdrawal_seizure_or_dt": RARE,
    "heavy_use_now": OFTEN,
    "daily_sedative_and_alcohol": RARE,
    "delirium": RARE,
    "overdose_now": RARE,
    "medically_unstable": RARE,
    "pregnant_and_in_withdrawal": RARE,
    "group_impossible": RARE,
    "overdoses_90_days": [None, 0, 0, 1, 2],
    "use_days_per_week_despite_full_iop": [None, 0, 0, 3, 3.5, 4],
    "home_unsafe": RARE,
    "safe_alternative": OFTEN,
    "recovery_residence_accepted": OFTEN,
    "coping_at_home": OFTEN,
    "sober_support": OFTEN,
    "current_level": [None, *sorted(UP)],
    "weeks_at_level": [None, 1.5, 2, 8],
    "attendance": [None, 0.74, 0.75, 1],
    "reliably_worse": OFTEN,
    "unexpected_positives": [None, 0, 1, 2],
}


def facts_strategy(values: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            key: facts_strategy(found) if isinstance(found, dict) else st.sampled_from(found)
            for key, found in values.items()
        }
    )


def drawn(values: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    return {
        key: drawn(found, chance) if isinstance(found, dict) else chance.choice(found)
        for key, found in values.items()
    }


FACTS = facts_strategy(VALUES)


def oracle(f: dict[str, Any]) -> tuple[str | None, bool, bool]:
    """Indicated, stop and held as the table says, read row by row with what isn't known left out."""
    d = {name: -1 if value is None else value for name, value in f["domains"].items()}
    c = f["c_ssrs"]
    number = {
        key: -1 if isinstance(f[key], bool) or f[key] is None else f[key] for key in f if key not in "domains"
    }
    recent = c["q6_within_3_months"] and c["q6"] is not False
    thoughts = c["q1"] or c["q2"] or c["q3"] or c["q4"] or c["q5"]
    held = number["ciwa_ar"] >= 10 or bool(f["daily_sedative_and_alcohol"]) or number["cows"] >= 13
    if c["q4"] or c["q5"] or (recent and thoughts) or f["asq_acute"] or f["intent_and_plan_to_harm_other"]:
        return "emergency", True, held
    if number["ciwa_ar"] >= 19 or (f["past_withdrawal_seizure_or_dt"] and f["heavy_use_now"]):
        return "hospital", True, held
    if f["delirium"] or f["overdose_now"] or d["W"] == 4:
        return "hospital", True, held
    if f["medically_unstable"] or f["pregnant_and_in_withdrawal"] or d["P"] == 4:
        return "hospital", True, held
    if d["M"] == 4 or f["group_impossible"]:
        return "psychiatric-inpatient", True, held
    outputs = ["withdrawal-management"] if held else []
    if d["U"] == 4 or number["overdoses_90_days"] >= 2 or number["use_days_per_week_despite_full_iop"] > 3:
        outputs.append("residential-3.5")
    if (d["H"] == 4 or f["home_unsafe"]) and f["safe_alternative"] is not True:
        residence = f["recovery_residence_accepted"] and d["U"] in (0, 1, 2)
        outputs.append("iop+recovery-residence" if residence else "residential-3.1")
    if d["M"] >= 3 or d["U"] >= 3 or sum(d[name] >= 3 for name in "WPMUH") >= 2:
        outputs.append("php")
    if d["U"] == 2 or d["M"] == 2 or (d["H"] == 3 and f["coping_at_home"]):
        outputs.append("iop")
    if all(d[name] in (0, 1) for name in "MUH") and d["W"] == 0:
        outputs.append("op")
    worse = f["reliably_worse"] or number["unexpected_positives"] >= 2
    if f["current_level"] and number["weeks_at_level"] >= 2 and number["attendance"] >= 0.75 and worse:
        outputs.append(UP[f["current_level"]])
    return (max(outputs, key=ORDER.index) if outputs else None), False, held


def test_the_table_answers_as_its_plain_reading_does() -> None:
    chance = random.Random(20260302)
    outcomes: Counter[str | None] = Counter()
    for _ in range(5000):
        case = drawn(VALUES, chance)
        found = place(Facts.from_json(case))
        assert (found.indicated, found.stop, found.held) == oracle(case), case
        outcomes[found.indicated] += 1
    assert set(outcomes) == {None, *ORDER}, "some level was never reached"


WORSE: list[dict[str, Any]] = [
    {"asq_acute": True},
    {"intent_and_plan_to_harm_other": True},
    {"ciwa_ar": 10},
    {"ciwa_ar": 19},
    {"cows": 13},
    {"past_withdrawal_seizure_or_dt": True, "heavy_use_now": True},
    {"daily_sedative_and_alcohol": True},
    {"delirium": True},
    {"overdose_now": True},
    {"medically_unstable": True},
    {"pregnant_and_in_withdrawal": True},
    {"group_impossible": True},
    {"overdoses_90_days": 2},
    {"use_days_per_week_despite_full_iop": 4},
    {"home_unsafe": True},
    {"reliably_worse": True},
    {"unexpected_positives": 2},
    {"sober_support": False},
]


@settings(max_examples=150, deadline=None)
@given(FACTS, st.sampled_from(WORSE))
def test_a_further_risk_never_lowers_the_level(given_facts: dict[str, Any], risk: dict[str, Any]) -> None:
    if any(isinstance(value, int) and value < (given_facts[key] or 0) for key, value in risk.items()):
        return  # not a further risk: a worse value is there already
    before = place(Facts.from_json(given_facts)).indicated
    after = place(Facts.from_json({**given_facts, **risk})).indicated
    if before is not None:
        assert after is not None
        assert LEVELS[after].rank >= LEVELS[before].rank


@settings(max_examples=150, deadline=None)
@given(FACTS, st.sampled_from("WPMUH"))
def test_a_graver_rating_never_lowers_the_level(given_facts: dict[str, Any], name: str) -> None:
    rating = given_facts["domains"][name]
    if rating in (None, 4):
        return
    graver = {**given_facts, "domains": {**given_facts["domains"], name: rating + 1}}
    before, after = place(Facts.from_json(given_facts)), place(Facts.from_json(graver))
    if after.indicated is None:
        assert after.needs_clinician
    elif before.indicated is not None:
        assert LEVELS[after.indicated].rank >= LEVELS[before.indicated].rank


@settings(deadline=None)
@given(FACTS, st.sampled_from(RATING))
def test_engagement_changes_nothing_in_the_answer(
    given_facts: dict[str, Any], engagement: int | None
) -> None:
    other = {**given_facts, "domains": {**given_facts["domains"], "E": engagement}}
    assert place(Facts.from_json(other)) == place(Facts.from_json(given_facts))


@settings(deadline=None)
@given(FACTS, st.randoms(use_true_random=False))
def test_the_order_of_the_facts_changes_nothing(given_facts: dict[str, Any], chance: Any) -> None:
    items = list(given_facts.items())
    chance.shuffle(items)
    assert as_json(place(Facts.from_json(dict(items)))) == as_json(place(Facts.from_json(given_facts)))


@settings(deadline=None)
@given(FACTS)
def test_missing_facts_are_unknown_facts_and_ask_for_a_clinician(given_facts: dict[str, Any]) -> None:
    facts = Facts.from_json(given_facts)
    found = place(facts)
    contradiction = facts.c_ssrs.q6 is False and facts.c_ssrs.q6_within_3_months
    for key in found.missing_facts:
        if key == "c_ssrs":
            assert all(value is None for value in vars(facts.c_ssrs).values())
        elif not (contradiction and key.startswith("c_ssrs.q6")):
            assert facts.value(key) is None
    assert found.needs_clinician or not (found.missing_facts or found.stop or found.held)
    assert found.indicated is not None or found.needs_clinician
