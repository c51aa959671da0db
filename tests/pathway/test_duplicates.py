"""The same person twice: found with the reason, merged by a person, undone."""

from dataclasses import replace
from datetime import date

import pytest

from tests.cast import MORNING
from tests.referral_cast import MAYA, patient_of, refer
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.people.duplicates import (
    compare_people,
    likely_duplicates,
    likely_duplicates_of,
    merge_people,
    merges_of,
    tell_apart,
    undo_merge,
)
from throughcare.pathway.people.finding import find_people
from throughcare.pathway.people.moving import STAY, keys_to_patient
from throughcare.pathway.people.people import NewRelatedPerson, PersonDetails, add_related_person, person_view
from throughcare.records.accesses import Access
from throughcare.records.episodes import Episode
from throughcare.records.people import Patient, PatientMerge
from throughcare.records.referrals import Referral
from throughcare.records.timetables import KeptApart

pytestmark = pytest.mark.django_db

MAIA = replace(MAYA, given_name="Maia", phone="", email="m@example.org", pronouns="she/her")


@pytest.fixture
def pair(cast):
    """Maya, and Maia who may be the same."""
    return patient_of(refer(cast)), patient_of(refer(cast, MAIA))


def admit(patient, cast):
    """An open episode, as a row: admission itself is another subject's."""
    row = Patient.objects.get(uid=patient)
    site = Referral.objects.filter(patient=row).first().site
    return Episode.objects.create(
        organization_id=cast.organization, patient=row, site=site, admitted_at=MORNING, recorded_at=MORNING
    )


def test_look_alikes_are_shown_with_reasons_most_alike_first(cast, pair):
    maya, maia = pair
    twin = patient_of(refer(cast, MAYA))
    refer(cast, PersonDetails("Peter", "Stone", birth_date=date(1970, 1, 1)))
    found = likely_duplicates(maya, by=cast.admissions, at=MORNING)
    assert [one.uid for one in found] == [twin, maia]
    assert "same phone number" in found[0].reasons


def test_look_alikes_are_found_before_anything_is_stored(cast, pair):
    found = likely_duplicates_of(PersonDetails("Maya Okafor"), by=cast.admissions, at=MORNING)
    assert pair[0] in [one.uid for one in found]


def test_finding_look_alikes_asks_the_database_a_fixed_number_of_times(cast, django_assert_max_num_queries):
    for number in range(15):
        refer(cast, replace(MAYA, preferred_name=str(number)))
    maya = patient_of(refer(cast))
    with django_assert_max_num_queries(11):
        likely_duplicates(maya, by=cast.admissions, at=MORNING)


def test_those_told_apart_are_not_shown_again(cast, pair):
    maya, maia = pair
    tell_apart(maia, maya, by=cast.admissions, at=MORNING)
    tell_apart(maya, maia, by=cast.admissions, at=MORNING)
    assert likely_duplicates(maya, by=cast.admissions, at=MORNING) == []
    assert compare_people(maya, maia, by=cast.admissions, at=MORNING).told_apart


def test_a_merge_moves_what_belongs_to_the_other_and_takes_the_chosen_details(cast, pair):
    maya, maia = pair
    add_related_person(maia, NewRelatedPerson("Rosa", "mother"), by=cast.admissions, at=MORNING)
    merge_people(maya, maia, take=["pronouns", "given_name"], by=cast.admissions, at=MORNING)
    kept = person_view(maia, by=cast.admissions, at=MORNING)
    assert kept.uid == maya
    assert (kept.details.given_name, kept.details.pronouns, kept.details.phone) == (
        "Maia",
        "she/her",
        MAYA.phone,
    )
    assert [one.name for one in kept.related] == ["Rosa"]
    assert Referral.objects.filter(patient__uid=maya).count() == 2
    assert [one.uid for one in find_people("maia", by=cast.admissions, at=MORNING)] == [maya]
    assert [one.uid for one in find_people("2", by=cast.admissions, at=MORNING)] == [maya]


