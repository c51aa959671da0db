"""What each verb holds until it is done, so that two at once come one after the other on PostgreSQL too.

SQLite lets one transaction write at a time and forgets what was to be held: only the asking for it can be seen there.
"""

from uuid import uuid4

import pytest
from django.db.models import QuerySet

from tests.cast import MORNING, at
from tests.pathway.privacy import consent_cast
from tests.sessions_cast import AFTER, admit, hold
from throughcare.pathway.attendance.attendance import record_attendance
from throughcare.pathway.crisis.answering import take_crisis
from throughcare.pathway.crisis.raising import raise_crisis
from throughcare.pathway.medication.changing import MedicationWords, start_medication, stop_medication
from throughcare.pathway.note.drafts import write_own
from throughcare.pathway.note.signing import sign_notes
from throughcare.pathway.privacy.consent_ending import revoke_consent
from throughcare.pathway.privacy.disclosure import prepare_disclosure, send_disclosure
from throughcare.pathway.privacy.telling import Item, Telling, To
from throughcare.pathway.safety_plan.writing import NewPlan, save_plan

SERTRALINE = MedicationWords("Sertraline", "50 mg", "mouth", "daily", "bottle", prescriber="Dr. Vale")


@pytest.fixture
def ana(cast):
    return admit(cast, "Ana")


@pytest.fixture
def held(monkeypatch):
    """The models whose rows were asked to be held, in order."""
    asked, really = [], QuerySet.select_for_update

    def noting(self, *arguments, **named):
        asked.append(self.model.__name__)
        return really(self, *arguments, **named)

    monkeypatch.setattr(QuerySet, "select_for_update", noting)
    return asked


def test_who_saves_a_plan_holds_the_person(cast, ana, held):
    save_plan(ana.uid, "safety", NewPlan({"signs": ["I stop answering"]}), by=cast.clinician, at=at(10))
    assert "Patient" in held


def test_who_changes_medications_holds_the_person(cast, ana, held):
    thread = start_medication(ana.uid, SERTRALINE, key=uuid4(), by=cast.nurse, at=at(9))
    assert held == ["Patient"]
    day = at(10).date()
    stop_medication(thread, version=1, stopped=day, because="Nausea", key=uuid4(), by=cast.nurse, at=at(10))
    assert held == ["Patient", "Patient"]


def test_who_marks_attendance_holds_the_seat(cast, ana, held):
    record_attendance(hold(cast, ana), ana.uid, status="present", by=cast.facilitator, at=AFTER)
    assert "Appointment" in held


def test_who_writes_and_who_signs_a_note_hold_the_same_session(cast, ana, held):
    """Else words kept while somebody signs would be in no note: the draft says one thing, the note another."""
    session = hold(cast, ana)
    record_attendance(session, ana.uid, status="present", by=cast.facilitator, at=AFTER)
    held.clear()
    said = {"text": "Named two triggers.", "objective_thread": ana.thread, "seen_version": 0}
    write_own(session, ana.uid, **said, by=cast.facilitator, at=AFTER)
    assert held[0] == "Session"
    held.clear()
    sign_notes(session, by=cast.facilitator, at=AFTER)
    assert held[0] == "Session"


def test_who_takes_a_consent_back_and_who_sends_under_it_hold_the_same_person(cast, held):
    kim = consent_cast.kim(cast)
    mother = consent_cast.mother_of(cast, kim)
    consent = consent_cast.signed(cast, kim, consent_cast.for_mother(mother))
    told = (Item("attendance", "Monday", MORNING.date()),)
    telling = Telling(To("family", "Rosa Vance", related_person=mother), "family_involvement", "print", told)
    prepared = prepare_disclosure(kim.uid, telling, by=cast.clinician, at=MORNING)
    held.clear()
    send_disclosure(prepared, by=cast.clinician, at=MORNING)
    assert held[0] == "Patient"
    held.clear()
    revoke_consent(consent, how="oral", by=cast.clinician, at=MORNING)
    assert held[0] == "Patient"


def test_who_takes_a_crisis_holds_it(cast, ana, held):
    said = {"priority": "P2", "source": "button", "words": "I need someone."}
    crisis = raise_crisis(ana.uid, **said, by=cast.program, at=at(10))
    held.clear()
    take_crisis(crisis, by=cast.clinician, at=at(10, 1))
    assert "Crisis" in held
