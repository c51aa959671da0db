"""Guarded people on rosters, notes, the day, groups and the week: no name for who doesn't treat them."""

from datetime import time

import pytest

from tests.cast import MONDAY, MORNING, at
from tests.sessions_cast import admit, hold, open_group
from throughcare.knowledge.recording.attendance_taps import Came
from throughcare.pathway.attendance.attendance import record_roster, tap_attendance
from throughcare.pathway.attendance.roster import session_room
from throughcare.pathway.cannot import BehindGlass, CannotSee
from throughcare.pathway.group.page import group_view
from throughcare.pathway.note.group_note import note_room
from throughcare.pathway.note.parts import OwnPart, write_parts
from throughcare.pathway.people.duplicates import likely_duplicates_of
from throughcare.pathway.people.people import PersonDetails
from throughcare.pathway.privacy.guards import HIDDEN, guard_record
from throughcare.pathway.session.today import sessions_today
from throughcare.pathway.week.week_board import BoardFilters, week_board
from throughcare.pathway.week.week_choices import session_to_change
from throughcare.records.accesses import Access
from throughcare.records.attendance import Attendance
from throughcare.records.timetables import Membership

pytestmark = pytest.mark.django_db

DOOR = at(17, 40)


@pytest.fixture
def ana(cast):
    return admit(cast, "Ana", "Silva")


@pytest.fixture
def lee(cast):
    return admit(cast, "Lee", "Park")


@pytest.fixture
def evening(cast, ana, lee):
    """A group of Felix's with both in it; Ana's record is guarded."""
    group = open_group(cast)
    for person in (ana, lee):
        Membership.objects.create(
            organization_id=cast.organization,
            recorded_at=MORNING,
            group=group,
            episode_id=person.episode,
            from_date=MONDAY,
        )
    session = hold(cast, ana, lee, group=group)
    guard_record(ana.uid, text="Known in town", by=cast.compliance, at=MORNING)
    return session


def test_a_roster_names_a_guarded_person_only_to_who_leads_the_session(cast, evening, ana, lee):
    [hidden] = [row for row in session_room(evening, by=cast.nurse, at=DOOR).roster if row.is_guarded]
    assert (hidden.name, hidden.birth_date, hidden.number) == (HIDDEN, None, 0)
    assert "Silva" not in str(session_room(evening, by=cast.nurse, at=DOOR))
    assert "Ana Silva" in str(session_room(evening, by=cast.facilitator, at=DOOR))
    row = Access.objects.filter(account=cast.nurse.account).latest("sequence")
    assert [one.patient_id for one in row.shown.all()] == [lee.key]


def test_who_led_the_session_knows_who_was_in_it_however_long_ago(cast, ana):
    session = hold(cast, ana, group=open_group(cast), day=MONDAY.replace(month=1))
    guard_record(ana.uid, text="Known in town", by=cast.compliance, at=MORNING)
    assert "Ana Silva" in str(session_room(session, by=cast.facilitator, at=MORNING))


def test_everyone_else_present_leaves_a_guarded_person_to_who_leads(cast, evening, ana, lee):
    came = dict.fromkeys([ana.uid, lee.uid], Came("present"))
    assert record_roster(evening, came, by=cast.nurse, at=at(20, 40)) == 1
    assert [row.patient_id for row in Attendance.objects.all()] == [lee.key]
    with pytest.raises(BehindGlass):
        tap_attendance(evening, ana.uid, tap="present", by=cast.nurse, at=at(20, 40))


def test_the_note_room_keeps_a_guarded_persons_part_shut(cast, evening, ana, lee):
    for person in (ana, lee):
        tap_attendance(evening, person.uid, tap="present", by=cast.facilitator, at=DOOR)
    part = OwnPart(ana.uid, "Spoke of her mother.", ana.thread)
    write_parts(evening, [part], by=cast.facilitator, at=at(20, 40))
    shown = note_room(evening, by=cast.clinician, at=at(20, 50))
    assert [one.name for one in shown.parts] == ["Lee Park"]
    assert "mother" not in str(shown)
    assert len(note_room(evening, by=cast.facilitator, at=at(20, 50)).parts) == 2
    with pytest.raises(CannotSee, match="guarded"):
        write_parts(evening, [part], by=cast.clinician, at=at(20, 50))


def test_the_day_and_the_week_name_nobody_guarded_not_in_a_title_either(cast, ana):
    session = hold(cast, ana, title="Talk with Ana Silva", starts=time(10), ends=time(11), kind="individual")
    guard_record(ana.uid, text="Known in town", by=cast.compliance, at=MORNING)
    [line] = sessions_today(by=cast.nurse, at=MORNING).others
    assert line.with_whom == HIDDEN
    assert "Silva" not in str(line)
    assert "Silva" not in str(week_board(BoardFilters(), MONDAY, by=cast.nurse, at=MORNING))
    assert "Silva" not in str(session_to_change(session, by=cast.case_manager, at=MORNING))
    [own] = sessions_today(by=cast.facilitator, at=MORNING).mine
    assert (own.with_whom, own.title) == ("Ana Silva", "Talk with Ana Silva")
    assert "Silva" in str(week_board(BoardFilters(), MONDAY, by=cast.facilitator, at=MORNING))


def test_a_group_lists_a_guarded_member_without_a_name(cast, evening):
    from throughcare.records.timetables import Group

    view = group_view(Group.objects.get().uid, by=cast.nurse, at=MORNING)
    assert sorted((one.name, one.is_guarded) for one in view.members) == [(HIDDEN, True), ("Lee Park", False)]


def test_a_guarded_person_is_no_look_alike_for_who_is_not_near(cast, evening):
    same = PersonDetails("Ana", "Silva")
    assert likely_duplicates_of(same, by=cast.admissions, at=MORNING) == []
