"""Writing, signing and reading notes, in the browser."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.cast import MONDAY, at
from tests.sessions_cast import AFTER, admit, hold, open_group
from throughcare.knowledge.recording.names_in_notes import sentence_digest
from throughcare.pathway.attendance.attendance import record_attendance
from throughcare.records.notes import Addendum, Note, NoteDraft, SharedDraft

RESPONSE = "Named two triggers and a plan for each."


@pytest.fixture
def held(evening):
    """Ana and Lee came, Hope didn't; it is over."""
    for person, status in ((evening.ana, "present"), (evening.lee, "present"), (evening.hope, "no_show")):
        record_attendance(
            evening.session, person.uid, status=status, by=evening.cast.facilitator, at=at(17, 40)
        )
    evening.now(AFTER)
    return evening


def url(evening):
    return reverse("session_notes", args=[evening.session])


def fields(html):
    """What the form of the page would send: every hidden field, text and picked objective."""
    form = html.split("data-draft")[1].split("</form>")[0]
    sent = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    sent |= dict(re.findall(r'<input type="radio" name="([^"]+)" value="([^"]*)"[^>]* checked', form))
    sent |= {
        name: text.strip()
        for name, text in re.findall(r'<textarea name="([^"]+)"[^>]*>([^<]*)</textarea>', form)
    }
    return sent


def open_form(browser, evening):
    return fields(browser.get(url(evening)).content.decode())


def own(person):
    return f"p-{person.uid}-text"


def objective(person):
    return {f"p-{person.uid}-objective": str(person.thread)}


def send(browser, evening, sent, **more):
    address = reverse("write_session_notes", args=[evening.session])
    return browser.post(address, {**sent, "once": str(uuid4()), **more})


def whole(browser, evening):
    sent = open_form(browser, evening)
    sent["shared-topic"], sent["shared-text"] = "Urges", "We practiced urge surfing together."
    sent[own(evening.ana)], sent[own(evening.lee)] = RESPONSE, "Tried it out loud, found it hard, wants more."
    return {**sent, **objective(evening.ana), **objective(evening.lee)}


def test_one_form_writes_and_signs_everyones_note(held):
    browser = held.page(held.cast.facilitator)
    answer = send(browser, held, whole(browser, held), action="sign")
    assert answer.status_code == 302
    assert Note.objects.count() == 2
    html = browser.get(url(held)).content.decode()
    assert "2 notes signed" in html
    assert 'textarea name="p-' not in html
    assert "No note for Hope Winters" in html


def test_a_double_click_on_sign_makes_one_note_each(held):
    browser = held.page(held.cast.facilitator)
    sent, key = whole(browser, held), str(uuid4())
    for _ in range(2):
        assert send(browser, held, {**sent, "action": "sign"}, once=key).status_code == 302
    assert Note.objects.count() == 2


def test_ten_parts_are_saved_with_as_many_queries_as_one(held, django_assert_max_num_queries):
    more = [admit(held.cast, f"Person{n}") for n in range(8)]
    session = hold(held.cast, held.ana, held.lee, *more, group=open_group(held.cast, "Late group"))
    for person in (held.ana, held.lee, *more):
        record_attendance(session, person.uid, status="present", by=held.cast.facilitator, at=AFTER)
    evening, browser = replace(held, session=session), held.page(held.cast.facilitator)
    for words, people in (("One", [held.ana]), ("All", [held.lee, *more]), ("All again", [held.lee, *more])):
        sent = open_form(browser, evening)
        sent |= {own(person): words for person in people}
        with django_assert_max_num_queries(50):
            assert send(browser, evening, sent, action="save").status_code == 302
    assert [one.text for one in NoteDraft.objects.filter(session__uid=session)].count("All again") == 9


