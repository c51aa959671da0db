"""Membership over time: a line for a full group, stints that keep their attendance, and no group of one."""

from datetime import date, time, timedelta

import pytest

from tests.cast import MONDAY, MORNING, at, gather_cast
from tests.lines_cast import treat
from tests.week_cast import a_group, admit, prescribe
from throughcare.pathway.attendance.attendance import record_attendance
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.group.changes import change_seats, close_group
from throughcare.pathway.group.group import join_group, weigh_join
from throughcare.pathway.group.joining import join_groups
from throughcare.pathway.group.leaving import leave_week
from throughcare.pathway.group.page import group_view
from throughcare.pathway.group.stints import leave_group, weigh_leaving
from throughcare.pathway.group.waiting import how_many_wait, stop_waiting_for_group, wait_for_group
from throughcare.pathway.line.keeping_lines import keep_lines
from throughcare.pathway.seat.seat_telling import my_seat_words
from throughcare.pathway.timetable.rules.group_offers import close_to_newcomers
from throughcare.pathway.week.commitments import NewCommitment, add_commitment, keep_apart
from throughcare.pathway.week.schedule import extend_sessions
from throughcare.records.episodes import Episode
from throughcare.records.sessions import Appointment, Session
from throughcare.records.timetables import Group, Membership
from throughcare.records.waiting import GroupWait

TUESDAY = MONDAY + timedelta(days=1)
SUNDAY = MONDAY + timedelta(days=27)


@pytest.fixture
def full(cast):
    """A group of two, Ana and Ben, with their stints."""
    group = a_group(cast, capacity=2)
    extend_sessions(cast.organization, until=SUNDAY, at=MORNING)
    people = [admit(cast, name, "Here") for name in ("Ana", "Ben")]
    stints = [join(cast, group, one) for one in people]
    return group, people, stints


def join(cast, group, person, **more):
    return join_group(group, person.episode, from_date=MONDAY, by=cast.clinician, at=MORNING, **more)


def wait(cast, group, person, *, by=None, **more):
    return wait_for_group(
        group, person.episode, from_date=MONDAY, by=by or cast.clinician, at=MORNING, **more
    )


def line(cast, group, *names):
    people = [admit(cast, name, "Waits") for name in names]
    assert [wait(cast, group, one) for one in people] == list(range(1, len(people) + 1))
    return people


def leave(cast, stint, **more):
    leave_group(stint, until_date=MONDAY, by=cast.clinician, at=at(12), **more)


def members(group):
    rows = Membership.objects.filter(group__uid=group, until_date__isnull=True)
    return set(rows.values_list("episode__patient", flat=True))


def in_line(group):
    rows = GroupWait.objects.filter(group__uid=group, ended_at__isnull=True).order_by("pk")
    return list(rows.values_list("episode__patient", flat=True))


def test_a_place_that_comes_free_goes_to_the_first_in_line_from_tomorrow_with_their_seats(cast, full):
    group, (_, ben), stints = full
    cy, dee = line(cast, group, "Cy", "Dee")
    treat(cast, _keyed(cy), cast.director)
    leave(cast, stints[0])
    assert (members(group), in_line(group)) == ({ben.key, cy.key}, [dee.key])
    stint = Membership.objects.get(episode__uid=cy.episode)
    assert stint.from_date == TUESDAY
    seats = Appointment.objects.filter(patient=cy.key, released_at__isnull=True)
    assert [seat.local_day.day for seat in seats.order_by("local_day")] == [9, 16, 23]
    assert not seats.filter(is_make_up=True).exists()
    (word,) = my_seat_words(by=cast.director, at=at(12))
    assert word.words == "Cy Waits was first in line for CBT skills and has a place from Tue, Mar 3 on."


def _keyed(person):
    """A person as the cast of sessions names them: the episode by its key."""
    from tests.sessions_cast import Person

    return Person(person.key, person.patient, Episode.objects.get(uid=person.episode).pk, None)


def test_who_waits_for_a_group_with_seats_is_placed_instead(cast):
    group = a_group(cast, capacity=2)
    with pytest.raises(Cannot, match="has a seat: place them"):
        wait(cast, group, admit(cast, "Ana", "Here"))


