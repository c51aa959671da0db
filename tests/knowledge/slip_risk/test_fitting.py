"""On histories whose truth is known the model finds it, the same each time, and says how well it does."""

from datetime import timedelta

import pytest

from tests.knowledge.slip_risk.simulated import TODAY, clinic, true_weekly
from throughcare.knowledge.slip_risk.checking import area, check, foresee
from throughcare.knowledge.slip_risk.features import values_of
from throughcare.knowledge.slip_risk.fitting import CannotFit, fit, person_weeks
from throughcare.knowledge.slip_risk.helped import ALL as HELPS
from throughcare.knowledge.slip_risk.helped import what_helped
from throughcare.knowledge.slip_risk.history import settled
from throughcare.knowledge.slip_risk.model import Model, Term, WrongModel, band_of, read_model

UNTIL = settled(TODAY)
SPLIT = UNTIL - timedelta(days=182)


@pytest.fixture(scope="module")
def histories():
    return clinic(700)


@pytest.fixture(scope="module")
def model(histories):
    return fit(person_weeks(histories, until=SPLIT))


def ranks(numbers):
    order = sorted(range(len(numbers)), key=numbers.__getitem__)
    place = [0] * len(numbers)
    for rank, index in enumerate(order):
        place[index] = rank
    return place


def test_the_model_ranks_people_as_their_true_risk_does(histories, model):
    weeks = [row for row in person_weeks(histories, until=UNTIL) if row.on >= SPLIT and not row.ahead]
    said, true = (ranks([of(row.values) for row in weeks]) for of in (model.two_weeks, true_weekly))
    n = len(said)
    spearman = 1 - 6 * sum((a - b) ** 2 for a, b in zip(said, true, strict=True)) / (n * (n * n - 1))
    assert n > 400 and spearman > 0.85


def test_what_matters_in_truth_weighs_most(model):
    weights = {term.code: abs(term.weight) for term in model.terms}
    heaviest = sorted(weights, key=weights.__getitem__)[-4:]
    assert {"missed_hours", "craving"} <= set(heaviest)
    assert all(term.weight > 0 for term in model.terms if term.code in {"missed_hours", "craving"})


def test_the_risk_of_two_weeks_is_that_of_either():
    one = Model(-1.0, 0.5, ())
    first, second = one.week({}), one.week({}, ahead=1)
    assert first < second and one.two_weeks({}) == pytest.approx(first + (1 - first) * second)


def test_what_is_never_known_or_never_differs_is_left_out(model):
    assert not {"depression", "late", "made_up"} & {term.code for term in model.terms}


def test_held_out_months_are_ordered_nearly_as_well_as_the_truth_would(histories, model):
    found = foresee(model, histories, first=SPLIT, until=UNTIL)
    report = check(found)
    assert report.auc is not None and report.auc > 0.65
    assert report.brier < report.brier_of_average
    assert sum(band.looks for band in report.bands) == report.looks == len(found)
    assert abs(sum(one.risk for one in found) / len(found) - report.dropped_out / report.looks) < 0.04


def test_the_same_history_gives_the_same_weights(histories, model):
    again = fit(person_weeks(list(reversed(histories)), until=SPLIT))
    assert again == model


def test_the_area_under_the_curve_is_the_librarys(histories, model):
    from sklearn.metrics import brier_score_loss, roc_auc_score

    found = foresee(model, histories, first=SPLIT, until=UNTIL)
    happened, risks = [one.dropped_out for one in found], [one.risk for one in found]
    assert area(found) == pytest.approx(roc_auc_score(happened, risks))
    assert check(found).brier == pytest.approx(brier_score_loss(happened, risks))


def test_no_drop_outs_or_nothing_else_is_nothing_to_learn_from(histories):
    rows = person_weeks(histories, until=SPLIT)
    for outcome in (True, False):
        with pytest.raises(CannotFit):
            fit([row for row in rows if row.dropped_out is outcome])


def test_the_model_is_kept_as_plain_numbers_and_read_back_whole(model):
    import json

    assert read_model(json.loads(json.dumps(model.as_json()))) == model


@pytest.mark.parametrize(
    "change",
    [
        {"version": "somebody-else/1"},
        {"intercept": float("nan")},
        {"terms": [{"code": "age", "mean": 0, "spread": 1, "weight": 1}]},
        {"terms": [{"code": "late", "mean": 0, "spread": 0, "weight": 1}]},
    ],
)
def test_a_model_that_is_none_is_refused(model, change):
    with pytest.raises(WrongModel):
        read_model({**model.as_json(), **change})


def test_the_three_facts_that_weigh_most_are_told_in_sentences():
    terms = tuple(
        Term(code, 0, 1, weight)
        for code, weight in (("no_shows", 1.0), ("late", 0.1), ("craving", 0.5), ("made_up", -2.0))
    )
    values = {"no_shows": 3.0, "late": 1.0, "craving": 7.0, "made_up": 1.0}
    reasons = Model(-3, 0.1, terms).reasons(values)
    assert [one.said for one in reasons] == [
        "Craving 7 of 10 at the last check-ins.",
        "3 no-shows in two weeks.",
        "Made up 1 missed session.",
    ]
    assert [one.raises for one in reasons] == [True, True, False]


def test_what_is_not_known_weighs_nothing_and_is_no_reason():
    one = Model(-3, 0.1, (Term("craving", 4, 2, 1.0),))
    assert one.week({"craving": None}) == one.week({"craving": 4.0})
    assert one.reasons({"craving": None}) == ()


@pytest.mark.parametrize(("risk", "word"), [(0.049, "low"), (0.05, "some"), (0.1, "raised"), (0.2, "high")])
def test_a_risk_has_a_word(risk, word):
    assert band_of(risk) == word


def test_what_helped_counts_people_once_a_band_and_is_silent_about_few(histories, model):
    found = what_helped(model, histories, until=UNTIL)
    assert {one.code for one in found} == set(HELPS)
    for band in {one.band for one in found}:
        counted = {one.given + one.others for one in found if one.band == band}
        assert len(counted) == 1 and counted.pop() <= len(histories)
    reached = next(one for one in found if one.code == "reached" and one.band == "low")
    assert str(reached.given) in reached.said(smallest=10) and "similar risk" in reached.said(smallest=10)
    assert reached.said(smallest=reached.given + 1) == ""


def test_values_of_a_look_do_not_change_when_later_facts_come(histories):
    stay = next(one for one in histories if len(one.sessions) > 20)
    from dataclasses import replace

    on = stay.sessions[9].day
    cut = replace(stay, sessions=tuple(one for one in stay.sessions if one.day < on))
    assert values_of(cut, on) == values_of(stay, on)
