"""Making up for missed hours, with the evening parent (domain.md §11.1) as its worked example."""

from datetime import date, time, timedelta

import pytest

from tests.cast import MONDAY, MORNING, at, gather_cast
from tests.sessions_cast import SATURDAY, THURSDAY, admit, anas_evenings, cancel, hold, open_group
from throughcare.pathway.attendance.attendance import record_attendance
from throughcare.pathway.attendance.roster import session_room
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.make_up.giving_back import give_back_make_up
from throughcare.pathway.make_up.make_up import book_make_up, make_ups
from throughcare.pathway.session.hours import hour_ledger
from throughcare.pathway.week.commitments import NewCommitment, add_commitment, keep_apart
from throughcare.records.care_plans import PlanVersion
from throughcare.records.episodes import Episode
from throughcare.records.people import Patient
from throughcare.records.sessions import Appointment, Session
from throughcare.records.timetables import Group

FRIDAY, SUNDAY = MONDAY + timedelta(days=4), MONDAY + timedelta(days=6)
THURSDAY_NIGHT = at(21, day=THURSDAY)


@pytest.fixture
def ana(cast):
    return admit(cast, "Ana", "Silva")


@pytest.fixture
def evenings(cast, ana):
    """Monday attended, Wednesday and Thursday missed; a child at home when the sitter is not there."""
    return anas_evenings(cast, ana)


def weekend(cast, *people, day=SATURDAY, starts=time(9), ends=time(12), **more):
    more.setdefault("group", open_group(cast, f"Group of {day} at {starts}"))
    return hold(cast, *people, day=day, starts=starts, ends=ends, **more)


def look(cast, ana, *, by=None, moment=THURSDAY_NIGHT, **more):
    return make_ups(ana.uid, by=by or cast.facilitator, at=moment, **more)


def book(cast, session, person, *, by=None, moment=THURSDAY_NIGHT):
    return book_make_up(session, person.uid, by=by or cast.facilitator, at=moment)


def why_not(found):
    return " ".join(one.because for choice in found.refused for one in choice.placing.refusals)


def test_the_evening_parent_is_offered_saturday_morning_only(cast, ana, evenings):
    saturday = weekend(cast)
    weekend(cast, starts=time(13, 30), ends=time(16, 30), title="Weekend afternoon")
    weekend(cast, day=FRIDAY, starts=time(10), ends=time(13), title="Day process")
    weekend(cast, day=FRIDAY, starts=time(17, 30), ends=time(20, 30))
    weekend(cast, day=SUNDAY, starts=time(10), ends=time(13), title="Sunday process")
    found = look(cast, ana)
    (offered,) = found.offered
    assert (offered.session, offered.starts_at, offered.ends_at) == (
        saturday,
        at(9, day=SATURDAY),
        at(12, day=SATURDAY),
    )
    assert offered.comes_to == "3 + 3 = 6 of 9 h"
    assert offered.is_prescribed
    assert len(found.refused) == 4
    assert "Ana Silva has child care on Sat, Mar 7, 1:00–11:00 PM, at the same time as Weekend" in why_not(
        found
    )

    book(cast, saturday, ana)
    record_attendance(saturday, ana.uid, status="present", by=cast.facilitator, at=at(12, day=SATURDAY))
    week = hour_ledger(ana.uid, by=cast.facilitator, at=at(12, day=SATURDAY)).weeks[0].ledger
    assert (week.delivered, week.prescribed, week.sign) == (6, 9, "attendance_low")
    assert week.billable_days == (MONDAY, SATURDAY)


def test_what_is_refused_on_the_page_is_refused_when_booked(cast, ana, evenings):
    afternoon = weekend(cast, starts=time(13, 30), ends=time(16, 30))
    (refused,) = look(cast, ana).refused
    with pytest.raises(Cannot) as refusal:
        book(cast, afternoon, ana)
    assert refusal.value.because == refused.placing.verdict.because


def test_a_full_group_is_refused(cast, ana, evenings):
    full = weekend(cast, admit(cast, "Ben"))
    Session.objects.filter(uid=full).update(capacity=1)
    assert "full on Sat, Mar 7: 1 of 1 seats" in why_not(look(cast, ana))


def test_people_who_must_not_meet_do_not_make_up_together_and_nobody_is_told_who(cast, ana, evenings):
    lee = admit(cast, "Lee", "Park")
    weekend(cast, lee)
    keep_apart(ana.uid, lee.uid, reason="Former partners", by=cast.director, at=MORNING)
    told = why_not(look(cast, ana))
    assert "must be kept apart" in told
    assert "Lee" not in told
    assert "Lee Park" in why_not(look(cast, ana, by=cast.director))


