"""Fifty reach for twelve seats in one moment, and seats come free meanwhile: nothing is given twice, in order."""

import threading

import pytest
from django.db import connection

from tests.cast import at, gather_cast
from tests.lines_cast import saturday_group
from tests.sessions_cast import THURSDAY, admit
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.group.group import join_group
from throughcare.pathway.group.stints import leave_group
from throughcare.pathway.group.waiting import wait_for_group
from throughcare.pathway.line.session_line import answer_held_seat, lines_of
from throughcare.pathway.make_up.make_up import take_seat
from throughcare.pathway.week.schedule import release_seat
from throughcare.records.sessions import Appointment, Session
from throughcare.records.timetables import Membership
from throughcare.records.waiting import GroupWait

pytestmark = pytest.mark.django_db(transaction=True)

NIGHT = at(21, day=THURSDAY)


def at_once(*acts):
    """Do things in one moment, each in a thread of its own; what each came to, by its number."""
    start, came_to = threading.Barrier(len(acts)), {}

    def hurry(number, act):
        start.wait()
        try:
            came_to[number] = act()
        except (Cannot, Absent) as refusal:
            came_to[number] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=hurry, args=row) for row in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(came_to) == len(acts)
    return came_to


def witnessed(look):
    """What a thread of its own sees in the database that the others wrote."""
    return at_once(look)[0]


def seated(session):
    rows = Appointment.objects.filter(session__uid=session, released_at__isnull=True)
    return sorted(rows.values_list("patient", flat=True))


def in_line(session):
    return lines_of([Session.objects.get(uid=session).pk]).popitem()[1]


def test_fifty_reach_for_twelve_seats_and_thirty_eight_stand_in_order(many_hands):
    cast = gather_cast()
    session = saturday_group(cast, seats=12)
    people = [admit(cast, f"P{number}") for number in range(50)]
    many_hands()

    def taker(person):
        return lambda: take_seat(session, person.uid, by=cast.clinician, at=NIGHT)

    came_to = at_once(*map(taker, people))
    in_seats = sorted(people[number].key for number, one in came_to.items() if one.seat)
    places = {one.place: people[number].key for number, one in came_to.items() if not one.seat}
    assert len(in_seats) == 12
    assert sorted(places) == list(range(1, 39))
    assert witnessed(lambda: seated(session)) == in_seats
    assert witnessed(lambda: in_line(session)) == [places[number] for number in range(1, 39)]


def test_twelve_give_back_at_once_and_the_first_twelve_in_line_have_the_seats(many_hands):
    cast = gather_cast()
    inside = [admit(cast, f"In{number}") for number in range(12)]
    session = saturday_group(cast, *inside, seats=12)
    waiting = [admit(cast, f"Wait{number}") for number in range(15)]
    for person in waiting:
        take_seat(session, person.uid, by=cast.clinician, at=NIGHT)
    many_hands()

    def giver(person):
        return lambda: release_seat(session, person.uid, because="Works", by=cast.clinician, at=NIGHT)

    at_once(*map(giver, inside))
    assert witnessed(lambda: seated(session)) == sorted(person.key for person in waiting[:12])
    assert witnessed(lambda: in_line(session)) == [person.key for person in waiting[12:]]


def test_who_reaches_while_a_seat_comes_free_comes_after_those_in_line(many_hands):
    cast = gather_cast()
    zoe = admit(cast, "Zoe")
    session = saturday_group(cast, zoe, seats=1)
    first, *rest = [admit(cast, f"P{number}") for number in range(9)]
    take_seat(session, first.uid, by=cast.clinician, at=NIGHT)
    many_hands()

    def taker(person):
        return lambda: take_seat(session, person.uid, by=cast.clinician, at=NIGHT)

    at_once(
        lambda: release_seat(session, zoe.uid, because="Works", by=cast.clinician, at=NIGHT),
        *map(taker, rest),
    )
    assert witnessed(lambda: seated(session)) == [first.key]
    assert len(witnessed(lambda: in_line(session))) == 8


def test_yes_and_no_in_one_moment_are_one_answer_and_the_seat_is_given_once(many_hands):
    cast = gather_cast()
    zoe, ana, ben = (admit(cast, name) for name in ("Zoe", "Ana", "Ben"))
    session = saturday_group(cast, zoe, seats=1)
    for person in (ana, ben):
        take_seat(session, person.uid, by=cast.clinician, at=NIGHT)
    release_seat(session, zoe.uid, because="Works", by=cast.clinician, at=NIGHT)
    many_hands()

    def answer(takes):
        return lambda: answer_held_seat(session, ana.uid, takes=takes, by=cast.clinician, at=NIGHT)

    came_to = at_once(answer(True), answer(False))
    assert sorted(one is None for one in came_to.values()) == [False, True]
    said_yes = came_to[0] is None
    assert witnessed(lambda: seated(session)) == [ana.key if said_yes else ben.key]


def test_one_person_reaches_for_two_sessions_at_one_time_and_has_one(many_hands):
    cast = gather_cast()
    ana = admit(cast, "Ana")
    sessions = [saturday_group(cast, title=f"Group {number}") for number in range(2)]
    many_hands()
    came_to = at_once(
        *(lambda one=one: take_seat(one, ana.uid, by=cast.clinician, at=NIGHT) for one in sessions)
    )
    assert sorted(isinstance(one, Cannot) for one in came_to.values()) == [False, True]


def test_members_leave_at_once_and_the_line_of_the_group_moves_up_in_order(many_hands):
    from tests.week_cast import a_group
    from tests.week_cast import admit as bring_in

    cast = gather_cast()
    group = a_group(cast, capacity=6)
    today, now = THURSDAY, NIGHT
    inside = [bring_in(cast, f"In{number}", "Test") for number in range(6)]
    stints = [join_group(group, one.episode, from_date=today, by=cast.clinician, at=now) for one in inside]
    waiting = [bring_in(cast, f"W{number}", "Test") for number in range(5)]
    for person in waiting:
        wait_for_group(group, person.episode, from_date=today, by=cast.clinician, at=now)
    many_hands()

    def leaver(stint):
        return lambda: leave_group(stint, until_date=today, by=cast.clinician, at=now)

    at_once(*map(leaver, stints[:3]))

    def members():
        rows = Membership.objects.filter(group__uid=group, until_date__isnull=True).order_by("pk")
        return [row.episode.patient_id for row in rows]

    expected = [one.key for one in (*inside[3:], *waiting[:3])]
    assert sorted(witnessed(members)) == sorted(expected)
    left = witnessed(
        lambda: list(
            GroupWait.objects.filter(ended_at__isnull=True)
            .order_by("pk")
            .values_list("episode__patient", flat=True)
        )
    )
    assert left == [one.key for one in waiting[3:]]
