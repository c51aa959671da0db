"""The twenty tests that other projects' bug threads suggest, by number: those about sessions (1 to 9, 19 and 20).

Each was a bug that someone shipped: a second encounter at every edit, a thirteenth person in a group of twelve, a
series that moves by an hour in March, a note that names another member.
"""

import threading
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from tests import sessions_cast
from tests.cast import MONDAY, MORNING, NEW_YORK, at, gather_cast
from tests.sessions_cast import AFTER, hold, open_group
from tests.week_cast import a_group, admit
from throughcare.knowledge.between_sessions import CheckIn
from throughcare.pathway.accounts import actor_for, open_account
from throughcare.pathway.actor import Actor
from throughcare.pathway.attendance.attendance import record_attendance
from throughcare.pathway.attendance.roster import session_room
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.check_in.check_in import check_in, check_out
from throughcare.pathway.group.changes import WeeklyTime, change_room, change_time
from throughcare.pathway.group.group import join_group
from throughcare.pathway.group.joining import join_groups
from throughcare.pathway.group.stints import leave_group
from throughcare.pathway.make_up.make_up import take_seat
from throughcare.pathway.note.group_note import (
    add_addendum,
    note_room,
    sign_notes,
    write_own,
    write_shared,
)
from throughcare.pathway.note.page import open_note
from throughcare.pathway.session.hours import hour_ledger
from throughcare.pathway.week.booking import NewSession
from throughcare.pathway.week.canceling import cancel_for_everyone, cancel_for_one, end_series
from throughcare.pathway.week.commitments import NewCommitment, add_commitment
from throughcare.pathway.week.reminders import remind_of_sessions
from throughcare.pathway.week.schedule import book_series, extend_sessions
from throughcare.pathway.week.week import week_of_patient
from throughcare.records.attendance import Attendance
from throughcare.records.consents import PatientAccount
from throughcare.records.notes import Note
from throughcare.records.people import Patient
from throughcare.records.sessions import Appointment, Session
from throughcare.records.signing_in import DoorMail
from throughcare.records.timetables import GroupMeeting, Membership
from throughcare.records.waiting import SessionWait
from throughcare.records.week_changes import Reminder

WEEK, DAY = timedelta(weeks=1), timedelta(days=1)
SHARED = "We practiced urge surfing and went round with one example each."
RESPONSE = "Named two triggers and a plan for each of them."


@pytest.fixture
def ana(cast):
    return admit(cast, "Ana", "Ruiz")


@pytest.fixture
def room_of_three(cast):
    """Ana and Lee came to the evening group; Hope did not."""
    people = [
        sessions_cast.admit(cast, given, family)
        for given, family in (("Ana", "Silva"), ("Lee", "Park"), ("Hope", "Winters"))
    ]
    session = hold(cast, *people, group=open_group(cast))
    for person, status in zip(people, ("present", "present", "no_show"), strict=True):
        record_attendance(session, person.uid, status=status, by=cast.facilitator, at=at(18))
    return session, people


def alone(cast, person, *, day: date = MONDAY, weeks: int = 1, clock: time = time(14)):
    carla = cast.practitioner_uid(cast.clinician)
    new = NewSession("individual", cast.site, carla, (person.patient,), datetime.combine(day, clock), 60)
    return book_series(new, weeks=weeks, by=cast.clinician, at=MORNING)


def write(cast, session, *people, shared: str = SHARED, text: str = RESPONSE) -> None:
    by = {"by": cast.facilitator, "at": at(19)}
    write_shared(session, text=shared, topic="Urges", seen_version=0, **by)
    for number, person in enumerate(people):
        words = "Came back to it: " * number + text
        write_own(session, person.uid, text=words, objective_thread=person.thread, seen_version=0, **by)


