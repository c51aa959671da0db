"""A group's note: written by several hands, signed once, standing alone."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.cast import at, gather_cast
from tests.sessions_cast import AFTER, admit, cancel, hold, open_group, plan
from throughcare.pathway.attendance.attendance import record_attendance
from throughcare.pathway.attendance.roster import session_room
from throughcare.pathway.cannot import Absent, Cannot, CannotSee, ChangedMeanwhile
from throughcare.pathway.note.group_note import (
    add_addendum,
    note_room,
    sign_notes,
    write_own,
    write_shared,
)
from throughcare.pathway.note.name_answers import keep_answers
from throughcare.pathway.note.page import notes_of_patient, open_note
from throughcare.pathway.note.parts import OwnPart, write_parts
from throughcare.pathway.note.typed import TypedNote
from throughcare.pathway.people.search_keys import keep_search_keys
from throughcare.records.episodes import Episode
from throughcare.records.notes import Addendum, NameAnswer, Note, NoteDraft, SharedDraft
from throughcare.records.people import Patient
from throughcare.records.sessions import Session

DURING = at(18)
SHARED = "We practiced urge surfing and went round with one example each."
RESPONSE = "Named two triggers and a plan for each of them."


@pytest.fixture
def ana(cast):
    return admit(cast, "Ana", "Silva")


@pytest.fixture
def lee(cast):
    return admit(cast, "Lee", "Park")


@pytest.fixture
def hope(cast):
    return admit(cast, "Hope", "Winters")


@pytest.fixture
def session(cast, ana, lee, hope):
    """Ana came, Lee came twenty minutes late, Hope did not."""
    session = hold(cast, ana, lee, hope, group=open_group(cast), breaks=15)
    by = cast.facilitator
    record_attendance(session, ana.uid, status="present", by=by, at=DURING)
    record_attendance(session, lee.uid, status="late", late_minutes=20, by=by, at=DURING)
    record_attendance(session, hope.uid, status="no_show", by=by, at=DURING)
    return session


def shared(cast, session, text=SHARED, *, seen=0, by=None, moment=DURING):
    return write_shared(
        session, text=text, topic="Urge surfing", seen_version=seen, by=by or cast.facilitator, at=moment
    )


def own(cast, session, person, text=RESPONSE, *, seen=0, by=None, thread="own", moment=DURING):
    return write_own(
        session,
        person.uid,
        text=text,
        objective_thread=person.thread if thread == "own" else thread,
        seen_version=seen,
        by=by or cast.facilitator,
        at=moment,
    )


def written(cast, session, *people):
    shared(cast, session)
    for number, person in enumerate(people):
        own(cast, session, person, ("Came back to it: " * number) + RESPONSE)


def sign(cast, session, *, by=None, moment=AFTER, words=()):
    return sign_notes(session, by=by or cast.facilitator, at=moment, meant_as_words=words)


def lacks(results, person):
    return " ".join(one.because for result in results if result.patient == person.uid for one in result.lacks)


def test_signing_writes_one_whole_note_for_each_who_came(cast, session, ana, lee, hope):
    written(cast, session, ana, lee)
    results = sign(cast, session)
    assert {result.patient for result in results if result.is_new} == {ana.uid, lee.uid}
    late = Note.objects.get(patient_id=lee.key)
    assert (late.shared_text, late.topic, late.minutes) == (SHARED, "Urge surfing", 145)
    assert (late.starts_at, late.ends_at) == (at(17, 50), at(20, 30))
    assert (late.credential, late.place, late.attendance_status) == ("LPC", "Blue room", "late")
    assert late.objective.thread == lee.thread
    assert late.objective_text.startswith("Names three triggers")


def test_who_was_absent_has_no_note_and_no_words_in_anyones(cast, session, ana, lee, hope):
    written(cast, session, ana, lee)
    sign(cast, session)
    assert not Note.objects.filter(patient_id=hope.key).exists()
    room = note_room(session, by=cast.facilitator, at=AFTER)
    assert [part.patient for part in room.parts] == [ana.uid, lee.uid]
    assert room.absent == (("Hope Winters", "no_show"),)


def test_signing_twice_makes_no_second_note(cast, session, ana, lee):
    written(cast, session, ana, lee)
    first = sign(cast, session)
    second = sign(cast, session, moment=AFTER + timedelta(minutes=1))
    assert [result.note for result in second] == [result.note for result in first]
    assert not any(result.is_new for result in second)
    assert Note.objects.count() == 2


def test_what_lacks_something_waits_and_the_rest_is_signed(cast, session, ana, lee):
    written(cast, session, ana)
    results = sign(cast, session)
    assert "objective" in lacks(results, lee)
    assert "how this person took part" in lacks(results, lee)
    assert Note.objects.get().patient_id == ana.key
    own(cast, session, lee, "Spoke about the bus ride home and what helped.")
    assert [result.patient for result in sign(cast, session) if result.is_new] == [lee.uid]


def test_without_a_shared_part_nothing_is_signed(cast, session, ana):
    own(cast, session, ana)
    assert "shared part is empty" in lacks(sign(cast, session), ana)
    assert Note.objects.count() == 0


def test_without_attendance_nothing_is_signed(cast, ana):
    session = hold(cast, ana)
    own(cast, session, ana)
    assert lacks(sign(cast, session), ana) == "Take attendance first."


def test_a_session_alone_needs_no_shared_part(cast, ana):
    session = hold(cast, ana, kind="individual", title="Individual therapy")
    record_attendance(session, ana.uid, status="present", by=cast.facilitator, at=DURING)
    own(cast, session, ana)
    room = note_room(session, by=cast.facilitator, at=AFTER)
    assert not room.is_shared
    assert [result.is_new for result in sign(cast, session)] == [True]


def test_a_note_is_not_signed_before_the_session_is_over(cast, session, ana, lee):
    written(cast, session, ana, lee)
    with pytest.raises(Cannot, match="ends at 8:30 PM"):
        sign(cast, session, moment=at(20, 29))


def test_who_has_no_credential_signs_nothing(cast, session, ana, lee):
    written(cast, session, ana, lee)
    room = note_room(session, by=cast.director, at=AFTER)
    assert room.may_sign
    for refused in (cast.admissions, cast.biller, cast.admin):
        with pytest.raises(Cannot):
            sign(cast, session, by=refused)
    assert Note.objects.count() == 0


def test_a_peer_in_the_shared_part_stops_every_note(cast, session, ana, lee):
    written(cast, session, ana, lee)
    shared(cast, session, "Lee led the round.", seen=1)
    results = sign(cast, session)
    assert "“Lee”" in lacks(results, ana)
    assert "“Lee”" in lacks(results, lee)
    assert Note.objects.count() == 0


def test_a_peer_in_the_topic_stops_every_note(cast, session, ana, lee):
    written(cast, session, ana, lee)
    write_shared(session, text=SHARED, topic="Ana's story", seen_version=1, by=cast.facilitator, at=DURING)
    assert "“Ana”" in lacks(sign(cast, session), lee)


def test_a_peer_in_ones_own_part_stops_that_note_only(cast, session, ana, lee):
    written(cast, session, ana)
    own(cast, session, lee, "Disagreed with Ana at first, then found words for it.")
    results = sign(cast, session)
    assert "“Ana”" in lacks(results, lee)
    assert Note.objects.get().patient_id == ana.key


def test_the_absent_are_peers_too(cast, session, ana, lee):
    written(cast, session, ana)
    own(cast, session, lee, "Missed Hope today and said so in the round.")
    assert "“Hope”" in lacks(sign(cast, session), lee)


def test_a_word_that_is_somebodys_name_is_confirmed_for_its_sentence(cast, session, ana, lee):
    written(cast, session, ana)
    own(cast, session, lee, "Named what recovery needs. Wrote Hope on the card. Kept Hope in view.")
    room = note_room(session, by=cast.facilitator, at=AFTER)
    first, second = room.words_to_confirm
    assert (first.words, first.sentence) == ("Hope", "Wrote Hope on the card.")
    assert "“Hope”" in lacks(sign(cast, session, words=[first.digest]), lee)
    assert note_room(session, by=cast.facilitator, at=AFTER).words_to_confirm == (second,)
    results = sign(cast, session, words=[second.digest])
    assert all(result.note for result in results)


def test_an_answer_is_kept_without_words_and_for_its_sentence_only(cast, session, ana, lee):
    written(cast, session, ana)
    own(cast, session, lee, "Wrote Hope on the card.")
    (word,) = note_room(session, by=cast.facilitator, at=AFTER).words_to_confirm
    keep_answers(Session.objects.get(uid=session), [word.digest, "Hope"], by=cast.facilitator, at=AFTER)
    assert note_room(session, by=cast.facilitator, at=AFTER).words_to_confirm == ()
    kept = NameAnswer.objects.get()
    assert kept.digest != word.digest
    own(cast, session, lee, "Wrote Hope on the wall.", seen=1)
    assert len(note_room(session, by=cast.facilitator, at=AFTER).words_to_confirm) == 1


def test_somebody_of_the_clinic_is_named_by_mistake(cast, session, ana, lee):
    maria = admit(cast, "Maria", "Gomez")
    keep_search_keys(Patient.objects.filter(pk=maria.key))
    written(cast, session, ana)
    own(cast, session, lee, "Said that Maria drives him to the program.")
    (word,) = note_room(session, by=cast.facilitator, at=AFTER).words_to_confirm
    assert "“Maria” may be another patient's name" in lacks(sign(cast, session), lee)
    assert all(result.note for result in sign(cast, session, words=[word.digest]))


def test_names_of_another_organization_are_not_looked_for(cast, session, ana, lee):
    written(cast, session, ana)
    own(cast, session, lee, "Said that Maria drives him to the program.")
    assert note_room(session, by=cast.facilitator, at=AFTER).words_to_confirm == ()


def test_an_objective_must_be_the_persons_own_and_in_force(cast, session, ana, lee):
    with pytest.raises(Cannot, match="own objectives"):
        own(cast, session, ana, thread=lee.thread)
    with pytest.raises(Cannot, match="own objectives"):
        own(cast, session, ana, thread=uuid4())


def test_an_objective_that_left_the_plan_must_be_chosen_again(cast, session, ana, lee):
    written(cast, session, ana, lee)
    plan(cast, Episode.objects.get(pk=ana.episode), hours=9, in_force_at=at(20))
    assert "objective" in lacks(sign(cast, session), ana)


def test_before_there_is_a_plan_a_note_is_signed_with_a_warning(cast):
    new = admit(cast, "Noor", hours=None)
    session = hold(cast, new)
    record_attendance(session, new.uid, status="present", by=cast.facilitator, at=DURING)
    own(cast, session, new)
    assert "can't be billed" in note_room(session, by=cast.facilitator, at=AFTER).parts[0].warnings[0]
    assert sign(cast, session)[0].is_new


def test_copied_paragraphs_are_warned_about(cast, session, ana, lee):
    shared(cast, session)
    own(cast, session, ana)
    own(cast, session, lee)
    parts = note_room(session, by=cast.facilitator, at=AFTER).parts
    assert parts[0].copies == ()
    assert "copied note" in parts[1].copies[0].because
    assert (parts[1].copies[0].theirs, parts[1].copies[0].ours) == (RESPONSE, RESPONSE)


def test_the_second_editor_of_one_part_sees_the_firsts_words(cast, session, ana):
    assert own(cast, session, ana, "First words") == 1
    own(cast, session, ana, "Carla's words", seen=1, by=cast.clinician)
    with pytest.raises(ChangedMeanwhile) as told:
        own(cast, session, ana, "Felix's words", seen=1)
    assert (told.value.theirs, told.value.version, told.value.changed_by) == (
        "Carla's words",
        2,
        "Carla Reyes",
    )
    assert own(cast, session, ana, "Carla's words and Felix's words", seen=2) == 3
    assert NoteDraft.objects.get().text == "Carla's words and Felix's words"


def test_two_editors_who_start_one_part_lose_nothing(cast, session, ana):
    own(cast, session, ana, "Carla's words", by=cast.clinician)
    shared(cast, session, "Carla's shared words", by=cast.clinician)
    with pytest.raises(ChangedMeanwhile, match="Carla Reyes changed"):
        own(cast, session, ana, "Felix's words")
    with pytest.raises(ChangedMeanwhile) as told:
        shared(cast, session, "Felix's shared words")
    assert "Carla's shared words" in told.value.theirs
    assert SharedDraft.objects.get().text == "Carla's shared words"


def test_many_parts_are_written_at_once_and_again(cast, session, ana, lee):
    by = cast.facilitator
    first = [OwnPart(one.uid, RESPONSE, one.thread) for one in (ana, lee)]
    assert write_parts(session, first, by=by, at=DURING) == {ana.uid: 1, lee.uid: 1}
    again = [
        OwnPart(ana.uid, f"{RESPONSE} Again.", ana.thread, seen_version=1),
        OwnPart(lee.uid, RESPONSE, lee.thread, seen_version=1),
    ]
    assert write_parts(session, again, by=by, at=AFTER) == {ana.uid: 2, lee.uid: 1}
    stored = dict(NoteDraft.objects.values_list("patient", "text"))
    assert stored == {ana.key: f"{RESPONSE} Again.", lee.key: RESPONSE}
    assert NoteDraft.objects.get(patient=lee.key).changed_at == DURING


def test_when_one_of_many_parts_was_changed_meanwhile_none_is_written(cast, session, ana, lee):
    own(cast, session, lee, "Carla's words.", by=cast.clinician)
    parts = [OwnPart(one.uid, "Felix's words.", one.thread) for one in (ana, lee)]
    with pytest.raises(ChangedMeanwhile, match="Carla Reyes changed this part") as changed:
        write_parts(session, parts, by=cast.facilitator, at=DURING)
    assert changed.value.theirs == "Carla's words."
    assert NoteDraft.objects.count() == 1


def test_twelve_parts_cost_no_more_queries_than_two(cast, django_assert_max_num_queries):
    people = [admit(cast, f"Person{n}") for n in range(12)]
    session = hold(cast, *people, group=open_group(cast))
    for seen, many in ((0, people[:2]), (0, people), (1, people)):
        parts = [OwnPart(one.uid, f"Words {len(many)} {seen}.", one.thread, seen) for one in many]
        # One of them says that the watch is to look at these people again, one holds the session.
        with django_assert_max_num_queries(18):
            write_parts(session, parts, by=cast.facilitator, at=DURING)
        if len(many) == 2:
            NoteDraft.objects.all().delete()


def test_saving_the_same_words_again_is_no_change(cast, session, ana):
    assert own(cast, session, ana) == 1
    assert own(cast, session, ana, seen=0) == 1
    assert shared(cast, session) == 1
    assert shared(cast, session, seen=0) == 1


def test_line_ends_and_scripts_survive(cast, session, ana):
    own(cast, session, ana, "  Erste Zeile\r\nдве строки\r三 👩🏽‍🎓\x00 <b>")
    assert NoteDraft.objects.get().text == "Erste Zeile\nдве строки\n三 👩🏽‍🎓 <b>"


def test_a_signed_note_takes_no_draft_and_the_shared_part_leaves_it_alone(cast, session, ana, lee):
    written(cast, session, ana)
    sign(cast, session)
    with pytest.raises(Cannot, match="addendum"):
        own(cast, session, ana, "Other words", seen=1, moment=AFTER)
    before = Note.objects.values().get()
    shared(cast, session, "Other shared words.", seen=1, moment=AFTER + timedelta(minutes=5))
    assert Note.objects.values().get() == before
    page = open_note(Note.objects.get().uid, by=cast.facilitator, at=AFTER)
    assert page.since.shared
    assert page.is_intact


def test_a_changed_row_no_longer_has_its_digest(cast, session, ana):
    written(cast, session, ana)
    sign(cast, session)
    Note.objects.update(text="Something else entirely")
    assert not open_note(Note.objects.get().uid, by=cast.facilitator, at=AFTER).is_intact


def test_attendance_changed_after_signing_flags_the_note_until_an_addendum(cast, session, ana):
    written(cast, session, ana)
    sign(cast, session)
    note = Note.objects.get()
    later = AFTER + timedelta(minutes=10)
    record_attendance(
        session, ana.uid, status="left_early", left_early_minutes=60, by=cast.facilitator, at=later
    )
    assert Note.objects.get().minutes == 165
    assert open_note(note.uid, by=cast.facilitator, at=later).since.attendance
    row = next(
        row for row in session_room(session, by=cast.facilitator, at=later).roster if row.patient == ana.uid
    )
    assert row.is_changed_after_signing
    add_addendum(note.uid, "Left at 7:30 PM.", by=cast.facilitator, at=later + timedelta(minutes=1))
    page = open_note(note.uid, by=cast.facilitator, at=later + timedelta(minutes=2))
    assert not page.since.attendance
    assert [(row.text, row.signed_by) for row in page.addenda] == [("Left at 7:30 PM.", "Felix Grant, LPC")]


def test_an_addendum_names_no_peer_and_says_something(cast, session, ana):
    written(cast, session, ana)
    sign(cast, session)
    note = Note.objects.get().uid
    for words, why in (("  ", "Write what"), ("Argued with Lee after.", "“Lee”"), ("x" * 9000, "Shorten")):
        with pytest.raises(Cannot, match=why):
            add_addendum(note, words, by=cast.facilitator, at=AFTER)
    with pytest.raises(Cannot):
        add_addendum(note, "Fine words.", by=cast.biller, at=AFTER)
    assert Addendum.objects.count() == 0


def test_a_late_entry_is_marked(cast, session, ana):
    written(cast, session, ana)
    sign(cast, session, moment=AFTER + timedelta(days=8))
    page = open_note(Note.objects.get().uid, by=cast.facilitator, at=AFTER)
    assert page.late_entry == "Late entry, 8 days after the session: a supervisor reviews it."


def test_a_canceled_session_takes_no_note(cast, session, ana):
    cancel(session)
    with pytest.raises(Cannot, match="canceled"):
        own(cast, session, ana)
    with pytest.raises(Cannot, match="canceled"):
        sign(cast, session)


def test_admissions_and_billers_read_no_notes(cast, session, ana):
    written(cast, session, ana)
    sign(cast, session)
    note = Note.objects.get().uid
    for actor in (cast.admissions, cast.biller, cast.compliance, cast.admin):
        with pytest.raises(CannotSee):
            note_room(session, by=actor, at=AFTER)
        with pytest.raises(CannotSee):
            open_note(note, by=actor, at=AFTER)
        with pytest.raises(CannotSee):
            notes_of_patient(ana.uid, by=actor, at=AFTER)


def test_another_clinic_finds_no_note(cast, session, ana):
    written(cast, session, ana)
    sign(cast, session)
    elsewhere = gather_cast("Other House", mail_host="other.test").clinician
    with pytest.raises(Absent):
        open_note(Note.objects.get().uid, by=elsewhere, at=AFTER)
    with pytest.raises(Absent):
        own(cast, session, ana, by=elsewhere)


def test_a_roster_of_twelve_costs_no_more_queries_than_one_of_two(cast, django_assert_max_num_queries):
    group, people = open_group(cast), [admit(cast, f"Person{n}") for n in range(12)]
    for day, number in ((at(9).date(), 2), (at(9).date() + timedelta(days=1), 12)):
        session = hold(cast, *people[:number], group=group, day=day)
        for person in people[:number]:
            record_attendance(
                session, person.uid, status="present", by=cast.facilitator, at=AFTER + timedelta(days=2)
            )
            own(cast, session, person)
        with django_assert_max_num_queries(24):
            note_room(session, by=cast.facilitator, at=AFTER)


def test_the_list_of_notes_goes_on_by_pages_without_more_queries(cast, ana, django_assert_max_num_queries):
    for days in range(6):
        session = hold(cast, ana, day=at(9).date() - timedelta(days=days), kind="individual")
        record_attendance(session, ana.uid, status="present", by=cast.facilitator, at=AFTER)
        own(cast, session, ana, f"Named trigger number {days} and what helped.")
        sign(cast, session)
    with django_assert_max_num_queries(8):
        shown, total = notes_of_patient(ana.uid, by=cast.facilitator, at=AFTER, first=2, most=3)
    assert total == 6
    assert [line.text[14:22] for line in shown] == ["number 2", "number 3", "number 4"]


def typed(session, cast, *people):
    parts = [
        OwnPart(one.uid, ("Came back to it: " * n) + RESPONSE, one.thread) for n, one in enumerate(people)
    ]
    note = TypedNote(parts, topic="Urge surfing", text=SHARED)
    return sign_notes(session, by=cast.facilitator, at=AFTER, typed=note)


def test_a_note_that_nobody_drafted_is_typed_and_signed_at_once(cast, session, ana, lee):
    results = typed(session, cast, ana, lee)
    assert {result.patient for result in results if result.is_new} == {ana.uid, lee.uid}
    note = Note.objects.get(patient_id=ana.key)
    assert (note.text, note.topic, note.objective.thread) == (RESPONSE, "Urge surfing", ana.thread)
    assert not NoteDraft.objects.exists()


def test_a_note_that_someone_has_begun_is_not_typed_over(cast, session, ana, lee):
    own(cast, session, lee, "Carla's words.", by=cast.clinician)
    with pytest.raises(Cannot, match="Someone has begun"):
        typed(session, cast, ana, lee)
    assert not Note.objects.exists()


def test_a_typed_note_about_someone_elses_objective_is_not_signed(cast, session, ana, lee):
    part = OwnPart(ana.uid, RESPONSE, lee.thread)
    note = TypedNote([part], topic="Urge surfing", text=SHARED)
    results = sign_notes(session, by=cast.facilitator, at=AFTER, typed=note)
    assert lacks(results, ana)
    assert not Note.objects.exists()
