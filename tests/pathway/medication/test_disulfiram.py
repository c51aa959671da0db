"""Disulfiram and alcohol: however the drinking becomes known, the nurse is told at once what doesn't go together."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from tests.cast import MONDAY, at
from tests.pathway.drug_test.tests_cast import collected, found, in_care, key_of, ordered
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.drug_test.at_the_door import record_breath
from throughcare.pathway.drug_test.collecting import Told
from throughcare.pathway.drug_test.facts import tests_of as facts_of
from throughcare.pathway.medication.board import medication_board
from throughcare.pathway.medication.changing import MedicationWords, start_medication
from throughcare.pathway.medication.chart import medications_of
from throughcare.pathway.medication.checking import answer_interaction

DISULFIRAM = MedicationWords("Antabuse", "250 mg", "mouth", "daily", "prescriber", prescriber="Dr. Vale")
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def ana(cast):
    patient = in_care(cast)
    start_medication(patient, DISULFIRAM, key=uuid4(), by=cast.nurse, at=at(9))
    return patient


def breathed(cast, ana, reading="0.04"):
    return record_breath(ana, Decimal(reading), waited_minutes=15, by=cast.nurse, at=at(11))


def told_before_a_test(cast, ana):
    collected(cast, ordered(cast, ana), told=(Told("beer", MONDAY),))


def found_by_a_test(cast, ana):
    return found(cast, collected(cast, ordered(cast, ana)), etg=True)


@pytest.mark.parametrize("becomes_known", [breathed, told_before_a_test, found_by_a_test])
def test_drinking_stands_first_among_what_is_due_until_it_is_answered(cast, ana, becomes_known):
    becomes_known(cast, ana)
    line = medication_board(by=cast.nurse, at=at(12)).people[0].lines[0]
    assert (line.due.title, line.state) == ("Disulfiram with alcohol", "due_today")
    (against,) = [
        one
        for one in medications_of(ana, by=cast.nurse, at=at(12)).unanswered
        if one.found.rule == "disulfiram_alcohol"
    ]
    answer_interaction(ana, against.found.subject, words="Seen, well.", by=cast.nurse, at=at(12, 5))
    left = medications_of(ana, by=cast.nurse, at=at(13)).unanswered
    assert "disulfiram_alcohol" not in {one.found.rule for one in left}


def test_a_clear_breath_says_nothing_and_one_above_zero_says_it_at_the_door(cast, ana):
    assert not breathed(cast, ana, "0.00").takes_disulfiram
    due = [line.due.title for line in medication_board(by=cast.nurse, at=at(12)).people[0].lines]
    assert "Disulfiram with alcohol" not in due
    assert breathed(cast, ana).takes_disulfiram


def test_a_result_with_alcohol_is_high_and_so_is_its_sign(cast, ana):
    meaning = found_by_a_test(cast, ana)
    assert meaning.actions[:2] == ("high", "disulfiram_alcohol")
    (fact,) = facts_of([key_of(ana)], since=at(0), at=at(12))[key_of(ana)]
    assert fact.alcohol_with_disulfiram


def test_an_order_of_disulfiram_after_drinking_waits_for_an_answer(cast):
    patient = in_care(cast, given="Lee")
    breathed(cast, patient)
    own = MedicationWords("Disulfiram", "250 mg", "mouth", "daily", "prescriber", prescribed_here=True)
    with pytest.raises(Cannot, match="The breath test of March 2 shows alcohol"):
        start_medication(patient, own, key=uuid4(), by=cast.prescriber, at=at(14))
