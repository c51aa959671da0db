"""Attendance at the door."""

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.cast import at, gather_cast
from tests.sessions_cast import AFTER, admit, cancel, hold
from throughcare.pathway.attendance.attendance import (
    everyone_else_present,
    mend_minutes,
    record_attendance,
    tap_attendance,
)
from throughcare.pathway.attendance.roster import session_room
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.records.accesses import Access
from throughcare.records.attendance import Attendance
from throughcare.records.sessions import Appointment

DOOR = at(17, 40)


@pytest.fixture
def ana(cast):
    return admit(cast, "Ana", "Silva")


@pytest.fixture
def ben(cast):
    return admit(cast, "Benjamin", "Okoro", preferred="Ben")


@pytest.fixture
def session(cast, ana, ben):
    return hold(cast, ana, ben, breaks=15)


def row_of(session, person, by, moment=AFTER):
    return next(row for row in session_room(session, by=by, at=moment).roster if row.patient == person.uid)


def test_present_counts_every_minute_but_the_break(cast, session, ana):
    tap_attendance(session, ana.uid, tap="present", by=cast.facilitator, at=DOOR)
    row = row_of(session, ana, cast.facilitator)
    assert (row.status, row.minutes, row.recorded_by) == ("present", 165, "Felix Grant")


def test_late_by_the_clock_and_mended_by_hand(cast, session, ana):
    tap_attendance(session, ana.uid, tap="late", by=cast.facilitator, at=at(17, 52))
    assert (
        row_of(session, ana, cast.facilitator).late_minutes,
        row_of(session, ana, cast.facilitator).minutes,
    ) == (22, 143)
    mend_minutes(session, ana.uid, late_minutes=10, left_early_minutes=0, by=cast.facilitator, at=at(17, 55))
    assert row_of(session, ana, cast.facilitator).minutes == 155
    mend_minutes(session, ana.uid, late_minutes=0, left_early_minutes=0, by=cast.facilitator, at=at(17, 56))
    assert row_of(session, ana, cast.facilitator).status == "present"


def test_late_and_then_left_early_are_both_kept(cast, session, ana):
    tap_attendance(session, ana.uid, tap="late", by=cast.facilitator, at=at(17, 40))
    tap_attendance(session, ana.uid, tap="left_early", by=cast.facilitator, at=at(20, 0))
    row = row_of(session, ana, cast.facilitator)
    assert (row.status, row.late_minutes, row.left_early_minutes) == ("late_and_left_early", 10, 30)
    assert row.minutes == 180 - 15 - 40


def test_a_correction_is_a_new_row_that_names_the_old_one(cast, session, ana):
    first = tap_attendance(session, ana.uid, tap="no_show", by=cast.facilitator, at=DOOR)
    second = tap_attendance(session, ana.uid, tap="present", by=cast.clinician, at=at(17, 50))
    rows = list(Attendance.objects.order_by("pk"))
    assert [row.uid for row in rows] == [first, second]
    assert rows[0].retired_at == at(17, 50)
    assert rows[0].status == "no_show"
    assert rows[1].corrects == rows[0]


def test_a_second_tap_of_the_same_kind_is_no_second_record(cast, session, ana):
    first = tap_attendance(session, ana.uid, tap="late", by=cast.facilitator, at=at(17, 40))
    assert tap_attendance(session, ana.uid, tap="late", by=cast.facilitator, at=at(17, 41)) == first
    assert Attendance.objects.count() == 1


def test_the_database_holds_one_standing_record_a_person(cast, session, ana):
    tap_attendance(session, ana.uid, tap="present", by=cast.facilitator, at=DOOR)
    row = Attendance.objects.get()
    row.pk, row.uid = None, row.session.uid
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_everyone_else_is_present_and_who_was_tapped_stays(cast, session, ana, ben):
    tap_attendance(session, ana.uid, tap="excused", by=cast.facilitator, at=DOOR)
    assert everyone_else_present(session, by=cast.facilitator, at=at(17, 50)) == 1
    assert everyone_else_present(session, by=cast.facilitator, at=at(17, 50)) == 0
    assert row_of(session, ana, cast.facilitator).status == "excused"
    assert row_of(session, ben, cast.facilitator).status == "present"


def test_the_door_opens_half_an_hour_before(cast, session, ana):
    with pytest.raises(Cannot, match="Monday, Mar 2 from 5:00 PM"):
        tap_attendance(session, ana.uid, tap="present", by=cast.facilitator, at=at(16, 59))
    assert tap_attendance(session, ana.uid, tap="present", by=cast.facilitator, at=at(17, 0))


@pytest.mark.parametrize("tap", ["late", "left_early", "no_show"])
def test_before_the_start_nobody_is_late_or_missing(cast, session, ana, tap):
    with pytest.raises(Cannot, match="begins at 5:30 PM"):
        tap_attendance(session, ana.uid, tap=tap, by=cast.facilitator, at=at(17, 20))
    assert Attendance.objects.count() == 0


