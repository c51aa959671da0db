"""Medications as a nurse and a prescriber work on them, and as the person tells of them on a phone."""

from dataclasses import replace
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.cast import MONDAY, at
from tests.pathway.medication.test_doses import VIVITROL, opioids
from tests.pathway.medication.test_list import SERTRALINE, SUBOXONE, XANAX, start
from tests.sessions_cast import WEDNESDAY, admit
from throughcare.pathway.family.invitations import invite_patient
from throughcare.records.consents import PatientAccount
from throughcare.records.medications import (
    Allergy,
    Dose,
    Fill,
    HospitalVisit,
    InteractionAnswer,
    Medication,
    MedicationCheck,
    NaloxoneStep,
    PdmpCheck,
    Reconciliation,
)
from throughcare.records.people import Account


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(at(9, day=WEDNESDAY), tick=False) as clock:
        yield clock


@pytest.fixture
def ana(cast):
    return admit(cast, "Ana", "Silva", admitted_at=at(8))


def browser_of(account):
    browser = Client()
    browser.force_login(Account.objects.get(pk=account))
    return browser


def at_her_phone(cast, ana):
    invite_patient(ana.uid, email="ana@mail.test", by=cast.clinician, at=at(8))
    return browser_of(PatientAccount.objects.get(patient=ana.key).account_id)


def words(answer):
    return " ".join(answer.content.decode().split())


def send(browser, page, /, *parts, **said):
    return browser.post(reverse(page, args=parts), {"once": str(uuid4()), **said})


PILL = {
    "name": "Zoloft",
    "dose": "50 mg",
    "route": "mouth",
    "schedule": "daily",
    "source": "bottle",
    "prescriber": "Dr. Vale",
}


def test_a_nurse_writes_a_medication_down_changes_it_and_stops_it(cast, ana):
    nurse = browser_of(cast.nurse.account)
    page = words(nurse.get(reverse("start_medication", args=[ana.uid])))
    assert "I order it here" not in page
    assert send(nurse, "start_medication", ana.uid, **(PILL | {"name": ""})).status_code == 422
    assert send(nurse, "start_medication", ana.uid, **PILL).status_code == 302
    row = Medication.objects.get()
    chart = words(nurse.get(reverse("medications", args=[ana.uid])))
    assert "Zoloft" in chart and "Lifts low mood" in chart and "Go through the medications" in chart
    change = nurse.get(reverse("change_medication", args=[ana.uid, row.thread]))
    assert 'name="version" value="1"' in words(change)
    done = send(
        nurse,
        "change_medication",
        ana.uid,
        row.thread,
        **(PILL | {"dose": "100 mg"}),
        because="Low",
        version=1,
    )
    assert done.status_code == 302
    stale = send(nurse, "stop_medication", ana.uid, row.thread, stopped=WEDNESDAY, because="Sick", version=1)
    assert stale.status_code == 422
    assert "changed Zoloft meanwhile to Zoloft 100 mg. Nothing was written" in words(stale)
    assert 'name="version" value="2"' in words(stale)
    assert (
        send(
            nurse, "stop_medication", ana.uid, row.thread, stopped=WEDNESDAY, because="Sick", version=2
        ).status_code
        == 302
    )
    history = words(nurse.get(reverse("medication", args=[ana.uid, row.thread])))
    assert "Stopped: Zoloft 100 mg" in history and "Sick" in history and "Started: Zoloft 50 mg" in history
    other = admit(cast, "Lee")
    assert nurse.get(reverse("medication", args=[other.uid, row.thread])).status_code == 404


def test_a_prescriber_is_stopped_with_the_reason_and_goes_on_with_an_answer(cast, ana):
    start(ana, XANAX, cast.nurse)
    desk = browser_of(cast.prescriber.account)
    order = PILL | {"name": "Suboxone", "route": "tongue", "prescribed_here": "on"}
    asked = send(desk, "start_medication", ana.uid, **order)
    assert asked.status_code == 422 and "monitoring program first" in words(asked)
    assert send(desk, "pdmp_check", ana.uid, checked=WEDNESDAY, finding="expected").status_code == 302
    asked = send(desk, "start_medication", ana.uid, **order)
    assert asked.status_code == 422 and "stop the breathing" in words(asked)
    assert send(desk, "start_medication", ana.uid, **order, answer="Tapering").status_code == 302
    assert (PdmpCheck.objects.count(), InteractionAnswer.objects.get().words) == (1, "Tapering")
    assert "Tapering" in words(desk.get(reverse("medications", args=[ana.uid])))


