"""Guarded records: marked by a person, or by themselves when a patient works here; hidden on lists."""

import pytest

from tests.boards_cast import in_program
from tests.cast import MORNING, PASSWORD
from tests.referral_cast import patient_of, refer
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.clinic.founding import NewStaff, hire
from throughcare.pathway.people.people import PersonDetails, correct_details
from throughcare.pathway.privacy.guards import guard_of, guard_record, hidden_from, lift_guard
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
