"""A person reads their signed notes and answers them; staff find the answer under the note."""

import pytest

from tests.cast import at
from tests.sessions_cast import AFTER, admit, hold, open_group
from throughcare.pathway.actor import Actor
from throughcare.pathway.attendance.attendance import record_attendance
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.note.group_note import add_addendum, sign_notes, write_own, write_shared
from throughcare.pathway.note.my_notes import answer_note, answers_to, my_signed_note, my_signed_notes
from throughcare.pathway.note.page import open_note
from throughcare.records.crises import Crisis
from throughcare.records.notes import Note

pytestmark = pytest.mark.django_db
DURING = at(18)


def herself(cast, person):
    return Actor(cast.organization, frozenset({"patient"}), "", patient=person.key)


def test_she_reads_the_whole_note_and_her_answer_stands_under_it_for_staff(cast):
    ana, bea = admit(cast, "Ana", "Silva"), admit(cast, "Bea", "Moss")
    session = hold(cast, ana, bea, group=open_group(cast))
    for person in (ana, bea):
        record_attendance(session, person.uid, status="present", by=cast.facilitator, at=DURING)
        write_own(
            session,
            person.uid,
            text=f"{'Spoke of the weekend' if person is ana else 'Listened'}, and of what helped.",
            objective_thread=person.thread,
            seen_version=0,
            by=cast.facilitator,
            at=DURING,
        )
    write_shared(
        session,
        text="The group named early signs.",
        topic="Signs",
        seen_version=0,
        by=cast.facilitator,
        at=DURING,
    )
    me = herself(cast, ana)
    assert my_signed_notes(by=me, at=DURING) == ()
    sign_notes(session, by=cast.facilitator, at=AFTER)
    [line] = my_signed_notes(by=me, at=AFTER)
    add_addendum(line.uid, "She stayed ten minutes longer.", by=cast.facilitator, at=AFTER)
    mine = my_signed_note(line.uid, by=me, at=AFTER)
    assert (mine.shared, mine.text) == (
        "The group named early signs.",
        "Spoke of the weekend, and of what helped.",
    )
    assert mine.addenda[0][0] == "She stayed ten minutes longer." and mine.may_answer and line.answers == 0
    for wrong, said in (("  ", "Write what"), ("x" * 2001, "2000")):
        with pytest.raises(Cannot, match=said):
            answer_note(line.uid, wrong, by=me, at=AFTER)
    answer_note(line.uid, "I also said that my sister came.", by=me, at=AFTER)
    assert [one.words for one in answers_to(line.uid, by=cast.clinician, at=AFTER)] == [
        "I also said that my sister came."
    ]
    assert answers_to(line.uid, by=cast.biller, at=AFTER) == ()
    assert my_signed_notes(by=me, at=AFTER)[0].answers == 1
    note = open_note(line.uid, by=cast.facilitator, at=AFTER)
    assert note.is_intact  # what was signed stays as it was
    with pytest.raises(CannotSee):
        answer_note(line.uid, "In her name", by=cast.facilitator, at=AFTER)
    theirs = Note.objects.exclude(uid=line.uid).get().uid
    with pytest.raises(Absent):
        my_signed_note(theirs, by=me, at=AFTER)
    assert not Crisis.objects.exists()
    answer_note(line.uid, "After that evening I wanted to die.", by=me, at=AFTER)
    assert Crisis.objects.filter(patient=ana.key).count() == 1
