"""What rows of results earn: each scheme's sums, the reset and the way back, caps, and what never happens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.knowledge.fair_chance import commitment_of
from throughcare.knowledge.rewards.bowl import SIZE, SLIPS, check_bowl, may_pick, prize_on, shuffled_bowl
from throughcare.knowledge.rewards.earning import MARKS, WrongRewards, earn, within_cap
from throughcare.knowledge.rewards.marking import mark_of_result, mark_without_specimen
from throughcare.knowledge.rewards.schemes import ALL, HANDED

SEED = "5e" * 32
schemes = st.sampled_from(sorted(ALL))
rows = st.lists(st.sampled_from(sorted(MARKS)), max_size=36)


def money(scheme, results, **more):
    return [one.cents / 100 for one in earn(scheme, results, **more).awards]


def test_californias_whole_course_pays_599():
    course = money("california", ["N"] * 36)
    assert (sum(course[:24]), sum(course[24:30]), sum(course[30:35]), course[35]) == (438, 90, 50, 21)
    assert (course[0], course[23], sum(course)) == (10, 26.5, 599)


def test_a_test_after_the_course_pays_nothing():
    assert money("california", ["N"] * 37)[36] == 0


def test_vouchers_rise_and_every_third_in_a_row_adds_ten():
    assert money("voucher", ["N"] * 4) == [2.5, 3.75, 15, 6.25]
    assert sum(money("voucher", ["N"] * 36)) == 997.5


def test_a_bowl_gives_one_draw_more_for_each_in_a_row():
    assert [one.draws for one in earn("prize-bowl", ["N"] * 4).awards] == [1, 2, 3, 4]


@pytest.mark.parametrize("lapse", ["P", "unexcused"])
def test_after_a_lapse_the_base_and_after_two_negatives_the_earlier_step(lapse):
    row = ["N"] * 4 + [lapse] + ["N"] * 4
    assert [one.draws for one in earn("prize-bowl", row).awards] == [1, 2, 3, 4, 0, 1, 2, 4, 5]
    assert money("california", row) == [10, 10, 11.5, 11.5, 0, 10, 10, 11.5, 13]


@pytest.mark.parametrize("pause", ["dilute", "excused"])
def test_dilute_and_excused_pay_nothing_and_the_row_waits(pause):
    assert [one.draws for one in earn("prize-bowl", ["N", "N", pause, "N"]).awards] == [1, 2, 0, 3]


@pytest.mark.parametrize(("so_far", "paid", "capped"), [(589, 10, False), (589.5, 9.5, True), (599, 0, True)])
def test_californias_cap_leaves_what_is_left(so_far, paid, capped):
    earned = earn("california", ["N"], cents_this_year=int(so_far * 100))
    assert (earned.cents / 100, earned.capped) == (paid, capped)


def test_a_programs_own_cap_stops_vouchers_and_draws():
    assert sum(money("voucher", ["N"] * 36, cap_cents=75_00)) == 75
    assert earn("prize-bowl", ["N"], cents_this_year=750_00, cap_cents=750_00).draws == 0
    assert within_cap(500, this_year=74_900, cap_cents=75_000) == 100


@given(schemes, rows)
def test_adding_a_negative_test_never_lowers_a_reward(scheme, results):
    before, after = earn(scheme, results), earn(scheme, [*results, "N"])
    assert after.awards[: len(results)] == before.awards
    assert after.awards[-1].cents >= 0


@given(schemes, rows, st.data())
def test_a_negative_instead_of_anything_else_never_lowers_a_reward(scheme, results, data):
    if not results:
        return
    place = data.draw(st.integers(0, len(results) - 1))
    better = [*results[:place], "N", *results[place + 1 :]]
    before, after = earn(scheme, results), earn(scheme, better)
    assert (after.cents, after.draws) >= (before.cents, before.draws)
    if scheme != "voucher":  # a bonus for three in a row may come at another place
        pairs = zip(before.awards, after.awards, strict=True)
        assert all(new.cents >= old.cents and new.draws >= old.draws for old, new in pairs)


@given(st.sampled_from(["prize-bowl", "voucher"]), rows, st.integers(0, 36))
def test_one_more_negative_anywhere_never_lowers_the_whole(scheme, results, place):
    before, after = earn(scheme, results), earn(scheme, [*results[:place], "N", *results[place:]])
    assert (after.cents, after.draws) >= (before.cents, before.draws)


@given(schemes, rows, st.integers(0, 60_000), st.integers(0, 60_000))
def test_no_cap_is_ever_passed(scheme, results, so_far, cap):
    earned = earn(scheme, results, cents_this_year=so_far, cap_cents=cap)
    assert earned.cents <= max(0, cap - so_far)


def test_what_is_unknown_is_refused_with_its_place():
    with pytest.raises(WrongRewards, match="scheme"):
        earn("cash", ["N"])
    with pytest.raises(WrongRewards, match="number 2"):
        earn("voucher", ["N", "X"])


def test_a_bowl_has_five_hundred_slips_half_of_which_win_and_pays_2_22_a_draw():
    assert SIZE == 500
    assert SLIPS[0] == (250, 0)
    assert round(sum(count * cents for count, cents in SLIPS) / SIZE) == 222
    assert sorted(shuffled_bowl(SEED, "r")) == sorted(cents for count, cents in SLIPS for _ in range(count))


def test_a_bowl_is_checked_by_its_seed():
    word, drawn = commitment_of(SEED), [(7, prize_on(7, seed=SEED, reward="r"))]
    assert check_bowl(SEED, word, "r", drawn) == ()
    assert check_bowl(SEED, word, "r", [(7, drawn[0][1] + 1)])
    assert check_bowl("5f" * 32, word, "r", drawn)


@pytest.mark.parametrize(("slip", "allowed"), [(0, False), (1, True), (500, True), (501, False), (9, False)])
def test_a_slip_is_one_of_the_bowl_and_not_drawn_yet(slip, allowed):
    assert bool(may_pick(slip, taken=[9], draws=2)) is allowed


@pytest.mark.parametrize(
    ("validity", "classes", "targets", "mark"),
    [
        ("valid", {"cocaine": "expected-neg"}, (), "N"),
        ("valid", {"cocaine": "unexpected-pos"}, (), "P"),
        ("valid", {"cannabinoids": "unexpected-pos"}, ("cocaine",), "N"),
        ("valid", {"cocaine": "carry-over"}, (), "excused"),
        ("valid", {"methadone": "expected-pos"}, (), "N"),
        ("dilute", {"cocaine": "expected-neg"}, (), "dilute"),
        ("dilute", {"cocaine": "unexpected-pos"}, (), "P"),
        ("invalid", {}, (), "dilute"),
        ("adulterated", {}, (), "P"),
    ],
)
def test_what_a_result_is_for_the_rewards(validity, classes, targets, mark):
    assert mark_of_result(validity, classes, targets) == mark


def test_what_is_refused_or_missed_is_a_lapse_and_what_could_not_be_is_none():
    kinds = ("refused", "missed", "no_sample", "excused")
    assert [mark_without_specimen(kind) for kind in kinds] == ["unexcused", "unexcused", "excused", "excused"]


def test_nothing_that_is_handed_over_is_cash():
    assert "cash" not in HANDED
