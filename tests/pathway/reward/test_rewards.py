"""Rewards: each test earns its line, late results add the difference, slips are fair, receipts stay within it."""

from decimal import Decimal

import pytest

from tests.cast import at
from tests.pathway.drug_test.tests_cast import collected, days_after, found, in_care, ordered, whole_test
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.drug_test.collecting import record_not_given
from throughcare.pathway.reward.handing import NewReceipt, hand_over, pick_slip
from throughcare.pathway.reward.planning import begin_rewards, end_rewards
from throughcare.pathway.reward.views import reward_ledger, reward_page
from throughcare.records.rewards import PrizeDraw, Reward


@pytest.fixture
def ana(cast):
    """Ana, admitted this morning."""
    return in_care(cast)


def earns(cast, patient, scheme):
    begin_rewards(patient, scheme, targets=("benzoylecgonine",), by=cast.nurse, at=at(9))


def amounts(cast, patient):
    """The ledger's sums, oldest first."""
    page = reward_page(patient, by=cast.nurse, at=at(12, day=days_after(30)))
    return [float(line.amount) for line in reversed(page.lines)]


def test_californias_first_tests_pay_ten_ten_and_eleven_fifty(cast, ana):
    earns(cast, ana, "california")
    for number in (0, 1, 2):
        whole_test(cast, ana, on=days_after(number), benzoylecgonine=False)
    assert amounts(cast, ana) == [10, 10, 11.5]


def test_only_the_plans_targets_count(cast, ana):
    earns(cast, ana, "california")
    whole_test(cast, ana, cannabinoids=True, benzoylecgonine=False)
    assert amounts(cast, ana) == [10]


def test_a_missed_test_starts_again_and_an_excuse_that_comes_later_adds_the_difference(cast, ana):
    earns(cast, ana, "california")
    for number in (0, 1):
        whole_test(cast, ana, on=days_after(number), benzoylecgonine=False)
    missed = ordered(cast, ana, on=days_after(2))
    record_not_given(missed, "missed", by=cast.nurse, at=at(20, day=days_after(2)))
    whole_test(cast, ana, on=days_after(3), benzoylecgonine=False)
    assert amounts(cast, ana) == [10, 10, 0, 10]
    record_not_given(missed, "excused", words="Court", by=cast.nurse, at=at(20, day=days_after(3)))
    assert sum(amounts(cast, ana)) == 31.5
    assert Reward.objects.get(adjusts__isnull=False).amount == Decimal("1.50")


def test_a_screen_that_the_laboratory_does_not_confirm_pays_after_all(cast, ana):
    earns(cast, ana, "california")
    specimen = collected(cast, ordered(cast, ana))
    found(cast, specimen, benzoylecgonine=True)
    assert amounts(cast, ana) == [0]
    found(cast, specimen, definitive=True, benzoylecgonine=False)
    assert amounts(cast, ana) == [0, 10]


def test_a_reward_is_never_taken_back(cast, ana):
    earns(cast, ana, "california")
    specimen = collected(cast, ordered(cast, ana))
    found(cast, specimen, benzoylecgonine=False)
    found(cast, specimen, definitive=True, benzoylecgonine=True)
    assert amounts(cast, ana) == [10]


def test_a_bowl_shows_its_seed_when_all_slips_are_drawn_and_the_cap_holds(cast, ana):
    earns(cast, ana, "prize-bowl")
    whole_test(cast, ana, benzoylecgonine=False)
    whole_test(cast, ana, on=days_after(1), benzoylecgonine=False)
    newest, first = reward_page(ana, by=cast.nurse, at=at(12)).lines
    assert (first.draws_left, newest.draws_left, newest.seed) == (1, 2, "")
    pick_slip(newest.uid, 77, by=cast.nurse, at=at(12))
    with pytest.raises(Cannot, match="slip 77 already"):
        pick_slip(newest.uid, 77, by=cast.nurse, at=at(12))
    pick_slip(newest.uid, 500, by=cast.nurse, at=at(12))
    with pytest.raises(Cannot, match="All slips"):
        pick_slip(newest.uid, 1, by=cast.nurse, at=at(12))
    newest, first = reward_page(ana, by=cast.nurse, at=at(12)).lines
    assert (len(newest.seed), newest.wrong) == (64, ())
    PrizeDraw.objects.filter(slip=77).update(on_slip=Decimal(100), prize=Decimal(100))
    assert "Slip 77" in reward_page(ana, by=cast.nurse, at=at(12)).lines[0].wrong[0]


def test_nothing_is_handed_over_beyond_what_is_owed_and_receipts_are_numbered(cast, ana):
    earns(cast, ana, "california")
    whole_test(cast, ana, benzoylecgonine=False)
    with pytest.raises(Cannot, match=r"\$10.00 is owed"):
        hand_over(ana, NewReceipt("gift_card", "GC-1", Decimal("10.01"), "Ana F."), by=cast.nurse, at=at(12))
    with pytest.raises(Cannot, match="Cash is not possible"):
        hand_over(ana, NewReceipt("cash", "GC-1", Decimal(5), "Ana F."), by=cast.nurse, at=at(12))
    assert (
        hand_over(ana, NewReceipt("gift_card", "GC-1", Decimal(4), "Ana F."), by=cast.nurse, at=at(12)) == 1
    )
    assert (
        hand_over(ana, NewReceipt("gift_card", "GC-2", Decimal(6), "Ana F."), by=cast.nurse, at=at(12)) == 2
    )
    ledger = reward_ledger(2026, by=cast.director, at=at(13))
    assert [(one.earned, one.handed, one.tax_flag) for one in ledger.people] == [(10, 10, False)]


def test_who_stopped_earning_keeps_what_was_earned(cast, ana):
    earns(cast, ana, "voucher")
    whole_test(cast, ana, benzoylecgonine=False)
    end_rewards(ana, by=cast.nurse, at=at(13))
    whole_test(cast, ana, on=days_after(1), benzoylecgonine=False)
    assert amounts(cast, ana) == [2.5]
    assert reward_page(ana, by=cast.nurse, at=at(14)).owed == Decimal("2.50")
