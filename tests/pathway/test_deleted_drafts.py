"""An unsigned draft is deleted by mistake, and comes back."""

from datetime import timedelta

import pytest

from tests.cast import at
from tests.sessions_cast import AFTER, admit, hold, open_group
from throughcare.pathway.attendance.attendance import record_attendance
from throughcare.pathway.cannot import Absent, Cannot, ChangedMeanwhile
from throughcare.pathway.note.deleted_drafts import (
    bring_back,
    delete_own,
    delete_shared,
    sweep_deleted_drafts,
)
from throughcare.pathway.note.group_note import note_room, sign_notes, write_own, write_shared
from throughcare.records.notes import DeletedDraft, Note, NoteDraft, SharedDraft

DURING = at(18)
RESPONSE = "Named two triggers and a plan for each of them."


@pytest.fixture
def ana(cast):
    return admit(cast, "Ana", "Silva")


@pytest.fixture
def session(cast, ana):
    session = hold(cast, ana, group=open_group(cast))
    record_attendance(session, ana.uid, status="present", by=cast.facilitator, at=DURING)
    write_shared(session, text="We practiced.", topic="Urges", seen_version=0, by=cast.facilitator, at=DURING)
    own(cast, session, ana)
    return session


def own(cast, session, person, *, seen=0, text=RESPONSE, by=None):
    return write_own(
        session,
        person.uid,
        text=text,
        objective_thread=person.thread,
        seen_version=seen,
        by=by or cast.facilitator,
        at=DURING,
    )


def delete(cast, session, person, *, seen=1, moment=AFTER):
    return delete_own(session, person.uid, seen_version=seen, by=cast.facilitator, at=moment)


def room(cast, session, *, moment=AFTER):
    return note_room(session, by=cast.facilitator, at=moment)


def test_a_deleted_part_is_listed_and_comes_back_whole(cast, session, ana):
    gone = delete(cast, session, ana)
    assert room(cast, session).parts[0].text == ""
    (listed,) = room(cast, session).deleted
    assert (listed.uid, listed.name, listed.deleted_by) == (gone, "Ana Silva", "Felix Grant")
    assert RESPONSE in listed.words
    assert bring_back(gone, by=cast.clinician, at=AFTER) == session
    part = room(cast, session).parts[0]
    assert (part.text, part.objective_thread, part.version) == (RESPONSE, ana.thread, 2)
    assert room(cast, session).deleted == ()
    with pytest.raises(Absent):
        bring_back(gone, by=cast.clinician, at=AFTER)


def test_the_shared_part_comes_back_too(cast, session):
    gone = delete_shared(session, seen_version=1, by=cast.facilitator, at=AFTER)
    assert SharedDraft.objects.count() == 0
    bring_back(gone, by=cast.facilitator, at=AFTER)
    assert (room(cast, session).topic, room(cast, session).shared_text) == ("Urges", "We practiced.")


def test_who_was_writing_when_it_was_deleted_is_told_and_keeps_their_words(cast, session, ana):
    delete(cast, session, ana)
    with pytest.raises(ChangedMeanwhile, match="Felix Grant deleted this part"):
        own(cast, session, ana, seen=1, text="Carla's words.", by=cast.clinician)
    assert own(cast, session, ana, seen=0, text="Carla's words.", by=cast.clinician) == 2
    with pytest.raises(ChangedMeanwhile, match="Carla Reyes changed"):
        own(cast, session, ana, seen=1, text="Felix's old page.")


def test_a_part_that_changed_since_is_not_deleted_unread(cast, session, ana):
    own(cast, session, ana, seen=1, text="Carla's words.", by=cast.clinician)
    with pytest.raises(Cannot, match="Carla Reyes has changed this part"):
        delete(cast, session, ana, seen=1)


def test_new_words_are_not_laid_over(cast, session, ana):
    gone = delete(cast, session, ana)
    own(cast, session, ana, text="New words.")
    with pytest.raises(Cannot, match="New words stand there"):
        bring_back(gone, by=cast.facilitator, at=AFTER)
    assert NoteDraft.objects.get().text == "New words."


def test_a_signed_note_is_never_deleted_and_nothing_comes_back_under_it(cast, session, ana):
    gone = delete(cast, session, ana)
    own(cast, session, ana)
    sign_notes(session, by=cast.facilitator, at=AFTER)
    with pytest.raises(Cannot, match="addendum"):
        delete(cast, session, ana, seen=2)
    NoteDraft.objects.all().delete()
    with pytest.raises(Cannot, match="addendum"):
        bring_back(gone, by=cast.facilitator, at=AFTER)
    assert Note.objects.count() == 1


def test_after_thirty_days_it_is_gone_and_only_what_was_deleted_is(cast, session, ana):
    gone = delete(cast, session, ana)
    own(cast, session, ana)
    sign_notes(session, by=cast.facilitator, at=AFTER)
    late = AFTER + timedelta(days=30, minutes=1)
    assert sweep_deleted_drafts(at=AFTER + timedelta(days=29)) == "0 removed"
    assert len(room(cast, session, moment=AFTER + timedelta(days=29)).deleted) == 1
    assert room(cast, session, moment=late).deleted == ()
    with pytest.raises(Absent):
        bring_back(gone, by=cast.facilitator, at=late)
    assert sweep_deleted_drafts(at=late) == "1 removed"
    assert DeletedDraft.objects.count() == 0
    assert (Note.objects.count(), NoteDraft.objects.count(), SharedDraft.objects.count()) == (1, 1, 1)


def test_who_writes_no_notes_deletes_and_brings_back_nothing(cast, session, ana):
    gone = delete(cast, session, ana)
    for other in (cast.admissions, cast.biller, cast.admin):
        with pytest.raises(Cannot):
            bring_back(gone, by=other, at=AFTER)