def test_what_does_not_go_together_stands_first_until_a_nurse_answers(cast, ana):
    start(ana, XANAX, cast.clinician)
    start(ana, replace(SUBOXONE, prescribed_here=False), cast.clinician)
    page = words(browser_of(cast.clinician.account).get(reverse("medications", args=[ana.uid])))
    assert "Opioid with a benzodiazepine" in page and "A prescriber or a nurse answers this." in page
    nurse = browser_of(cast.nurse.account)
    found = words(nurse.get(reverse("medications", args=[ana.uid])))
    subject = found.split('name="subject" value="')[1].split('"')[0]
    send(nurse, "answer_interaction", ana.uid, subject=subject, words="")
    assert not InteractionAnswer.objects.exists()
    send(nurse, "answer_interaction", ana.uid, subject=subject, words="Called Dr. Vale")
    after = words(nurse.get(reverse("medications", args=[ana.uid])))
    assert "What is done about it?" not in after and "Called Dr. Vale" in after


def test_the_list_is_gone_through_as_one_form(cast, ana):
    one, two = start(ana, SERTRALINE, cast.nurse), start(ana, XANAX, cast.nurse)
    nurse = browser_of(cast.nurse.account)
    done = send(nurse, "hospital_visit", ana.uid, kind="emergency", left=WEDNESDAY, place="City ED")
    assert done.url == reverse("reconcile", args=[ana.uid]) and HospitalVisit.objects.count() == 1
    assert "Sertraline 50 mg" in words(nurse.get(done.url))
    said = {
        "occasion": "hospital",
        f"m-{one}-decision": "continue",
        f"m-{one}-source": "bottle",
        f"m-{one}-filled": MONDAY,
        f"m-{one}-days_supply": "30",
        f"v-{one}": "1",
    }
    half = send(nurse, "reconcile", ana.uid, **said)
    assert half.status_code == 422 and "Say of each medication what happens with it" in words(half)
    assert not Reconciliation.objects.exists()
    whole = said | {f"m-{two}-decision": "stop", f"m-{two}-source": "person", f"v-{two}": "1"}
    assert send(nurse, "reconcile", ana.uid, **whole).status_code == 302
    assert (Reconciliation.objects.count(), Fill.objects.get().days_supply) == (1, 30)
    page = words(nurse.get(reverse("medications", args=[ana.uid])))
    assert "Wed, Mar 4" not in page.split("On the list")[0].split("Go through the medications")[-1]


def test_an_injection_is_given_with_its_place_and_lot(cast, ana):
    thread = start(ana, VIVITROL, cast.nurse)
    nurse = browser_of(cast.nurse.account)
    url = ("medication_dose", ana.uid, thread)
    assert "Given where?" in words(nurse.get(reverse(url[0], args=url[1:])))
    said = {"status": "taken", "day": WEDNESDAY, "seen": "on"}
    assert send(nurse, *url, **said).status_code == 422
    assert send(nurse, *url, **said, body_site="buttock_left", lot="A1").status_code == 302
    row = Dose.objects.get()
    assert (row.informant, row.body_site, row.lot) == ("staff", "buttock_left", "A1")


