"""A full session has a line: who comes first gets the seat that comes free, if their week still fits."""

from datetime import time, timedelta

import pytest

from tests.cast import MORNING, at, gather_cast
from tests.lines_cast import saturday_group, sign_up, treat
from tests.sessions_cast import SATURDAY, THURSDAY, admit, cancel, hold, open_group
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.group.changes import change_seats
from throughcare.pathway.group.leaving import leave_week
from throughcare.pathway.line.session_line import answer_held_seat, fill_sessions, leave_line, lines_of
from throughcare.pathway.make_up.giving_back import give_back_make_up
from throughcare.pathway.make_up.make_up import book_make_up, take_seat
from throughcare.pathway.program_settings import change_setting
from throughcare.pathway.seat.seat_telling import heard_of_seat, my_seat_words
from throughcare.pathway.week.commitments import NewCommitment, add_commitment, keep_apart
from throughcare.pathway.week.schedule import release_seat
from throughcare.records.episodes import Episode
from throughcare.records.offers import SeatNotice
from throughcare.records.sessions import Appointment, Session
from throughcare.records.signing_in import DoorMail
from throughcare.records.waiting import HeldSeat, SessionWait

NIGHT = at(21, day=THURSDAY)
LATER = at(22, day=THURSDAY)


@pytest.fixture
def full(cast):
    """A Saturday with one seat, which Zoe has."""
    zoe = admit(cast, "Zoe")
    return saturday_group(cast, zoe, seats=1), zoe


def take(cast, session, person, *, moment=NIGHT, by=None):
    return take_seat(session, person.uid, by=by or cast.clinician, at=moment)


def line(cast, session, *names):
    people = [admit(cast, name) for name in names]
    places = [take(cast, session, person).place for person in people]
    assert places == list(range(1, len(people) + 1))
    return people


def zoe_goes(cast, full, moment=LATER):
    session, zoe = full
    release_seat(session, zoe.uid, because="Works", by=cast.clinician, at=moment)


def seated(session):
    rows = Appointment.objects.filter(session__uid=session, released_at__isnull=True)
    return list(rows.order_by("pk").values_list("patient", flat=True))


def waiting(session):
    key = Session.objects.get(uid=session).pk
    return lines_of([key])[key]


def test_whoever_asks_for_a_full_session_waits_in_order_and_once(cast, full):
    session, _ = full
    ana, ben, cy = line(cast, session, "Ana", "Ben", "Cy")
    assert take(cast, session, ben).place == 2
    assert waiting(session) == [ana.key, ben.key, cy.key]
    assert take(cast, saturday_group(cast, day=SATURDAY, starts=time(14), ends=time(15)), ana).seat


def test_a_seat_given_back_goes_to_the_first_in_line_in_the_same_moment(cast, full):
    session, _ = full
    ana, ben = line(cast, session, "Ana", "Ben")
    zoe_goes(cast, full)
    assert (seated(session), waiting(session)) == ([ana.key], [ben.key])
    seat = Appointment.objects.get(patient=ana.key, released_at__isnull=True)
    assert seat.is_make_up
    assert HeldSeat.objects.get(appointment=seat).answer_by == LATER + timedelta(hours=4)


def test_the_person_and_their_therapist_are_told_once_and_the_mail_says_nothing(cast, full):
    session, _ = full
    (ana,) = line(cast, session, "Ana")
    mine = sign_up(cast, ana)
    treat(cast, ana, cast.clinician)
    zoe_goes(cast, full)
    (word,) = my_seat_words(by=mine, at=LATER)
    assert word.words == (
        "A seat came free for you: Weekend process on Saturday, March 7, 9:00 AM to 12:00 PM."
        " It is held until you answer."
    )
    (told,) = my_seat_words(by=cast.clinician, at=LATER)
    assert told.words.startswith("Ana Family") and not told.is_mine
    assert [row.kind for row in DoorMail.objects.all()] == ["seat_waits"]
    heard_of_seat(word.uid, by=mine, at=LATER)
    assert my_seat_words(by=mine, at=LATER) == ()
    with pytest.raises(Absent):
        heard_of_seat(told.uid, by=mine, at=LATER)


