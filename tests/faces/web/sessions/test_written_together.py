"""The tap-grid, formats, quotes, deleting and sharing, in the browser without script."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import at
from tests.faces.web.sessions.test_note_pages import fields, open_form, own, send, url
from tests.sessions_cast import AFTER, hold
from throughcare.pathway.attendance.attendance import record_attendance
from throughcare.pathway.family.invitations import invite_patient
from throughcare.pathway.note.shared_drafts import share_draft
from throughcare.records.check_ins import CheckOut
from throughcare.records.notes import DeletedDraft, DraftShare, Note, NoteDraft
from throughcare.records.people import Account
from throughcare.records.sessions import Session

RESPONSE = "Named two triggers and a plan for each."


@pytest.fixture
def held(evening):
    """Ana and Lee came; it is over."""
    for person in (evening.ana, evening.lee):
        record_attendance(
            evening.session, person.uid, status="present", by=evening.cast.facilitator, at=at(17, 40)
        )
    evening.now(AFTER)
    return evening


@pytest.fixture
def felix(held):
    return held.page(held.cast.facilitator)


@pytest.fixture
def alone(held):
    """Ana's one-to-one session."""
    session = hold(held.cast, held.ana, kind="individual", title="Individual therapy")
    record_attendance(session, held.ana.uid, status="present", by=held.cast.facilitator, at=AFTER)
    return session


def of(person, name):
    return f"p-{person.uid}-{name}"


def save_alone(felix, alone, **more):
    sent = fields(felix.get(reverse("session_notes", args=[alone])).content.decode())
    return felix.post(reverse("write_session_notes", args=[alone]), {**sent, "once": str(uuid4()), **more})


def test_one_tap_on_the_grid_is_kept_and_signed(held, felix):
    tap = {of(held.ana, f"o-{held.ana.thread}"): "practiced"}
    send(felix, held, open_form(felix, held) | tap, action="save")
    html = felix.get(url(held)).content.decode()
    assert re.search(rf'name="{of(held.ana, "o")}-{held.ana.thread}" value="practiced" checked', html)
    assert NoteDraft.objects.get().observed == {str(held.ana.thread): "practiced"}


def test_the_persons_own_words_are_quoted_with_one_tick(held, felix):
    CheckOut.objects.create(
        organization_id=held.cast.organization,
        recorded_at=AFTER,
        session=Session.objects.get(uid=held.session),
        patient_id=held.ana.key,
        way="page",
        words="I will call my sister.",
    )
    html = felix.get(url(held)).content.decode()
    assert "“I will call my sister.”" in html
    key = re.search(rf'name="{of(held.ana, "q")}" value="(\w+)"', html)[1]
    send(felix, held, open_form(felix, held) | {of(held.ana, "q"): key}, action="save")
    assert NoteDraft.objects.get().quotes == [["I will call my sister.", "check-out, 8:45 PM"]]
    unticked = open_form(felix, held)
    send(felix, held, unticked, action="save")
    assert NoteDraft.objects.get().quotes is None


def test_a_one_to_one_note_is_written_in_sections_and_turned_to_another_format(held, felix, alone):
    words = {of(held.ana, "s-data"): "Spoke of the weekend.", of(held.ana, "s-plan"): "Call on Friday."}
    answer = save_alone(felix, alone, **words, switch=f"{held.ana.uid}:birp")
    assert answer.url.endswith(f"#part-{held.ana.uid}")
    html = felix.get(reverse("session_notes", args=[alone])).content.decode()
    assert "What did you do, and which method was it?" in html
    assert "Call on Friday." in html
    sections = {
        of(held.ana, f"s-{code}"): f"{code} words" for code in ("behavior", "intervention", "response")
    }
    save_alone(felix, alone, **sections, action="sign")
    assert Note.objects.get().text.split("\n")[0] == "Behavior"
    note = felix.get(reverse("note", args=[Note.objects.get().uid])).content.decode()
    assert "<h2>BIRP</h2>" in note


def test_a_part_is_deleted_and_brought_back(held, felix):
    send(felix, held, open_form(felix, held) | {own(held.ana): RESPONSE}, action="save")
    answer = send(felix, held, open_form(felix, held), delete=str(held.ana.uid))
    assert answer.status_code == 302
    html = felix.get(url(held)).content.decode()
    assert "Deleted by Felix Grant" in html and NoteDraft.objects.count() == 0
    back = reverse("bring_back_draft", args=[DeletedDraft.objects.get().uid])
    assert felix.post(back, {"once": str(uuid4())}).url == url(held)
    assert NoteDraft.objects.get().text == RESPONSE


def test_deleting_a_part_saves_what_was_typed_in_the_others(held, felix):
    send(felix, held, open_form(felix, held) | {own(held.ana): RESPONSE}, action="save")
    sent = open_form(felix, held) | {own(held.lee): "Tried it out loud.", own(held.ana): "Half a thought"}
    send(felix, held, sent, delete=str(held.ana.uid))
    assert NoteDraft.objects.get().text == "Tried it out loud."


def test_who_wrote_in_a_part_that_was_deleted_keeps_the_words(held, felix):
    carla = held.page(held.cast.clinician)
    send(felix, held, open_form(felix, held) | {own(held.ana): RESPONSE}, action="save")
    of_carla = open_form(carla, held) | {own(held.ana): "Carla's words."}
    send(felix, held, open_form(felix, held), delete=str(held.ana.uid))
    answer = send(carla, held, of_carla, action="save")
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Felix Grant deleted this part" in html and "Carla&#x27;s words." in html
    again = fields(html) | {own(held.ana): "Carla's words."}
    assert send(carla, held, again, action="save").status_code == 302
    assert NoteDraft.objects.get().text == "Carla's words."


def patients_browser(held):
    """Ana at a browser of her own."""
    held.now(AFTER)
    email = "ana@mail.test"
    invite_patient(held.ana.uid, email=email, by=held.cast.clinician, at=AFTER)
    account = Account.objects.get_by_natural_key(email)
    browser = Client()
    browser.force_login(account)
    return browser


def test_the_patient_reads_the_shared_draft_and_adds_to_it(held, felix, alone):
    save_alone(felix, alone, **{of(held.ana, "s-data"): "Spoke of the weekend."})
    save_alone(felix, alone, share=str(held.ana.uid))
    ana, address = patients_browser(held), reverse("my_note", args=[DraftShare.objects.get().uid])
    assert address in ana.get(reverse("my_notes")).content.decode()
    html = ana.get(address).content.decode()
    assert "Spoke of the weekend." in html
    sent = {"words": "It was hard.", "seen": "0", "draft": "1", "once": str(uuid4())}
    assert ana.post(address, sent).url == reverse("my_notes")
    page = felix.get(reverse("session_notes", args=[alone])).content.decode()
    assert "It was hard." in page and "Ana Silva has read it." in page
    late = ana.post(address, {**sent, "words": "Another device.", "once": str(uuid4())})
    assert late.status_code == 422 and "It was hard." in late.content.decode()
    save_alone(felix, alone, take_back=str(held.ana.uid))
    assert ana.get(address).status_code == 404


def test_staff_have_no_page_of_my_notes(held, felix, alone):
    save_alone(felix, alone, **{of(held.ana, "s-data"): "Spoke of the weekend."})
    shared = share_draft(alone, held.ana.uid, by=held.cast.facilitator, at=AFTER)
    assert felix.get(reverse("my_note", args=[shared])).status_code == 403