def test_nobody_waits_for_what_does_not_fit_besides(cast, full):
    group, (ana, _), _ = full
    cy, dee = admit(cast, "Cy", "Waits"), admit(cast, "Dee", "Waits")
    work = NewCommitment("work", "Bakery", weekday=0, starts=time(9), ends=time(17))
    add_commitment(cy.patient, work, by=cast.clinician, at=MORNING)
    keep_apart(dee.patient, ana.patient, reason="Cousins", by=cast.director, at=MORNING)
    with pytest.raises(Cannot, match="has work"):
        wait(cast, group, cy)
    with pytest.raises(Cannot, match="kept apart"):
        wait(cast, group, dee, by=cast.case_manager)
    with pytest.raises(Cannot, match="is in CBT skills already"):
        wait(cast, group, ana)


def test_the_line_passes_over_whom_the_rules_forbid_and_keeps_their_place(cast, full):
    group, (_, ben), stints = full
    cy, dee, eve = line(cast, group, "Cy", "Dee", "Eve")
    keep_apart(cy.patient, ben.patient, reason="Cousins", by=cast.director, at=MORNING)
    work = NewCommitment("work", "Bakery", weekday=0, starts=time(9), ends=time(17))
    add_commitment(dee.patient, work, by=cast.clinician, at=MORNING)
    leave(cast, stints[0])
    assert (members(group), in_line(group)) == ({ben.key, eve.key}, [cy.key, dee.key])


def test_warnings_weighed_once_do_not_stop_the_line_and_new_ones_do(cast, full):
    group, _, stints = full
    cy, dee = admit(cast, "Cy", "Waits", track="evening"), admit(cast, "Dee", "Waits")
    with pytest.raises(Cannot, match="evening track"):
        wait(cast, group, cy)
    wait(cast, group, cy, despite_warnings=True)
    wait(cast, group, dee)
    leave(cast, stints[0])
    assert cy.key in members(group)
    prescribe(dee, hours=0.5, days=1, longest=0.5)
    leave(cast, stints[1])
    assert in_line(group) == [dee.key]


def test_a_place_that_is_free_later_is_given_from_then_on(cast, full):
    group, _, stints = full
    (cy,) = line(cast, group, "Cy")
    until = date(2026, 3, 16)
    leave_group(stints[0], until_date=until, by=cast.clinician, at=at(12))
    stint = Membership.objects.get(episode__uid=cy.episode)
    assert stint.from_date == until + timedelta(days=1)


def test_more_seats_move_the_line_up_and_a_closed_group_moves_nobody(cast, full):
    group, _, stints = full
    cy, dee = line(cast, group, "Cy", "Dee")
    change_seats(group, 3, by=cast.admin, at=at(12))
    assert (cy.key in members(group), in_line(group)) == (True, [dee.key])
    close_to_newcomers(group, by=cast.admin, at=at(12))
    leave(cast, stints[0])
    assert in_line(group) == [dee.key]
    with pytest.raises(Cannot, match="takes nobody new"):
        join(cast, group, admit(cast, "Eve", "New"))
    close_group(group, until_date=TUESDAY, by=cast.admin, at=at(12))
    assert in_line(group) == []
    keep_lines(at=at(13))
    assert dee.key not in members(group)


def test_joining_otherwise_or_leaving_the_program_ends_the_wait(cast, full):
    group, (ana, _), stints = full
    cy, dee = line(cast, group, "Cy", "Dee")
    leave_week(Episode.objects.get(uid=cy.episode), because="Left the program", at=at(12))
    assert in_line(group) == [dee.key]
    Group.objects.filter(uid=group).update(capacity=3)
    Session.objects.update(capacity=3)
    join_groups([group], dee.episode, from_date=TUESDAY, by=cast.clinician, at=at(12))
    assert in_line(group) == []
    leave(cast, stints[0])
    assert ana.key not in members(group)