def test_who_no_longer_fits_is_passed_over_and_keeps_their_place(cast, full):
    session, _ = full
    ana, ben = line(cast, session, "Ana", "Ben")
    work = NewCommitment("work", "Bakery", weekday=5, starts=time(8), ends=time(13))
    add_commitment(ana.uid, work, by=cast.clinician, at=NIGHT)
    zoe_goes(cast, full)
    assert (seated(session), waiting(session)) == ([ben.key], [ana.key])


def test_two_who_must_not_meet_are_not_brought_together_by_the_line(cast):
    zoe, lee = admit(cast, "Zoe"), admit(cast, "Lee")
    session = saturday_group(cast, zoe, lee, seats=2)
    ana, ben = line(cast, session, "Ana", "Ben")
    keep_apart(ana.uid, lee.uid, reason="Former partners", by=cast.director, at=MORNING)
    release_seat(session, zoe.uid, because="Works", by=cast.clinician, at=LATER)
    assert seated(session) == [lee.key, ben.key]
    assert waiting(session) == [ana.key]


def test_one_who_says_no_gives_the_seat_to_the_next(cast, full):
    session, _ = full
    ana, ben = line(cast, session, "Ana", "Ben")
    mine = sign_up(cast, ana)
    zoe_goes(cast, full)
    answer_held_seat(session, ana.uid, takes=False, by=mine, at=LATER)
    assert (seated(session), waiting(session)) == ([ben.key], [])
    with pytest.raises(Absent):
        answer_held_seat(session, ana.uid, takes=True, by=mine, at=LATER)


def test_one_who_says_yes_has_it_and_is_not_asked_again(cast, full):
    session, _ = full
    (ana,) = line(cast, session, "Ana")
    mine = sign_up(cast, ana)
    zoe_goes(cast, full)
    answer_held_seat(session, ana.uid, takes=True, by=mine, at=LATER)
    assert HeldSeat.objects.get().answer == "taken"
    with pytest.raises(Cannot, match="answered already"):
        answer_held_seat(session, ana.uid, takes=False, by=mine, at=LATER)
    assert seated(session) == [ana.key]


def test_the_time_to_answer_is_over_at_its_end(cast, full):
    session, _ = full
    (ana,) = line(cast, session, "Ana")
    mine = sign_up(cast, ana)
    zoe_goes(cast, full)
    with pytest.raises(Cannot, match="time to answer is over"):
        answer_held_seat(session, ana.uid, takes=True, by=mine, at=LATER + timedelta(hours=4, minutes=1))


def test_shortly_before_the_session_nothing_is_held_and_whoever_asks_has_it(cast, full):
    session, _ = full
    ana, ben = line(cast, session, "Ana", "Ben")
    zoe_goes(cast, full, at(8, 30, day=SATURDAY))
    assert (seated(session), waiting(session)) == ([], [ana.key, ben.key])
    assert book_make_up(session, ben.uid, by=cast.clinician, at=at(8, 40, day=SATURDAY))
    assert waiting(session) == [ana.key]


def test_the_program_sets_how_long_a_seat_is_held(cast, full):
    change_setting("line.answer_hours", 1.0, effective_date=MORNING.date(), by=cast.admin, at=MORNING)
    line(cast, full[0], "Ana")
    zoe_goes(cast, full)
    assert HeldSeat.objects.get().answer_by == LATER + timedelta(hours=1)


def test_who_asks_while_others_wait_comes_after_them(cast, full):
    session, _ = full
    ana, ben = line(cast, session, "Ana", "Ben")
    Session.objects.filter(uid=session).update(capacity=2)  # a seat nobody has filled yet
    cy = admit(cast, "Cy")
    assert take(cast, session, cy).place == 2
    assert seated(session)[1:] == [ana.key]
    assert waiting(session) == [ben.key, cy.key]


