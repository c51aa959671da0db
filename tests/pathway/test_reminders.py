"""Each session is reminded of once the day before and once shortly before, in a mail that says nothing."""

from datetime import datetime, time, timedelta

import pytest

from tests.cast import MONDAY, MORNING, at
from tests.week_cast import a_group, admit
from throughcare.pathway.accounts import open_account
from throughcare.pathway.group.group import join_group
from throughcare.pathway.privacy.reaching import ask_for_safe_ways
from throughcare.pathway.program_settings import change_setting
from throughcare.pathway.signing_in.door_mail import send_door_mail
from throughcare.pathway.week.booking import NewSession
from throughcare.pathway.week.reminders import remind_of_sessions
from throughcare.pathway.week.schedule import book_series, cancel_session, extend_sessions, release_seat
from throughcare.records.consents import PatientAccount
from throughcare.records.signing_in import DoorMail
from throughcare.records.week_changes import Reminder

pytestmark = pytest.mark.django_db
THURSDAY = MONDAY + timedelta(days=3)
WEEK = timedelta(weeks=1)


@pytest.fixture
def ana(cast):
    """Ana signs in herself."""
    person = admit(cast, "Ana", "Ruiz")
    account = open_account(
        "ana@home.test", name="Ana", password=None, roles=("patient",), by=cast.program, at=MORNING
    )
    PatientAccount.objects.create(
        organization_id=cast.organization, recorded_at=MORNING, patient_id=person.key, account=account
    )
    return person


@pytest.fixture
def series(cast, ana):
    """Four Thursdays at 2 PM."""
    carla = cast.practitioner_uid(cast.clinician)
    starts = datetime.combine(THURSDAY, time(14))
    new = NewSession("individual", cast.site, carla, (ana.patient,), starts, 60)
    return book_series(new, weeks=4, by=cast.clinician, at=MORNING)


def mails() -> int:
    return DoorMail.objects.filter(kind="session_soon").count()


def test_with_nothing_due_it_ends_in_order(cast):
    assert remind_of_sessions(at=MORNING) == "nothing due"


def test_each_occurrence_is_reminded_of_twice_however_often_the_worker_looks(cast, ana, series):
    for week in range(4):
        day = THURSDAY + week * WEEK
        for moment in (
            at(13, 59, day=day - timedelta(days=1)),
            at(14, day=day - timedelta(days=1)),
            at(18, day=day - timedelta(days=1)),
            at(11, 59, day=day),
            at(12, day=day),
            at(13, 30, day=day),
            at(14, 5, day=day),
        ):
            remind_of_sessions(at=moment)
        assert mails() == 2 * (week + 1)
    rows = Reminder.objects.order_by("appointment", "pk").values_list("appointment__session__uid", "lead")
    assert list(rows) == [(uid, lead) for uid in series for lead in ("day", "hours")]


def test_the_mail_says_neither_who_nor_where_nor_what(cast, ana, series):
    remind_of_sessions(at=at(15, day=THURSDAY - timedelta(days=1)))
    sent = []
    send_door_mail(at=at(15, 1, day=THURSDAY), send=lambda *words: sent.append(words), link_address=str)
    assert sent == [], "what waited for a day is not sent any more"
    remind_of_sessions(at=at(12, day=THURSDAY))
    send_door_mail(at=at(12, 1, day=THURSDAY), send=lambda *words: sent.append(words), link_address=str)
    [(to, subject, words)] = sent
    assert to == "ana@home.test"
    for secret in ("Harbor", "therapy", "Carla", "Ana", "2:00", "session"):
        assert secret not in subject + words


def test_who_asked_for_no_mail_and_what_is_canceled_is_not_reminded_of(cast, ana, series):
    first, second, third, _ = series
    cancel_session(first, because="Training", by=cast.clinician, at=MORNING)
    release_seat(second, ana.patient, because="Court", by=cast.clinician, at=MORNING)
    for week in (0, 1):
        remind_of_sessions(at=at(13, day=THURSDAY + week * WEEK))
    assert mails() == 0 and not Reminder.objects.exists()
    ask_for_safe_ways(ana.patient, {"email"}, by=cast.clinician, at=MORNING)
    remind_of_sessions(at=at(13, day=THURSDAY + 2 * WEEK))
    assert mails() == 0
    assert Reminder.objects.get(appointment__session__uid=third).way == ""


def test_sessions_that_follow_each_other_are_one_visit_and_one_mail(cast, ana):
    groups = [
        a_group(cast, name="First", weekday=3, starts=time(10)),
        a_group(cast, name="Second", weekday=3, starts=time(11, 15)),
        a_group(cast, name="Evening", track="evening", weekday=3, starts=time(18)),
    ]
    for group in groups:
        join_group(group, ana.episode, from_date=MONDAY, by=cast.program, at=MORNING, despite_warnings=True)
    extend_sessions(cast.organization, until=THURSDAY, at=MORNING)
    remind_of_sessions(at=at(8, 30, day=THURSDAY))
    # The morning comes soon; the evening was booked after its first moment.
    assert mails() == 1 and Reminder.objects.filter(lead="hours").count() == 2
    remind_of_sessions(at=at(9, day=THURSDAY))
    assert mails() == 1
    remind_of_sessions(at=at(16, day=THURSDAY))
    assert mails() == 2 and Reminder.objects.filter(lead="hours").count() == 3


def test_what_is_booked_after_the_moment_is_not_reminded_of_at_once(cast, ana):
    carla = cast.practitioner_uid(cast.clinician)
    new = NewSession("individual", cast.site, carla, (ana.patient,), datetime.combine(MONDAY, time(14)), 60)
    book_series(new, weeks=1, by=cast.clinician, at=MORNING)
    remind_of_sessions(at=at(8, 30))
    assert mails() == 0
    remind_of_sessions(at=at(12))
    assert mails() == 1


def test_a_program_may_leave_a_reminder_out(cast, ana, series):
    change_setting("reminder.first_hours", 0, effective_date=MONDAY, by=cast.admin, at=MORNING)
    remind_of_sessions(at=at(16, day=THURSDAY - timedelta(days=1)))
    assert mails() == 0
    change_setting("reminder.second_hours", 0, effective_date=MONDAY, by=cast.admin, at=MORNING)
    assert remind_of_sessions(at=at(13, day=THURSDAY)) == "nothing due"


def test_the_queries_do_not_grow_with_the_people_reminded_before(
    cast, ana, series, django_assert_num_queries
):
    remind_of_sessions(at=at(12, day=THURSDAY))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for week in (1, 2):
        with CaptureQueriesContext(connection) as queries:
            remind_of_sessions(at=at(12, day=THURSDAY + week * WEEK))
        counts.append(len(queries))
    assert counts[0] == counts[1]
