"""The second signature: a case manager's notes wait for their supervisor."""

from datetime import timedelta

import pytest

from tests.cast import MONDAY, at
from tests.sessions_cast import AFTER, admit, hold
from throughcare.pathway.attendance.attendance import record_attendance
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.clinic.clinic import supervise, suspend_staff
from throughcare.pathway.note.cosigning import cosign_note, how_many_wait, notes_to_cosign, return_note
from throughcare.pathway.note.group_note import add_addendum, sign_notes, write_own
from throughcare.pathway.note.page import notes_of_patient, open_note
from throughcare.records.measures import MeasureResponse
from throughcare.records.notes import Note, NoteCosignature

RESPONSE = "Called the housing office together and got a date."
LATER = AFTER + timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def supervised(cast):
    """Cam, the case manager, works under Carla."""
    cam = cast.practitioner_uid(cast.case_manager)
    supervise(cam, cast.practitioner_uid(cast.clinician), by=cast.admin, at=at(8))
    return cast


def signed(cast, person, *, by=None, day=MONDAY):
    """A note that Cam signed on the evening of a day."""
    who, moment = by or cast.case_manager, AFTER + (day - MONDAY)
    session = hold(cast, person, day=day, kind="case-management", title="Case management", led_by=who)
    record_attendance(session, person.uid, status="present", by=who, at=moment)
    write_own(
        session,
        person.uid,
        text=" ".join(f"{word}of{person.key}on{day.day}" for word in RESPONSE.split()),
        next_step="Bring the papers on Friday",
        objective_thread=person.thread,
        seen_version=0,
        by=who,
        at=moment,
    )
    (result,) = sign_notes(session, by=who, at=moment)
    assert result.note, result.lacks
    return result.note


def names(lines):
    return [line.name for line in lines]


def waiting(cast, by=None, moment=LATER):
    return notes_to_cosign(by=by or cast.clinician, at=moment)


def test_a_supervised_note_waits_for_the_supervisor_alone(supervised):
    cast, ana = supervised, admit(supervised, "Ana", "Silva")
    note = signed(cast, ana)
    (line,) = waiting(cast).mine
    assert (line.note, line.name, line.next_step) == (note, "Ana Silva", "Bring the papers on Friday")
    assert line.signed_by == "Cam Ortiz, CM"
    assert not waiting(cast, by=cast.director)
    assert [how_many_wait(by=who) for who in (cast.clinician, cast.director, cast.biller)] == [1, 0, 0]


def test_a_licensed_clinicians_note_waits_for_nobody(supervised):
    cast = supervised
    note = signed(cast, admit(cast, "Ana", "Silva"), by=cast.facilitator)
    assert not waiting(cast)
    assert open_note(note, by=cast.clinician, at=LATER).cosign_state == ""
    with pytest.raises(Cannot, match="signs alone"):
        cosign_note(note, by=cast.director, at=LATER)


def test_the_note_shows_both_names_and_keeps_its_digest(supervised):
    cast = supervised
    note = signed(cast, admit(cast, "Ana", "Silva"))
    before = Note.objects.values().get()
    cosign_note(note, by=cast.clinician, at=LATER)
    page = open_note(note, by=cast.clinician, at=LATER)
    (second,) = page.cosignatures
    assert (page.signed_by, second.signed_by) == ("Cam Ortiz, CM", "Carla Reyes, LCSW")
    assert (page.signed_at, second.signed_at) == (AFTER, LATER)
    assert page.cosign_state == "cosigned" and page.is_intact
    assert Note.objects.values().get() == before
    assert not waiting(cast)


def test_co_signing_twice_is_one_signature(supervised):
    cast = supervised
    note = signed(cast, admit(cast, "Ana", "Silva"))
    first = cosign_note(note, by=cast.clinician, at=LATER)
    assert cosign_note(note, by=cast.clinician, at=LATER + timedelta(seconds=1)) == first
    assert NoteCosignature.objects.count() == 1


def test_a_note_given_back_waits_for_its_author_and_returns_with_the_addendum(supervised):
    cast = supervised
    note = signed(cast, admit(cast, "Ana", "Silva"))
    return_note(note, "Say which office it was.", by=cast.clinician, at=LATER)
    assert not waiting(cast).mine
    (line,) = waiting(cast, by=cast.case_manager).returned
    assert (line.remark, line.remark_by) == ("Say which office it was.", "Carla Reyes, LCSW")
    assert how_many_wait(by=cast.case_manager) == 1
    add_addendum(note, "It was the county housing office.", by=cast.case_manager, at=LATER + DAY)
    assert not waiting(cast, by=cast.case_manager).returned
    (line,) = waiting(cast, moment=LATER + DAY).mine
    assert line.addenda == ("It was the county housing office.",)
    cosign_note(note, by=cast.clinician, at=LATER + 2 * DAY)
    page = open_note(note, by=cast.clinician, at=LATER + 2 * DAY)
    assert [answer.is_returned for answer in page.cosignatures] == [True, False]
    assert page.cosign_state == "cosigned"