def test_a_session_of_tomorrow_has_no_attendance_today(cast, ana):
    tomorrow = hold(cast, ana, day=date(2026, 3, 3))
    with pytest.raises(Cannot, match="hasn't begun"):
        record_attendance(tomorrow, ana.uid, status="no_show", by=cast.facilitator, at=AFTER)


def test_a_canceled_session_has_no_attendance(cast, session, ana):
    cancel(session)
    with pytest.raises(Cannot, match="canceled: Snow"):
        tap_attendance(session, ana.uid, tap="present", by=cast.facilitator, at=DOOR)
    assert not session_room(session, by=cast.facilitator, at=DOOR).may_take


def test_who_is_not_expected_is_not_recorded(cast, session):
    stranger = admit(cast, "Eve")
    with pytest.raises(Cannot, match="make-up"):
        tap_attendance(session, stranger.uid, tap="present", by=cast.facilitator, at=DOOR)


@pytest.mark.parametrize(("late", "left"), [(180, 0), (100, 80), (-5, 0), (0, -1)])
def test_minutes_that_cannot_be_are_refused(cast, session, ana, late, left):
    with pytest.raises(Cannot):
        mend_minutes(
            session, ana.uid, late_minutes=late, left_early_minutes=left, by=cast.facilitator, at=DOOR
        )


def test_an_unknown_tap_is_refused_in_words(cast, session, ana):
    with pytest.raises(Cannot, match="not an attendance status"):
        tap_attendance(session, ana.uid, tap="asleep", by=cast.facilitator, at=DOOR)


def test_a_seat_given_back_and_taken_again_is_one_person(cast, session, ana):
    tap_attendance(session, ana.uid, tap="excused", by=cast.facilitator, at=DOOR)
    old = Appointment.objects.get(patient_id=ana.key)
    old.released_at = DOOR
    old.save()
    again = Appointment.objects.get(pk=old.pk)
    again.pk, again.released_at = None, None
    again.uid = ana.uid
    again.save(force_insert=True)
    tap_attendance(session, ana.uid, tap="present", by=cast.facilitator, at=at(18, 0))
    assert Attendance.objects.get(retired_at__isnull=True).appointment_id == again.pk


def test_the_roster_is_in_the_order_of_the_names_people_are_called(cast, session, ana):
    room = session_room(session, by=cast.facilitator, at=DOOR)
    assert [(row.name, row.legal_name) for row in room.roster] == [
        ("Ana Silva", ""),
        ("Ben Okoro", "Benjamin Okoro"),
    ]


def test_a_night_that_loses_an_hour_counts_real_minutes(cast, ana):
    night = hold(cast, ana, day=date(2026, 3, 8), starts=time(1, 30), ends=time(3, 30))
    record_attendance(
        night, ana.uid, status="present", by=cast.facilitator, at=at(4, 0, day=date(2026, 3, 8))
    )
    assert Attendance.objects.get().minutes == 60


def test_a_night_that_gains_an_hour_counts_real_minutes(cast, ana):
    night = hold(cast, ana, day=date(2026, 11, 1), starts=time(0, 30), ends=time(2, 30))
    record_attendance(
        night, ana.uid, status="present", by=cast.facilitator, at=at(4, 0, day=date(2026, 11, 1))
    )
    assert Attendance.objects.get().minutes == 180


def test_admissions_may_not_take_attendance_and_a_biller_may_only_read_it(cast, session, ana):
    with pytest.raises(CannotSee):
        session_room(session, by=cast.admissions, at=DOOR)
    with pytest.raises(CannotSee):
        tap_attendance(session, ana.uid, tap="present", by=cast.biller, at=DOOR)
    room = session_room(session, by=cast.biller, at=DOOR)
    assert not room.may_take
    assert not room.may_see_notes


def test_another_clinic_finds_no_session(cast, session, ana):
    elsewhere = gather_cast("Other House", mail_host="other.test")
    with pytest.raises(Absent):
        session_room(session, by=elsewhere.clinician, at=DOOR)
    with pytest.raises(Absent):
        tap_attendance(session, ana.uid, tap="present", by=elsewhere.clinician, at=DOOR)


def test_every_tap_is_in_the_book_of_accesses(cast, session, ana):
    tap_attendance(session, ana.uid, tap="present", by=cast.facilitator, at=DOOR)
    entry = Access.objects.get()
    assert [one.patient_id for one in entry.shown.all()] == [ana.key]
    assert (entry.kinds, entry.verb, entry.allowed) == (["attendance"], "change", True)


def test_a_roster_of_twelve_costs_no_more_queries_than_one_of_two(cast, django_assert_max_num_queries):
    people = [admit(cast, f"Person{n}") for n in range(12)]
    small, large = hold(cast, *people[:2]), hold(cast, *people, starts=time(9), ends=time(10))
    for session in (small, large):
        everyone_else_present(session, by=cast.facilitator, at=AFTER + timedelta(minutes=1))
        with django_assert_max_num_queries(17):
            session_room(session, by=cast.facilitator, at=AFTER)
