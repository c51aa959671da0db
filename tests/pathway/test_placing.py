"""Placing a person in a group: everything that speaks against it is said, and the last seat is given once."""

import threading
from datetime import date, time, timedelta

import pytest
from django.db import connection

from tests.cast import MONDAY, MORNING, at, gather_cast
from tests.week_cast import a_group, admit, prescribe
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.clinic.founding import add_room
from throughcare.pathway.group.group import check_join, join_group, weigh_join
from throughcare.pathway.group.stints import leave_group
from throughcare.pathway.week.booking import NewSession
from throughcare.pathway.week.commitments import NewCommitment, add_commitment, end_commitment, keep_apart
from throughcare.pathway.week.schedule import book_session, extend_sessions
from throughcare.records.accesses import Access
from throughcare.records.sessions import Appointment
from throughcare.records.timetables import Membership

SUNDAY = MONDAY + timedelta(days=27)


def said(refusals) -> str:
    return " ".join(one.because for one in refusals)


def join(cast, group, person, *, by=None, from_date=MONDAY, moment=MORNING, **more):
    return join_group(group, person.episode, from_date=from_date, by=by or cast.clinician, at=moment, **more)


def test_a_person_who_joins_is_expected_at_the_sessions_to_come(cast):
    group = a_group(cast)
    extend_sessions(cast.organization, until=SUNDAY, at=MORNING)
    ana = admit(cast, "Ana", "Ruiz")
    join(cast, group, ana, from_date=date(2026, 3, 9))
    days = (
        Appointment.objects.filter(patient=ana.key).order_by("local_day").values_list("local_day", flat=True)
    )
    assert [day.day for day in days] == [9, 16, 23]


def test_work_every_week_is_in_the_way(cast):
    group = a_group(cast)
    ana = admit(cast, "Ana", "Ruiz")
    work = NewCommitment("work", "Bakery", weekday=0, starts=time(6), ends=time(10, 30))
    uid = add_commitment(ana.patient, work, by=cast.clinician, at=MORNING)
    (refused,) = check_join(group, ana.episode, from_date=MONDAY, by=cast.clinician, at=MORNING)
    assert refused.because.startswith(
        "Ana Ruiz has work (Bakery) on Mon, Mar 2, 6:00–10:30 AM, at the same time as CBT skills."
    )
    end_commitment(ana.patient, uid, by=cast.clinician, at=MORNING)
    assert check_join(group, ana.episode, from_date=MONDAY, by=cast.clinician, at=MORNING) == []


def test_a_court_date_weeks_ahead_is_in_the_way(cast):
    group = a_group(cast)
    ana = admit(cast, "Ana", "Ruiz")
    court = NewCommitment("court", day=date(2026, 4, 20), starts=time(9), ends=time(12))
    add_commitment(ana.patient, court, by=cast.clinician, at=MORNING)
    refusals = check_join(group, ana.episode, from_date=MONDAY, by=cast.clinician, at=MORNING)
    assert "a court or probation date on Mon, Apr 20, 9:00 AM–12:00 PM" in said(refusals)


def test_a_night_shift_that_ends_in_the_morning_is_in_the_way_of_that_morning(cast):
    group = a_group(cast, starts=time(8, 30))
    ana = admit(cast, "Ana", "Ruiz")
    night = NewCommitment("work", weekday=6, starts=time(23), ends=time(9))
    add_commitment(ana.patient, night, by=cast.clinician, at=MORNING)
    refusals = check_join(group, ana.episode, from_date=MONDAY, by=cast.clinician, at=MORNING)
    assert "Sun, Mar 1, 11:00 PM–9:00 AM" in said(refusals)


def test_another_group_at_the_same_time_is_in_the_way_even_before_its_sessions_are_made(cast):
    first = a_group(cast)
    green = add_room(cast.site, name="Green room", kind="group", capacity=20, by=cast.admin, at=MORNING)
    second = a_group(cast, name="DBT", kind="dbt-skills", room=green, starts=time(10, 30), led=False)
    ana = admit(cast, "Ana", "Ruiz")
    join(cast, first, ana)
    refusals = check_join(second, ana.episode, from_date=MONDAY, by=cast.clinician, at=MORNING)
    assert "Ana Ruiz has CBT skills on Mon, Mar 2, 10:00–11:00 AM" in said(refusals)


