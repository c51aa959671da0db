"""A miss offers at once what would save the week: to the therapist, and to the person, who takes it with one tap."""

from datetime import time, timedelta

import pytest

from tests.cast import MONDAY, MORNING, at, gather_cast
from tests.lines_cast import saturday_group, sign_up, treat
from tests.sessions_cast import SATURDAY, THURSDAY, WEDNESDAY, admit, anas_evenings, hold, open_group
from throughcare.pathway.attendance.attendance import everyone_else_present, record_attendance
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.line.keeping_lines import keep_lines, tell_of_make_ups
from throughcare.pathway.line.session_line import lines_of
from throughcare.pathway.make_up.make_up import take_seat
from throughcare.pathway.make_up.my_make_ups import (
    answer_own_seat,
    decline_make_ups,
    leave_own_line,
    my_make_ups,
    take_own_seat,
)
from throughcare.pathway.make_up.short_weeks import how_many_fall_short, offer_short_weeks, short_weeks
from throughcare.pathway.privacy.reaching import ask_for_safe_ways
from throughcare.pathway.session.hours import hour_ledger
from throughcare.pathway.signing_in.door_mail import send_door_mail
from throughcare.pathway.week.commitments import keep_apart
from throughcare.pathway.week.schedule import release_seat
from throughcare.records.care_plans import PlanVersion
from throughcare.records.episodes import Episode
from throughcare.records.offers import MakeUpOffer
from throughcare.records.sessions import Appointment, Session
from throughcare.records.signing_in import DoorMail
from throughcare.records.waiting import HeldSeat, SessionWait

NIGHT = at(21, day=THURSDAY)
FRIDAY = MONDAY + timedelta(days=4)


@pytest.fixture
def ana(cast):
    return admit(cast, "Ana", "Silva")


@pytest.fixture
def mine(cast, ana):
    return sign_up(cast, ana)


@pytest.fixture
def company(cast):
    """Someone who is in the weekend group anyway."""
    return admit(cast, "Wim")


@pytest.fixture
def saturday(cast, ana, company):
    """Ana's week (domain.md §11.1), and a Saturday morning that would bring her to six of nine hours."""
    anas_evenings(cast, ana)
    return saturday_group(cast, company)


def mails():
    return [row.kind for row in DoorMail.objects.order_by("pk")]


def test_a_miss_is_offered_to_the_person_at_once_and_taken_with_one_tap(cast, mine, ana, saturday):
    found = my_make_ups(by=mine, at=NIGHT)
    assert [one.session for one in found.free] == [saturday]
    assert found.free[0].comes_to == "3 + 3 = 6 of 9 h"
    taken = take_own_seat(saturday, by=mine, at=NIGHT)
    seat = Appointment.objects.get(uid=taken.seat)
    assert (seat.is_make_up, seat.recorded_by_id) == (True, mine.account)
    assert my_make_ups(by=mine, at=NIGHT).free == ()
    record_attendance(saturday, ana.uid, status="present", by=cast.facilitator, at=at(12, day=SATURDAY))
    week = hour_ledger(ana.uid, by=mine, at=at(13, day=SATURDAY)).weeks[0]
    assert week.plain[:2] == (
        "You have had 6 of your 9 hours this week.",
        "3 hours of them made up for what you missed.",
    )


def test_the_therapist_sees_who_falls_short_and_what_would_save_the_week(cast, ana, mine, saturday):
    treat(cast, ana, cast.clinician)
    found = short_weeks(by=cast.clinician, at=NIGHT)
    (one,) = found.people
    assert (found.whose, found.looked_at, one.name) == ("mine", 1, "Ana Silva")
    assert one.missing_minutes == 360
    assert one.saving == ("Sat, Mar 7, 9:00 AM–12:00 PM, Weekend process",)
    assert (one.comes_to, one.is_saved, one.choices) == (6, False, 1)
    assert how_many_fall_short(by=cast.clinician, at=NIGHT) == 1
    assert how_many_fall_short(by=cast.facilitator, at=NIGHT) == 0


