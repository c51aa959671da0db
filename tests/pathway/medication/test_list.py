"""The list of medications: started, changed, stopped; never twice, never old over new; ordered here or recorded."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from tests.cast import MONDAY, at
from tests.sessions_cast import admit
from throughcare.pathway.accounts import actor_for
from throughcare.pathway.cannot import Absent, Cannot, CannotSee, ChangedMeanwhile
from throughcare.pathway.family.invitations import invite_patient
from throughcare.pathway.medication.changing import (
    MedicationWords,
    change_medication,
    start_medication,
    stop_medication,
)
from throughcare.pathway.medication.chart import history_of, medications_of
from throughcare.pathway.medication.checking import (
    answer_interaction,
    end_allergy,
    record_allergy,
    record_pdmp_check,
)
from throughcare.pathway.medication.facts import doses_of
from throughcare.pathway.medication.listing import medication_list_of
from throughcare.pathway.medication.snapshot import snapshot_of
from throughcare.records.consents import PatientAccount
from throughcare.records.medications import InteractionAnswer, Medication

SERTRALINE = MedicationWords("Sertraline", "50 mg", "mouth", "daily", "bottle", prescriber="Dr. Vale")
SUBOXONE = MedicationWords("Suboxone", "8/2 mg", "tongue", "daily", "prescriber", prescribed_here=True)
XANAX = MedicationWords("Xanax", "1 mg", "mouth", "as_needed", "person")


@pytest.fixture
def ana(cast):
    return admit(cast, "Ana")


def herself(cast, person, email="ana@mail.test"):
    invite_patient(person.uid, email=email, by=cast.clinician, at=at(8))
    return actor_for(PatientAccount.objects.get(patient=person.key).account_id)


def start(person, new, by, when=None, key=None, **more):
    return start_medication(person.uid, new, key=key or uuid4(), by=by, at=when or at(9), **more)


def test_the_same_form_sent_twice_is_one_medication(cast, ana):
    key = uuid4()
    assert start(ana, SERTRALINE, cast.nurse, key=key) == start(ana, SERTRALINE, cast.nurse, key=key)
    row = Medication.objects.get()
    assert (row.code, row.version, row.change) == ("sertraline", 1, "started")


def test_a_change_is_the_next_version_and_the_history_stays_readable(cast, ana):
    thread = start(ana, SERTRALINE, cast.nurse)
    more, key = replace(SERTRALINE, dose="100 mg"), uuid4()
    for _ in range(2):
        assert (
            change_medication(thread, more, version=1, key=key, because="Still low", by=cast.nurse, at=at(10))
            == 2
        )
    stop_medication(
        thread, version=2, stopped=MONDAY, because="Felt sick", key=uuid4(), by=cast.nurse, at=at(11)
    )
    patient, versions = history_of(thread, by=cast.clinician, at=at(12))
    assert patient == ana.uid
    assert [(one.change, one.dose, one.because) for one in versions] == [
        ("stopped", "100 mg", "Felt sick"),
        ("changed", "100 mg", "Still low"),
        ("started", "50 mg", ""),
    ]
    found = medications_of(ana.uid, by=cast.nurse, at=at(12))
    assert (found.lines, [one.name for one in found.stopped]) == ((), ["Sertraline"])
    again = change_medication(
        thread, SERTRALINE, version=3, key=uuid4(), because="Wants it again", by=cast.nurse, at=at(13)
    )
    assert (again, Medication.objects.get(version=4).change) == (4, "restarted")


def test_an_older_state_never_goes_over_a_newer_one(cast, ana):
    thread = start(ana, SERTRALINE, cast.nurse)
    change_medication(
        thread,
        replace(SERTRALINE, dose="100 mg"),
        version=1,
        key=uuid4(),
        because="Still low",
        by=cast.prescriber,
        at=at(10),
    )
    with pytest.raises(ChangedMeanwhile, match="Priya Shah changed Sertraline") as met:
        change_medication(
            thread, SERTRALINE, version=1, key=uuid4(), because="Typo", by=cast.nurse, at=at(11)
        )
    assert (met.value.theirs, met.value.version) == ("Sertraline 100 mg", 2)
    with pytest.raises(ChangedMeanwhile):
        stop_medication(
            thread, version=1, stopped=MONDAY, because="Old", key=uuid4(), by=cast.nurse, at=at(11)
        )
    assert Medication.objects.count() == 2


def test_what_is_written_down_must_fit(cast, ana):
    for wrong in (
        {"name": " "},
        {"name": "x" * 121},
        {"route": "ear"},
        {"schedule": "often"},
        {"source": "rumor"},
        {"began_date": MONDAY + timedelta(days=61)},
    ):
        with pytest.raises(Cannot):
            start(ana, replace(SERTRALINE, **wrong), cast.nurse)
    thread = start(ana, replace(SERTRALINE, began_date=MONDAY + timedelta(days=60)), cast.nurse)
    for day in (MONDAY, MONDAY + timedelta(days=1)):
        with pytest.raises(Cannot):
            stop_medication(
                thread, version=1, stopped=day, because="No", key=uuid4(), by=cast.nurse, at=at(9)
            )


def test_only_a_prescriber_orders_and_a_controlled_order_needs_the_pdmp(cast, ana):
    with pytest.raises(Cannot, match="Only a prescriber orders") as met:
        start(ana, SUBOXONE, cast.nurse)
    assert met.value.field == "prescribed_here"
    with pytest.raises(Cannot, match="monitoring program first"):
        start(ana, SUBOXONE, cast.prescriber)
    record_pdmp_check(ana.uid, checked=MONDAY, finding="expected", by=cast.prescriber, at=at(9))
    start(ana, SUBOXONE, cast.prescriber)
    assert Medication.objects.get().began_date == MONDAY
    with pytest.raises(Cannot, match="opioid treatment program"):
        start(ana, replace(SUBOXONE, name="Methadone"), cast.prescriber)
    recorded = MedicationWords("Methadone", "80 mg", "mouth", "daily", "otp", prescriber="River OTP")
    start(ana, recorded, cast.nurse)


def test_what_does_not_go_together_waits_for_an_answer_when_it_is_ordered_here(cast, ana):
    start(ana, XANAX, cast.nurse)
    record_pdmp_check(ana.uid, checked=MONDAY, finding="expected", by=cast.prescriber, at=at(9))
    with pytest.raises(Cannot, match="stop the breathing") as met:
        start(ana, SUBOXONE, cast.prescriber)
    assert met.value.field == "answer"
    assert Medication.objects.count() == 1
    start(ana, SUBOXONE, cast.prescriber, answer="Tapering the Xanax, naloxone given")
    (one,) = medications_of(ana.uid, by=cast.nurse, at=at(10)).against
    assert (one.words, one.by) == ("Tapering the Xanax, naloxone given", "Priya Shah")


def test_what_is_only_recorded_never_waits_but_stands_until_it_is_answered(cast, ana):
    start(ana, XANAX, cast.clinician)
    start(ana, MedicationWords("Oxycodone", "5 mg", "mouth", "as_needed", "person"), cast.clinician)
    found = medications_of(ana.uid, by=cast.clinician, at=at(10))
    (one,) = found.unanswered
    assert not found.may_answer
    assert [due.due.what for due in found.dues.shown if due.due.what == "interaction"]
    with pytest.raises(Cannot, match="A prescriber or a nurse"):
        answer_interaction(ana.uid, one.found.subject, words="Fine", by=cast.clinician, at=at(10))
    with pytest.raises(Cannot, match="what is done"):
        answer_interaction(ana.uid, one.found.subject, words=" ", by=cast.nurse, at=at(10))
    for _ in range(2):
        answer_interaction(ana.uid, one.found.subject, words="Called Dr. Vale", by=cast.nurse, at=at(10))
    assert InteractionAnswer.objects.count() == 1
    assert medications_of(ana.uid, by=cast.nurse, at=at(11)).unanswered == ()
    with pytest.raises(Cannot, match="changed meanwhile"):
        answer_interaction(ana.uid, "no such thing", words="Fine", by=cast.nurse, at=at(10))


def test_allergies_and_knowing_of_none_exclude_each_other(cast, ana):
    record_allergy(ana.uid, substance="", by=cast.nurse, at=at(9))
    assert medication_list_of(ana.uid, by=cast.nurse, at=at(9)).no_known_allergies
    allergy = record_allergy(
        ana.uid, substance="Penicillin", reaction="Rash", severity="moderate", by=cast.nurse, at=at(10)
    )
    assert record_allergy(ana.uid, substance="penicillin", by=cast.nurse, at=at(10)) == allergy
    found = medication_list_of(ana.uid, by=cast.nurse, at=at(11))
    assert ([one.words for one in found.allergies], found.no_known_allergies) == (
        ["Penicillin, Rash, moderate"],
        False,
    )
    with pytest.raises(Cannot, match="stands on the list"):
        record_allergy(ana.uid, substance=" ", by=cast.nurse, at=at(11))
    end_allergy(allergy, because="It was a virus", by=cast.nurse, at=at(12))
    with pytest.raises(Absent):
        end_allergy(allergy, because="Again", by=cast.nurse, at=at(12))
    assert not medication_list_of(ana.uid, by=cast.nurse, at=at(13)).allergies


def test_the_list_for_an_emergency_says_what_counts_on_one_line(cast, ana):
    start(ana, replace(SERTRALINE, began_date=date(2026, 1, 12)), cast.nurse)
    start(ana, replace(XANAX, began_date=MONDAY + timedelta(days=3)), cast.nurse)
    (row,) = medication_list_of(ana.uid, by=cast.nurse, at=at(12)).rows
    assert row.words == (
        "Sertraline 50 mg, by mouth, once a day, since January 12, 2026, prescribed by Dr. Vale"
    )


def test_a_snapshot_says_what_was_taken_then(cast, ana):
    thread = start(ana, MedicationWords("Valium", "5 mg", "mouth", "daily", "person"), cast.nurse)
    start(ana, MedicationWords("Oxycodone from a friend", "", "mouth", "as_needed", "person"), cast.nurse)
    before = snapshot_of([ana.key], organization=cast.organization, at=at(12))[ana.key]
    assert [(one.ingredient, one.code) for one in before] == [
        ("oxycodone", "oxycodone"),
        ("diazepam", "diazepam"),
    ]
    stop_medication(thread, version=1, stopped=MONDAY, because="Done", key=uuid4(), by=cast.nurse, at=at(13))
    assert len(snapshot_of([ana.key], organization=cast.organization, at=at(14))[ana.key]) == 1
    assert len(snapshot_of([ana.key], organization=cast.organization, at=at(12))[ana.key]) == 2


def test_who_may_see_and_who_may_change(cast, ana):
    mine = herself(cast, ana)
    thread = start(ana, SERTRALINE, cast.nurse)
    assert medication_list_of(ana.uid, by=mine, at=at(10)).rows
    with pytest.raises(Cannot, match="Tell the nurse"):
        start(ana, XANAX, mine)
    for by in (cast.facilitator, cast.case_manager):
        assert medications_of(ana.uid, by=by, at=at(10)).may_change is False
        with pytest.raises(CannotSee):
            start(ana, XANAX, by)
    for by in (cast.biller, cast.front_desk, cast.admissions, cast.compliance):
        with pytest.raises(CannotSee):
            medications_of(ana.uid, by=by, at=at(10))
    lees = herself(cast, admit(cast, "Lee"), "lee@mail.test")
    with pytest.raises(Absent):
        history_of(thread, by=lees, at=at(10))
    assert doses_of([ana.key], since=at(0), at=at(12)) == {}