def an_account(cast, patient: int) -> None:
    account = open_account(
        "own@home.test", name="Own", password=None, roles=("patient",), by=cast.program, at=MORNING
    )
    PatientAccount.objects.create(
        organization_id=cast.organization, recorded_at=MORNING, patient_id=patient, account=account
    )


def test_1_editing_a_group_session_twice_makes_no_second_meeting_seat_attendance_or_note(cast, ana):
    group = a_group(cast)
    join_group(group, ana.episode, from_date=MONDAY, by=cast.clinician, at=MORNING)
    extend_sessions(cast.organization, until=MONDAY + WEEK, at=MORNING)
    for room in (cast.group_room, None, cast.group_room):
        change_room(group, room, from_date=MONDAY, by=cast.admin, at=MORNING)
    for starts in (time(11), time(13), time(10)):
        meeting = GroupMeeting.objects.filter(until_date__isnull=True).get()
        change_time(meeting.uid, WeeklyTime(0, starts, 60), from_date=MONDAY, by=cast.admin, at=MORNING)
        extend_sessions(cast.organization, until=MONDAY + WEEK, at=MORNING)
    held = Session.objects.filter(cancelled_at__isnull=True)
    assert held.filter(local_day=MONDAY).count() == 1 and held.filter(local_day=MONDAY + WEEK).count() == 1
    seats = Appointment.objects.filter(released_at__isnull=True, session__cancelled_at__isnull=True)
    assert seats.count() == 2
    session = held.get(local_day=MONDAY)
    for _ in range(2):
        record_attendance(session.uid, ana.patient, status="present", by=cast.facilitator, at=at(10, 30))
    assert Attendance.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_2_of_fifty_who_book_at_once_twelve_are_seated_and_thirty_eight_wait_in_order(many_hands):
    cast = gather_cast()
    a_group(cast)
    extend_sessions(cast.organization, until=MONDAY + WEEK, at=MORNING)
    session = Session.objects.get(local_day=MONDAY).uid
    people = [admit(cast, f"P{number}", "Test") for number in range(50)]
    many_hands()
    start, took, troubles = threading.Barrier(50), [], []

    def hurry(person):
        start.wait()
        try:
            took.append(take_seat(session, person.patient, by=cast.clinician, at=MORNING))
        except Exception as trouble:
            troubles.append(trouble)
        finally:
            connection.close()

    threads = [threading.Thread(target=hurry, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    assert sum(one.seat is not None for one in took) == 12
    assert sorted(one.place for one in took if one.seat is None) == list(range(1, 39))
    counted: list[int] = []

    def count():
        counted.append(Appointment.objects.filter(session__uid=session, released_at__isnull=True).count())
        counted.append(SessionWait.objects.filter(session__uid=session, ended_at__isnull=True).count())
        connection.close()

    witness = threading.Thread(target=count)
    witness.start()
    witness.join()
    assert counted == [12, 38]


def test_3_one_occurrence_one_persons_occurrence_and_the_rest_are_three_acts_with_their_own_status(cast, ana):
    first, second, third, fourth = alone(cast, ana, weeks=4)
    cancel_for_one(first, ana.patient, because="Has the flu", by=cast.clinician, at=MORNING)
    cancel_for_everyone(second, because="Training day", by=cast.clinician, at=MORNING)
    end_series(third, because="Reached what she came for", by=cast.clinician, at=MORNING)
    weeks = [
        week_of_patient(ana.patient, MONDAY + n * WEEK, by=cast.clinician, at=MORNING).sessions
        for n in range(4)
    ]
    assert [week[0].status for week in weeks] == ["not_this_time", "canceled", "series_ended", "series_ended"]
    assert not Session.objects.get(uid=first).cancelled_at, "the session itself is held"
    assert Session.objects.filter(uid__in=(third, fourth), cancelled_how="series").count() == 2


def test_4_a_series_across_a_change_of_clocks_keeps_its_wall_clock_time(cast, ana):
    alone(cast, ana, weeks=3)
    zone = ZoneInfo(NEW_YORK)
    rows = Session.objects.order_by("starts_at")
    assert [row.starts_at.astimezone(zone).strftime("%m-%d %H:%M") for row in rows] == [
        "03-02 14:00",
        "03-09 14:00",
        "03-16 14:00",
    ]
    gaps = {later.starts_at - earlier.starts_at for earlier, later in pairwise(rows)}
    assert gaps == {WEEK, WEEK - timedelta(hours=1)}, "the clocks went forward in between"


def test_5_a_whole_plan_is_checked_before_any_row_is_written(cast, ana):
    court = NewCommitment("court", day=MONDAY + 3 * WEEK, starts=time(13), ends=time(15))
    add_commitment(ana.patient, court, by=cast.clinician, at=MORNING)
    with pytest.raises(Cannot, match="court or probation date on Mon, Mar 23"):
        alone(cast, ana, weeks=8)
    assert not Session.objects.exists()
    groups = [a_group(cast), a_group(cast, name="At the same time", room=cast.office, capacity=3, led=False)]
    with pytest.raises(Cannot, match="Ana Ruiz"):
        join_groups(groups, ana.episode, from_date=MONDAY, by=cast.clinician, at=MORNING)
    assert not Membership.objects.exists() and not Appointment.objects.exists()


def test_6_who_leaves_and_comes_back_has_two_stints_and_attendance_stays_with_the_right_one(cast, ana):
    group = a_group(cast)
    extend_sessions(cast.organization, until=MONDAY + 4 * WEEK, at=MORNING)
    first = join_group(group, ana.episode, from_date=MONDAY, by=cast.clinician, at=MORNING)
    held = Session.objects.get(local_day=MONDAY)
    record_attendance(held.uid, ana.patient, status="present", by=cast.facilitator, at=at(10, 30))
    leave_group(first, until_date=MONDAY + DAY, by=cast.clinician, at=at(12))
    again = MONDAY + 2 * WEEK
    second = join_group(group, ana.episode, from_date=again, by=cast.clinician, at=at(9, day=again))
    stints = list(Membership.objects.order_by("pk").values_list("uid", "from_date", "until_date"))
    assert stints == [(first, MONDAY, MONDAY + DAY), (second, again, None)]
    seats = Appointment.objects.filter(released_at__isnull=True).order_by("local_day")
    days = list(seats.values_list("local_day", flat=True))
    assert days == [MONDAY, again, again + WEEK, again + 2 * WEEK], "none between the stints"
    row = Attendance.objects.get()
    assert row.appointment.local_day == MONDAY and row.appointment.released_at is None


def test_7_who_was_absent_has_no_note_no_words_of_the_shared_part_and_no_hours(cast, room_of_three):
    session, (ana, lee, hope) = room_of_three
    write(cast, session, ana, lee)
    sign_notes(session, by=cast.facilitator, at=AFTER)
    assert set(Note.objects.values_list("patient", flat=True)) == {ana.key, lee.key}
    ledger = hour_ledger(hope.uid, by=cast.clinician, at=AFTER)
    line = ledger.weeks[0].lines[0]
    assert (line.status, line.counted_minutes) == ("no_show", 0)
    write_own(
        session,
        hope.uid,
        text="We missed her at the door.",
        objective_thread=hope.thread,
        seen_version=0,
        by=cast.facilitator,
        at=AFTER,
    )
    sign_notes(session, by=cast.facilitator, at=AFTER)
    assert not Note.objects.filter(patient=hope.key).exists(), "a draft about someone absent is never signed"


def test_8_one_members_note_never_holds_another_members_name(cast, room_of_three):
    session, (ana, lee, _) = room_of_three
    write(cast, session, ana, lee, shared="We practiced urge surfing; Lee went first and Hope was missed.")
    results = sign_notes(session, by=cast.facilitator, at=AFTER)
    assert not any(one.is_new for one in results) and not Note.objects.exists()
    lacks = " ".join(no.because for no in note_room(session, by=cast.facilitator, at=AFTER).shared_lacks)
    assert "Lee" in lacks
    write_shared(session, text=SHARED, topic="Urges", seen_version=1, by=cast.facilitator, at=AFTER)
    sign_notes(session, by=cast.facilitator, at=AFTER)
    for note in Note.objects.all():
        others = Patient.objects.exclude(pk=note.patient_id)
        said = f"{note.shared_text} {note.text} {note.topic}"
        assert not any(one.given_name in said or one.family_name in said for one in others)


def test_9_a_signed_note_stays_as_it_is_when_the_shared_part_changes_and_takes_an_addendum(
    cast, room_of_three
):
    session, (ana, lee, _) = room_of_three
    write(cast, session, ana, lee)
    sign_notes(session, by=cast.facilitator, at=AFTER)
    before = list(Note.objects.order_by("pk").values())
    later = AFTER + timedelta(minutes=5)
    write_shared(
        session, text="We did something else.", topic="Else", seen_version=1, by=cast.facilitator, at=later
    )
    assert list(Note.objects.order_by("pk").values()) == before
    note = Note.objects.get(patient=ana.key).uid
    page = open_note(note, by=cast.facilitator, at=later)
    assert page.is_intact and page.since.shared, "the page says that the shared part changed since"
    add_addendum(note, "The group turned to something else.", by=cast.facilitator, at=later)
    assert [one.text for one in open_note(note, by=cast.facilitator, at=later).addenda] == [
        "The group turned to something else."
    ]


def test_19_nothing_due_ends_in_order_and_each_occurrence_of_a_series_has_its_own_reminder(cast, ana):
    assert remind_of_sessions(at=MORNING) == "nothing due"
    an_account(cast, ana.key)
    thursdays = alone(cast, ana, day=MONDAY + 3 * DAY, weeks=3)
    for week in range(3):
        for _ in range(2):
            remind_of_sessions(at=at(13, day=MONDAY + 2 * DAY + week * WEEK) + timedelta(hours=2))
            remind_of_sessions(at=at(12, 30, day=MONDAY + 3 * DAY + week * WEEK))
    rows = Reminder.objects.values_list("appointment__session__uid", "lead")
    assert sorted(rows) == sorted((uid, lead) for uid in thursdays for lead in ("day", "hours"))
    assert DoorMail.objects.filter(kind="session_soon").count() == 6
    assert remind_of_sessions(at=at(8, day=MONDAY + 8 * WEEK)) == "nothing due"


def test_20_no_form_can_be_opened_before_its_window(cast, ana):
    (session,) = alone(cast, ana, day=MONDAY + DAY)
    tuesday = MONDAY + DAY
    early = {"by": cast.clinician, "at": at(14)}
    an_account(cast, ana.key)
    own = _own(cast, ana.key)
    with pytest.raises(Cannot, match="You can check in from"):
        check_in(session, ana.patient, answers=CheckIn(mood=5), way="page", by=own, at=at(9))
    with pytest.raises(Cannot, match="when the session ends"):
        check_out(session, ana.patient, words="Enough", way="page", by=own, at=at(14, day=tuesday))
    with pytest.raises(Cannot, match="Attendance is taken on Tuesday, Mar 3"):
        record_attendance(session, ana.patient, status="present", **early)
    assert not session_room(session, **early).may_take
    assert not note_room(session, by=cast.clinician, at=at(14, 30, day=tuesday)).may_sign
    check_in(session, ana.patient, answers=CheckIn(mood=5), way="page", by=own, at=at(13, 30, day=tuesday))
    record_attendance(session, ana.patient, status="present", by=cast.clinician, at=at(14, day=tuesday))


def _own(cast, patient: int) -> Actor:
    account = PatientAccount.objects.get(patient=patient).account_id
    actor = actor_for(account)
    assert actor is not None
    return actor