def test_people_who_must_not_meet_are_not_placed_together_and_nobody_is_told_who(cast):
    group = a_group(cast)
    ana, lee = admit(cast, "Ana", "Ruiz"), admit(cast, "Lee", "Park")
    join(cast, group, lee)
    keep_apart(ana.patient, lee.patient, reason="Former partners", by=cast.director, at=MORNING)
    for actor in (cast.case_manager, cast.admissions):
        (refused,) = check_join(group, ana.episode, from_date=MONDAY, by=actor, at=MORNING)
        assert refused.because == (
            "This group can't take this person: someone who must be kept apart is in it. "
            "Ask the clinical director."
        )
    told = check_join(group, ana.episode, from_date=MONDAY, by=cast.director, at=MORNING)
    assert "Lee Park" in said(told)
    assert "partners" not in said(told)


def test_every_refusal_is_said_not_only_the_first(cast):
    group = a_group(cast, variant="women", capacity=1)
    ben, lee = admit(cast, "Ben", "Cole", gender="man"), admit(cast, "Lee", "Park")
    join(cast, group, lee)
    keep_apart(ben.patient, lee.patient, reason="Cousins at odds", by=cast.director, at=MORNING)
    work = NewCommitment("work", weekday=0, starts=time(9), ends=time(17))
    add_commitment(ben.patient, work, by=cast.clinician, at=MORNING)
    with pytest.raises(Cannot) as refusal:
        join(cast, group, ben, by=cast.case_manager)
    for words in ("is full", "has work", "kept apart", "is for women"):
        assert words in refusal.value.because


def test_warnings_can_be_weighed_by_a_person_and_refusals_cannot(cast):
    group = a_group(cast, minutes=240, starts=time(9))
    ana = admit(cast, "Ana", "Ruiz", track="evening")
    prescribe(ana, hours=3, days=1, longest=3)
    placing = weigh_join(group, ana.episode, from_date=MONDAY, by=cast.clinician, at=MORNING)
    assert placing.refusals == ()
    told = said(placing.warnings)
    assert "Mon, Mar 2 would have 4 h; the plan's longest day is 3 h." in told
    assert "That makes 4 h a week; the plan has 3 h." in told
    assert "Ana Ruiz is on the evening track; this group is on the day track." in told
    with pytest.raises(Cannot, match="longest day"):
        join(cast, group, ana)
    join(cast, group, ana, despite_warnings=True)


def test_more_days_than_the_plan_has_are_told(cast):
    monday = a_group(cast)
    tuesday = a_group(cast, name="CBT Tuesday", weekday=1)
    ana = admit(cast, "Ana", "Ruiz")
    prescribe(ana, hours=9, days=1, longest=3)
    join(cast, monday, ana)
    placing = weigh_join(tuesday, ana.episode, from_date=MONDAY, by=cast.clinician, at=MORNING)
    assert "That makes 2 days a week; the plan has 1." in said(placing.warnings)


def test_a_group_without_a_leader_is_told(cast):
    group = a_group(cast, led=False)
    ana = admit(cast, "Ana", "Ruiz")
    placing = weigh_join(group, ana.episode, from_date=MONDAY, by=cast.clinician, at=MORNING)
    assert said(placing.warnings) == "Nobody leads CBT skills yet."


def test_one_full_session_weeks_ahead_is_enough_to_refuse(cast):
    group = a_group(cast, capacity=1)
    extend_sessions(cast.organization, until=SUNDAY, at=MORNING)
    ana, ben = admit(cast, "Ana", "Ruiz"), admit(cast, "Ben", "Cole")
    stint = join(cast, group, ana, from_date=date(2026, 3, 16))
    leave_group(stint, until_date=date(2026, 3, 16), by=cast.clinician, at=MORNING)
    with pytest.raises(Cannot, match="full on Mon, Mar 16: 1 of 1 seats"):
        join(cast, group, ben)
    join(cast, group, ben, from_date=date(2026, 3, 17))