def test_the_person_gets_one_neutral_word_by_mail_however_often_the_worker_looks(cast, mine, saturday):
    assert tell_of_make_ups(at=NIGHT) == 1
    assert tell_of_make_ups(at=NIGHT) == 0
    keep_lines(at=NIGHT)
    assert mails() == ["seat_waits"]
    sent = []
    send_door_mail(at=NIGHT, send=lambda *words: sent.append(words), link_address=str)
    ((_, subject, words),) = sent
    for told in ("Ana", "missed", "session", "group", "treatment", "hours", "clinic", "Harbor"):
        assert told.lower() not in f"{subject} {words}".lower()


def test_who_asked_for_no_mail_gets_none_and_finds_it_on_their_page(cast, ana, mine, saturday):
    ask_for_safe_ways(ana.uid, ["email"], by=mine, at=MORNING)
    tell_of_make_ups(at=NIGHT)
    sent = []
    send_door_mail(at=NIGHT, send=lambda *words: sent.append(words), link_address=str)
    assert sent == []
    assert my_make_ups(by=mine, at=NIGHT).free


def test_nobody_is_told_of_nothing(cast, ana, mine):
    anas_evenings(cast, ana)
    assert MakeUpOffer.objects.count() == 2
    assert tell_of_make_ups(at=NIGHT) == 0
    assert mails() == []


def test_a_corrected_miss_takes_the_offer_back_and_another_word_for_it_tells_nobody_again(
    cast, ana, mine, company
):
    session = hold(cast, ana, group=open_group(cast))
    saturday_group(cast, company)
    record_attendance(session, ana.uid, status="no_show", by=cast.facilitator, at=at(20))
    tell_of_make_ups(at=at(21))
    record_attendance(session, ana.uid, status="excused", by=cast.facilitator, at=at(21))
    assert tell_of_make_ups(at=at(22)) == 0
    assert list(MakeUpOffer.objects.order_by("pk").values_list("how", flat=True)) == ["withdrawn", ""]
    record_attendance(session, ana.uid, status="present", by=cast.facilitator, at=at(22))
    assert not MakeUpOffer.objects.filter(ended_at__isnull=True).exists()
    assert len(mails()) == 1


@pytest.mark.parametrize(("late", "offered"), [(14, False), (15, True), (40, True)])
def test_late_or_leaving_early_is_a_miss_from_the_setting_on(cast, ana, late, offered):
    session = hold(cast, ana, group=open_group(cast))
    record_attendance(session, ana.uid, status="late", late_minutes=late, by=cast.facilitator, at=at(20))
    assert MakeUpOffer.objects.exists() is offered


def test_everyone_present_offers_nothing_and_asks_no_more_questions(cast, django_assert_max_num_queries):
    people = [admit(cast, f"P{number}") for number in range(12)]
    session = hold(cast, *people, group=open_group(cast))
    # One asks who was stopped at the door, one says that the watch is to look at these people again.
    with django_assert_max_num_queries(18):
        assert everyone_else_present(session, by=cast.facilitator, at=at(18)) == 12
    assert not MakeUpOffer.objects.exists()


def test_an_offer_is_gone_with_its_seat_and_when_the_session_begins(cast, mine, company, saturday):
    Session.objects.filter(uid=saturday).update(capacity=1)
    found = my_make_ups(by=mine, at=NIGHT)
    assert (found.free, [one.session for one in found.full]) == ((), [saturday])
    Session.objects.filter(uid=saturday).update(capacity=12)
    assert my_make_ups(by=mine, at=at(8, 59, day=SATURDAY)).free
    assert my_make_ups(by=mine, at=at(9, day=SATURDAY)).free == ()
    with pytest.raises(Cannot, match="doesn't fit your week any more"):
        take_own_seat(saturday, by=mine, at=at(9, day=SATURDAY))


def test_a_full_session_is_waited_for_and_the_seat_that_comes_free_is_answered(
    cast, mine, ana, company, saturday
):
    Session.objects.filter(uid=saturday).update(capacity=1)
    assert take_own_seat(saturday, by=mine, at=NIGHT).place == 1
    assert [one.place for one in my_make_ups(by=mine, at=NIGHT).lines] == [1]
    release_seat(saturday, company.uid, because="Works", by=cast.clinician, at=NIGHT)
    (held,) = my_make_ups(by=mine, at=NIGHT).held
    assert held.session == saturday
    answer_own_seat(saturday, takes=True, by=mine, at=NIGHT)
    assert my_make_ups(by=mine, at=NIGHT).held == ()
    assert Appointment.objects.filter(patient=ana.key, is_make_up=True, released_at__isnull=True).exists()