def test_the_other_forms_write_what_they_say(cast, ana):
    thread = start(ana, SERTRALINE, cast.nurse)
    nurse = browser_of(cast.nurse.account)
    sent = (
        ("allergies", {"known": "yes", "substance": "Penicillin", "severity": "severe"}),
        (
            "naloxone",
            {"whom": "family", "name": "Mo", "step": "given", "happened": WEDNESDAY, "expires": "2027-12-01"},
        ),
        ("medication_check", {"code": "lithium_level", "checked": WEDNESDAY, "value": "0.8 mmol/L"}),
    )
    for name, said in sent:
        assert nurse.get(reverse(name, args=[ana.uid])).status_code == 200
        assert send(nurse, name, ana.uid).status_code == 422
        assert send(nurse, name, ana.uid, **said).status_code == 302
    assert send(
        nurse, "medication_supply", ana.uid, thread, filled=WEDNESDAY, days_supply=30, source="pharmacy"
    ).status_code == 302  # fmt: skip
    told = {"code": "as_directed", "informant": "patient", "asserted": WEDNESDAY}
    assert send(nurse, "medication_adherence", ana.uid, thread, **told).status_code == 302
    assert (NaloxoneStep.objects.count(), MedicationCheck.objects.count()) == (1, 1)
    assert "Takes it as prescribed" in words(nurse.get(reverse("medications", args=[ana.uid])))
    allergy = Allergy.objects.get().uid
    send(nurse, "end_allergy", ana.uid, allergy, because="")
    assert Allergy.objects.get().ended_at is None
    send(nurse, "end_allergy", ana.uid, allergy, because="It was a virus")
    assert Allergy.objects.get().ended_at is not None
    assert send(nurse, "allergies", ana.uid, known="no").status_code == 302
    assert "No known allergies" in words(nurse.get(reverse("medication_list", args=[ana.uid])))


def test_paper_says_what_counts_in_an_emergency(cast, ana):
    start(ana, SERTRALINE, cast.nurse)
    page = words(browser_of(cast.clinician.account).get(reverse("medication_list", args=[ana.uid])))
    assert "Ana Silva" in page and "Sertraline 50 mg" in page and "Nobody has gone through this list" in page


def test_the_worklist_leads_to_where_each_thing_is_done(cast, ana):
    opioids(cast, ana)
    thread = start(ana, VIVITROL, cast.nurse)
    page = words(browser_of(cast.nurse.account).get(reverse("medications_due")))
    for name, *more in (("reconcile",), ("pdmp_check",), ("naloxone",)):
        assert reverse(name, args=[ana.uid, *more]) in page
    assert "Ana Silva" in page and str(thread) not in page
    assert browser_of(cast.case_manager.account).get(reverse("medications_due")).status_code == 403


def test_she_tells_in_two_taps_and_sees_why_she_takes_it(cast, ana):
    thread, phone = start(ana, SERTRALINE, cast.nurse), at_her_phone(cast, ana)
    page = words(phone.get(reverse("my_medications")))
    assert "Lifts low mood" in page and "Taken" in page and "Missed" in page
    here = reverse("tell_dose", args=[thread])
    told = phone.post(here, {"status": "missed", "day": str(WEDNESDAY), "once": str(uuid4())})
    assert told.url == f"{reverse('my_medications')}#m-{thread}"
    assert "Ran out" in words(phone.get(reverse("my_medications")))
    phone.post(here, {"status": "missed", "why": "ran_out", "day": str(WEDNESDAY), "once": str(uuid4())})
    phone.post(here, {"status": "taken", "day": "never", "once": str(uuid4())})
    phone.post(here, {"status": "held", "day": str(WEDNESDAY), "once": str(uuid4())})
    row = Dose.objects.get(retired_at__isnull=True)
    assert (row.status, row.why, row.informant) == ("missed", "ran_out", "patient")


def test_she_tells_that_the_naloxone_was_used(cast, ana):
    opioids(cast, ana)
    nurse = browser_of(cast.nurse.account)
    given = {"whom": "person", "step": "given", "happened": WEDNESDAY, "expires": "2027-12-01"}
    send(nurse, "naloxone", ana.uid, **given)
    phone = at_her_phone(cast, ana)
    assert "good until December 1, 2027" in words(phone.get(reverse("my_medications")))
    send(phone, "my_naloxone", step="used")
    assert NaloxoneStep.objects.latest("pk").step == "used"
    assert "Give new naloxone" in words(nurse.get(reverse("medications_due")))


def test_the_day_tells_a_nurse_what_is_due_and_nobody_else(cast, ana):
    start(ana, replace(VIVITROL, began_date=MONDAY), cast.nurse)
    told = words(browser_of(cast.nurse.account).get(reverse("today"))).partition("Medications:</b> ")[2]
    assert told.partition("<")[0] == "1 overdue, 2 due today"
    assert "Medications:" not in words(browser_of(cast.clinician.account).get(reverse("today")))
