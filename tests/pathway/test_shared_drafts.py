"""A note is written together: the person reads the draft and adds their own words before it is signed."""

import pytest

from tests.cast import at
from tests.sessions_cast import AFTER, admit, hold, open_group
from throughcare.knowledge.privacy.kinds import APART
from throughcare.pathway.actor import Actor
from throughcare.pathway.attendance.attendance import record_attendance
from throughcare.pathway.cannot import Absent, Cannot, CannotSee, ChangedMeanwhile
from throughcare.pathway.note.group_note import note_room, sign_notes, write_own
from throughcare.pathway.note.notes_apart import write_note_apart
from throughcare.pathway.note.page import open_note
from throughcare.pathway.note.shared_drafts import (
    add_my_words,
    my_shared_note,
    my_shared_notes,
    share_draft,
    take_back_share,
)
from throughcare.records.notes import DraftShare, Note

DURING = at(18)
RESPONSE = "Spoke of the weekend with the family, and of what helped."
MINE = "It was also the first weekend without my brother's friends."


@pytest.fixture
def ana(cast):
    return admit(cast, "Ana", "Silva")


@pytest.fixture
def session(cast, ana):
    """Ana's one-to-one session; its note is drafted."""
    session = hold(cast, ana, kind="individual", title="Individual therapy")
    record_attendance(session, ana.uid, status="present", by=cast.facilitator, at=DURING)
    own(cast, session, ana)
    return session


def patient(cast, person):
    """The person themself, signed in."""
    return Actor(cast.organization, frozenset({"patient"}), "", patient=person.key)


def own(cast, session, person, *, seen=0, text=RESPONSE):
    return write_own(
        session,
        person.uid,
        text=text,
        objective_thread=person.thread,
        seen_version=seen,
        by=cast.facilitator,
        at=DURING,
    )


def share(cast, session, person):
    return share_draft(session, person.uid, by=cast.facilitator, at=DURING)


def add(shared, words=MINE, *, by, seen=0, draft=1):
    return add_my_words(shared, words, seen_version=seen, seen_draft=draft, by=by, at=at(18, 30))


def sign(cast, session):
    (result,) = sign_notes(session, by=cast.facilitator, at=AFTER)
    return open_note(result.note, by=cast.facilitator, at=AFTER)


def test_the_person_reads_the_draft_adds_to_it_and_it_stands_in_the_note_as_theirs(cast, session, ana):
    shared, me = share(cast, session, ana), patient(cast, ana)
    assert [(one.uid, one.state) for one in my_shared_notes(by=me, at=DURING)] == [(shared, "to_read")]
    draft = my_shared_note(shared, by=me, at=DURING)
    assert (draft.text, draft.signed_by, draft.draft_version) == (RESPONSE, "", 1)
    add(shared, by=me)
    assert note_room(session, by=cast.facilitator, at=DURING).parts[0].share.words == MINE
    note = sign(cast, session)
    assert (note.text, note.beside.added) == (RESPONSE, MINE)
    assert note.beside.reading == "Written together: the person read this note before it was signed."
    assert note.is_intact
    assert my_shared_note(shared, by=me, at=AFTER).signed_by == "Felix Grant, LPC"
    with pytest.raises(Cannot, match="signed by now"):
        add(shared, "One more thing.", by=me, seen=1)


def test_the_signature_says_when_it_was_not_read_and_when_it_changed_after(cast, session, ana):
    shared = share(cast, session, ana)
    part = note_room(session, by=cast.facilitator, at=DURING).parts[0]
    assert part.share.reading == "unread"
    add(shared, "", by=patient(cast, ana))
    own(cast, session, ana, seen=1, text=f"{RESPONSE} Sleeps better.")
    note = sign(cast, session)
    assert (
        note.beside.reading
        == "Written together: the person read an earlier draft; it was changed after that."
    )
    assert note.beside.added == ""


def test_a_sharing_taken_back_is_over_and_the_added_words_stay(cast, session, ana):
    shared, me = share(cast, session, ana), patient(cast, ana)
    add(shared, by=me)
    take_back_share(session, ana.uid, by=cast.facilitator, at=at(19))
    assert my_shared_notes(by=me, at=AFTER) == ()
    for reading in (
        lambda: my_shared_note(shared, by=me, at=AFTER),
        lambda: add(shared, "More.", by=me, seen=1),
    ):
        with pytest.raises(Absent):
            reading()
    assert sign(cast, session).beside.added == MINE


def test_sharing_twice_is_one_sharing_and_again_after_taking_back_keeps_the_words(cast, session, ana):
    shared = share(cast, session, ana)
    assert share(cast, session, ana) == shared
    me = patient(cast, ana)
    add(shared, by=me)
    take_back_share(session, ana.uid, by=cast.facilitator, at=at(19))
    again = share_draft(session, ana.uid, by=cast.facilitator, at=at(19, 5))
    assert my_shared_note(again, by=me, at=AFTER).my_words == MINE
    assert DraftShare.objects.count() == 2


def test_two_devices_of_one_person_lose_nothing(cast, session, ana):
    shared, me = share(cast, session, ana), patient(cast, ana)
    add(shared, "From my phone.", by=me)
    with pytest.raises(ChangedMeanwhile) as caught:
        add(shared, "From my laptop.", by=me)
    assert caught.value.theirs == "From my phone."


def test_nobody_else_reads_it_and_staff_add_nothing_in_their_name(cast, session, ana):
    shared = share(cast, session, ana)
    lee = patient(cast, admit(cast, "Lee", "Park"))
    with pytest.raises(Absent):
        my_shared_note(shared, by=lee, at=DURING)
    with pytest.raises(Absent):
        add(shared, by=lee)
    with pytest.raises(Absent):
        add(shared, by=cast.facilitator)
    with pytest.raises(CannotSee):
        share_draft(session, ana.uid, by=patient(cast, ana), at=DURING)


def test_a_groups_note_is_not_shared_nor_one_without_words_nor_a_signed_one(cast, session, ana):
    group = hold(cast, ana, group=open_group(cast))
    with pytest.raises(Cannot, match="shared part is about everybody"):
        share(cast, group, ana)
    with pytest.raises(Cannot, match="nothing to read yet"):
        share(cast, hold(cast, ana, kind="family", title="Family session"), ana)
    sign(cast, session)
    with pytest.raises(Cannot, match="signed"):
        share(cast, session, ana)


def test_notes_kept_apart_never_reach_the_person(cast, session, ana):
    """They are another store, of kinds that no patient sees."""
    kind = sorted(APART)[0]
    write_note_apart(
        ana.uid, kind=kind, day=DURING.date(), text="Thoughts of my own.", by=cast.clinician, at=DURING
    )
    shared, me = share(cast, session, ana), patient(cast, ana)
    assert "Thoughts" not in repr(my_shared_note(shared, by=me, at=DURING))
    assert "Thoughts" not in repr(note_room(session, by=cast.facilitator, at=DURING))
    sign(cast, session)
    assert "Thoughts" not in repr(Note.objects.values())


def test_my_list_costs_as_many_queries_with_many_notes_as_with_one(cast, ana, django_assert_max_num_queries):
    me = patient(cast, ana)
    for number in range(6):
        one = hold(cast, ana, kind="individual", title=f"Visit {number}")
        own(cast, one, ana)
        share(cast, one, ana)
    with django_assert_max_num_queries(8):
        assert len(my_shared_notes(by=me, at=DURING)) == 6
