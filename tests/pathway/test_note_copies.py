"""Words that were written before, and what happens next."""

from datetime import timedelta

import pytest

from tests.cast import MONDAY
from tests.sessions_cast import AFTER, admit, hold, open_group
from throughcare.pathway.attendance.attendance import record_attendance
from throughcare.pathway.cannot import Cannot, ChangedMeanwhile
from throughcare.pathway.note.group_note import note_room, sign_notes, write_own, write_shared
from throughcare.pathway.note.page import open_note
from throughcare.pathway.note.parts import OwnPart, write_parts
from throughcare.records.notes import Note

RESPONSE = "Named two triggers and a plan for each of them."
DAY = timedelta(days=1)


def meet(cast, group, *people, day=MONDAY):
    session = hold(cast, *people, group=group, day=day)
    for person in people:
        record_attendance(
            session, person.uid, status="present", by=cast.facilitator, at=AFTER + (day - MONDAY)
        )
    return session


def write(cast, session, person, text=RESPONSE, *, seen=0, step="", moment=AFTER):
    return write_own(
        session,
        person.uid,
        text=text,
        next_step=step,
        objective_thread=person.thread,
        seen_version=seen,
        by=cast.facilitator,
        at=moment,
    )


def sign(cast, session, *, moment=AFTER):
    write_shared(session, text="Urges", topic="Urges", seen_version=0, by=cast.facilitator, at=moment)
    results = sign_notes(session, by=cast.facilitator, at=moment)
    assert all(result.note for result in results), results


def lacks(results):
    return [refusal.because for result in results for refusal in result.lacks]


def copies(cast, session, person, *, moment=AFTER):
    room = note_room(session, by=cast.facilitator, at=moment)
    return next(part.copies for part in room.parts if part.patient == person.uid)


@pytest.fixture
def group(cast):
    return open_group(cast)


def test_a_persons_own_words_of_last_time_are_shown_beside_the_new_ones(cast, group):
    ana = admit(cast, "Ana", "Silva")
    first, second = (meet(cast, group, ana, day=MONDAY + n * DAY) for n in (0, 2))
    write(cast, first, ana)
    sign(cast, first)
    write(cast, second, ana, RESPONSE.replace("two", "four"), moment=AFTER + 2 * DAY)
    (copied,) = copies(cast, second, ana, moment=AFTER + 2 * DAY)
    assert "this person's note of Mon, Mar 2" in copied.because
    assert (copied.theirs, copied.ours) == (RESPONSE, RESPONSE.replace("two", "four"))


def test_another_members_words_of_an_earlier_session_are_known_too(cast, group):
    ana, lee = admit(cast, "Ana", "Silva"), admit(cast, "Lee", "Park")
    first, second = meet(cast, group, ana), meet(cast, group, lee, day=MONDAY + 2 * DAY)
    write(cast, first, ana)
    sign(cast, first)
    write(cast, second, lee, moment=AFTER + 2 * DAY)
    (copied,) = copies(cast, second, lee, moment=AFTER + 2 * DAY)
    assert "the note of Ana Silva of Mon, Mar 2" in copied.because


def test_whose_earlier_words_are_shown_is_read_too(cast, group):
    from throughcare.records.accesses import AccessedPatient

    ana, lee = admit(cast, "Ana", "Silva"), admit(cast, "Lee", "Park")
    first, second = meet(cast, group, ana), meet(cast, group, lee, day=MONDAY + 2 * DAY)
    write(cast, first, ana)
    sign(cast, first)
    write(cast, second, lee, moment=AFTER + 2 * DAY)
    note_room(second, by=cast.facilitator, at=AFTER + 3 * DAY)
    read = AccessedPatient.objects.filter(access__accessed_at=AFTER + 3 * DAY)
    assert set(read.values_list("patient", flat=True)) == {ana.key, lee.key}


def test_another_groups_words_and_those_of_long_ago_are_let_be(cast, group):
    ana, lee = admit(cast, "Ana", "Silva"), admit(cast, "Lee", "Park")
    other = open_group(cast, "Another group")
    first, second = meet(cast, group, ana), meet(cast, other, lee, day=MONDAY + 2 * DAY)
    late = meet(cast, group, ana, day=MONDAY + 40 * DAY)
    write(cast, first, ana)
    sign(cast, first)
    for number in range(5):
        between = meet(cast, group, lee, day=MONDAY + (10 + number) * DAY)
        write(cast, between, lee, f"Something of its own, number {number}", moment=AFTER + 20 * DAY)
    write(cast, second, lee, moment=AFTER + 2 * DAY)
    write(cast, late, ana, moment=AFTER + 40 * DAY)
    assert copies(cast, second, lee, moment=AFTER + 2 * DAY) == ()
    assert copies(cast, late, ana, moment=AFTER + 40 * DAY) == ()