def test_what_is_missing_stands_with_the_person(held):
    browser = held.page(held.cast.facilitator)
    sent = whole(browser, held)
    sent[own(held.lee)] = "Argued with Ana about it."
    send(browser, held, sent, action="sign")
    html = browser.get(url(held)).content.decode()
    assert "Not signed yet: Lee Park" in html
    assert "“Ana” names another member" in html
    assert Note.objects.get().patient_id == held.ana.key
    assert NoteDraft.objects.get(patient_id=held.lee.key).text == "Argued with Ana about it."


def test_a_word_is_confirmed_with_one_tap(held):
    browser = held.page(held.cast.facilitator)
    sent = whole(browser, held)
    sentence = "Wrote Hope on the card, and now it is there."
    sent[own(held.lee)] = sentence
    send(browser, held, sent, action="sign")
    assert Note.objects.count() == 1
    assert f"“Hope” is no patient here: {sentence}" in browser.get(url(held)).content.decode()
    tap = sentence_digest(sentence, "Hope")
    send(browser, held, open_form(browser, held) | objective(held.lee), action="sign", meant=tap)
    assert Note.objects.count() == 2


def test_a_phrase_is_one_tap_without_script(held):
    browser = held.page(held.cast.facilitator)
    sent = open_form(browser, held)
    sent[own(held.ana)] = "Came on time."
    answer = send(browser, held, sent, phrase=f"{held.ana.uid}:Took part actively.")
    assert answer.url.endswith(f"#part-{held.ana.uid}")
    assert NoteDraft.objects.get().text == "Came on time. Took part actively."


def test_the_second_of_two_editors_sees_both_and_loses_nothing(held):
    felix, carla = held.page(held.cast.facilitator), held.page(held.cast.clinician)
    of_felix, of_carla = open_form(felix, held), open_form(carla, held)
    of_carla[own(held.ana)] = "Carla's words about Ana."
    send(carla, held, of_carla, action="save")
    of_felix[own(held.ana)] = "Felix's words about Ana."
    of_felix[own(held.lee)] = "Felix's words about Lee."
    answer = send(felix, held, of_felix, action="sign")
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Carla Reyes wrote" in html
    assert "Carla&#x27;s words about Ana." in html
    assert "Felix&#x27;s words about Ana." in html
    assert NoteDraft.objects.get(patient_id=held.lee.key).text == "Felix's words about Lee."
    assert NoteDraft.objects.get(patient_id=held.ana.key).text == "Carla's words about Ana."
    assert Note.objects.count() == 0

    merged = fields(html)
    merged[own(held.ana)] = "Both of our words."
    assert send(felix, held, merged, action="save").status_code == 302
    assert NoteDraft.objects.get(patient_id=held.ana.key).text == "Both of our words."


def test_the_second_editor_may_take_the_others_words(held):
    felix, carla = held.page(held.cast.facilitator), held.page(held.cast.clinician)
    of_felix = open_form(felix, held)
    of_carla = open_form(carla, held)
    send(carla, held, {**of_carla, "shared-text": "Carla's words."}, action="save")
    answer = send(felix, held, {**of_felix, "shared-text": "Felix's words."}, action="save")
    assert answer.status_code == 409
    send(felix, held, fields(answer.content.decode()), take="shared")
    assert SharedDraft.objects.get().text == "Carla's words."
    assert open_form(felix, held)["shared-text"] == "Carla&#x27;s words."


def test_who_did_not_touch_a_part_does_not_undo_it(held):
    felix, carla = held.page(held.cast.facilitator), held.page(held.cast.clinician)
    of_felix, of_carla = open_form(felix, held), open_form(carla, held)
    send(carla, held, {**of_carla, own(held.ana): "Carla's words."}, action="save")
    assert send(felix, held, {**of_felix, own(held.lee): "Felix's."}, action="save").status_code == 302
    assert NoteDraft.objects.get(patient_id=held.ana.key).text == "Carla's words."


