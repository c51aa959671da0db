"""What the program knows of each medication, and how a typed name finds it."""

import re

import pytest

from throughcare.knowledge.drug_tests.analytes import ALL as ANALYTES
from throughcare.knowledge.drug_tests.substances import find_substance
from throughcare.knowledge.medications import adherence, principle
from throughcare.knowledge.medications.checks import ALL as CHECKS
from throughcare.knowledge.medications.drug import CLASSES, ROUTES
from throughcare.knowledge.medications.library import ALL, ROWS, code_of, named_in
from throughcare.knowledge.medications.schedules import ALL as SCHEDULES

# domain.md §6: the products seen in published value sets.
PRODUCTS = {
    "buprenorphine-naloxone": {"351266", "351267", "1010600", "1307056", "1010604", "1307061"},
    "buprenorphine": {"351264", "351265"},
    "buprenorphine-monthly": {"1996184", "1996192"},
    "methadone": {"864706", "864718", "864761", "864769", "864978", "991147"},
    "naltrexone-monthly": {"1483744", "637213"},
    "acamprosate": {"835726"},
    "disulfiram": {"197623", "197624"},
    "naloxone": {"1725059", "2540703"},
    "sertraline": {"312941", "312938"},
    "fluoxetine": {"310385"},
    "escitalopram": {"349332"},
    "mirtazapine": {"311725"},
    "duloxetine": {"596930", "596934"},
    "trazodone": {"856377"},
}


@pytest.mark.parametrize("drug", ROWS, ids=lambda one: one.code)
def test_every_medication_says_what_it_is_for_and_where_that_is_from(drug):
    assert drug.why.endswith(".") and drug.source and drug.rxnorm.isdecimal()
    assert drug.classes <= set(CLASSES) and drug.route in ROUTES and drug.schedule in SCHEDULES
    assert set(drug.checks) <= set(CHECKS)
    assert re.fullmatch(r"|II|III|IV|V", drug.controlled)


def test_codes_are_used_once_and_products_are_those_of_the_value_sets():
    assert len(ALL) == len(ROWS)
    for code, known in PRODUCTS.items():
        assert {one.rxnorm for one in ALL[code].products} == known


def test_a_medication_that_shows_in_tests_is_found_by_its_ingredient():
    """What a test finds because of it, or mistakes for it, stands in one place: with the substances."""
    shows = {"opioid", "benzodiazepine"}
    for drug in ROWS:
        known = find_substance(drug.ingredient)
        if drug.classes & shows:
            assert known is not None and set(known.gives) <= set(ANALYTES) and known.gives, drug.code
    assert find_substance(ALL["quetiapine"].ingredient).may_read_as == ("methadone",)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Sertraline", "sertraline"),
        ("  zoloft ", "sertraline"),
        ("SUBOXONE", "buprenorphine-naloxone"),
        ("Vivitrol", "naltrexone-monthly"),
        ("Grandmother's tea", ""),
        ("", ""),
    ],
)
def test_a_typed_name_finds_the_medication_or_stays_free(typed, code):
    assert code_of(typed) == code


def test_a_free_name_that_holds_a_known_one_is_weighed_by_it():
    assert [one.code for one in named_in("Oxycodone 5 mg (from a friend)")] == ["oxycodone"]
    assert named_in("Oxycodonelike") == ()


def test_methadone_is_only_ever_recorded():
    assert "opioid treatment program" in ALL["methadone"].recorded_only
    assert [one.code for one in ROWS if one.recorded_only] == ["methadone"]


def test_medication_is_no_bar_and_no_condition():
    assert principle.may_take_part(["methadone", "alprazolam"]) and principle.may_take_part()
    refused = principle.may_make_it_a_condition("Taking buprenorphine")
    assert not refused and refused.because.startswith("Taking buprenorphine can't be a condition")


def test_what_a_nurse_saw_counts_before_what_was_told():
    assert adherence.believed({"patient": "taken", "staff": "missed"}) == "missed"
    assert adherence.believed({"family": "missed", "patient": "taken"}) == "taken"
    assert adherence.believed({}) == "unknown"


def test_the_share_taken_leaves_out_held_and_untold_days():
    assert adherence.share_taken(["taken", "missed", "held", "unknown"]) == 0.5
    assert adherence.share_taken(["unknown", "held"]) is None
    assert adherence.CODES["as_directed"].snomed == "1156699004"
