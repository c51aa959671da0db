"""Single sessions are booked, moved and canceled; a series is checked before it is written."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.cast import MONDAY, MORNING, NEW_YORK, at
from tests.week_cast import a_group, admit
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.group.group import join_group
from throughcare.pathway.timetable.rules.staff_limits import be_away
from throughcare.pathway.week.booking import NewSession
from throughcare.pathway.week.commitments import NewCommitment, add_commitment, keep_apart
from throughcare.pathway.week.schedule import (
    book_series,
    book_session,
    cancel_rest,
    cancel_session,
    extend_sessions,
    give_seat,
    release_seat,
    reschedule_session,
)
from throughcare.records.organizations import Holiday
from throughcare.records.sessions import Appointment, Session
from throughcare.records.timetables import Shift


@pytest.fixture
def ana(cast):
    return admit(cast, "Ana", "Ruiz")


def new(cast, *patients, kind="individual", who=None, day=MONDAY, clock=time(14), room=None, minutes=60):
    return NewSession(
        kind,
        cast.site,
        cast.practitioner_uid(who or cast.clinician),
        tuple(one.patient for one in patients),
        datetime.combine(day, clock),
        minutes,
        room=room,
    )


def starts() -> list[str]:
    rows = Session.objects.filter(cancelled_at__isnull=True).order_by("starts_at")
    return [row.starts_at.astimezone(ZoneInfo(NEW_YORK)).strftime("%m-%d %H:%M") for row in rows]


def test_a_session_is_booked_with_its_room_its_staff_and_its_person(cast, ana):
    uid = book_session(new(cast, ana, room=cast.office), by=cast.clinician, at=MORNING)
    row = Session.objects.get(uid=uid)
    assert (row.title, row.room.name, row.staff.get().practitioner.given_name) == (
        "Individual therapy",
        "Office 1",
        "Carla",
    )
    seat = row.appointments.get()
    assert (seat.patient_id, seat.episode.uid, seat.planned_minutes, seat.counts) == (
        ana.key,
        ana.episode,
        60,
        True,
    )
    assert starts() == ["03-02 14:00"]


def test_a_weekly_series_keeps_its_wall_clock_and_leaves_holidays_out(cast, ana):
    Holiday.objects.create(
        organization_id=cast.organization, day=date(2026, 3, 16), name="Closed", recorded_at=MORNING
    )
    book_series(new(cast, ana), weeks=4, by=cast.clinician, at=MORNING)
    assert starts() == ["03-02 14:00", "03-09 14:00", "03-23 14:00"]


def test_one_clash_in_the_last_week_writes_nothing_of_the_series(cast, ana):
    court = NewCommitment("court", day=date(2026, 3, 23), starts=time(13), ends=time(15))
    add_commitment(ana.patient, court, by=cast.clinician, at=MORNING)
    with pytest.raises(Cannot, match="court or probation date on Mon, Mar 23"):
        book_series(new(cast, ana), weeks=4, by=cast.clinician, at=MORNING)
    assert not Session.objects.exists()


def test_everything_that_is_wrong_is_said(cast, ana):
    ben = admit(cast, "Ben", "Cole")
    book_session(new(cast, ben, room=cast.office), by=cast.clinician, at=MORNING)
    work = NewCommitment("work", weekday=0, starts=time(12), ends=time(20))
    add_commitment(ana.patient, work, by=cast.clinician, at=MORNING)
    with pytest.raises(Cannot) as refusal:
        book_session(new(cast, ana, room=cast.office, clock=time(14, 30)), by=cast.clinician, at=MORNING)
    for words in ("Ana Ruiz has work", "Carla Reyes leads Individual therapy", "Office 1 is taken"):
        assert words in refusal.value.because
    assert "Ben" not in refusal.value.because


def test_staff_are_booked_on_their_shift_only(cast, ana):
    Shift.objects.filter(practitioner=cast.clinician.practitioner, weekday=0).delete()
    with pytest.raises(Cannot, match="Carla Reyes does not work on Mondays"):
        book_session(new(cast, ana), by=cast.clinician, at=MORNING)


def test_nobody_is_booked_on_a_day_of_their_leave(cast, ana):
    carla = cast.practitioner_uid(cast.clinician)
    be_away(carla, first_day=MONDAY, last_day=MONDAY + timedelta(days=1), by=cast.director, at=MORNING)
    with pytest.raises(Cannot, match="Carla Reyes is away until Tue, Mar 3"):
        book_session(new(cast, ana), by=cast.clinician, at=MORNING)
    book_session(new(cast, ana, day=MONDAY + timedelta(days=2)), by=cast.clinician, at=MORNING)


def test_a_prescriber_visit_needs_a_prescriber(cast, ana):
    with pytest.raises(Cannot, match=r"Carla Reyes \(LCSW\) is not a prescriber"):
        book_session(new(cast, ana, kind="prescriber"), by=cast.clinician, at=MORNING)
    book_session(new(cast, ana, kind="prescriber", who=cast.prescriber), by=cast.clinician, at=MORNING)


def test_people_who_must_not_meet_are_not_booked_together(cast, ana):
    ben = admit(cast, "Ben", "Cole")
    keep_apart(ana.patient, ben.patient, reason="Order of protection", by=cast.director, at=MORNING)
    with pytest.raises(Cannot, match="someone who must be kept apart"):
        book_session(new(cast, ana, ben, kind="family"), by=cast.case_manager, at=MORNING)


def test_a_time_that_has_passed_is_not_booked(cast, ana):
    with pytest.raises(Cannot, match="still to come"):
        book_session(new(cast, ana), by=cast.clinician, at=at(15))


def test_canceling_one_the_rest_and_one_seat_are_three_acts(cast, ana):
    ben = admit(cast, "Ben", "Cole")
    first, second, third, fourth = book_series(
        new(cast, ana, ben, kind="family"), weeks=4, by=cast.clinician, at=MORNING
    )
    release_seat(first, ben.patient, because="Has the flu", by=cast.clinician, at=MORNING)
    cancel_session(second, because="Training day", by=cast.clinician, at=MORNING)
    assert cancel_rest(third, because="Therapist on leave", by=cast.clinician, at=MORNING) == 2
    canceled = dict(Session.objects.values_list("uid", "cancelled_because"))
    assert canceled == {
        first: "",
        second: "Training day",
        third: "Therapist on leave",
        fourth: "Therapist on leave",
    }
    there = Appointment.objects.filter(session__uid=first, released_at__isnull=True)
    assert list(there.values_list("patient_id", flat=True)) == [ana.key]
    assert Appointment.objects.filter(session__uid=second, released_at__isnull=True).count() == 2


def test_canceling_asks_why_and_never_touches_what_has_begun(cast, ana):
    uid = book_session(new(cast, ana), by=cast.clinician, at=MORNING)
    with pytest.raises(Cannot, match="Say why"):
        cancel_session(uid, because=" ", by=cast.clinician, at=MORNING)
    with pytest.raises(Cannot, match="has begun"):
        cancel_session(uid, because="Late thought", by=cast.clinician, at=at(14))
    with pytest.raises(Cannot, match="not booked as a series"):
        cancel_rest(uid, because="All", by=cast.clinician, at=MORNING)


def test_moving_a_session_takes_everyone_along_and_says_where_it_went(cast, ana):
    uid = book_session(new(cast, ana, room=cast.office), by=cast.clinician, at=MORNING)
    # Half an hour later overlaps the old time, which gives way.
    later = datetime.combine(MONDAY, time(14, 30))
    moved = reschedule_session(uid, starts_at=later, by=cast.clinician, at=MORNING)
    assert starts() == ["03-02 14:30"]
    old = Session.objects.get(uid=uid)
    assert old.cancelled_because == "Moved to Mon, Mar 2, 2:30–3:30 PM."
    assert old.appointments.get().released_at == MORNING
    assert Session.objects.get(uid=moved).appointments.get().patient_id == ana.key


def test_a_group_session_that_was_moved_is_not_made_again(cast, ana):
    group = a_group(cast)
    join_group(group, ana.episode, from_date=MONDAY, by=cast.clinician, at=MORNING)
    extend_sessions(cast.organization, until=date(2026, 3, 8), at=MORNING)
    uid = Session.objects.get().uid
    reschedule_session(
        uid, starts_at=datetime.combine(date(2026, 3, 4), time(11)), by=cast.director, at=MORNING
    )
    assert extend_sessions(cast.organization, until=date(2026, 3, 8), at=MORNING) == 0
    assert starts() == ["03-04 11:00"]
    assert Appointment.objects.filter(released_at__isnull=True).get().local_day == date(2026, 3, 4)


def test_a_single_seat_is_given_where_one_is_free(cast, ana):
    a_group(cast, capacity=1)
    extend_sessions(cast.organization, until=date(2026, 3, 8), at=MORNING)
    uid = Session.objects.get().uid
    give_seat(uid, ana.patient, by=cast.clinician, at=MORNING)
    ben = admit(cast, "Ben", "Cole")
    with pytest.raises(Cannot, match="1 of 1 seats"):
        give_seat(uid, ben.patient, by=cast.clinician, at=MORNING)
    with pytest.raises(Cannot, match="has a seat"):
        give_seat(uid, ana.patient, by=cast.clinician, at=MORNING)


def test_a_biller_books_nothing(cast, ana):
    with pytest.raises(CannotSee):
        book_session(new(cast, ana), by=cast.biller, at=MORNING)


def test_a_session_across_the_spring_change_lasts_its_minutes(cast, ana):
    sunday = date(2026, 3, 8)
    Shift.objects.filter(weekday=6).update(starts=time(0), ends=time(23))
    uid = book_session(
        new(cast, ana, day=sunday, clock=time(1, 30)), by=cast.clinician, at=at(0, day=date(2026, 3, 7))
    )
    row = Session.objects.get(uid=uid)
    assert row.ends_at - row.starts_at == timedelta(hours=1)
    assert row.ends_at.astimezone(ZoneInfo(NEW_YORK)).time() == time(3, 30)
