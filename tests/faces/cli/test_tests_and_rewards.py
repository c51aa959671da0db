"""`interpret-test`, `reward` and `verify-draw` as others script them."""

import json
from datetime import date

import pytest

from throughcare.faces.cli.main import main
from throughcare.knowledge.drug_tests.draw import Ask, Drawn, draw_days
from throughcare.knowledge.drug_tests.proof import Proof, proof_as_json
from throughcare.knowledge.fair_chance import commitment_of

TEST = {
    "collected_at": "2026-03-05",
    "temperature_f": 96,
    "creatinine": 90,
    "specific_gravity": 1.015,
    "ph": 6,
    "nitrite": 0,
    "results": {"THC": "pos", "fentanyl": "neg", "buprenorphine": "pos"},
    "definitive": False,
    "prescribed": ["Suboxone"],
    "disclosed": [{"substance": "cannabis", "last_used_at": "2026-03-02"}],
    "earlier": [{"at": "2026-02-20T10:00:00-05:00", "unexpected": True}],
}


@pytest.fixture
def answer(tmp_path, capsys):
    def ask(*words, given):
        file = tmp_path / "in.json"
        file.write_text(json.dumps(given))
        code = main([*words, str(file)])
        told = capsys.readouterr()
        return code, json.loads(told.out) if told.out else None, told.err

    return ask


def test_a_test_is_interpreted_under_the_keys_of_the_contract(answer):
    code, said, _ = answer("interpret-test", given=TEST)
    assert code == 0
    assert list(said) == ["validity", "classes", "actions", "because"]
    assert said["validity"] == "valid"
    assert said["classes"] == {
        "buprenorphine": "expected-pos",
        "cannabinoids": "carry-over",
        "fentanyl": "expected-neg",
    }


def test_three_whole_days_are_inside_and_four_are_outside(answer):
    four = {**TEST, "collected_at": "2026-03-06", "results": {"cocaine": "pos"}}
    four["disclosed"] = [{"substance": "cocaine", "last_used_at": "2026-03-02"}]
    assert answer("interpret-test", given=four)[1]["classes"]["cocaine"] == "unexpected-pos"
    three = {**four, "collected_at": "2026-03-05"}
    assert answer("interpret-test", given=three)[1]["classes"]["cocaine"] == "carry-over"


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"results": {"cocane": "pos"}}, "results"),
        ({"results": {"cocaine": "maybe"}}, "pos"),
        ({"results": {}}, "results"),
        ({"collected_at": "yesterday"}, "collected_at"),
        ({"creatinine": "90"}, "creatinine"),
        ({"disclosed": [{}]}, "disclosed[0]"),
        ({"definitive": 1}, "definitive"),
    ],
)
def test_a_test_that_is_wrong_says_what_and_where(answer, wrong, where):
    code, said, error = answer("interpret-test", given={**TEST, **wrong})
    assert (code, said) == (2, None)
    assert where in error
    assert error.count("\n") == 1


def test_rewards_answer_with_money_or_draws(answer):
    _, paid, _ = answer("reward", "california", given={"results": ["N", "N", "N", "P"], "year_to_date": 570})
    assert (paid["awards"], paid["total"], paid["capped"]) == ([10, 10, 9, 0], 29, True)
    assert len(paid["because"]) == 4
    _, drawn, _ = answer("reward", "prize-bowl", given={"results": ["N", "N", "dilute", "N"]})
    assert (drawn["awards"], drawn["total"], drawn["capped"]) == ([1, 2, 0, 3], 6, False)


@pytest.mark.parametrize(
    ("scheme", "given"),
    [
        ("cash", {"results": ["N"]}),
        ("voucher", {"results": "N"}),
        ("voucher", {"results": ["Q"]}),
        ("voucher", {}),
    ],
)
def test_rewards_that_are_wrong_exit_with_two(answer, scheme, given):
    code, said, error = answer("reward", scheme, given=given)
    assert (code, said, error.count("\n")) == (2, None, 1)


def test_a_draw_is_verified_and_a_moved_day_is_found(answer):
    seed, monday = "5e" * 32, date(2026, 3, 2)
    ask = Ask("a ticket", monday, 1, 1, (monday, date(2026, 3, 3), date(2026, 3, 4)))
    drawn = Drawn(ask, draw_days(seed, ask))
    file = proof_as_json(Proof(monday, commitment_of(seed), seed, (drawn,), {"a ticket": drawn.days}))
    assert answer("verify-draw", given=file)[:2] == (0, {"fair": True, "draws": 1, "wrong": []})
    file["draws"][0]["days"] = ["2026-03-06"]
    code, said, _ = answer("verify-draw", given=file)
    assert (code, said["fair"]) == (1, False)
    assert answer("verify-draw", given={"seed": seed})[0] == 2
