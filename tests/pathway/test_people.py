"""Who people are: any name there is, corrections that keep what was before, search."""

import json
from dataclasses import replace
from datetime import date

import pytest

from tests.cast import MORNING, gather_cast
from tests.referral_cast import MAYA, patient_of, refer
from throughcare.pathway.cannot import Cannot, CannotSee, ChangedMeanwhile
from throughcare.pathway.people.finding import find_people
from throughcare.pathway.people.people import (
    NewRelatedPerson,
    PersonDetails,
    add_related_person,
    correct_details,
    end_related_person,
    person_view,
)
from throughcare.pathway.people.search_keys import phone_key
from throughcare.records.accesses import Access
from throughcare.records.people import Patient, PatientRevision

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("given", "family"),
    [
        ("山田", "太郎"),
        ("محمد", "علي"),
        ("Nguyễn Thị", "Ánh"),
        ("Prince", ""),
        ("Zoë", "D’Arcy-Łuk"),
        ("नेहा", ""),
    ],
)
def test_a_name_in_any_script_is_kept_as_written(cast, given, family):
    patient = patient_of(refer(cast, PersonDetails(given, family)))
    details = person_view(patient, by=cast.admissions, at=MORNING).details
    assert (details.given_name, details.family_name) == (given, family)
    assert [one.uid for one in find_people(given, by=cast.admissions, at=MORNING)] == [patient]


def test_naughty_strings_survive_as_names(cast, shared_data):
    for string in json.loads((shared_data / "input" / "blns.json").read_text(encoding="utf-8")):
        name = " ".join(string.split())
        if not name or len(name) > 100:
            continue
        patient = patient_of(refer(cast, PersonDetails("Maya", name)))
        assert Patient.objects.get(uid=patient).family_name == name
        find_people(name, by=cast.admissions, at=MORNING)


def test_a_family_name_alone_is_enough(cast):
    assert (
        Patient.objects.get(uid=patient_of(refer(cast, PersonDetails("", "Prince")))).given_name == "Prince"
    )


def test_29_february_is_a_birthday(cast):
    patient = patient_of(refer(cast, replace(MAYA, birth_date=date(1996, 2, 29))))
    assert Patient.objects.get(uid=patient).birth_date == date(1996, 2, 29)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("(212) 555-0134", "+12125550134"),
        ("+44 20 7946 0958", "+442079460958"),
        ("", ""),
        ("ask at the desk", ""),
        ("911", "+1911"),
    ],
)
def test_a_phone_number_has_one_key_however_it_is_written(written, key):
    assert phone_key(written) == key


def test_a_correction_keeps_what_was_before(cast):
    patient = patient_of(refer(cast))
    correct_details(patient, replace(MAYA, family_name="Bell"), by=cast.admissions, at=MORNING)
    assert Patient.objects.get().family_name == "Bell"
    assert PatientRevision.objects.get().details["family_name"] == "Okafor"
    correct_details(patient, replace(MAYA, family_name="Bell"), by=cast.admissions, at=MORNING)
    assert PatientRevision.objects.count() == 1


def test_who_writes_second_is_told(cast):
    patient = patient_of(refer(cast))
    correct_details(patient, replace(MAYA, pronouns="she/her"), by=cast.clinician, at=MORNING, seen_version=0)
    with pytest.raises(ChangedMeanwhile, match="Carla Reyes changed"):
        correct_details(patient, replace(MAYA, phone=""), by=cast.admissions, at=MORNING, seen_version=0)
    assert Patient.objects.get().phone == MAYA.phone


def test_someone_without_address_or_phone_is_a_person_too(cast):
    patient = patient_of(refer(cast, PersonDetails("Sam", no_fixed_address=True)))
    assert person_view(patient, by=cast.admissions, at=MORNING).details.no_fixed_address


def test_people_near_the_patient_are_entered_and_ended(cast):
    patient = patient_of(refer(cast))
    with pytest.raises(Cannot, match="needs a phone"):
        add_related_person(
            patient,
            NewRelatedPerson("Rosa", "mother", emergency_contact=True),
            by=cast.admissions,
            at=MORNING,
        )
    related = add_related_person(
        patient, NewRelatedPerson(" Rosa ", "mother"), by=cast.admissions, at=MORNING
    )
    assert [one.name for one in person_view(patient, by=cast.nurse, at=MORNING).related] == ["Rosa"]
    end_related_person(patient, related, by=cast.admissions, at=MORNING)
    assert person_view(patient, by=cast.nurse, at=MORNING).related == ()


@pytest.mark.parametrize(
    "query",
    ["maya", "OKAFOR maya", "oka", "1", "3/4/1990", "1990-03-04", "(212) 555-0134", "0134", "Mai"],
)
def test_a_person_is_found_by(cast, query):
    refer(cast, replace(MAYA, preferred_name="Mai"))
    refer(cast, PersonDetails("Peter", "Stone"))
    assert [one.name for one in find_people(query, by=cast.biller, at=MORNING)] == ["Maya Okafor"]
    assert Access.objects.filter(account_id=cast.biller.account).count() == 1


@pytest.mark.parametrize("query", ["", "  ", "nobody", "2/30/1990", "99999999999999999999", "\x00", "%", "_"])
def test_nobody_is_found_by(cast, query):
    refer(cast)
    assert find_people(query, by=cast.admissions, at=MORNING) == []


def test_a_search_stops_at_20_and_at_the_wall(cast, django_assert_max_num_queries):
    for number in range(22):
        refer(cast, PersonDetails("Maya", f"Number {number}"))
    others = gather_cast("Elsewhere", mail_host="elsewhere.test")
    with django_assert_max_num_queries(7):
        assert len(find_people("maya", by=cast.admissions, at=MORNING)) == 20
    assert find_people("maya", by=others.admissions, at=MORNING) == []
    with pytest.raises(CannotSee):
        find_people("maya", by=cast.admin, at=MORNING)