def test_who_leaves_and_comes_back_has_two_stints(cast):
    group = a_group(cast)
    extend_sessions(cast.organization, until=SUNDAY, at=MORNING)
    ana = admit(cast, "Ana", "Ruiz")
    stint = join(cast, group, ana)
    leave_group(stint, until_date=date(2026, 3, 8), by=cast.clinician, at=at(12), because="Moving house")
    released = Appointment.objects.filter(patient=ana.key, released_at__isnull=False)
    assert set(released.values_list("released_because", flat=True)) == {"Moving house"}
    assert released.count() == 3
    join(cast, group, ana, from_date=date(2026, 3, 16), moment=at(13))
    assert Membership.objects.filter(episode__uid=ana.episode).count() == 2
    there = Appointment.objects.filter(patient=ana.key, released_at__isnull=True).order_by("local_day")
    assert [seat.local_day.day for seat in there] == [2, 16, 23]


def test_nobody_joins_twice(cast):
    group = a_group(cast)
    ana = admit(cast, "Ana", "Ruiz")
    join(cast, group, ana)
    with pytest.raises(Cannot, match="Ana Ruiz is in CBT skills already"):
        join(cast, group, ana)


def test_a_facilitator_may_look_but_not_place(cast):
    group = a_group(cast)
    ana = admit(cast, "Ana", "Ruiz")
    assert check_join(group, ana.episode, from_date=MONDAY, by=cast.facilitator, at=MORNING) == []
    with pytest.raises(CannotSee, match="may not change schedules"):
        join(cast, group, ana, by=cast.facilitator)
    assert Access.objects.filter(shown__patient=ana.key, allowed=False, verb="change").count() == 1


def test_another_clinics_group_is_absent(cast):
    group = a_group(cast)
    other = gather_cast("Hilltop", mail_host="hilltop.test")
    theirs = admit(other, "Zoe", "Hill")
    with pytest.raises(Absent):
        join_group(group, theirs.episode, from_date=MONDAY, by=other.clinician, at=MORNING)
    with pytest.raises(Absent):
        join(cast, group, theirs)


def test_a_session_booked_for_the_person_alone_is_in_the_way(cast):
    group = a_group(cast)
    ana = admit(cast, "Ana", "Ruiz")
    new = NewSession(
        "individual",
        cast.site,
        cast.practitioner_uid(cast.clinician),
        (ana.patient,),
        at(10, 30).replace(tzinfo=None) - timedelta(hours=5),
        60,
    )
    book_session(new, by=cast.clinician, at=MORNING)
    refusals = check_join(group, ana.episode, from_date=MONDAY, by=cast.clinician, at=MORNING)
    assert "Ana Ruiz has Individual therapy" in said(refusals)


@pytest.mark.django_db(transaction=True)
def test_of_fifty_at_once_as_many_get_in_as_there_are_seats(many_hands):
    cast = gather_cast()
    group = a_group(cast)
    extend_sessions(cast.organization, until=SUNDAY, at=MORNING)
    people = [admit(cast, f"P{number}", "Test") for number in range(50)]
    many_hands()
    start, outcomes, counted = threading.Barrier(50), [], []

    def hurry(person):
        start.wait()
        try:
            join(cast, group, person)
            outcomes.append("in")
        except Cannot as cannot:
            outcomes.append(cannot.because)
        finally:
            connection.close()

    def count():
        counted.append(Membership.objects.count())
        counted.extend(
            Appointment.objects.filter(local_day=day, released_at__isnull=True).count()
            for day in (MONDAY, date(2026, 3, 23))
        )
        connection.close()

    threads = [threading.Thread(target=hurry, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    witness = threading.Thread(target=count)
    witness.start()
    witness.join()
    assert outcomes.count("in") == 12
    assert counted == [12, 12, 12]
    assert set(outcomes) == {
        "in",
        "CBT skills is full: 12 of 12 seats are taken. Choose another group, or a later day.",
    }
