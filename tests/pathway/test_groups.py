"""Groups are opened, met weekly, led, changed from a day on, and closed; sessions to come follow."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.cast import MONDAY, MORNING, NEW_YORK, at
from tests.week_cast import a_group, admit
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.clinic.founding import add_room
from throughcare.pathway.group.changes import (
    WeeklyTime,
    change_room,
    change_seats,
    change_time,
    close_group,
    end_time,
    hand_over,
)
from throughcare.pathway.group.group import (
    NewGroup,
    join_group,
    lead_group,
    meet_weekly,
    open_group,
)
from throughcare.pathway.group.stints import leave_group
from throughcare.pathway.week.schedule import cancel_session, extend_sessions
from throughcare.records.organizations import Holiday
from throughcare.records.sessions import Appointment, Session
from throughcare.records.timetables import GroupFacilitator, GroupMeeting

ZONE = ZoneInfo(NEW_YORK)
IN_FOUR_WEEKS = MONDAY + timedelta(days=27)


def local_starts() -> list[str]:
    rows = Session.objects.filter(cancelled_at__isnull=True).order_by("starts_at")
    return [row.starts_at.astimezone(ZONE).strftime("%m-%d %H:%M") for row in rows]


def extend(cast, until=IN_FOUR_WEEKS, moment=MORNING) -> int:
    return extend_sessions(cast.organization, until=until, at=moment)


def test_a_weekly_time_keeps_its_wall_clock_across_the_spring_change(cast):
    a_group(cast)
    assert extend(cast) == 4
    assert local_starts() == ["03-02 10:00", "03-09 10:00", "03-16 10:00", "03-23 10:00"]
    first, second = Session.objects.order_by("starts_at")[:2]
    # The clocks went forward on Sunday 8 March: the week between is an hour shorter.
    assert second.starts_at - first.starts_at == timedelta(days=7, hours=-1)


def test_a_weekly_time_keeps_its_wall_clock_across_the_autumn_change(cast):
    a_group(cast, from_date=date(2026, 10, 26))
    moment = at(8, day=date(2026, 10, 26))
    assert extend(cast, until=date(2026, 11, 8), moment=moment) == 2
    first, second = Session.objects.order_by("starts_at")
    assert [row.starts_at.astimezone(ZONE).hour for row in (first, second)] == [10, 10]
    assert second.starts_at - first.starts_at == timedelta(days=7, hours=1)


@pytest.mark.parametrize(
    ("sunday", "clock", "utc_hours"),
    [(date(2026, 3, 8), time(6), 1), (date(2026, 11, 1), time(6), 1)],
)
def test_a_session_on_the_day_of_a_clock_change_lasts_its_minutes(cast, sunday, clock, utc_hours):
    a_group(cast, track="weekend", weekday=6, starts=clock, led=False, from_date=sunday)
    extend(cast, until=sunday, moment=at(0, day=sunday))
    row = Session.objects.get()
    assert row.local_day == sunday
    assert row.starts_at.astimezone(ZONE).time() == clock
    assert row.ends_at - row.starts_at == timedelta(hours=utc_hours)


def test_extending_again_makes_nothing_and_touches_nothing(cast):
    a_group(cast)
    extend(cast)
    cancelled = Session.objects.order_by("starts_at").last()
    cancel_session(cancelled.uid, because="Training day", by=cast.director, at=MORNING)
    before = list(Session.objects.order_by("pk").values())
    assert extend(cast) == 0
    assert list(Session.objects.order_by("pk").values()) == before


def test_holidays_are_left_out(cast):
    a_group(cast)
    Holiday.objects.create(
        organization_id=cast.organization, day=date(2026, 3, 9), name="Founders' day", recorded_at=MORNING
    )
    extend(cast)
    assert local_starts() == ["03-02 10:00", "03-16 10:00", "03-23 10:00"]


def test_extending_costs_the_same_queries_for_one_group_and_for_nine(cast, django_assert_max_num_queries):
    for hour in range(9, 18):
        a_group(cast, name=f"At {hour}", starts=time(hour), led=hour % 2 == 0)
    with django_assert_max_num_queries(12):
        assert extend(cast) == 36


def test_members_and_facilitators_are_in_the_sessions_that_their_days_cover(cast):
    group = a_group(cast, break_minutes=10)
    ana = admit(cast, "Ana", "Ruiz")
    stint = join_group(group, ana.episode, from_date=date(2026, 3, 9), by=cast.clinician, at=MORNING)
    leave_group(stint, until_date=date(2026, 3, 16), by=cast.clinician, at=MORNING)
    extend(cast)
    seats = Appointment.objects.filter(patient=ana.key).order_by("local_day")
    assert [seat.local_day.day for seat in seats] == [9, 16]
    assert {seat.planned_minutes for seat in seats} == {50}
    assert all(seat.counts for seat in seats)
    assert all(row.staff.count() == 1 for row in Session.objects.all())


def test_a_group_of_more_seats_than_its_type_allows_is_refused_with_the_source(cast):
    with pytest.raises(Cannot, match="at most 12 seats") as refusal:
        open_group(
            cast.site, NewGroup("Big", "cbt", "day", 13), by=cast.admin, at=MORNING, opened_date=MONDAY
        )
    assert refusal.value.field == "capacity"
    assert "California" in refusal.value.cite


def test_a_room_too_small_for_the_group_and_its_leader_is_refused(cast):
    with pytest.raises(Cannot, match="Office 1 holds 4 people; 4 seats and 1 who leads need 5"):
        new = NewGroup("Tight", "cbt", "day", 4, room=cast.office)
        open_group(cast.site, new, by=cast.admin, at=MORNING, opened_date=MONDAY)


def test_a_room_is_not_given_to_two_groups_at_once(cast):
    a_group(cast)
    with pytest.raises(Cannot, match="Blue room is taken by CBT skills on Mon, Mar 2, 10:00–11:00 AM"):
        a_group(cast, name="Process", kind="process", starts=time(10, 30), led=False)


def test_a_facilitator_needs_the_skill(cast):
    group = a_group(cast, kind="process", led=False)
    with pytest.raises(Cannot, match="Felix Grant has no skill “process”"):
        lead_group(
            group, cast.practitioner_uid(cast.facilitator), from_date=MONDAY, by=cast.admin, at=MORNING
        )


def test_a_facilitator_must_be_on_shift(cast):
    group = a_group(cast, track="evening", starts=time(20, 30), led=False)
    with pytest.raises(Cannot, match="works 8:00 AM–9:00 PM on Mondays, not 8:30–9:30 PM"):
        lead_group(
            group, cast.practitioner_uid(cast.facilitator), from_date=MONDAY, by=cast.admin, at=MORNING
        )


def test_a_facilitator_leads_one_group_at_a_time(cast):
    a_group(cast)
    small = add_room(cast.site, name="Green room", kind="group", capacity=20, by=cast.admin, at=MORNING)
    with pytest.raises(Cannot, match="Felix Grant leads CBT skills on Mon, Mar 2"):
        a_group(cast, name="Other", room=small)


def test_a_group_on_the_evening_track_does_not_meet_in_the_morning(cast):
    with pytest.raises(Cannot, match="evening track meets Monday to Friday, 3:00–10:00 PM"):
        a_group(cast, track="evening", starts=time(10))


def test_moving_a_time_moves_the_sessions_to_come_and_leaves_the_past(cast):
    group = a_group(cast)
    ana = admit(cast, "Ana", "Ruiz")
    join_group(group, ana.episode, from_date=MONDAY, by=cast.clinician, at=MORNING)
    extend(cast)
    kept = dict(Session.objects.values_list("pk", "uid"))
    meeting = GroupMeeting.objects.get()
    new = WeeklyTime(weekday=2, starts=time(13), minutes=90, break_minutes=15)
    change_time(meeting.uid, new, from_date=date(2026, 3, 9), by=cast.admin, at=at(9, day=date(2026, 3, 4)))
    assert local_starts() == ["03-02 10:00", "03-11 13:00", "03-18 13:00", "03-25 13:00"]
    assert dict(Session.objects.values_list("pk", "uid")) == kept
    seats = Appointment.objects.filter(patient=ana.key).order_by("local_day")
    assert [(seat.local_day.day, seat.planned_minutes) for seat in seats] == [
        (2, 60),
        (11, 75),
        (18, 75),
        (25, 75),
    ]
    assert extend(cast, moment=at(9, day=date(2026, 3, 4))) == 0


def test_moving_a_time_onto_a_members_work_is_told_without_names(cast):
    from throughcare.pathway.week.commitments import NewCommitment, add_commitment

    group = a_group(cast)
    ana = admit(cast, "Ana", "Ruiz")
    join_group(group, ana.episode, from_date=MONDAY, by=cast.clinician, at=MORNING)
    work = NewCommitment("work", weekday=2, starts=time(12), ends=time(18))
    add_commitment(ana.patient, work, by=cast.clinician, at=MORNING)
    meeting = GroupMeeting.objects.get()
    new = WeeklyTime(2, time(13), 60)
    with pytest.raises(Cannot, match="1 member has something else") as refusal:
        change_time(meeting.uid, new, from_date=MONDAY, by=cast.admin, at=MORNING)
    assert "Ana" not in refusal.value.because
    change_time(meeting.uid, new, from_date=MONDAY, by=cast.admin, at=MORNING, despite_warnings=True)


def test_giving_up_a_time_cancels_what_would_have_been(cast):
    a_group(cast)
    extend(cast)
    end_time(GroupMeeting.objects.get().uid, until_date=date(2026, 3, 10), by=cast.admin, at=MORNING)
    assert local_starts() == ["03-02 10:00", "03-09 10:00"]


def test_another_room_holds_the_sessions_to_come(cast):
    group = a_group(cast)
    extend(cast)
    green = add_room(cast.site, name="Green room", kind="group", capacity=20, by=cast.admin, at=MORNING)
    change_room(group, green, from_date=date(2026, 3, 10), by=cast.admin, at=MORNING)
    rooms = Session.objects.order_by("starts_at").values_list("room__name", flat=True)
    assert list(rooms) == ["Blue room", "Blue room", "Green room", "Green room"]


def test_another_facilitator_leads_from_a_day_on(cast):
    a_group(cast)
    extend(cast)
    lead = GroupFacilitator.objects.get()
    carla = cast.practitioner_uid(cast.clinician)
    hand_over(lead.uid, carla, from_date=date(2026, 3, 16), by=cast.admin, at=MORNING)
    names = [
        [one.practitioner.given_name for one in row.staff.all()]
        for row in Session.objects.order_by("starts_at")
    ]
    assert names == [["Felix"], ["Felix"], ["Carla"], ["Carla"]]


def test_seats_are_never_fewer_than_those_taken(cast):
    group = a_group(cast)
    extend(cast)
    for name in ("Ana", "Ben"):
        join_group(group, admit(cast, name, "Ruiz").episode, from_date=MONDAY, by=cast.clinician, at=MORNING)
    with pytest.raises(Cannot, match="2 people are in the group"):
        change_seats(group, 1, by=cast.admin, at=MORNING)
    change_seats(group, 2, by=cast.admin, at=MORNING)
    assert set(Session.objects.values_list("capacity", flat=True)) == {2}


def test_closing_a_group_frees_everyone_and_cancels_what_comes(cast):
    group = a_group(cast)
    ana = admit(cast, "Ana", "Ruiz")
    join_group(group, ana.episode, from_date=MONDAY, by=cast.clinician, at=MORNING)
    extend(cast)
    close_group(group, until_date=date(2026, 3, 9), by=cast.admin, at=MORNING)
    assert local_starts() == ["03-02 10:00", "03-09 10:00"]
    assert Appointment.objects.filter(patient=ana.key, released_at__isnull=True).count() == 2
    assert extend(cast) == 0


def test_a_biller_sets_up_no_groups(cast):
    with pytest.raises(Cannot, match="set up by"):
        open_group(cast.site, NewGroup("A", "cbt", "day", 4), by=cast.biller, at=MORNING, opened_date=MONDAY)


def test_a_time_that_is_added_later_reaches_as_far_as_the_others(cast):
    group = a_group(cast)
    extend(cast)
    meet_weekly(group, weekday=3, starts=time(10), minutes=60, from_date=MONDAY, by=cast.admin, at=MORNING)
    assert local_starts()[-1] == "03-23 10:00"
    assert local_starts()[:3] == ["03-02 10:00", "03-05 10:00", "03-09 10:00"]