def test_words_sent_after_the_note_was_signed_are_given_back(held):
    felix, carla = held.page(held.cast.facilitator), held.page(held.cast.clinician)
    late = open_form(felix, held)
    send(carla, held, whole(carla, held), action="sign")
    answer = send(felix, held, {**late, own(held.ana): "One more thought."}, action="save")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Add an addendum instead" in html
    assert "One more thought." in html


def test_words_about_someone_marked_absent_meanwhile_are_kept(held):
    felix = held.page(held.cast.facilitator)
    sent = open_form(felix, held)
    record_attendance(held.session, held.lee.uid, status="excused", by=held.cast.clinician, at=AFTER)
    send(felix, held, {**sent, own(held.lee): "Left before the round."}, action="save")
    assert "Left before the round." in felix.get(url(held)).content.decode()


def test_an_objective_of_somebody_else_is_refused_at_the_field(held):
    browser = held.page(held.cast.facilitator)
    sent = {**open_form(browser, held), f"p-{held.ana.uid}-objective": str(held.lee.thread)}
    assert send(browser, held, sent, action="save").status_code == 422


def test_a_signed_note_has_no_way_to_change_it(held):
    browser = held.page(held.cast.facilitator)
    send(browser, held, whole(browser, held), action="sign")
    note = Note.objects.get(patient_id=held.ana.key)
    address = reverse("note", args=[note.uid])
    html = browser.get(address).content.decode()
    for words in (
        "Felix Grant, LPC",
        RESPONSE,
        "urge surfing",
        "165 minutes",
        "Names three triggers",
        note.digest,
    ):
        assert words in html
    for method in (browser.post, browser.put, browser.delete, browser.patch):
        assert method(address).status_code == 405


def test_an_addendum_is_added_once(held):
    browser = held.page(held.cast.facilitator)
    send(browser, held, whole(browser, held), action="sign")
    note = Note.objects.get(patient_id=held.ana.key)
    address, key = reverse("add_addendum", args=[note.uid]), str(uuid4())
    assert browser.get(address).status_code == 200
    assert browser.post(address, {"text": " "}).status_code == 422
    assert "“Lee”" in browser.post(address, {"text": "As Lee said."}).content.decode()
    for _ in range(2):
        assert browser.post(address, {"text": "Called back at 9.", "once": key}).status_code == 302
    assert Addendum.objects.count() == 1
    assert "Called back at 9." in browser.get(reverse("note", args=[note.uid])).content.decode()


def test_attendance_changed_after_signing_is_flagged_at_the_door_and_on_the_note(held):
    browser = held.page(held.cast.facilitator)
    send(browser, held, whole(browser, held), action="sign")
    held.now(AFTER + timedelta(minutes=5))
    browser.post(reverse("take_attendance", args=[held.session, held.ana.uid]), {"tap": "left_early"})
    words = "Attendance changed after"
    assert words in browser.get(reverse("session", args=[held.session])).content.decode()
    note = Note.objects.get(patient_id=held.ana.key)
    assert words in browser.get(reverse("note", args=[note.uid])).content.decode()


def test_before_the_end_the_button_says_when_it_works(held):
    held.now(at(19))
    html = held.page(held.cast.facilitator).get(url(held)).content.decode()
    assert "The session ends at 8:30 PM" in html


def test_a_session_alone_has_one_part_and_nothing_shared(held):
    session = hold(
        held.cast, held.ana, kind="prescriber", title="Prescriber visit", led_by=held.cast.prescriber
    )
    record_attendance(session, held.ana.uid, status="present", by=held.cast.prescriber, at=AFTER)
    desk = held.page(held.cast.prescriber)
    html = desk.get(reverse("session_notes", args=[session])).content.decode()
    assert "Shared part" not in html
    written = ["interval", "state", "medications", "changes", "risk", "plan"]
    assert re.findall(r'<textarea name="p-[^"]+-s-(\w+)"', html) == written
    taps = {"mood": "low", "content": "hopeless", "perception": "nothing of note"}
    said = dict.fromkeys(written, "As told in the visit.") | taps
    sent = fields(html) | {f"p-{held.ana.uid}-s-{code}": words for code, words in said.items()}
    write = reverse("write_session_notes", args=[session])
    assert desk.post(write, sent | objective(held.ana) | {"action": "sign"}).status_code == 302
    note = Note.objects.get(session__uid=session)
    assert note.form == "psychiatric"
    assert "Mental state\nMood: low\nThought content: hopeless\nPerception: nothing of note" in note.text