def test_a_remark_says_something(supervised):
    cast = supervised
    note = signed(cast, admit(cast, "Ana", "Silva"))
    with pytest.raises(Cannot, match="what the author should add"):
        return_note(note, "  ", by=cast.clinician, at=LATER)
    cosign_note(note, by=cast.clinician, at=LATER)
    with pytest.raises(Cannot, match="is co-signed"):
        return_note(note, "Too late", by=cast.clinician, at=LATER + DAY)


def test_an_addendum_after_the_second_signature_waits_for_one_of_its_own(supervised):
    cast = supervised
    note = signed(cast, admit(cast, "Ana", "Silva"))
    cosign_note(note, by=cast.clinician, at=LATER)
    add_addendum(note, "The date was moved to Monday.", by=cast.case_manager, at=LATER + DAY)
    assert names(waiting(cast, moment=LATER + DAY).mine) == ["Ana Silva"]
    ((line,), _) = notes_of_patient(
        waiting(cast, moment=LATER + DAY).mine[0].patient, by=cast.clinician, at=LATER
    )
    assert line.cosign_state == "waiting"
    cosign_note(note, by=cast.clinician, at=LATER + 2 * DAY)
    assert not waiting(cast, moment=LATER + 2 * DAY)


def test_the_riskiest_person_comes_first_and_then_the_oldest(supervised):
    cast = supervised
    people = [admit(cast, name) for name in ("Old", "New", "Risky")]
    for number, person in enumerate(people):
        signed(cast, person, day=MONDAY + number * DAY)
    MeasureResponse.objects.create(
        organization_id=cast.organization,
        recorded_at=AFTER,
        patient_id=people[2].key,
        code="c-ssrs-screener",
        answers=[1, 1, 1, 0, 0, 0, None],
        mode="staff",
        taken_at=AFTER,
        band="moderate",
    )
    lines = waiting(cast, moment=AFTER + 8 * DAY).mine
    assert [line.name.split()[0] for line in lines] == ["Risky", "Old", "New"]
    assert [(line.tier, line.is_overdue) for line in lines] == [
        ("moderate", False),
        ("", True),
        ("", False),
    ]


def test_without_a_supervisor_the_director_answers(cast):
    note = signed(cast, admit(cast, "Ana", "Silva"))
    assert names(waiting(cast, by=cast.director).nobodys) == ["Ana Silva"]
    assert not waiting(cast)
    with pytest.raises(Cannot, match="supervisor, or the clinical director"):
        cosign_note(note, by=cast.clinician, at=LATER)
    cosign_note(note, by=cast.director, at=LATER)
    assert not waiting(cast, by=cast.director)


def test_who_has_left_co_signs_no_more(supervised):
    cast = supervised
    signed(cast, admit(cast, "Ana", "Silva"))
    suspend_staff(cast.clinician.account_uid, by=cast.admin, at=LATER)
    assert names(waiting(cast, by=cast.director).nobodys) == ["Ana Silva"]


def test_nobody_co_signs_their_own_note_and_no_role_without_notes(supervised):
    cast = supervised
    note = signed(cast, admit(cast, "Ana", "Silva"))
    with pytest.raises(Cannot, match="their own words"):
        cosign_note(note, by=cast.case_manager, at=LATER)
    with pytest.raises(CannotSee):
        cosign_note(note, by=cast.biller, at=LATER)


def test_another_organizations_note_is_not_there(supervised):
    from tests.cast import gather_cast

    note = signed(supervised, admit(supervised, "Ana", "Silva"))
    other = gather_cast("Hill House", mail_host="hill.test")
    with pytest.raises(Absent):
        cosign_note(note, by=other.director, at=LATER)
    assert not waiting(other, by=other.director)


def test_a_supervisor_is_a_licensed_colleague(cast):
    cam, nia = (cast.practitioner_uid(who) for who in (cast.case_manager, cast.nurse))
    with pytest.raises(Cannot, match="licensed clinician"):
        supervise(cam, nia, by=cast.admin, at=AFTER)
    with pytest.raises(Cannot, match="themselves"):
        supervise(cam, cam, by=cast.admin, at=AFTER)
    with pytest.raises(Cannot, match="administrator"):
        supervise(cam, None, by=cast.case_manager, at=AFTER)


def test_the_list_takes_as_many_queries_for_ten_as_for_two(supervised, django_assert_max_num_queries):
    cast = supervised
    for number in range(2):
        signed(cast, admit(cast, f"Person{number}"))
    with django_assert_max_num_queries(14) as few:
        waiting(cast)
    for number in range(2, 10):
        signed(cast, admit(cast, f"Person{number}"))
    with django_assert_max_num_queries(len(few)):
        assert len(waiting(cast).mine) == 10
