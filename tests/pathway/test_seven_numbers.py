"""The director's numbers, each from a small history that can be counted by hand.

Today is Tuesday 2 June 2026: the eight whole weeks are Monday 6 April to Sunday 31 May.
"""

from datetime import date, datetime, timedelta

import pytest

from tests.boards_cast import asked, came, in_program, scored
from tests.cast import MORNING, at, gather_cast
from tests.sessions_cast import Person, cancel, hold
from throughcare.pathway.attendance.attendance import record_attendance
from throughcare.pathway.boards.seven_numbers import Number, seven_numbers
from throughcare.pathway.cannot import CannotSee
from throughcare.pathway.clinic.founding import open_site
from throughcare.records.discharges import AftercareAppointment, AftercareOutcome, Discharge
from throughcare.records.episodes import Episode, Stay
from throughcare.records.people import Patient
from throughcare.records.sessions import Appointment

TODAY = at(10, day=date(2026, 6, 2))
SINCE, UNTIL = date(2026, 4, 6), date(2026, 6, 1)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


def number(cast, code: str, *, site=None) -> Number:
    page = seven_numbers(site, by=cast.director, at=TODAY)
    return next(one for row in page.numbers for one in row if one.outcome.code == code)


def counted(cast, code: str, **more) -> tuple[int, int]:
    found = number(cast, code, **more)
    return found.part, found.whole


def start(cast, given: str, day: date, **more) -> Person:
    return in_program(cast, given, admitted_at=at(9, day=day), **more)


def leave(
    cast, person: Person, day: date, *, reason: str = "completed", visit: datetime | None = None, kept=None
) -> None:
    moment = at(12, day=day)
    fact = {"organization_id": cast.organization, "recorded_at": moment, "episode_id": person.episode}
    Stay.objects.filter(episode=person.episode, ended_at=None).update(ended_at=moment)
    Episode.objects.filter(pk=person.episode).update(ended_at=moment)
    Discharge.objects.create(
        **fact,
        discharged_at=moment,
        reason=reason,
        summary={},
        practitioner_id=cast.clinician.practitioner,
        credential="LCSW",
    )
    if visit:
        row = AftercareAppointment.objects.create(**fact, with_whom="Dr. Lee", visit_at=visit)
        if kept is not None:
            AftercareOutcome.objects.create(
                visit=row, kept=kept, organization_id=cast.organization, recorded_at=visit
            )


def test_there_are_seven_the_last_in_three_rows_over_eight_whole_weeks(cast):
    page = seven_numbers(None, by=cast.director, at=TODAY)
    assert [len(row) for row in page.numbers] == [1, 1, 1, 1, 1, 1, 3]
    assert (page.since, page.until) == (SINCE, UNTIL - DAY)


def test_an_empty_clinic_has_no_numbers_and_no_fault(cast):
    for row in seven_numbers(None, by=cast.director, at=TODAY).numbers:
        for found in row:
            assert (found.value, found.part, found.whole, found.is_reached) == (None, 0, 0, None)
            assert found.weekly == (None,) * 8


def test_days_to_first_session_is_the_median_from_the_call_to_the_first_session_attended(cast):
    for given, days_before, missed_first in (("Ana", 1, False), ("Ben", 2, True), ("Cleo", 9, False)):
        person = start(cast, given, SINCE + WEEK, called_at=at(16, day=SINCE + WEEK - days_before * DAY))
        if missed_first:
            came(cast, person, day=SINCE + WEEK, status="no_show")
            came(cast, person, day=SINCE + WEEK + 2 * DAY)
        else:
            came(cast, person, day=SINCE + WEEK)
    start(cast, "Dev", SINCE + WEEK, called_at=at(9, day=SINCE))  # has not come yet
    came(cast, start(cast, "Eve", SINCE + WEEK), day=SINCE + WEEK)  # no referral to count from
    found = number(cast, "days_to_first_session")
    assert (found.value, found.whole) == (4, 3)  # 1, 4 and 9 days
    assert found.weekly[1] == 4
    assert found.is_reached is False