def test_a_line_is_left_again(cast, mine, saturday):
    Session.objects.filter(uid=saturday).update(capacity=1)
    take_own_seat(saturday, by=mine, at=NIGHT)
    leave_own_line(saturday, by=mine, at=NIGHT)
    assert my_make_ups(by=mine, at=NIGHT).lines == ()


def test_no_is_an_answer_and_a_new_miss_asks_again(cast, ana, mine, saturday):
    decline_make_ups(by=mine, at=NIGHT)
    found = my_make_ups(by=mine, at=NIGHT)
    assert found.has_declined and found.free
    assert tell_of_make_ups(at=NIGHT) == 0
    with pytest.raises(Absent):
        decline_make_ups(by=mine, at=NIGHT)
    friday = hold(cast, ana, group=open_group(cast, "Friday"), day=FRIDAY, starts=time(6), ends=time(7))
    record_attendance(friday, ana.uid, status="no_show", by=cast.facilitator, at=at(8, day=FRIDAY))
    assert not my_make_ups(by=mine, at=at(9, day=FRIDAY)).has_declined
    assert tell_of_make_ups(at=at(9, day=FRIDAY)) == 1


def test_a_whole_week_needs_no_make_up_and_hoards_no_seat(cast, ana, mine, company):
    for day in range(3):
        hold(cast, ana, day=MONDAY + timedelta(days=day))
    saturday = saturday_group(cast, company)
    assert my_make_ups(by=mine, at=at(9)).free == ()
    with pytest.raises(Cannot, match="Your week is whole"):
        take_own_seat(saturday, by=mine, at=at(9))


def test_what_must_be_weighed_by_someone_is_not_offered_to_the_person(cast, ana, mine, company):
    anas_evenings(cast, ana)
    saturday_group(cast, title="Nobody there")
    other = saturday_group(cast, company, kind="cbt", title="Another type")
    assert my_make_ups(by=mine, at=NIGHT).free == ()
    PlanVersion.objects.filter(episode=ana.episode).update(longest_day_hours=2)
    saturday_group(cast, company, starts=time(8, 30), ends=time(11, 30), title="Too long a day")
    assert my_make_ups(by=mine, at=NIGHT).free == ()
    with pytest.raises(Cannot, match="doesn't fit your week any more"):
        take_own_seat(other, by=mine, at=NIGHT)


def test_who_must_not_be_met_is_never_said_to_the_person(cast, ana, mine, company, saturday):
    keep_apart(ana.uid, company.uid, reason="Former partners", by=cast.director, at=MORNING)
    found = my_make_ups(by=mine, at=NIGHT)
    assert (found.free, found.full, found.lines) == ((), (), ())
    with pytest.raises(Cannot) as refusal:
        take_own_seat(saturday, by=mine, at=NIGHT)
    assert refusal.value.because == (
        "This session doesn't fit your week any more. Choose another, or ask your therapist."
    )


def test_one_person_never_takes_or_answers_for_another(cast, mine, saturday):
    ben = admit(cast, "Ben")
    other = sign_up(cast, ben)
    Session.objects.filter(uid=saturday).update(capacity=1)
    take_own_seat(saturday, by=mine, at=NIGHT)
    with pytest.raises(Absent):
        leave_own_line(saturday, by=other, at=NIGHT)
    with pytest.raises(Absent):
        answer_own_seat(saturday, takes=True, by=other, at=NIGHT)
    hilltop = gather_cast("Hilltop", mail_host="hilltop.test")
    far = sign_up(hilltop, admit(hilltop, "Far"))
    with pytest.raises(Absent):
        take_own_seat(saturday, by=far, at=NIGHT)
    with pytest.raises(Absent):
        take_own_seat(saturday, by=cast.clinician, at=NIGHT)


def test_who_has_left_the_program_has_nothing_to_make_up(cast, ana, mine, saturday):
    Episode.objects.filter(pk=ana.episode).update(ended_at=NIGHT)
    assert my_make_ups(by=mine, at=NIGHT) is None


