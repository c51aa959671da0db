"""Measures: asked for, answered, scored that day, corrected by a new row, and what asks for a risk tool."""

from datetime import date, timedelta

import pytest

from tests.cast import at
from tests.intake_cast import BEN, DEV, assess, ben, measure, patient_of
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.intake.assessment import sign_assessment
from throughcare.pathway.intake.assessment_view import assessment_view
from throughcare.pathway.measure.measure import (
    correct_measure,
    measure_view,
    measures_of,
    record_measure,
)
from throughcare.pathway.measure.measure_requests import ask_measure
from throughcare.records.measures import MeasureRequest, MeasureResponse

ITEM_9 = [2, 2, 2, 2, 2, 2, 2, 2, 1]


@pytest.fixture
def dev(cast):
    """Dev's assessment, opened at nine."""
    return assess(cast, DEV)


def test_devs_answers_make_seventeen_and_ask_for_a_risk_tool(cast, dev):
    taken = measure(dev, "phq-9", ITEM_9, by=cast.clinician, when=at(18, 10))
    assert (taken.total, taken.band, taken.missing) == (17, "moderately severe", 0)
    assert [item for item, _ in taken.critical] == [9]
    due = assessment_view(dev, by=cast.clinician, at=at(18, 11)).risk_due
    assert due and not due.overdue
    assert due.because == "PHQ-9, item 9"


def test_with_no_risk_tool_by_midnight_it_is_overdue(cast, dev):
    measure(dev, "phq-9", ITEM_9, by=cast.clinician, when=at(18, 10))
    almost = assessment_view(dev, by=cast.clinician, at=at(23, 59)).risk_due
    after = assessment_view(dev, by=cast.clinician, at=at(0, day=date(2026, 3, 3))).risk_due
    assert almost and not almost.overdue
    assert after and after.overdue


def test_the_screener_of_that_evening_answers_it_and_gives_the_tier(cast, dev):
    measure(dev, "phq-9", ITEM_9, by=cast.clinician, when=at(18, 10))
    measure(dev, "c-ssrs-screener", [1, 1, 1, 0, 0, 0, None], by=cast.clinician, when=at(18, 40))
    seen = assessment_view(dev, by=cast.clinician, at=at(19))
    assert seen.risk_due is None
    assert seen.tier == "moderate"


def test_a_screener_of_the_morning_does_not_answer_the_evening(cast, dev):
    measure(dev, "c-ssrs-screener", [0, 0, None, None, None, 0, None], by=cast.clinician, when=at(10))
    measure(dev, "phq-9", ITEM_9, by=cast.clinician, when=at(18, 10))
    assert assessment_view(dev, by=cast.clinician, at=at(18, 11)).risk_due


def test_an_incomplete_screener_answers_nothing(cast, dev):
    measure(dev, "phq-9", ITEM_9, by=cast.clinician, when=at(18, 10))
    measure(dev, "c-ssrs-screener", [0, 0, None, None, None, None, None], by=cast.clinician, when=at(18, 40))
    seen = assessment_view(dev, by=cast.clinician, at=at(19))
    assert seen.risk_due
    assert seen.tier == ""


def test_one_missing_answer_is_filled_up_and_three_give_no_score(cast, dev):
    eight = measure(dev, "phq-9", [2, 2, 2, 2, 2, 2, 2, 1, None], by=cast.clinician)
    six = measure(dev, "phq-9", [3, 3, 3, 3, 3, 3, None, None, None], by=cast.clinician)
    assert (eight.total, eight.prorated, eight.missing) == (17, True, 1)
    assert (six.total, six.band, six.missing) == (None, "", 3)
    assert six.said == "no score, 3 not answered"


def test_an_answer_off_its_scale_is_refused_and_names_its_item(cast, dev):
    with pytest.raises(Cannot, match="Item 3: 4 is not on its scale") as refusal:
        measure(dev, "phq-9", [0, 0, 4, 0, 0, 0, 0, 0, 0], by=cast.clinician)
    assert refusal.value.field == "item_3"
    assert MeasureResponse.objects.count() == 0


@pytest.mark.parametrize("answers", [[None] * 9, [], [0] * 12])
def test_no_answers_or_the_wrong_number_of_them_are_refused(cast, dev, answers):
    with pytest.raises(Cannot):
        measure(dev, "phq-9", answers, by=cast.clinician)


def test_sex_and_age_come_from_the_person(cast):
    ben_at_intake = assess(cast, BEN)
    three = measure(ben_at_intake, "audit-c", [1, 1, 1], by=cast.clinician)
    assert (three.context["sex"], three.context["age"], three.positive) == ("male", 41, False)


