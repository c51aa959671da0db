"""Guarded records: marked by a person, or by themselves when a patient works here; hidden on lists."""

import pytest

from tests.boards_cast import in_program
from tests.cast import MORNING, PASSWORD
from tests.referral_cast import patient_of, refer
from throughcare.pathway.actor import the_public
from throughcare.pathway.boards.census import census
from throughcare.pathway.boards.census_people import Filters
from throughcare.pathway.cannot import BehindGlass, Cannot, CannotSee
from throughcare.pathway.clinic.founding import NewStaff, hire
from throughcare.pathway.people.finding import find_people
from throughcare.pathway.people.people import PersonDetails, correct_details
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.guards import guard_of, guard_record, hidden_from, lift_guard
from throughcare.pathway.referral.pipeline import list_pipeline
from throughcare.pathway.referral.referral import NewReferral, receive_referral
from throughcare.records.accesses import Access
from throughcare.records.consents import Guard
from throughcare.records.emergencies import PrivacyNotice
from throughcare.records.people import Patient

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(cast):
    return in_program(cast, "Ana", "Ruiz")


def guards():
    return [(one.patient.called, one.why) for one in Guard.objects.filter(ended_at__isnull=True)]


def test_a_record_is_marked_and_unmarked_by_those_who_may(cast, ana):
    with pytest.raises(CannotSee):
        guard_record(ana.uid, text="Known in town", by=cast.nurse, at=MORNING)
    guard_record(ana.uid, text="Known in town", by=cast.compliance, at=MORNING)
    with pytest.raises(Cannot, match="already"):
        guard_record(ana.uid, text="Known in town", by=cast.clinician, at=MORNING)
    assert guard_of(ana.uid, by=cast.director, at=MORNING).words == "Known in town"
    lift_guard(ana.uid, by=cast.clinician, at=MORNING)
    assert guards() == []


@pytest.mark.parametrize(
    "person",
    [
        PersonDetails("Nia", "Bell"),
        PersonDetails("Bell", "Nia"),
        PersonDetails("N.", "B.", email="NIA@harbor.test"),
    ],
    ids=["same name", "name turned round", "same e-mail"],
)
def test_a_patient_who_works_here_is_guarded_from_the_first_call(cast, person):
    refer(cast, person)
    assert [why for _, why in guards()] == ["colleague"]
    assert PrivacyNotice.objects.get().kind == "guarded"


def test_someone_else_is_not_guarded(cast):
    refer(cast, PersonDetails("Nia", "Ball", email="nb@home.test"))
    refer(cast, PersonDetails("Nia"))
    assert guards() == []


def test_a_patient_who_starts_to_work_here_is_guarded(cast):
    refer(cast, PersonDetails("Tess", "Moor"))
    refer(cast, PersonDetails("T.", "", email="tess@home.test"))
    hire(
        cast.site,
        NewStaff("Tess", "Moor", "tess@home.test", ("biller",)),
        password=PASSWORD,
        by=cast.program,
        at=MORNING,
    )
    assert sorted(guards()) == [("T.", "colleague"), ("Tess Moor", "colleague")]


def test_a_corrected_name_is_looked_at_again(cast):
    uid = patient_of(refer(cast, PersonDetails("Nia", "Ball")))
    correct_details(uid, PersonDetails("Nia", "Bell"), by=cast.clinician, at=MORNING)
    assert len(guards()) == 1


def test_the_director_lifts_a_colleagues_guard_for_good(cast):
    uid = patient_of(refer(cast, PersonDetails("Nia", "Bell")))
    with pytest.raises(CannotSee, match="director"):
        lift_guard(uid, by=cast.clinician, at=MORNING)
    lift_guard(uid, by=cast.director, at=MORNING)
    correct_details(uid, PersonDetails("Nia", "Bell", phone="212-555-0199"), by=cast.clinician, at=MORNING)
    assert guards() == []


def test_lists_hide_guarded_people_from_those_not_near(cast, ana):
    ben = in_program(cast, "Ben", "Ode")
    keys = [ana.key, ben.key]
    assert hidden_from(keys, by=cast.nurse, at=MORNING) == frozenset()
    guard_record(ana.uid, text="Known in town", by=cast.compliance, at=MORNING)
    assert hidden_from(keys, by=cast.nurse, at=MORNING) == {ana.key}
    assert hidden_from(keys, by=cast.program, at=MORNING) == frozenset()
    assert Patient.objects.get(pk=ana.key).called == "Ana Ruiz"


def test_the_census_says_only_that_a_place_is_taken(cast, ana):
    guard_record(ana.uid, text="Known in town", by=cast.compliance, at=MORNING)
    [row] = census(Filters(), by=cast.nurse, at=MORNING).rows
    assert (row.guarded, row.who.name, row.details.birth_date, row.phq9) == (
        True,
        "Guarded record",
        None,
        None,
    )
    assert not [row for row in Access.objects.all() if "census" in row.kinds]


def test_a_search_shows_a_guarded_hit_without_a_name_to_those_who_treat_and_nothing_to_others(cast):
    uid = patient_of(refer(cast, PersonDetails("Ana", "Ruiz", phone="212-555-0111")))
    guard_record(uid, text="Known in town", by=cast.compliance, at=MORNING)
    [hit] = find_people("Ana Ruiz", by=cast.nurse, at=MORNING)
    assert (hit.guarded, hit.name, hit.phone, hit.birth_date) == (True, "Guarded record", "", None)
    assert find_people("Ana Ruiz", by=cast.biller, at=MORNING) == []


def test_who_took_the_call_of_a_colleague_goes_on_with_it_and_the_list_hides_it_from_others(cast):
    uid = patient_of(refer(cast, PersonDetails("Nia", "Bell")))
    open_patient(uid, kind="referral", by=cast.admissions, at=MORNING)
    [line] = list_pipeline(by=cast.admissions, at=MORNING).views
    assert line.name == "Nia Bell"
    [line] = list_pipeline(by=cast.clinician, at=MORNING).views
    assert line.name == "Guarded record"


def test_a_colleague_who_asks_on_the_public_page_is_taken_up_by_admissions(cast):
    referral = receive_referral(
        NewReferral(cast.site, PersonDetails("Nia", "Bell")), by=the_public(cast.organization), at=MORNING
    )
    open_patient(patient_of(referral), kind="referral", verb="change", by=cast.admissions, at=MORNING)
    with pytest.raises(BehindGlass):
        open_patient(patient_of(referral), kind="referral", by=cast.clinician, at=MORNING)