def test_own_words_are_signed_without_a_question(cast, group):
    ana = admit(cast, "Ana", "Silva")
    first, second = (meet(cast, group, ana, day=MONDAY + n * DAY) for n in (0, 2))
    write(cast, first, ana)
    sign(cast, first)
    write(cast, second, ana, "Came with a quite different thing this time.", moment=AFTER + 2 * DAY)
    assert copies(cast, second, ana, moment=AFTER + 2 * DAY) == ()
    sign(cast, second, moment=AFTER + 2 * DAY)


def test_copied_words_are_signed_only_when_somebody_says_it_was_so_again_and_for_these_words_alone(
    cast, group
):
    ana = admit(cast, "Ana", "Silva")
    first, second = (meet(cast, group, ana, day=MONDAY + n * DAY) for n in (0, 2))
    later = AFTER + 2 * DAY
    write(cast, first, ana)
    sign(cast, first)
    write(cast, second, ana, RESPONSE.replace("two", "six"), moment=later)
    write_shared(second, text="Urges", topic="Urges", seen_version=0, by=cast.facilitator, at=later)
    (stale,) = copies(cast, second, ana, moment=later)
    write(cast, second, ana, RESPONSE.replace("two", "four"), seen=1, moment=later)
    (copied,) = copies(cast, second, ana, moment=later)
    for meant in ((), (stale.digest,)):
        refused = sign_notes(second, by=cast.facilitator, at=later, meant_as_words=meant)
        assert "say below that it was so again" in lacks(refused)[0]
        assert "Silva" not in lacks(refused)[0]
    (signed,) = sign_notes(second, by=cast.facilitator, at=later, meant_as_words=(copied.digest,))
    assert signed.note
    assert copies(cast, second, ana, moment=later) == ()


def test_the_room_takes_as_many_queries_for_ten_as_for_two(cast, group, django_assert_max_num_queries):
    people = [admit(cast, f"Person{n}") for n in range(10)]
    first, second = (meet(cast, group, *people, day=MONDAY + n * DAY) for n in (0, 2))
    write_parts(
        first,
        [
            OwnPart(one.uid, " ".join(f"of{place}said{word}" for word in range(9)), one.thread)
            for place, one in enumerate(people)
        ],
        by=cast.facilitator,
        at=AFTER,
    )
    sign(cast, first)
    write(cast, second, people[0], moment=AFTER + 2 * DAY)
    with django_assert_max_num_queries(30) as few:
        note_room(second, by=cast.facilitator, at=AFTER + 2 * DAY)
    parts = [OwnPart(one.uid, RESPONSE, one.thread) for one in people[1:]]
    write_parts(second, parts, by=cast.facilitator, at=AFTER + 2 * DAY)
    with django_assert_max_num_queries(len(few)):
        note_room(second, by=cast.facilitator, at=AFTER + 2 * DAY)


def test_what_happens_next_is_drafted_signed_and_sealed(cast, group):
    ana = admit(cast, "Ana", "Silva")
    session = meet(cast, group, ana)
    write(cast, session, ana, step="Calls the sitter by Friday")
    room = note_room(session, by=cast.facilitator, at=AFTER)
    assert room.parts[0].next_step == "Calls the sitter by Friday"
    sign(cast, session)
    note = Note.objects.get()
    page = open_note(note.uid, by=cast.facilitator, at=AFTER)
    assert (page.next_step, page.is_intact) == ("Calls the sitter by Friday", True)
    Note.objects.update(next_step="Calls nobody")
    assert not open_note(note.uid, by=cast.facilitator, at=AFTER).is_intact


def test_the_next_step_is_short_and_names_no_other_member(cast, group):
    ana, lee = admit(cast, "Ana", "Silva"), admit(cast, "Lee", "Park")
    session = meet(cast, group, ana, lee)
    with pytest.raises(Cannot, match="300 characters"):
        write(cast, session, ana, step="x" * 301)
    write(cast, session, lee, step="Meets with Ana again")
    part = next(p for p in note_room(session, by=cast.facilitator, at=AFTER).parts if p.patient == lee.uid)
    assert "names another member" in part.lacks[0].because


def test_two_hands_on_the_next_step_lose_nothing(cast, group):
    ana = admit(cast, "Ana", "Silva")
    session = meet(cast, group, ana)
    write(cast, session, ana, step="Calls the sitter")
    with pytest.raises(ChangedMeanwhile) as changed:
        write(cast, session, ana, step="Calls her sister")
    assert changed.value.theirs == f"{RESPONSE}\n\nNext step: Calls the sitter"