def test_a_seat_nobody_answers_for_goes_on_by_itself(cast, ana, mine, company, saturday):
    Session.objects.filter(uid=saturday).update(capacity=1)
    ben = admit(cast, "Ben")
    take_own_seat(saturday, by=mine, at=NIGHT)
    take_seat(saturday, ben.uid, by=cast.clinician, at=NIGHT)
    release_seat(saturday, company.uid, because="Works", by=cast.clinician, at=NIGHT)
    keep_lines(at=NIGHT + timedelta(hours=3))
    assert HeldSeat.objects.get(answered_at__isnull=True).wait.patient_id == ana.key
    keep_lines(at=NIGHT + timedelta(hours=5))
    assert HeldSeat.objects.get(answered_at__isnull=True).wait.patient_id == ben.key
    assert HeldSeat.objects.get(wait__patient=ana.key).answer == "lapsed"


def test_who_came_without_answering_keeps_the_seat(cast, ana, mine, company, saturday):
    Session.objects.filter(uid=saturday).update(capacity=1)
    take_own_seat(saturday, by=mine, at=NIGHT)
    release_seat(saturday, company.uid, because="Works", by=cast.clinician, at=at(7, day=SATURDAY))
    record_attendance(saturday, ana.uid, status="present", by=cast.facilitator, at=at(9, day=SATURDAY))
    keep_lines(at=at(13, day=SATURDAY))
    assert HeldSeat.objects.get().answer == "came"
    assert Appointment.objects.filter(
        patient=ana.key, session__uid=saturday, released_at__isnull=True
    ).exists()


def test_the_worker_moves_lines_up_where_a_seat_came_free_in_some_other_way(
    cast, mine, ana, company, saturday
):
    Session.objects.filter(uid=saturday).update(capacity=1)
    take_own_seat(saturday, by=mine, at=NIGHT)
    Appointment.objects.filter(patient=company.key).update(released_at=NIGHT)
    keep_lines(at=NIGHT)
    assert my_make_ups(by=mine, at=NIGHT).held
    late = sign_up(cast, admit(cast, "Late"))
    SessionWait.objects.update(ended_at=None)
    keep_lines(at=at(9, day=SATURDAY))
    assert lines_of([Session.objects.get(uid=saturday).pk]) == {}
    assert my_make_ups(by=late, at=at(9, day=SATURDAY)).held == ()


def test_offering_to_all_tells_each_once(cast, ana, mine, saturday):
    ben = admit(cast, "Ben")
    session = hold(cast, ben, group=open_group(cast, "Other"), day=WEDNESDAY)
    record_attendance(session, ben.uid, status="no_show", by=cast.facilitator, at=at(20, 30, day=WEDNESDAY))
    found = short_weeks(by=cast.director, at=NIGHT, whose="site")
    assert [(one.name.split()[0], one.how_told[:2]) for one in found.to_offer]
    everyone = [one.patient for one in found.to_offer]
    assert {ana.uid, ben.uid} <= set(everyone)
    assert offer_short_weeks(everyone, by=cast.director, at=NIGHT) == len(everyone)
    assert offer_short_weeks(everyone, by=cast.director, at=NIGHT) == 0
    assert tell_of_make_ups(at=NIGHT) == 0
    assert mails() == ["seat_waits"]
    again = short_weeks(by=cast.director, at=NIGHT, whose="site")
    assert again.to_offer == ()
    assert all(one.offered_at == NIGHT for one in again.people if one.choices)


def test_a_smaller_plan_is_not_held_to_the_least_hours_and_none_at_all_is_counted(cast):
    admit(cast, "Six", hours=0.5)
    admit(cast, "None", hours=None)
    found = short_weeks(by=cast.director, at=NIGHT, whose="site")
    assert (found.looked_at, found.without_plan) == (2, 1)
    assert [one.missing_minutes for one in found.people] == [30]


def test_short_weeks_are_for_those_who_give_make_ups(cast, mine):
    for actor in (cast.nurse, cast.biller, cast.admissions):
        with pytest.raises(CannotSee):
            short_weeks(by=actor, at=NIGHT)
        with pytest.raises(CannotSee):
            offer_short_weeks([], by=actor, at=NIGHT)


def test_forty_short_weeks_cost_as_many_queries_as_two(cast, django_assert_max_num_queries):
    company = admit(cast, "Wim")
    saturday_group(cast, company, seats=12)
    for count in (2, 40):
        for number in range(count):
            admit(cast, f"P{number}")
        with django_assert_max_num_queries(34):
            assert len(short_weeks(by=cast.director, at=NIGHT, whose="site").people) >= count
