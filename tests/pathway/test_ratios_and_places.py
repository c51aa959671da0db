"""Staff enough for a session, several people in one, and a group's room from a day on."""

from datetime import date, datetime, time, timedelta

import pytest

from tests.cast import MONDAY, MORNING
from tests.week_cast import a_group, admit, patient_of
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.clinic.clinic import close_room
from throughcare.pathway.clinic.founding import add_room
from throughcare.pathway.group.changes import change_room, change_seats
from throughcare.pathway.group.group import join_group
from throughcare.pathway.group.views import group_line
from throughcare.pathway.program_settings import change_setting
from throughcare.pathway.session.session_rows import describe
from throughcare.pathway.week.booking import NewSession
from throughcare.pathway.week.schedule import book_session, extend_sessions, give_seat, reschedule_session
from throughcare.records.people import RelatedPerson
from throughcare.records.sessions import Session
from throughcare.records.timetables import Group

NEXT_MONDAY = MONDAY + timedelta(days=7)


def join(cast, group, person):
    return join_group(
        group, person.episode, from_date=MONDAY, by=cast.clinician, at=MORNING, despite_warnings=True
    )


def set_ratio(cast, key, value):
    change_setting(key, value, effective_date=date(2026, 1, 1), by=cast.admin, at=MORNING)


def new(cast, *patients, kind="family", staff=None, guests=(), room=None, clock=time(14)):
    leads = [cast.practitioner_uid(one) for one in staff or (cast.clinician,)]
    return NewSession(
        kind,
        cast.site,
        leads[0],
        tuple(one.patient for one in patients),
        datetime.combine(MONDAY, clock),
        60,
        room=room,
        beside=tuple(leads[1:]),
        guests=tuple(guests),
    )


def book(cast, asked):
    return Session.objects.get(uid=book_session(asked, by=cast.clinician, at=MORNING))


def relative(person, name="Rosa Ruiz"):
    patient = patient_of(person)
    return RelatedPerson.objects.create(
        organization_id=patient.organization_id,
        recorded_at=MORNING,
        patient=patient,
        name=name,
        relationship="mother",
    )


def test_a_group_takes_as_many_as_those_who_lead_it_may_lead(cast):
    set_ratio(cast, "ratio.counseling", 6)
    group = a_group(cast)
    for number in range(6):
        join(cast, group, admit(cast, f"P{number}", "Test"))
    with pytest.raises(
        Cannot, match="would have 7 patients and 1 who leads; at most 6 for each staff member"
    ):
        join(cast, group, admit(cast, "One", "More"))


def test_a_single_seat_counts_toward_the_ratio_too(cast):
    group = a_group(cast)
    for number in range(6):
        join(cast, group, admit(cast, f"P{number}", "Test"))
    extend_sessions(cast.organization, until=date(2026, 3, 8), at=MORNING)
    set_ratio(cast, "ratio.counseling", 6)
    one_more = admit(cast, "One", "More")
    with pytest.raises(Cannot, match="would have 7 patients"):
        give_seat(Session.objects.get().uid, one_more.patient, by=cast.clinician, at=MORNING)


def test_an_education_group_has_a_ratio_of_its_own(cast):
    set_ratio(cast, "ratio.counseling", 6)
    group = a_group(cast, kind="psychoeducation", led=False)
    from throughcare.records.people import Practitioner
    from throughcare.records.timetables import GroupFacilitator

    GroupFacilitator.objects.create(
        organization_id=cast.organization,
        recorded_at=MORNING,
        group=Group.objects.get(uid=group),
        practitioner=Practitioner.objects.get(pk=cast.facilitator.practitioner),
        from_date=MONDAY,
    )
    for number in range(8):
        join(cast, group, admit(cast, f"P{number}", "Test"))


def test_a_booking_with_many_patients_asks_for_staff_enough(cast):
    set_ratio(cast, "ratio.counseling", 6)
    people = [admit(cast, f"P{number}", "Test") for number in range(7)]
    with pytest.raises(Cannot, match="7 patients and 1 who leads"):
        book(cast, new(cast, *people))
    session = book(cast, new(cast, *people, staff=(cast.clinician, cast.director)))
    assert session.staff.count() == 2
    assert session.appointments.count() == 7


