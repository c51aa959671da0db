"""Validity, windows and classes of a test: an example on each side of every bound."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.knowledge.drug_tests.analytes import ALL as ANALYTES
from throughcare.knowledge.drug_tests.carry_over import Disclosure, Earlier
from throughcare.knowledge.drug_tests.interpreting import Sample, interpret
from throughcare.knowledge.drug_tests.no_sole_ground import may_discharge_after_tests
from throughcare.knowledge.drug_tests.substances import ROWS, find_substance
from throughcare.knowledge.drug_tests.validity import Urine, weigh_urine

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
FRESH = Urine(temperature_f=96, temperature_minutes=2, creatinine=90, specific_gravity=1.015, ph=6, nitrite=0)


def urine(**values):
    return Urine(**{**vars(FRESH), **values})


def read(results, *, prescribed=(), disclosed=(), earlier=(), **more):
    sample = Sample(
        NOW, results, prescribed=prescribed, disclosed=disclosed, earlier=earlier, **{"urine": FRESH, **more}
    )
    return interpret(sample)


def used(substance, hours, **more):
    return (Disclosure(substance, NOW - timedelta(hours=hours), **more),)


@pytest.mark.parametrize(
    ("values", "mark"),
    [
        ({}, "valid"),
        ({"temperature_f": 90}, "valid"),
        ({"temperature_f": 89.9}, "invalid"),
        ({"temperature_f": 100}, "valid"),
        ({"temperature_f": 100.1}, "invalid"),
        ({"temperature_f": 80, "temperature_minutes": 4}, "invalid"),
        ({"temperature_f": 80, "temperature_minutes": 5}, "valid"),
        ({"creatinine": 19.9, "specific_gravity": 1.0029}, "dilute"),
        ({"creatinine": 20, "specific_gravity": 1.0029}, "valid"),
        ({"creatinine": 19.9, "specific_gravity": 1.003}, "valid"),
        ({"creatinine": 1.9, "specific_gravity": 1.001}, "substituted"),
        ({"creatinine": 2, "specific_gravity": 1.001}, "dilute"),
        ({"creatinine": 1.9, "specific_gravity": 1.0011}, "dilute"),
        ({"creatinine": 1.9, "specific_gravity": 1.020}, "substituted"),
        ({"creatinine": 1.9, "specific_gravity": 1.019}, "invalid"),
        ({"nitrite": 500}, "adulterated"),
        ({"nitrite": 499}, "valid"),
        ({"ph": 2.9}, "adulterated"),
        ({"ph": 3}, "valid"),
        ({"ph": 11}, "adulterated"),
        ({"ph": 10.9}, "valid"),
        ({"foreign_substance": True}, "adulterated"),
    ],
)
def test_each_side_of_each_bound_of_validity(values, mark):
    assert weigh_urine(urine(**values)).mark == mark


def test_a_program_may_follow_the_newer_text_about_ph():
    assert weigh_urine(urine(ph=3.5), {"drug_test.lowest_ph": 4}).mark == "adulterated"


def test_unusual_values_ask_the_laboratory_without_a_mark():
    assert read({"fentanyl": False}, urine=urine(ph=10)).actions == ("ask_laboratory",)


@pytest.mark.parametrize(
    ("analyte", "substance", "hours"),
    [
        ("amphetamines", "amphetamine", 96),
        ("benzoylecgonine", "cocaine", 72),
        ("opiates", "heroin", 96),
        ("oxycodone", "oxycodone", 96),
        ("methadone", "methadone", 96),
        ("pcp", "pcp", 168),
        ("benzodiazepines", "diazepam", 168),
        ("barbiturates", "butalbital", 96),
        ("cannabinoids", "cannabis", 72),
        ("buprenorphine", "buprenorphine", 168),
        ("fentanyl", "fentanyl", 72),
        ("norfentanyl", "fentanyl", 72),
        ("ethanol", "alcohol", 12),
        ("etg", "alcohol", 72),
    ],
)
def test_each_side_of_each_window_after_a_use_that_was_not_long(analyte, substance, hours):
    inside = read({analyte: True}, disclosed=used(substance, hours, long_use=False))
    outside = read({analyte: True}, disclosed=used(substance, hours + 0.1, long_use=False))
    assert inside.classes[analyte] == "carry-over"
    assert outside.classes[analyte] == "unexpected-pos"


def test_6_mam_shows_for_less_than_a_day():
    assert read({"6-mam": True}, disclosed=used("heroin", 23.9)).classes["6-mam"] == "carry-over"
    assert read({"6-mam": True}, disclosed=used("heroin", 24)).classes["6-mam"] == "unexpected-pos"


@pytest.mark.parametrize(
    ("analyte", "substance", "days"),
    [
        ("cannabinoids", "weed", 30),
        ("benzodiazepines", "xanax", 30),
        ("norfentanyl", "fentanyl", 28),
        ("etg", "beer", 5),
    ],
)
def test_after_long_use_it_shows_longer_and_not_asked_counts_for_the_person(analyte, substance, days):
    for long_use in (True, None):
        at_end = read({analyte: True}, disclosed=used(substance, 24 * days, long_use=long_use))
        assert at_end.classes[analyte] == "carry-over"
    late = read({analyte: True}, disclosed=used(substance, 24 * days + 1, long_use=True))
    assert late.classes[analyte] == "unexpected-pos"


def test_oral_fluid_and_hair_have_windows_of_their_own():
    two_days = used("weed", 48.1, long_use=True)
    assert (
        read({"cannabinoids": True}, disclosed=two_days, matrix="oral_fluid").classes["cannabinoids"]
        == "unexpected-pos"
    )
    assert (
        read({"cocaine": True}, disclosed=used("cocaine", 2000), matrix="hair").classes["cocaine"]
        == "carry-over"
    )


@pytest.mark.parametrize(("level", "kind"), [(59, "carry-over"), (60, "unexpected-pos")])
def test_the_levels_by_creatinine_tell_new_use_from_old(level, kind):
    before = Earlier(NOW - timedelta(days=7), levels={"cannabinoids": 40}, creatinine=90)
    found = read(
        {"cannabinoids": True},
        disclosed=used("weed", 24 * 14, long_use=True),
        earlier=(before,),
        levels={"cannabinoids": level},
    )
    assert found.classes["cannabinoids"] == kind
    assert "normalize_trend" not in found.actions


def test_without_levels_it_is_asked_for_them():
    found = read({"cannabinoids": True}, disclosed=used("weed", 24 * 14, long_use=True))
    assert "normalize_trend" in found.actions


def test_a_use_that_an_earlier_test_found_carries_over_once():
    monday = Earlier(NOW - timedelta(days=3), unexpected=True, found=("benzoylecgonine",))
    assert read({"benzoylecgonine": True}, earlier=(monday,)).classes["benzoylecgonine"] == "carry-over"
    older = Earlier(NOW - timedelta(days=4), unexpected=True, found=("benzoylecgonine",))
    assert read({"benzoylecgonine": True}, earlier=(older,)).classes["benzoylecgonine"] == "unexpected-pos"


@pytest.mark.parametrize(
    ("drug", "analytes"),
    [
        ("codeine", ("codeine", "morphine")),
        ("hydrocodone", ("hydrocodone", "hydromorphone")),
        ("oxycodone", ("oxycodone", "oxymorphone")),
        ("diazepam", ("nordiazepam", "temazepam", "oxazepam")),
        ("methadone", ("methadone", "eddp")),
        ("Suboxone 8/2 mg film", ("buprenorphine", "norbuprenorphine")),
    ],
)
def test_what_the_body_makes_of_a_prescribed_drug_is_expected(drug, analytes):
    found = read(dict.fromkeys(analytes, True), prescribed=(drug,))
    assert set(found.classes.values()) == {"expected-pos"}


def test_a_prescribed_drug_that_is_absent_is_unexpected_and_the_prescriber_is_told():
    found = read({"methadone": False}, prescribed=("methadone",))
    assert found.classes["methadone"] == "unexpected-neg"
    assert "tell_prescriber" in found.actions


def test_a_screen_that_may_miss_the_drug_accuses_nobody_and_the_laboratory_decides():
    screen = read({"benzodiazepines": False}, prescribed=("clonazepam",))
    assert screen.classes["benzodiazepines"] == "expected-neg"
    assert screen.actions == ("confirm_definitive",)
    laboratory = read({"benzodiazepines": False}, prescribed=("clonazepam",), definitive=True)
    assert laboratory.classes["benzodiazepines"] == "unexpected-neg"


def test_buprenorphine_without_norbuprenorphine_asks_about_spiking():
    found = read({"buprenorphine": True, "norbuprenorphine": False}, prescribed=("buprenorphine",))
    assert "ask_about_spiking" in found.actions
    both = read({"buprenorphine": True, "norbuprenorphine": True}, prescribed=("buprenorphine",))
    assert "ask_about_spiking" not in both.actions


@pytest.mark.parametrize("row", [row for row in ROWS if row.may_read_as], ids=lambda row: row.code)
def test_a_screen_may_take_one_drug_for_another_and_a_laboratory_does_not(row):
    [analyte] = row.may_read_as
    screen = read({analyte: True}, prescribed=(row.code,))
    assert f"a screen may take {row.code} for it" in " ".join(screen.because)
    assert "confirm_definitive" in screen.actions
    assert "confirm_definitive" not in read({analyte: True}, prescribed=(row.code,), definitive=True).actions


@pytest.mark.parametrize(
    ("results", "prescribed", "high"),
    [
        ({"fentanyl": True}, (), True),
        ({"norfentanyl": True}, (), True),
        ({"fentanyl": True}, ("fentanyl",), False),
        ({"benzodiazepines": True, "opiates": True}, (), True),
        ({"benzodiazepines": True, "methadone": True}, ("methadone",), True),
        ({"benzodiazepines": True, "methadone": True}, ("methadone", "diazepam"), False),
        ({"benzodiazepines": True}, (), False),
        ({"opiates": True}, (), False),
        ({"benzodiazepines": True, "opiates": False}, (), False),
    ],
)
def test_high_is_unexpected_fentanyl_or_a_benzodiazepine_with_an_opioid(results, prescribed, high):
    assert read(results, prescribed=prescribed).high is high


def test_two_unexpected_tests_within_fourteen_days_review_the_plan():
    inside, outside = (Earlier(NOW - timedelta(days=days), unexpected=True) for days in (14, 14.1))
    assert "review_plan" in read({"cocaine": True}, earlier=(inside,)).actions
    assert "review_plan" not in read({"cocaine": True}, earlier=(outside,)).actions
    assert "review_plan" not in read({"cocaine": False}, earlier=(inside,)).actions


def test_a_tampered_specimen_counts_like_a_positive_and_its_negatives_say_nothing():
    found = read({"fentanyl": False, "cocaine": True}, urine=urine(nitrite=600))
    assert found.validity == "adulterated"
    assert found.classes == {"cocaine": "unexpected-pos"}
    assert {"recollect_observed", "treat_as_presumptive_positive"} <= set(found.actions)


def test_a_test_alone_never_ends_a_stay():
    assert not may_discharge_after_tests(reason="administrative", unexpected=1, other_ground=" ")
    assert may_discharge_after_tests(reason="administrative", unexpected=1, other_ground="Sold drugs on site")
    assert may_discharge_after_tests(reason="administrative", unexpected=0, other_ground="")
    assert may_discharge_after_tests(reason="completed", unexpected=3, other_ground="")


def test_every_substance_gives_only_known_analytes_and_is_found_by_each_name():
    for row in ROWS:
        assert {*row.gives, *row.needs, *row.screen_misses, *row.may_read_as} <= set(ANALYTES)
        assert set(row.needs) <= set(row.gives)
        assert all(find_substance(name) is row for name in (row.code, *row.names))


@given(st.permutations(["cocaine", "opiates", "fentanyl", "benzodiazepines"]), st.permutations([1, 3, 9]))
def test_the_order_of_the_facts_changes_nothing(analytes, days):
    earlier = tuple(Earlier(NOW - timedelta(days=day), unexpected=True, found=("cocaine",)) for day in days)
    found = read(dict.fromkeys(analytes, True), earlier=earlier)
    again = read(
        dict.fromkeys(sorted(analytes), True), earlier=tuple(sorted(earlier, key=lambda one: one.at))
    )
    assert found == again
