"""The draw: published before, asked on the morning, checked afterwards by anyone, and never shown too early."""

from datetime import date, timedelta

import pytest

from tests.cast import MONDAY, at
from tests.pathway.drug_test.tests_cast import days_after, in_care
from throughcare.knowledge.drug_tests.draw import first_of_period
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.drug_test import views
from throughcare.pathway.drug_test.asking import draw_and_ask
from throughcare.pathway.drug_test.collecting import record_not_given
from throughcare.pathway.drug_test.drawing import enter_draw, leave_draw
from throughcare.pathway.drug_test.fairness import draw_periods, proof_of
from throughcare.pathway.drug_test.ordering import take_back_order
from throughcare.records.messages import Message
from throughcare.records.tests import DrawnWeeks, NotGiven, OrderedTest

FIRST = first_of_period(MONDAY)


def days_pass(first: date, last: date) -> None:
    """The worker runs each morning and each noon."""
    day = first
    while day <= last:
        draw_and_ask(at=at(7, day=day))
        draw_and_ask(at=at(13, day=day))
        day += timedelta(days=1)


@pytest.fixture
def ana(cast):
    """Ana, in the draw from tomorrow on."""
    patient = in_care(cast)
    enter_draw(patient, panel=("fentanyl",), by=cast.nurse, at=at(10))
    return patient


def test_the_hash_is_published_and_the_seed_is_kept(cast, ana):
    draw_and_ask(at=at(11))
    newest, this = draw_periods(by=cast.director, at=at(11))
    assert (this.first_day, this.is_over, len(this.commitment)) == (FIRST, False, 64)
    assert newest.first_day == FIRST + timedelta(days=28)
    with pytest.raises(Cannot, match="when these four weeks are over"):
        proof_of(FIRST, by=cast.director, at=at(11))


def test_two_days_a_week_are_asked_and_the_proof_holds_afterwards(cast, ana):
    days_pass(days_after(1), FIRST + timedelta(days=28))
    asked = list(OrderedTest.objects.filter(why="random").values_list("local_day", flat=True))
    assert all(day.weekday() < 5 for day in asked)
    weeks = [
        sum(1 for day in asked if day.isocalendar()[:2] == week)
        for week in {d.isocalendar()[:2] for d in asked}
    ]
    assert set(weeks) == {2}
    proof = proof_of(FIRST, by=cast.director, at=at(12, day=FIRST + timedelta(days=28)))
    assert proof.check() == ()


def test_a_test_that_was_put_in_by_hand_does_not_pass_the_proof(cast, ana):
    days_pass(days_after(1), days_after(5))
    drawn = DrawnWeeks.objects.first()
    other = next(day for day in (days_after(n) for n in range(1, 5)) if day.isoformat() not in drawn.days)
    OrderedTest.objects.create(
        organization_id=cast.organization,
        patient_id=drawn.entry.patient_id,
        why="random",
        local_day=other,
        matrix="urine",
        drawn=drawn,
        recorded_at=at(9),
    )
    days_pass(days_after(6), FIRST + timedelta(days=28))
    [wrong] = proof_of(FIRST, by=cast.director, at=at(12, day=FIRST + timedelta(days=28))).check()
    assert "asked was on" in wrong


def test_a_person_is_told_on_the_morning_in_words_that_say_nothing(cast, ana):
    draw_and_ask(at=at(11))
    day = date.fromisoformat(min(DrawnWeeks.objects.get().days))
    draw_and_ask(at=at(5, 50, day=day))
    assert not OrderedTest.objects.exists()
    draw_and_ask(at=at(6, 10, day=day))
    draw_and_ask(at=at(6, 20, day=day))
    [order] = OrderedTest.objects.all()
    assert order.told_at == at(6, 10, day=day)
    [message] = Message.objects.all()
    assert "test" not in (message.subject + message.words).lower()
    with pytest.raises(Cannot, match="drawn by chance"):
        take_back_order(order.uid, by=cast.nurse, at=at(8, day=day))


def test_days_to_come_are_on_no_page(cast, ana):
    draw_and_ask(at=at(11))
    assert views.tests_page(ana, by=cast.nurse, at=at(12)).tests == ()


def test_whom_nobody_saw_is_noted_at_noon_and_may_be_excused(cast, ana):
    draw_and_ask(at=at(11))
    day = date.fromisoformat(min(DrawnWeeks.objects.get().days))
    draw_and_ask(at=at(7, day=day))
    draw_and_ask(at=at(11, day=day + timedelta(days=1)))
    assert not NotGiven.objects.exists()
    draw_and_ask(at=at(12, 1, day=day + timedelta(days=1)))
    assert NotGiven.objects.get().kind == "missed"
    order = OrderedTest.objects.filter(local_day=day).get()
    record_not_given(
        order.uid, "excused", words="In court", by=cast.nurse, at=at(14, day=day + timedelta(days=1))
    )
    assert NotGiven.objects.get(retired_at__isnull=True).kind == "excused"


def test_who_left_the_draw_is_not_asked_and_the_proof_still_holds(cast, ana):
    draw_and_ask(at=at(11))
    leave_draw(ana, by=cast.nurse, at=at(12))
    days_pass(days_after(1), FIRST + timedelta(days=28))
    assert not OrderedTest.objects.exists()
    assert proof_of(FIRST, by=cast.director, at=at(12, day=FIRST + timedelta(days=28))).check() == ()