def test_a_reader_gets_words_and_no_form(held):
    browser = held.page(held.cast.facilitator)
    send(browser, held, whole(browser, held), action="save")
    from throughcare.pathway.accounts import actor_for, open_account

    account = open_account(
        "rita@harbor.test",
        name="Rita Roe",
        password=None,
        roles=("reviewer",),
        by=held.cast.admin,
        at=AFTER,
    )
    reader = held.page(actor_for(account.pk))
    html = reader.get(url(held)).content.decode()
    assert RESPONSE in html
    assert "<textarea" not in html
    assert send(reader, held, {}, action="save").status_code == 403


def test_the_list_of_notes_has_pages(held):
    Note.objects.all().delete()
    for days in range(23):
        session = hold(
            held.cast, held.ana, day=MONDAY - timedelta(days=days), kind="individual", title="One to one"
        )
        record_attendance(session, held.ana.uid, status="present", by=held.cast.facilitator, at=AFTER)
        one = held.page(held.cast.facilitator)
        page = reverse("session_notes", args=[session])
        sent = fields(one.get(page).content.decode())
        said = {"data": f"Entry {days}: {RESPONSE}", "assessment": "Steadier.", "plan": "Goes on."}
        sent |= {f"p-{held.ana.uid}-s-{code}": words for code, words in said.items()}
        sent |= {**objective(held.ana), "action": "sign"}
        one.post(reverse("write_session_notes", args=[session]), sent)
    browser = held.page(held.cast.facilitator)
    address = reverse("patient_notes", args=[held.ana.uid])
    first, second = (browser.get(f"{address}?page={n}").content.decode() for n in (1, 2))
    assert "Entry 0:" in first
    assert "Entry 22:" not in first
    assert "Entry 22:" in second
    assert browser.get(f"{address}?page=x").status_code == 200
    assert browser.get(f"{address}?page=99").status_code == 200


def test_roles_without_notes_are_refused(held):
    browser = held.page(held.cast.facilitator)
    send(browser, held, whole(browser, held), action="sign")
    note = Note.objects.first().uid
    for role in ("admissions", "biller", "compliance", "admin"):
        other = held.page(getattr(held.cast, role))
        for name, key in (("note", note), ("add_addendum", note), ("patient_notes", held.ana.uid)):
            assert other.get(reverse(name, args=[key])).status_code == 403, (role, name)


def test_the_notes_page_costs_as_many_queries_with_twelve_as_with_two(held, django_assert_max_num_queries):
    people = [admit(held.cast, f"Person{n}") for n in range(12)]
    large = hold(held.cast, *people)
    for person in people:
        record_attendance(large, person.uid, status="present", by=held.cast.facilitator, at=AFTER)
    browser = held.page(held.cast.facilitator)
    for session in (held.session, large):
        with django_assert_max_num_queries(25):
            browser.get(reverse("session_notes", args=[session]))


def test_an_open_page_gets_what_a_colleague_wrote_and_otherwise_nothing(held):
    felix, carla = held.page(held.cast.facilitator), held.page(held.cast.clinician)
    first = felix.get(url(held), {"seen": ""})
    mark = first.headers["X-Notes-Mark"]
    assert felix.get(url(held), {"seen": mark}).status_code == 204
    send(carla, held, open_form(carla, held) | {own(held.ana): "Named one trigger."}, action="save")
    again = felix.get(url(held), {"seen": mark})
    assert "Named one trigger." in again.content.decode()
    assert again.headers["X-Notes-Mark"] != mark