def test_a_first_session_of_an_earlier_time_in_care_is_not_this_ones(cast):
    ana = start(cast, "Ana", date(2026, 2, 2))
    came(cast, ana, day=date(2026, 2, 3))
    leave(cast, ana, date(2026, 2, 20))
    again = in_program(cast, "Again", admitted_at=at(9, day=SINCE + WEEK), called_at=at(9, day=SINCE))
    Episode.objects.filter(pk=again.episode).update(patient=ana.key)
    session = hold(cast, Person(ana.key, ana.uid, again.episode, None), day=SINCE + WEEK + DAY)
    record_attendance(
        session, ana.uid, status="present", by=cast.facilitator, at=at(21, day=SINCE + WEEK + DAY)
    )
    assert number(cast, "days_to_first_session").value == 8


def test_only_those_admitted_within_the_weeks_are_counted(cast):
    for given, admitted in (("A", SINCE - DAY), ("B", SINCE), ("C", UNTIL - DAY), ("D", UNTIL)):
        person = start(cast, given, admitted, called_at=at(9, day=admitted))
        came(cast, person, day=admitted)
    assert number(cast, "days_to_first_session").whole == 2


def test_kept_to_session_4_counts_whoever_could_have_come_four_times_or_left(cast):
    kept, missed, fresh, left = (start(cast, name, SINCE) for name in ("Ana", "Ben", "Cleo", "Dev"))
    for week in range(4):
        came(cast, kept, day=SINCE + week * WEEK)
        came(cast, missed, day=SINCE + week * WEEK, status="present" if week else "no_show")
    for week in range(3):  # a fourth is planned, but not passed
        came(cast, fresh, day=SINCE + week * WEEK)
    hold(cast, fresh, day=UNTIL)
    came(cast, left, day=SINCE)
    leave(cast, left, SINCE + 2 * WEEK, reason="left_informed")
    assert counted(cast, "kept_to_session_4") == (1, 3)


def test_a_session_that_the_program_canceled_is_not_the_fourth(cast):
    ana = start(cast, "Ana", SINCE)
    for week in range(3):
        came(cast, ana, day=SINCE + week * WEEK)
    cancel(hold(cast, ana, day=SINCE + 3 * WEEK))
    assert counted(cast, "kept_to_session_4") == (0, 0)


def test_hours_attended_are_of_the_hours_scheduled_and_held(cast):
    ana, ben = start(cast, "Ana", SINCE), start(cast, "Ben", SINCE)
    came(cast, ana, day=SINCE)  # 3 of 3
    came(cast, ben, day=SINCE, status="no_show")  # 0 of 3
    came(cast, ana, day=SINCE + DAY, status="excused")  # 0 of 3
    came(cast, ana, day=SINCE + 2 * DAY, status="late", late_minutes=60)  # 2 of 3
    came(cast, ana, day=SINCE + 3 * DAY, kind="mutual-help")  # does not count
    cancel(hold(cast, ana, day=SINCE + 4 * DAY))  # not scheduled
    came(cast, ana, day=SINCE - DAY)  # before
    came(cast, ana, day=UNTIL)  # after
    found = number(cast, "hours_attended")
    assert (found.part, found.whole) == (5, 12)
    assert found.weekly[0] == pytest.approx(5 / 12)
    assert found.weekly[1:] == (None,) * 7


def test_what_the_program_canceled_for_a_person_is_not_scheduled_and_a_make_up_is_attended(cast):
    ana, ben = start(cast, "Ana", SINCE), start(cast, "Ben", SINCE)
    came(cast, ana, day=SINCE, status="cancelled_by_program")
    came(cast, ana, day=SINCE + DAY, status="no_show")  # 0 of 3
    made_up = hold(cast, ben, day=SINCE + 2 * DAY)
    Appointment.objects.filter(session__uid=made_up).update(is_make_up=True)
    said = {"by": cast.facilitator, "at": at(21, day=SINCE + 2 * DAY)}
    record_attendance(made_up, ben.uid, status="present", **said)  # 3 of 0
    came(cast, ben, day=SINCE + 3 * DAY)  # 3 of 3
    assert counted(cast, "hours_attended") == (6, 6)


