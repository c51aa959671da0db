"""A suicide tier stands until a clinician and a supervisor lower it; nobody approves their own request."""

from datetime import timedelta

import pytest

from tests.cast import MONDAY, at
from tests.sessions_cast import admit
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.measure.measure import record_measure
from throughcare.pathway.measure.tiers import answer_lowering, ask_to_lower, tier_view, tiers_of

MODERATE = (1, 1, 1, 0, 0, 0, None)
HIGH = (1, 1, 1, 1, 0, 0, None)
NONE = (0, 0, None, None, None, 0, None)


@pytest.fixture
def dev(cast):
    return admit(cast, "Dev", "Rao")


def ask(cast, dev, answers, when):
    record_measure(dev.uid, "c-ssrs-screener", answers, mode="clinician", by=cast.clinician, at=when)


@pytest.mark.django_db
def test_a_later_screener_without_risk_lowers_nothing(cast, dev):
    ask(cast, dev, MODERATE, at(9))
    ask(cast, dev, NONE, at(10, day=MONDAY + timedelta(days=3)))
    view = tier_view(dev.uid, by=cast.nurse, at=at(11, day=MONDAY + timedelta(days=3)))
    assert (view.standing.tier, view.standing.answers_are_lower) == ("moderate", True)
    assert view.reassess_by == MONDAY + timedelta(days=17) and not view.is_overdue
    assert tier_view(dev.uid, by=cast.nurse, at=at(9, day=MONDAY + timedelta(days=18))).is_overdue


@pytest.mark.django_db
def test_a_clinician_asks_a_supervisor_approves_and_it_stands_lower(cast, dev):
    ask(cast, dev, MODERATE, at(9))
    with pytest.raises(Cannot, match="A clinician asks"):
        ask_to_lower(dev.uid, "low", because="Better", by=cast.nurse, at=at(10))
    with pytest.raises(Cannot, match="a lower tier"):
        ask_to_lower(dev.uid, "high", because="Worse", by=cast.clinician, at=at(10))
    asked = ask_to_lower(dev.uid, "low", because="No method any more", by=cast.clinician, at=at(10))
    assert tiers_of([dev.key], at=at(11))[dev.key].tier == "moderate"
    with pytest.raises(Cannot, match="supervisor"):
        answer_lowering(asked, approve=True, by=cast.prescriber, at=at(11))
    answer_lowering(asked, approve=True, by=cast.director, at=at(12))
    assert tiers_of([dev.key], at=at(11))[dev.key].tier == "moderate"
    assert tiers_of([dev.key], at=at(12))[dev.key].tier == "low"
    with pytest.raises(Cannot, match="answered this request already"):
        answer_lowering(asked, approve=False, by=cast.director, at=at(13))


@pytest.mark.django_db
def test_nobody_approves_their_own_and_new_answers_stop_it(cast, dev):
    ask(cast, dev, MODERATE, at(9))
    own = ask_to_lower(dev.uid, "none", because="Seen today", by=cast.director, at=at(10))
    with pytest.raises(Cannot, match="nobody approves their own"):
        answer_lowering(own, approve=True, by=cast.director, at=at(10, 5))
    ask(cast, dev, HIGH, at(10, 30))
    with pytest.raises(Cannot, match="New answers came"):
        answer_lowering(own, approve=True, by=cast.director, at=at(11))
    answer_lowering(own, approve=False, by=cast.director, at=at(11))
    assert tiers_of([dev.key], at=at(12))[dev.key].tier == "high"