def test_the_parts_of_item_seven_are_kept_apart(cast, dev):
    answers = [1] * 17
    answers[13] = 4
    person = patient_of(dev).uid
    record = {"mode": "self", "by": cast.clinician, "at": at(10)}
    taken = record_measure(person, "bam", answers, context={"parts": {"7A": 2}}, **record)
    assert taken.context["parts"] == {"7A": 2}
    with pytest.raises(Cannot, match="Item 7Z"):
        record_measure(person, "bam", answers, context={"parts": {"7Z": 2}}, **record)


def test_a_correction_retires_the_old_row_and_names_it(cast, dev):
    first = measure(dev, "phq-9", ITEM_9, by=cast.clinician, when=at(10))
    second = correct_measure(first.uid, [0] * 9, by=cast.director, at=at(12))
    assert second.corrects == first.uid
    assert second.taken_at == first.taken_at
    person = patient_of(dev).uid
    assert [one.total for one in measures_of(person, by=cast.clinician, at=at(13))] == [0]
    assert len(measures_of(person, by=cast.clinician, at=at(13), retired=True)) == 2
    with pytest.raises(Cannot, match="corrected this already"):
        correct_measure(first.uid, [1] * 9, by=cast.clinician, at=at(13))


def test_the_change_is_told_against_the_one_before(cast, dev):
    for day, answers in ((2, [2] * 9), (9, [1] * 9), (16, [1] * 8 + [0])):
        measure(dev, "phq-9", answers, by=cast.clinician, when=at(10, day=date(2026, 3, day)))
    changes = [one.change for one in measures_of(patient_of(dev).uid, by=cast.clinician, at=at(12))]
    assert changes == ["same", "better", "na"]


def test_an_answer_belongs_to_the_request_of_its_week(cast, dev):
    person = patient_of(dev).uid
    for day in (2, 9, 16):
        ask_measure(person, "phq-9", due_date=date(2026, 3, day), by=cast.clinician, at=at(9))
    taken = record_measure(
        person, "phq-9", [0] * 9, mode="self", by=cast.clinician, at=at(9, day=date(2026, 3, 10))
    )
    answered = MeasureRequest.objects.get(response__uid=taken.uid)
    assert answered.due_date == date(2026, 3, 9)


def test_asking_twice_for_a_day_is_asking_once(cast, dev):
    person = patient_of(dev).uid
    once = ask_measure(person, "phq-9", due_date=date(2026, 3, 9), by=cast.clinician, at=at(9))
    assert ask_measure(person, "phq-9", due_date=date(2026, 3, 9), by=cast.clinician, at=at(10)) == once
    record = {"mode": "self", "by": cast.clinician, "request": once}
    record_measure(person, "phq-9", [0] * 9, at=at(9) + timedelta(days=7), **record)
    with pytest.raises(Cannot, match="answered already"):
        record_measure(person, "phq-9", [0] * 9, at=at(9) + timedelta(days=8), **record)


def test_what_a_signed_assessment_rests_on_stays(cast):
    assessment = ben(cast)
    taken = measures_of(patient_of(assessment).uid, by=cast.clinician, at=at(11))[0]
    sign_assessment(assessment, by=cast.clinician, at=at(12))
    with pytest.raises(Cannot, match="signed"):
        measure(assessment, "phq-9", [0] * 9, by=cast.clinician, when=at(13))
    with pytest.raises(Cannot, match="signed"):
        correct_measure(taken.uid, list(taken.answers), by=cast.clinician, at=at(13))


def test_a_biller_neither_sees_nor_records_measures(cast, dev):
    taken = measure(dev, "phq-9", ITEM_9, by=cast.clinician)
    with pytest.raises(CannotSee):
        measures_of(patient_of(dev).uid, by=cast.biller, at=at(11))
    with pytest.raises(CannotSee):
        measure_view(taken.uid, by=cast.biller, at=at(11))
    with pytest.raises(CannotSee):
        measure(dev, "phq-9", ITEM_9, by=cast.biller)


def test_another_organization_finds_no_measure(cast, dev):
    from tests.cast import gather_cast

    taken = measure(dev, "phq-9", ITEM_9, by=cast.clinician)
    other = gather_cast("Elsewhere", mail_host="elsewhere.test")
    with pytest.raises(Absent):
        measure_view(taken.uid, by=other.clinician, at=at(11))
    with pytest.raises(Absent):
        correct_measure(taken.uid, [0] * 9, by=other.clinician, at=at(11))


def test_a_list_of_many_takes_as_many_queries_as_a_list_of_one(cast, dev, django_assert_max_num_queries):
    for day in range(1, 29):
        measure(dev, "phq-9", [1] * 9, by=cast.clinician, when=at(10, day=date(2026, 3, day)))
    with django_assert_max_num_queries(7):
        measures_of(patient_of(dev).uid, by=cast.clinician, at=at(12))
