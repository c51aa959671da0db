"""Notes kept apart: their author reads them, and nobody else learns that they exist."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from tests.boards_cast import in_program
from tests.cast import MORNING
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.note.notes_apart import my_notes_apart, write_note_apart
from throughcare.records.accesses import Access
from throughcare.records.emergencies import EmergencyAccess
from throughcare.records.notes_apart import NoteApart
from throughcare.records.people import Account

pytestmark = pytest.mark.django_db
SAID = "He spoke of his brother for the first time."


@pytest.fixture
def ana(cast):
    return in_program(cast, "Ana", "Ruiz")


def write(cast, ana, by, **other):
    said = {"kind": "counseling_note", "day": MORNING.date(), "text": SAID, **other}
    return write_note_apart(ana.uid, **said, by=by, at=MORNING)


def test_the_author_reads_it_again(cast, ana):
    write(cast, ana, cast.clinician)
    [note] = my_notes_apart(ana.uid, by=cast.clinician, at=MORNING)
    assert note.text == SAID
    assert Access.objects.latest("sequence").relationship == "author"


def test_the_director_and_a_colleague_find_nothing(cast, ana):
    write(cast, ana, cast.clinician)
    for other in (cast.director, cast.case_manager):
        assert my_notes_apart(ana.uid, by=other, at=MORNING) == ()


def test_an_emergency_does_not_open_it(cast, ana):
    write(cast, ana, cast.clinician)
    EmergencyAccess.objects.create(
        organization_id=cast.organization,
        patient_id=ana.key,
        account_id=cast.nurse.account,
        reason="overdose",
        nature="Found unresponsive",
        began_at=MORNING,
        ends_at=MORNING + timedelta(hours=4),
        review_due_date=MORNING.date(),
        recorded_at=MORNING,
    )
    with pytest.raises(CannotSee):
        my_notes_apart(ana.uid, by=cast.nurse, at=MORNING)


def test_a_correction_leaves_the_note_as_it_was(cast, ana):
    first = write(cast, ana, cast.clinician)
    write(cast, ana, cast.clinician, text="His sister, not his brother.", corrects=first)
    assert [note.corrected for note in my_notes_apart(ana.uid, by=cast.clinician, at=MORNING)] == [
        False,
        True,
    ]
    with pytest.raises(Cannot, match="newer"):
        write(cast, ana, cast.clinician, corrects=first)


def test_nobody_corrects_what_somebody_else_wrote(cast, ana):
    first = write(cast, ana, cast.clinician)
    with pytest.raises(Absent):
        write(cast, ana, cast.director, corrects=first)
    assert NoteApart.objects.count() == 1


def test_the_page_writes_and_shows_it_to_its_author_only(cast, ana, client):
    with time_machine.travel(MORNING, tick=False):
        client.force_login(Account.objects.get(pk=cast.clinician.account))
        sent = {"kind": "counseling_note", "day": MORNING.date().isoformat(), "text": SAID}
        assert client.post(reverse("new_note_apart", args=[ana.uid]), sent).status_code == 302
        page = client.get(reverse("notes_apart", args=[ana.uid])).text
        assert SAID in page
        again = f"{reverse('new_note_apart', args=[ana.uid])}?corrects={NoteApart.objects.get().uid}"
        assert again in page
        assert client.post(again, {**sent, "text": "His sister."}).status_code == 302
        client.force_login(Account.objects.get(pk=cast.director.account))
        assert SAID not in client.get(reverse("notes_apart", args=[ana.uid])).text
        assert client.get(again).status_code == 404
        client.force_login(Account.objects.get(pk=cast.nurse.account))
        assert client.get(reverse("notes_apart", args=[ana.uid])).status_code == 403