def test_a_week_at_the_minimum_is_a_whole_week_with_nine_hours_or_six_for_a_teenager(cast):
    adult = start(cast, "Ana", SINCE, born=date(1990, 1, 1))
    teen = start(cast, "Ben", SINCE, born=date(2010, 1, 1))
    for person in (adult, teen):
        for day in range(3):
            came(cast, person, day=SINCE + day * DAY)  # first week: 9 hours
        for day in range(2):
            came(cast, person, day=SINCE + WEEK + day * DAY)  # second week: 6 hours
        leave(cast, person, SINCE + 3 * WEEK)  # third week: none; the fourth is not whole
    found = number(cast, "weeks_at_minimum")
    assert (found.part, found.whole) == (3, 6)
    assert found.weekly[:4] == (1, 0.5, 0, None)


def test_nine_hours_less_a_minute_are_not_nine_hours(cast):
    ana = start(cast, "Ana", SINCE)
    for day in range(2):
        came(cast, ana, day=SINCE + day * DAY)
    came(cast, ana, day=SINCE + 2 * DAY, status="late", late_minutes=1)
    leave(cast, ana, SINCE + WEEK)
    assert counted(cast, "weeks_at_minimum") == (0, 1)


@pytest.mark.parametrize(("day", "weeks"), [(SINCE, 1), (SINCE + DAY, 0), (SINCE - 3 * DAY, 1)])
def test_the_week_of_an_admission_is_whole_only_from_its_first_day(cast, day, weeks):
    ana = start(cast, "Ana", day)
    leave(cast, ana, SINCE + WEEK)
    assert number(cast, "weeks_at_minimum").whole == weeks


def test_weeks_at_another_level_are_not_asked_for_nine_hours(cast):
    start(cast, "Ana", SINCE, level="op")
    assert counted(cast, "weeks_at_minimum") == (0, 0)


def test_someone_who_turns_eighteen_owes_nine_hours_from_the_week_after(cast):
    ana = start(cast, "Ana", SINCE, born=date(2008, 4, 14))  # 18 on the Tuesday of the second week
    for week in range(3):
        came(cast, ana, day=SINCE + week * WEEK)
        came(cast, ana, day=SINCE + week * WEEK + DAY)
    leave(cast, ana, SINCE + 3 * WEEK)
    assert number(cast, "weeks_at_minimum").weekly[:3] == (1, 1, 0)


def test_a_measure_is_returned_when_it_is_answered_before_its_week_ends(cast):
    ana = start(cast, "Ana", SINCE)
    sunday = SINCE + 6 * DAY
    scored(cast, ana, "phq-9", 9, day=sunday, asked=SINCE)  # on the last day
    scored(cast, ana, "gad-7", 9, day=sunday + DAY, asked=SINCE)  # a day late
    scored(cast, ana, "phq-9", 9, day=SINCE, asked=sunday)  # ahead of its day
    asked(cast, ana, "gad-7", due=sunday)  # never
    asked(cast, ana, "gad-7", due=SINCE - DAY)  # due before
    asked(cast, ana, "gad-7", due=UNTIL)  # due after
    found = number(cast, "measures_returned")
    assert (found.part, found.whole, found.weekly[0]) == (2, 4, 0.5)


def test_a_next_appointment_counts_when_it_was_kept_within_seven_days(cast):
    left = SINCE + WEEK
    visits = {
        "Ana": (at(17, day=left + 7 * DAY), True),  # on the seventh day
        "Ben": (at(8, day=left + 8 * DAY), True),  # on the eighth
        "Cleo": (at(9, day=left + 3 * DAY), False),
        "Dev": (at(9, day=left + 3 * DAY), None),
        "Eve": (at(9, day=left), True),  # in the morning before the discharge
        "Finn": (None, None),
    }
    for given, (visit, kept) in visits.items():
        leave(cast, start(cast, given, SINCE - WEEK), left, visit=visit, kept=kept)
    for given, reason in (("Gia", "deceased"), ("Hal", "incarcerated")):
        leave(cast, start(cast, given, SINCE - WEEK), left, reason=reason)
    assert counted(cast, "kept_next_appointment") == (1, 6)