def test_a_merge_is_undone(cast, pair):
    maya, maia = pair
    merge = merge_people(maya, maia, take=["given_name"], by=cast.admissions, at=MORNING)
    assert [one.uid for one in merges_of(maya, by=cast.admissions, at=MORNING)] == [merge]
    assert undo_merge(merge, by=cast.admissions, at=MORNING) == maia
    assert person_view(maya, by=cast.admissions, at=MORNING).details == MAYA
    assert person_view(maia, by=cast.admissions, at=MORNING).details == MAIA
    assert Referral.objects.filter(patient__uid=maia).count() == 1
    assert merges_of(maya, by=cast.admissions, at=MORNING) == []
    with pytest.raises(Absent):
        undo_merge(merge, by=cast.admissions, at=MORNING)


def test_what_was_corrected_after_a_merge_stays_when_it_is_undone(cast, pair):
    from throughcare.pathway.people.people import correct_details

    maya, maia = pair
    merge = merge_people(maya, maia, take=["given_name", "pronouns"], by=cast.admissions, at=MORNING)
    now = person_view(maya, by=cast.admissions, at=MORNING).details
    correct_details(maya, replace(now, given_name="Mayra"), by=cast.admissions, at=MORNING)
    undo_merge(merge, by=cast.admissions, at=MORNING)
    details = person_view(maya, by=cast.admissions, at=MORNING).details
    assert (details.given_name, details.pronouns) == ("Mayra", "")


def test_merges_in_a_row_lead_to_the_last_one_kept(cast, pair):
    maya, maia = pair
    third = patient_of(refer(cast))
    first = merge_people(maya, maia, by=cast.admissions, at=MORNING)
    second = merge_people(third, maya, by=cast.admissions, at=MORNING)
    assert person_view(maia, by=cast.admissions, at=MORNING).uid == third
    with pytest.raises(Cannot, match="Undo that merge first"):
        undo_merge(first, by=cast.admissions, at=MORNING)
    undo_merge(second, by=cast.admissions, at=MORNING)
    undo_merge(first, by=cast.admissions, at=MORNING)
    assert person_view(maia, by=cast.admissions, at=MORNING).uid == maia


def test_two_in_the_program_are_not_merged(cast, pair):
    for patient in pair:
        admit(patient, cast)
    with pytest.raises(Cannot, match="Both are in the program"):
        merge_people(*pair, by=cast.director, at=MORNING)
    assert not compare_people(*pair, by=cast.director, at=MORNING).verdict
    assert not PatientMerge.objects.exists()


def test_an_open_and_an_ended_time_in_the_program_stand_in_one_record(cast, pair):
    maya, maia = pair
    ended = admit(maia, cast)
    ended.ended_at = MORNING
    ended.save()
    admit(maya, cast)
    merge_people(maya, maia, by=cast.director, at=MORNING)
    assert Episode.objects.filter(patient__uid=maya).count() == 2


def test_people_kept_apart_from_each_other_are_not_merged(cast, pair):
    one, other = (Patient.objects.get(uid=uid) for uid in pair)
    columns = {field.name for field in KeptApart._meta.concrete_fields}
    more = {"reason": "Together before"} if "reason" in columns else {}
    KeptApart.objects.create(
        organization_id=cast.organization, one=one, other=other, recorded_at=MORNING, **more
    )
    with pytest.raises(Cannot, match="kept apart"):
        merge_people(*pair, by=cast.director, at=MORNING)


def test_nobody_is_merged_with_themself(cast, pair):
    with pytest.raises(Cannot, match="already"):
        merge_people(pair[0], pair[0], by=cast.admissions, at=MORNING)
    merge_people(*pair, by=cast.admissions, at=MORNING)
    with pytest.raises(Cannot, match="already"):
        merge_people(*pair, by=cast.admissions, at=MORNING)


def test_the_book_of_accesses_is_not_rewritten(cast, pair):
    maya, maia = pair
    opened = Access.objects.filter(shown__patient__uid=maia).count()
    person_view(maia, by=cast.admissions, at=MORNING)
    merge_people(maya, maia, by=cast.admissions, at=MORNING)
    assert Access.objects.filter(shown__patient__uid=maia).count() > opened


def test_every_key_to_a_patient_moves_or_is_said_to_stay():
    moving = {model._meta.model_name for model, _ in keys_to_patient()}
    assert {"referral", "assessment", "episode", "appointment", "attendance", "note", "commitment"} <= moving
    assert not moving & STAY


def test_a_biller_merges_nobody(cast, pair):
    with pytest.raises(CannotSee):
        merge_people(*pair, by=cast.biller, at=MORNING)