def test_a_group_for_women_is_for_women(cast, evenings, ana):
    women = open_group(cast, "Women's process")
    Group.objects.filter(pk=women.pk).update(variant="women")
    weekend(cast, group=Group.objects.get(pk=women.pk))
    assert look(cast, ana).offered
    Patient.objects.filter(pk=ana.key).update(gender="man")
    assert "is for women" in why_not(look(cast, ana))


def test_a_session_that_the_person_has_anyway_is_no_make_up_and_stands_in_the_way_of_others(
    cast, ana, evenings
):
    own = weekend(cast, ana)
    weekend(cast, starts=time(11), ends=time(12, 30), title="Skills")
    found = look(cast, ana)
    assert found.offered == ()
    assert [one.title for one in found.refused] == ["Skills"]
    assert "has Evening process on Sat, Mar 7" in why_not(found)
    assert found.refused[0].comes_to == "3 + 3 to come + 1.5 = 7.5 of 9 h"
    with pytest.raises(Cannot, match="expected at this session already"):
        book(cast, own, ana)


def test_a_session_under_way_is_held_against_another_until_the_person_is_excused_from_it(cast, ana):
    first = hold(cast, ana, group=open_group(cast))
    other = hold(cast, group=open_group(cast, "Other"), title="Other")
    assert "has Evening process" in why_not(look(cast, ana, moment=at(18)))
    record_attendance(first, ana.uid, status="excused", by=cast.facilitator, at=at(18))
    assert [one.session for one in look(cast, ana, moment=at(18)).offered] == [other]


def test_what_adds_no_hours_or_is_one_to_one_or_canceled_or_elsewhere_is_not_listed(cast, ana, evenings):
    alumni = weekend(cast, kind="alumni")
    alone = weekend(cast, group=None)
    cancel(weekend(cast, starts=time(12), ends=time(13)))
    other = gather_cast("Hilltop", mail_host="hilltop.test")
    elsewhere = weekend(other)
    found = look(cast, ana)
    assert (found.offered, found.refused) == ((), ())
    with pytest.raises(Cannot, match="adds no treatment hours"):
        book(cast, alumni, ana)
    with pytest.raises(Cannot, match="Only a group's session"):
        book(cast, alone, ana)
    with pytest.raises(Absent):
        book(cast, elsewhere, ana)


def test_a_session_that_is_over_makes_up_for_nothing(cast, ana, evenings):
    saturday = weekend(cast)
    with pytest.raises(Cannot, match="The session is over"):
        book(cast, saturday, ana, moment=at(12, day=SATURDAY))


def test_the_plans_longest_day_is_told_and_does_not_refuse(cast, ana, evenings):
    PlanVersion.objects.filter(episode=ana.episode).update(longest_day_hours=2.5)
    weekend(cast)
    (offered,) = look(cast, ana).offered
    assert [one.because for one in offered.placing.warnings] == [
        "Sat, Mar 7 would have 3 h; the plan's longest day is 2.5 h."
    ]


def test_a_week_that_is_over_has_nothing_left_and_the_next_has(cast, ana, evenings):
    weekend(cast)
    weekend(cast, day=SATURDAY + timedelta(days=7))
    next_monday = at(9, day=MONDAY + timedelta(days=7))
    gone = look(cast, ana, moment=next_monday, week=SATURDAY)
    assert (gone.monday, gone.is_over, gone.offered) == (MONDAY, True, ())
    assert len(look(cast, ana, week=date(2026, 3, 11)).offered) == 1


def test_a_facilitator_gives_a_seat_once_and_still_plans_no_week(cast, ana, evenings):
    saturday = weekend(cast)
    book(cast, saturday, ana, by=cast.facilitator)
    assert Appointment.objects.get(session__uid=saturday).is_make_up
    with pytest.raises(CannotSee, match="may not change schedules"):
        add_commitment(ana.uid, NewCommitment("work", weekday=1), by=cast.facilitator, at=MORNING)


def test_admissions_billers_and_nurses_give_no_make_up(cast, ana, evenings):
    saturday = weekend(cast)
    for actor in (cast.admissions, cast.biller, cast.nurse):
        with pytest.raises(CannotSee, match="make-up sessions"):
            look(cast, ana, by=actor)
        with pytest.raises(CannotSee, match="make-up sessions"):
            book(cast, saturday, ana, by=actor)


def test_who_has_left_makes_nothing_up(cast, ana, evenings):
    Episode.objects.filter(pk=ana.episode).update(ended_at=THURSDAY_NIGHT)
    with pytest.raises(Cannot, match="not in the program now"):
        look(cast, ana)