def test_a_family_session_has_several_patients_guests_and_staff(cast):
    ana, ben = admit(cast, "Ana", "Ruiz"), admit(cast, "Ben", "Ruiz")
    mother = relative(ana)
    staff = (cast.clinician, cast.director)
    session = book(cast, new(cast, ana, ben, staff=staff, guests=[mother.uid]))
    head = describe(session)
    assert head.led_by == ("Carla Reyes, LCSW", "Dana Frost, LCSW")
    assert head.guests == ("Rosa Ruiz, mother",)
    moved = reschedule_session(
        session.uid, starts_at=datetime.combine(MONDAY, time(16)), by=cast.clinician, at=MORNING
    )
    after = describe(Session.objects.get(uid=moved))
    assert (after.led_by, after.guests) == (head.led_by, head.guests)


def test_every_one_who_leads_is_free_and_the_room_holds_the_guests(cast):
    ana, ben = admit(cast, "Ana", "Ruiz"), admit(cast, "Ben", "Lee")
    book(cast, new(cast, ben, kind="individual", staff=(cast.director,)))
    with pytest.raises(Cannot, match="Dana Frost leads Individual therapy"):
        book(cast, new(cast, ana, staff=(cast.clinician, cast.director)))
    guests = [relative(ana, f"Guest {number}").uid for number in range(3)]
    with pytest.raises(Cannot, match="Office 1 holds 4 people"):
        book(cast, new(cast, ana, guests=guests, room=cast.office))


def test_a_guest_is_someone_of_these_patients_lives(cast):
    ana, ben = admit(cast, "Ana", "Ruiz"), admit(cast, "Ben", "Lee")
    with pytest.raises(Cannot, match="these patients' own lives"):
        book(cast, new(cast, ana, guests=[relative(ben).uid]))


def rooms(group):
    rows = Session.objects.filter(group__uid=group).order_by("starts_at")
    return list(rows.values_list("room__name", flat=True))


@pytest.fixture
def green(cast):
    return add_room(cast.site, name="Green room", kind="group", capacity=20, by=cast.admin, at=MORNING)


def test_another_room_from_a_day_on_leaves_sessions_before_it_even_when_they_are_made_later(cast, green):
    group = a_group(cast)
    change_room(group, green, from_date=MONDAY + timedelta(days=14), by=cast.admin, at=MORNING)
    extend_sessions(cast.organization, until=MONDAY + timedelta(days=27), at=MORNING)
    assert rooms(group) == ["Blue room", "Blue room", "Green room", "Green room"]
    line = group_line(group, by=cast.admin, at=MORNING)
    assert (line.room, line.coming_places) == (
        "Blue room",
        ((MONDAY + timedelta(days=14), "Green room"),),
    )


def test_a_change_holds_until_the_next_one_that_is_planned(cast, green):
    group = a_group(cast)
    extend_sessions(cast.organization, until=MONDAY + timedelta(days=27), at=MORNING)
    red = add_room(cast.site, name="Red room", kind="group", capacity=20, by=cast.admin, at=MORNING)
    change_room(group, green, from_date=MONDAY + timedelta(days=21), by=cast.admin, at=MORNING)
    change_room(group, red, from_date=NEXT_MONDAY, by=cast.admin, at=MORNING)
    assert rooms(group) == ["Blue room", "Red room", "Red room", "Green room"]


def test_both_rooms_are_held_on_their_own_days(cast, green):
    group = a_group(cast)
    change_room(group, green, from_date=NEXT_MONDAY, by=cast.admin, at=MORNING)
    with pytest.raises(Cannot, match="Blue room is taken by CBT skills on Mon, Mar 2"):
        a_group(cast, name="Other", led=False)
    a_group(cast, name="Later", led=False, from_date=NEXT_MONDAY)
    with pytest.raises(Cannot, match="Green room is taken by CBT skills on Mon, Mar 9"):
        a_group(cast, name="Greener", led=False, room=green)


def test_a_room_that_a_group_moves_to_is_not_closed_and_bounds_its_seats(cast):
    small = add_room(cast.site, name="Small room", kind="group", capacity=9, by=cast.admin, at=MORNING)
    group = a_group(cast, capacity=8)
    change_room(group, small, from_date=NEXT_MONDAY, by=cast.admin, at=MORNING)
    with pytest.raises(Cannot, match="CBT skills meets in Small room"):
        close_room(small, by=cast.admin, at=MORNING)
    with pytest.raises(Cannot, match="Small room holds 9 people"):
        change_seats(group, 10, by=cast.admin, at=MORNING)
