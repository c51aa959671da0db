"""A test's day: ordered, collected with the person's own word first, read, corrected, missed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import MONDAY, at
from tests.pathway.drug_test.tests_cast import (
    collected,
    days_after,
    found,
    in_care,
    key_of,
    ordered,
    whole_test,
)
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.drug_test import facts, views
from throughcare.pathway.drug_test.collecting import NewSpecimen, Told, record_not_given, record_specimen
from throughcare.pathway.drug_test.ordering import order_test, take_back_order
from throughcare.records.tests import OrderedTest, SpecimenResult


@pytest.fixture
def ana(cast):
    """Ana, admitted this morning."""
    return in_care(cast)


def only_test(cast, patient, *, when=None):
    """The newest test on the person's page."""
    return views.tests_page(patient, by=cast.nurse, at=when or at(12)).tests[0]


def test_what_was_told_before_the_result_makes_the_positive_a_carry_over(cast, ana):
    order = ordered(cast, ana)
    specimen = collected(cast, order, told=(Told("cocaine", days_after(-2)),))
    meaning = found(cast, specimen, benzoylecgonine=True)
    assert meaning.classes == {"benzoylecgonine": "carry-over"}
    assert only_test(cast, ana).status == "test_expected"


def test_a_day_outside_the_window_is_no_excuse(cast, ana):
    specimen = collected(cast, ordered(cast, ana), told=(Told("cocaine", days_after(-4)),))
    assert found(cast, specimen, benzoylecgonine=True).classes == {"benzoylecgonine": "unexpected-pos"}


def test_what_the_person_takes_is_expected(cast, ana):
    specimen = collected(cast, ordered(cast, ana), takes=("Suboxone 8 mg",))
    meaning = found(cast, specimen, buprenorphine=True, norbuprenorphine=True)
    assert set(meaning.classes.values()) == {"expected-pos"}


def test_fentanyl_that_nobody_expected_is_high_and_the_watch_sees_it(cast, ana):
    meaning = whole_test(cast, ana, fentanyl=True)
    assert meaning.actions[:2] == ("high", "naloxone")
    [fact] = facts.tests_of([key_of(ana)], since=at(0), at=at(12))[key_of(ana)]
    assert fact.unexpected_positive == ("fentanyl",)
    assert fact.known_at == at(10, 30)


def test_the_watch_knows_nothing_of_a_result_before_it_came(cast, ana):
    whole_test(cast, ana, fentanyl=True)
    [fact] = facts.tests_of([key_of(ana)], since=at(0), at=at(10, 5))[key_of(ana)]
    assert (fact.known_at, fact.unexpected_positive) == (None, ())


def test_the_laboratory_stands_instead_of_the_screen(cast, ana):
    specimen = collected(cast, ordered(cast, ana))
    found(cast, specimen, amphetamines=True)
    found(cast, specimen, definitive=True, amphetamines=False)
    [fact] = facts.tests_of([key_of(ana)], since=at(0), at=at(12))[key_of(ana)]
    assert fact.definitive
    assert fact.unexpected_positive == ()
    assert only_test(cast, ana).status == "test_expected"


def test_a_corrected_screen_retires_the_old_row(cast, ana):
    specimen = collected(cast, ordered(cast, ana))
    found(cast, specimen, fentanyl=True)
    found(cast, specimen, fentanyl=False)
    old, new = SpecimenResult.objects.order_by("pk")
    assert old.retired_at is not None
    assert new.corrects == old
    assert only_test(cast, ana).status == "test_expected"


def test_a_dilute_specimen_is_asked_for_again_within_two_days(cast, ana):
    whole_test(cast, ana, urine={"creatinine": 10.0, "specific_gravity": 1.002}, fentanyl=False)
    again = OrderedTest.objects.get(why="again")
    assert again.local_day == days_after(1)
    assert only_test(cast, ana).why == "Collected again"


def test_a_tampered_specimen_counts_as_staying_away(cast, ana):
    whole_test(cast, ana, urine={"creatinine": 1.0, "specific_gravity": 1.001}, fentanyl=False)
    [fact] = facts.tests_of([key_of(ana)], since=at(0), at=at(12))[key_of(ana)]
    assert fact.avoided == "tampered"


def test_a_missed_test_may_be_excused_later_and_the_old_row_stays(cast, ana):
    order = ordered(cast, ana)
    record_not_given(order, "missed", by=cast.nurse, at=at(20))
    assert facts.tests_of([key_of(ana)], since=at(0), at=at(21))[key_of(ana)][0].avoided == "missed"
    record_not_given(order, "excused", words="Her child was in hospital.", by=cast.nurse, at=at(21))
    assert facts.tests_of([key_of(ana)], since=at(0), at=at(22)) == {}
    assert only_test(cast, ana, when=at(22)).status == "test_excused"


def test_nothing_is_collected_twice_and_nothing_after_a_refusal(cast, ana):
    order = ordered(cast, ana)
    record_not_given(order, "refused", words="“Not today.”", by=cast.nurse, at=at(10))
    with pytest.raises(Cannot, match="written down already"):
        record_specimen(order, NewSpecimen(at(11)), by=cast.nurse, at=at(11))


@pytest.mark.parametrize(
    ("why", "words", "on", "told"),
    [
        ("cause", "", MONDAY, "what the reason is"),
        ("random", "", MONDAY, "why the test"),
        ("planned", "", MONDAY - timedelta(days=1), "from today on"),
    ],
)
def test_an_order_that_makes_no_sense_is_refused_in_a_sentence(cast, ana, why, words, on, told):
    with pytest.raises(Cannot, match=told):
        order_test(ana, why=why, on=on, words=words, by=cast.nurse, at=at(9))


def test_an_order_is_taken_back_only_while_nothing_came_of_it(cast, ana):
    first, second = ordered(cast, ana), ordered(cast, ana, on=days_after(1))
    collected(cast, first)
    with pytest.raises(Cannot, match="collected"):
        take_back_order(first, by=cast.nurse, at=at(11))
    take_back_order(second, by=cast.nurse, at=at(11))
    assert only_test(cast, ana).status == "test_taken_back"


def test_reception_sees_no_tests(cast, ana):
    with pytest.raises(CannotSee):
        views.tests_page(ana, by=cast.front_desk, at=at(12))


def test_the_page_asks_the_database_as_often_for_one_as_for_many(cast, ana):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            views.tests_page(ana, by=cast.nurse, at=at(12, day=days_after(20)))
            views.tests_due(by=cast.nurse, at=at(12, day=days_after(1)))
            facts.tests_of([key_of(ana)], since=at(0), at=at(12, day=days_after(20)))
        return len(asked)

    whole_test(cast, ana, on=days_after(1), fentanyl=False)
    few = queries()
    for number in (2, 3, 4, 8):
        whole_test(cast, ana, on=days_after(number), fentanyl=False)
    whole_test(cast, in_care(cast, given="Ben", family="Adler"), on=days_after(1), fentanyl=True)
    assert queries() == few
