"""The second signature, in the browser; and what happens next, from the form to the story."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.cast import at
from tests.sessions_cast import AFTER, admit, hold
from throughcare.pathway.attendance.attendance import record_attendance
from throughcare.pathway.clinic.clinic import supervise
from throughcare.pathway.note.group_note import sign_notes, write_own
from throughcare.records.notes import Note, NoteCosignature, NoteDraft


@pytest.fixture
def cams(evening):
    """A note of Cam's, who works under Carla."""
    cast, cam = evening.cast, evening.cast.case_manager
    supervise(cast.practitioner_uid(cam), cast.practitioner_uid(cast.clinician), by=cast.admin, at=at(8))
    person = admit(cast, "Rosa", "Diaz")
    session = hold(cast, person, kind="case-management", title="Case management", led_by=cam)
    record_attendance(session, person.uid, status="present", by=cam, at=AFTER)
    write_own(
        session,
        person.uid,
        text="Called the county office and got a date.",
        next_step="Brings the papers on Friday",
        objective_thread=person.thread,
        seen_version=0,
        by=cam,
        at=AFTER,
    )
    sign_notes(session, by=cam, at=AFTER)
    evening.now(AFTER + timedelta(hours=1))
    return evening


def once():
    return {"once": str(uuid4())}


def test_the_supervisor_finds_the_note_from_today_and_co_signs_it(cams):
    browser, note = cams.page(cams.cast.clinician), Note.objects.get()
    assert "1 note waits for you" in " ".join(browser.get(reverse("today")).content.decode().split())
    page = browser.get(reverse("to_cosign")).content.decode()
    assert "Rosa Diaz" in page and "Brings the papers on Friday" in page
    answer = browser.post(reverse("cosign_note", args=[note.uid]), once())
    assert (answer.status_code, answer["Location"]) == (302, reverse("to_cosign"))
    page = browser.get(reverse("note", args=[note.uid])).content.decode()
    assert "Cam Ortiz, CM" in page and "Co-signed by <b>Carla Reyes, LCSW</b>" in page
    assert "No note waits for you" in browser.get(reverse("to_cosign")).content.decode()


def test_a_double_click_co_signs_once(cams):
    browser, key = cams.page(cams.cast.clinician), once()
    for _ in range(2):
        assert browser.post(reverse("cosign_note", args=[Note.objects.get().uid]), key).status_code == 302
    assert NoteCosignature.objects.count() == 1


def test_the_author_finds_what_was_given_back(cams):
    address = reverse("return_note", args=[Note.objects.get().uid])
    browser = cams.page(cams.cast.clinician)
    assert browser.get(address).status_code == 200
    assert browser.post(address, {"remark": "", **once()}).status_code == 422
    assert browser.post(address, {"remark": "Which office?", **once()}).status_code == 302
    author = cams.page(cams.cast.case_manager)
    assert "1 note waits for you" in " ".join(author.get(reverse("today")).content.decode().split())
    page = author.get(reverse("to_cosign")).content.decode()
    assert "Which office?" in page and "Add an addendum" in page


def test_nobody_else_may_answer(cams):
    note = Note.objects.get()
    author = cams.page(cams.cast.case_manager)
    page = author.get(reverse("note", args=[note.uid])).content.decode()
    assert "Waits for a second signature" in page and reverse("cosign_note", args=[note.uid]) not in page
    author.post(reverse("cosign_note", args=[note.uid]), once())
    assert not NoteCosignature.objects.exists()
    assert cams.page(cams.cast.biller).get(reverse("to_cosign")).status_code == 403


def test_the_administrator_names_the_supervisor(evening):
    cast = evening.cast
    browser, cam = evening.page(cast.admin), cast.case_manager.account_uid
    page = browser.get(reverse("staff_member", args=[cam])).content.decode()
    assert "No supervisor yet" in page
    sent = {"roles": ["case_manager"], "skills": ["case-management"], **once()}
    sent["supervisor"] = str(cast.practitioner_uid(cast.clinician))
    assert browser.post(reverse("staff_roles", args=[cam]), sent).status_code == 302
    assert "Carla Reyes, LCSW" in browser.get(reverse("staff_member", args=[cam])).content.decode()


def test_the_next_step_and_the_words_of_last_time_stand_in_the_form(evening):
    by = evening.cast.facilitator
    for person in (evening.ana, evening.lee):
        record_attendance(evening.session, person.uid, status="present", by=by, at=at(17, 40))
    browser, prefixes = evening.page(by), [f"p-{one.uid}" for one in (evening.ana, evening.lee)]
    sent = {f"{prefix}-text": "Named two triggers and a plan for each." for prefix in prefixes}
    sent |= {f"{prefix}-seen": "0" for prefix in prefixes}
    sent |= {f"{prefixes[0]}-next_step": "Calls the sitter", "action": "save", **once()}
    answer = browser.post(reverse("write_session_notes", args=[evening.session]), sent)
    assert answer.status_code == 302
    assert NoteDraft.objects.get(patient_id=evening.ana.key).next_step == "Calls the sitter"
    page = browser.get(reverse("session_notes", args=[evening.session])).content.decode()
    assert 'value="Calls the sitter"' in page
    assert "Nearly the same words as for Ana Silva" in page and "side by side" in page


def test_the_story_tells_what_happens_next(cams):
    page = cams.page(cams.cast.clinician).get(reverse("patient", args=[Note.objects.get().patient.uid]))
    assert "Brings the papers on Friday" in page.content.decode()