def test_more_seats_fill_the_line_as_far_as_there_are_leaders_for(cast):
    zoe = admit(cast, "Zoe")
    group = open_group(cast, "Weekend", capacity=1)
    session = saturday_group(cast, zoe, seats=1, group=group)
    people = line(cast, session, "Ana", "Ben", "Cy")
    change_setting("ratio.counseling", 6, effective_date=MORNING.date(), by=cast.admin, at=MORNING)
    change_seats(group.uid, 3, by=cast.admin, at=LATER)
    assert seated(session) == [zoe.key, people[0].key, people[1].key]


def test_a_make_up_seat_given_back_and_a_person_who_leaves_the_program_free_it_too(cast, full):
    session, _ = full
    ana, ben = line(cast, session, "Ana", "Ben")
    zoe_goes(cast, full)
    give_back_make_up(session, ana.uid, because="Mistake", by=cast.clinician, at=LATER)
    assert seated(session) == [ben.key]
    take(cast, session, ana)
    leave_week(Episode.objects.get(pk=ben.episode), because="Left the program", at=LATER)
    assert seated(session) == [ana.key]
    assert not HeldSeat.objects.filter(wait__patient=ben.key, answered_at__isnull=True).exists()


def test_a_place_in_line_is_given_up(cast, full):
    session, _ = full
    ana, ben = line(cast, session, "Ana", "Ben")
    leave_line(session, ana.uid, by=sign_up(cast, ana), at=LATER)
    with pytest.raises(Absent):
        leave_line(session, ana.uid, by=cast.clinician, at=LATER)
    zoe_goes(cast, full)
    assert seated(session) == [ben.key]


def test_what_was_canceled_or_has_begun_promotes_nobody(cast, full):
    session, zoe = full
    (ana,) = line(cast, session, "Ana")
    key = Session.objects.get(uid=session).pk
    Appointment.objects.filter(patient=zoe.key).update(released_at=LATER)
    assert fill_sessions([key], at=at(9, day=SATURDAY)) == 0
    cancel(session)
    assert fill_sessions([key], at=LATER) == 0
    assert waiting(session) == [ana.key]


def test_nobody_waits_for_what_does_not_fit_them_anyway(cast, full):
    session, _ = full
    ana = admit(cast, "Ana")
    work = NewCommitment("work", "Bakery", weekday=5, starts=time(8), ends=time(13))
    add_commitment(ana.uid, work, by=cast.clinician, at=NIGHT)
    with pytest.raises(Cannot, match="has work"):
        take(cast, session, ana)
    assert not SessionWait.objects.exists()


def test_lines_are_for_those_who_give_seats_and_for_the_person_and_for_no_other(cast, full):
    session, _ = full
    ana, ben = admit(cast, "Ana"), admit(cast, "Ben")
    other = gather_cast("Hilltop", mail_host="hilltop.test")
    with pytest.raises(CannotSee):
        take(cast, session, ana, by=cast.nurse)
    with pytest.raises(Absent):
        take(cast, session, ana, by=sign_up(cast, ben))
    with pytest.raises(Absent):
        take_seat(session, ana.uid, by=other.clinician, at=NIGHT)
    assert take(cast, session, ana, by=sign_up(cast, ana)).place == 1


def test_a_line_of_thirty_costs_as_many_queries_as_a_line_of_two(cast, full, django_assert_max_num_queries):
    session, zoe = full
    key = Session.objects.get(uid=session).pk
    line(cast, session, *[f"P{number}" for number in range(30)])
    Appointment.objects.filter(patient=zoe.key).update(released_at=LATER)
    with django_assert_max_num_queries(38):
        assert fill_sessions([key], at=LATER) == 1
    assert SeatNotice.objects.count() == 1


def test_a_group_that_stays_among_itself_takes_no_guest(cast):
    from throughcare.pathway.timetable.rules.group_offers import close_to_newcomers

    group = open_group(cast, "Closed")
    session = hold(cast, admit(cast, "Zoe"), group=group, day=SATURDAY)
    close_to_newcomers(group.uid, by=cast.admin, at=MORNING)
    with pytest.raises(Cannot, match="takes nobody new"):
        take(cast, session, admit(cast, "Ana"))