def test_the_door_and_the_ledger_lead_there_while_the_week_lasts(cast, ana, evenings):
    for by, moment, may in (
        (cast.facilitator, THURSDAY_NIGHT, True),
        (cast.nurse, THURSDAY_NIGHT, False),
        (cast.facilitator, at(9, day=MONDAY + timedelta(days=7)), False),
    ):
        assert session_room(evenings[1], by=by, at=moment).may_make_up is may
        weeks = hour_ledger(ana.uid, by=by, at=moment).weeks
        assert [week.may_make_up for week in weeks if week.ledger.begins == MONDAY] == [may]


def test_a_week_with_all_its_hours_leads_nowhere(cast, ana):
    for day in range(3):
        hold(cast, ana, day=MONDAY + timedelta(days=day))
    assert not hour_ledger(ana.uid, by=cast.facilitator, at=at(9)).weeks[0].may_make_up


def test_twenty_sessions_cost_as_many_queries_as_one(cast, ana, evenings, django_assert_max_num_queries):
    for count in (1, 20):
        for n in range(count):
            weekend(cast, day=SATURDAY, starts=time(8, n), ends=time(11, n), title=f"Group {count}.{n}")
        with django_assert_max_num_queries(32):
            assert len(look(cast, ana).offered) >= count


def give_back(cast, session, person, *, because="Took the wrong name", by=None, moment=THURSDAY_NIGHT):
    give_back_make_up(session, person.uid, because=because, by=by or cast.facilitator, at=moment)


def test_a_seat_given_by_mistake_is_given_back_with_the_reason(cast, ana, evenings):
    saturday = weekend(cast)
    book(cast, saturday, ana)
    give_back(cast, saturday, ana, moment=at(10, day=FRIDAY))
    seat = Appointment.objects.get(session__uid=saturday)
    assert (seat.released_at, seat.released_because) == (at(10, day=FRIDAY), "Took the wrong name")
    assert look(cast, ana).offered[0].session == saturday
    book(cast, saturday, ana)
    with pytest.raises(Absent):
        give_back(cast, weekend(cast, starts=time(14), ends=time(17)), ana)


def test_giving_back_takes_a_reason_and_the_right_to_give_seats(cast, ana, evenings):
    saturday = weekend(cast)
    book(cast, saturday, ana)
    with pytest.raises(Cannot, match="why the seat"):
        give_back(cast, saturday, ana, because=" ")
    with pytest.raises(CannotSee):
        give_back(cast, saturday, ana, by=cast.biller)


def test_only_a_make_up_is_given_back_at_the_door(cast, ana, evenings):
    with pytest.raises(Cannot, match="no make-up"):
        give_back(cast, evenings[0], ana)


def test_on_the_same_day_it_goes_back_after_the_start_too_with_the_absence_recorded(cast, ana, evenings):
    saturday = weekend(cast)
    book(cast, saturday, ana, moment=at(9, 5, day=SATURDAY))
    record_attendance(saturday, ana.uid, status="no_show", by=cast.facilitator, at=at(9, 30, day=SATURDAY))
    give_back(cast, saturday, ana, moment=at(10, day=SATURDAY))
    assert session_room(saturday, by=cast.facilitator, at=at(10, day=SATURDAY)).roster == ()
    week = hour_ledger(ana.uid, by=cast.facilitator, at=at(13, day=SATURDAY)).weeks[0]
    assert week.ledger.delivered == 3
    assert len(week.lines) == 3


def test_a_seat_of_an_earlier_day_stays_once_the_session_has_begun(cast, ana, evenings):
    saturday = weekend(cast)
    book(cast, saturday, ana)
    with pytest.raises(Cannot, match="excused or no-show"):
        give_back(cast, saturday, ana, moment=at(9, 5, day=SATURDAY))


def test_who_came_keeps_the_seat_until_attendance_is_corrected(cast, ana, evenings):
    saturday = weekend(cast)
    book(cast, saturday, ana, moment=at(8, day=SATURDAY))
    record_attendance(saturday, ana.uid, status="present", by=cast.facilitator, at=at(9, 30, day=SATURDAY))
    with pytest.raises(Cannot, match="Correct the attendance"):
        give_back(cast, saturday, ana, moment=at(10, day=SATURDAY))
    record_attendance(saturday, ana.uid, status="excused", by=cast.facilitator, at=at(10, day=SATURDAY))
    give_back(cast, saturday, ana, moment=at(10, 5, day=SATURDAY))