@pytest.mark.parametrize(
    ("left", "people"),
    [(SINCE - 8 * DAY, 0), (SINCE - 7 * DAY, 1), (UNTIL - 8 * DAY, 1), (UNTIL - 7 * DAY, 0)],
)
def test_a_discharge_is_counted_once_its_seven_days_are_over(cast, left, people):
    leave(cast, start(cast, "Ana", SINCE - 5 * WEEK), left)
    assert number(cast, "kept_next_appointment").whole == people


@pytest.mark.parametrize("days", [30, 60, 90])
def test_still_in_care_is_judged_on_the_thirtieth_sixtieth_and_ninetieth_day(cast, days):
    began = UNTIL - (days + 3) * DAY
    leave(cast, start(cast, "Ana", began), began + (days - 1) * DAY, reason="lost_contact")
    leave(cast, start(cast, "Ben", began), began + days * DAY, reason="lost_contact")
    leave(cast, start(cast, "Cleo", began), began + 5 * DAY, reason="completed")
    leave(cast, start(cast, "Dev", began), began + 5 * DAY, reason="left_informed")
    start(cast, "Eve", began)
    assert counted(cast, f"retained_{days}") == (3, 5)


@pytest.mark.parametrize(("days_ago", "people"), [(30, 0), (31, 1), (30 + 56, 1), (30 + 57, 0)])
def test_who_was_admitted_too_short_or_too_long_ago_is_not_judged(cast, days_ago, people):
    start(cast, "Ana", UNTIL - days_ago * DAY)
    assert number(cast, "retained_30").whole == people


def test_a_site_has_its_own_numbers(cast):
    west = open_site("West", time_zone="America/Los_Angeles", by=cast.program, at=MORNING)
    ana = start(cast, "Ana", SINCE, called_at=at(9, day=SINCE))
    ben = start(cast, "Ben", SINCE, site=west, called_at=at(9, day=SINCE))
    for person, days in ((ana, 1), (ben, 2)):
        came(cast, person, day=SINCE + days * DAY)
        asked(cast, person, "phq-9", due=SINCE)
        leave(cast, person, SINCE + 2 * WEEK)
    assert number(cast, "days_to_first_session").value == 1.5
    assert number(cast, "days_to_first_session", site=west).value == 2
    for code in ("kept_to_session_4", "measures_returned", "kept_next_appointment", "retained_30"):
        assert (number(cast, code).whole, number(cast, code, site=west).whole) == (2, 1), code
    assert (number(cast, "weeks_at_minimum").whole, number(cast, "weeks_at_minimum", site=west).whole) == (
        4,
        2,
    )
    assert number(cast, "hours_attended", site=west).value is None  # its sessions were at Main Street


def test_another_organization_is_not_counted(cast):
    came(cast, start(cast, "Ana", SINCE, called_at=at(9, day=SINCE)), day=SINCE)
    other = gather_cast("Elsewhere", mail_host="elsewhere.test")
    assert all(
        found.value is None
        for row in seven_numbers(None, by=other.director, at=TODAY).numbers
        for found in row
    )


@pytest.mark.parametrize("role", ["admissions", "facilitator", "biller", "nurse", "admin"])
def test_the_numbers_are_for_directors_clinicians_and_compliance(cast, role):
    with pytest.raises(CannotSee):
        seven_numbers(None, by=getattr(cast, role), at=TODAY)


def test_its_queries_do_not_grow_with_the_clinic(cast, django_assert_max_num_queries):
    for size in (1, 8):
        while Patient.objects.count() < size:
            person = start(cast, "Ana", SINCE, called_at=at(9, day=SINCE))
            came(cast, person, day=SINCE)
            scored(cast, person, "phq-9", 9, asked=SINCE)
            leave(cast, person, SINCE + 2 * WEEK, visit=at(9, day=SINCE + 15 * DAY), kept=True)
        with django_assert_max_num_queries(12):
            seven_numbers(None, by=cast.director, at=TODAY)