def test_discharge_frees_the_place_for_the_line(cast, full):
    group, (ana, ben), _ = full
    (cy,) = line(cast, group, "Cy")
    leave_week(Episode.objects.get(uid=ana.episode), because="Discharged", at=at(12))
    assert members(group) == {ben.key, cy.key}


def test_the_line_is_read_and_changed_by_those_who_plan_weeks(cast, full):
    group, _, _ = full
    (cy,) = line(cast, group, "Cy")
    view = group_view(group, by=cast.clinician, at=MORNING)
    assert [one.name for one in view.waiting] == ["Cy Waits"]
    assert how_many_wait(group, by=cast.clinician) == 1
    with pytest.raises(CannotSee):
        wait(cast, group, cy, by=cast.facilitator)
    other = gather_cast("Hilltop", mail_host="hilltop.test")
    with pytest.raises(Absent):
        stop_waiting_for_group(view.waiting[0].uid, by=other.clinician, at=MORNING)
    stop_waiting_for_group(view.waiting[0].uid, by=cast.clinician, at=MORNING)
    with pytest.raises(Absent):
        stop_waiting_for_group(view.waiting[0].uid, by=cast.clinician, at=MORNING)


def test_nobody_is_left_alone_in_a_group_unless_someone_has_weighed_it(cast):
    group = a_group(cast)
    ana, ben = admit(cast, "Ana", "Here"), admit(cast, "Ben", "Here")
    stints = [join(cast, group, one) for one in (ana, ben)]
    assert "would be left with 1 person" in weigh_leaving(stints[0], by=cast.clinician, at=MORNING).because
    with pytest.raises(Cannot, match="left with 1 person"):
        leave(cast, stints[0])
    leave(cast, stints[0], despite_warnings=True)
    assert group_view(group, by=cast.clinician, at=at(12)).is_too_small
    leave(cast, stints[1])
    assert members(group) == set()


def test_company_that_waits_in_line_is_company(cast, full):
    group, (ana, _), stints = full
    line(cast, group, "Cy")
    assert weigh_leaving(stints[0], by=cast.clinician, at=MORNING)
    leave(cast, stints[0])
    assert ana.key not in members(group)


def test_each_stint_keeps_the_attendance_of_its_own_days(cast):
    group = a_group(cast)
    extend_sessions(cast.organization, until=SUNDAY, at=MORNING)
    ana = admit(cast, "Ana", "Here")
    first = join(cast, group, ana)
    monday, _, third, _ = Session.objects.filter(group__uid=group).order_by("starts_at")
    record_attendance(monday.uid, ana.patient, status="present", by=cast.facilitator, at=at(10))
    leave_group(first, until_date=date(2026, 3, 8), by=cast.clinician, at=at(12))
    join_group(group, ana.episode, from_date=date(2026, 3, 16), by=cast.clinician, at=at(13))
    later = at(10, day=date(2026, 3, 16))
    record_attendance(third.uid, ana.patient, status="no_show", by=cast.facilitator, at=later)
    view = group_view(group, by=cast.clinician, at=later)
    assert [one.came for one in (*view.left, *view.members)] == ["came to 1 of 1", "came to 0 of 1"]
    assert {one.came for one in group_view(group, by=cast.admissions, at=later).members} == {""}


def test_every_way_into_a_group_asks_for_a_leader_for_each_so_many(cast):
    from throughcare.pathway.program_settings import change_setting

    change_setting("ratio.counseling", 6, effective_date=date(2026, 1, 1), by=cast.admin, at=MORNING)
    group = a_group(cast)
    for number in range(6):
        join(cast, group, admit(cast, f"P{number}", "Here"))
    seventh = admit(cast, "Seventh", "Waits")
    placing = weigh_join(group, seventh.episode, from_date=MONDAY, by=cast.clinician, at=MORNING)
    assert placing.is_only_full
    for way in (
        join,
        lambda *_: join_groups([group], seventh.episode, from_date=MONDAY, by=cast.clinician, at=MORNING),
    ):
        with pytest.raises(Cannot, match="at most 6 for each staff member"):
            way(cast, group, seventh)
    assert wait(cast, group, seventh) == 1
    keep_lines(at=at(12))
    assert in_line(group) == [seventh.key]
