"""Three acts of canceling, each with its own status and words, each told to those whom it concerns."""

from datetime import datetime, time, timedelta

import pytest

from tests.cast import MONDAY, MORNING, at
from tests.week_cast import admit
from throughcare.knowledge.canceling import ONCE, SEAT, SERIES
from throughcare.pathway.accounts import open_account
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.people.people import NewRelatedPerson, add_related_person
from throughcare.pathway.session.hours import hour_ledger
from throughcare.pathway.session.today import sessions_today
from throughcare.pathway.timetable.publishing.telling import my_week_notices, notices_about
from throughcare.pathway.week.booking import NewSession
from throughcare.pathway.week.canceling import (
    cancel_for_everyone,
    cancel_for_one,
    end_series,
    move_for_everyone,
    will_tell,
)
from throughcare.pathway.week.schedule import book_series
from throughcare.pathway.week.week import week_of_patient
from throughcare.records.consents import FamilyAccount
from throughcare.records.people import RelatedPerson
from throughcare.records.sessions import Appointment, Session
from throughcare.records.signing_in import DoorMail
from throughcare.records.timetable_runs import WeekNotice
from throughcare.records.week_changes import SessionChange, WeekChange

pytestmark = pytest.mark.django_db
WEEK = timedelta(weeks=1)


@pytest.fixture
def ana(cast):
    return admit(cast, "Ana", "Ruiz")


@pytest.fixture
def ben(cast):
    return admit(cast, "Ben", "Cole")


@pytest.fixture
def series(cast, ana, ben):
    """Carla sees Ana and Ben together on four Mondays at 2 PM; Rosa, Ana's sister, comes too."""
    rosa = add_related_person(
        ana.patient, NewRelatedPerson("Rosa Ruiz", "sister"), by=cast.clinician, at=MORNING
    )
    new = NewSession(
        "family",
        cast.site,
        cast.practitioner_uid(cast.clinician),
        (ana.patient, ben.patient),
        datetime.combine(MONDAY, time(14)),
        60,
        guests=(getattr(rosa, "uid", rosa),),
    )
    return book_series(new, weeks=4, by=cast.clinician, at=MORNING)


def status(cast, person, monday) -> list[tuple[str, str]]:
    week = week_of_patient(person.patient, monday, by=cast.clinician, at=MORNING)
    return [(one.status, one.cancelled_because) for one in week.sessions]


def told(person) -> list[str]:
    return [line for row in WeekNotice.objects.filter(patient_id=person.key) for line in row.lines]


def test_three_acts_leave_three_statuses_and_three_sentences(cast, ana, ben, series):
    first, second, third, fourth = series
    cancel_for_one(first, ben.patient, because="Has the flu", by=cast.clinician, at=MORNING)
    cancel_for_everyone(second, because="Training day", by=cast.clinician, at=MORNING)
    end_series(third, because="Ana has what she came for", by=cast.clinician, at=MORNING)
    weeks = [MONDAY + n * WEEK for n in range(4)]
    assert [status(cast, ana, monday)[0][0] for monday in weeks] == [
        "",
        "canceled",
        "series_ended",
        "series_ended",
    ]
    assert status(cast, ben, MONDAY) == [("not_this_time", "Has the flu")]
    assert [row.kind for row in WeekChange.objects.order_by("pk")] == [SEAT, ONCE, SERIES]
    assert SessionChange.objects.filter(change__kind=SERIES).count() == 2
    assert told(ben) == [
        "You are not expected at Family session on Mon, Mar 2, 2:00–3:00 PM. Your other sessions stay.",
        "Family session on Mon, Mar 9, 2:00–3:00 PM is canceled. Your other sessions stay.",
        "Family session on Mon, Mar 16, 2:00–3:00 PM and the one after it are canceled. The series ends.",
    ]
    assert len(told(ana)) == 4, "the two for everyone, and twice the wish to tell Rosa"
    assert "Please tell Rosa Ruiz, sister, who was to come too." in told(ana)
    assert Appointment.objects.filter(session__uid=fourth, released_at__isnull=True).count() == 2


def test_the_hours_say_why_a_session_was_not_planned_and_the_rest_counts_on(cast, ana, series):
    cancel_for_one(series[0], ana.patient, because="A day in court", by=cast.clinician, at=MORNING)
    week = hour_ledger(ana.patient, by=cast.clinician, at=MORNING).weeks[0]
    assert [(one.status, one.planned_minutes, one.because) for one in week.lines] == [
        ("not_this_time", 0, "Not expected this once: A day in court.")
    ]


def test_the_leader_is_told_without_anybodys_name(cast, ana, ben, series):
    cancel_for_one(series[0], ben.patient, because="Has the flu", by=cast.case_manager, at=MORNING)
    (mine,) = my_week_notices(by=cast.clinician)
    assert mine.lines == ("One person fewer comes to Family session on Mon, Mar 2, 2:00–3:00 PM.",)


def test_who_has_no_account_waits_to_be_told_by_the_staff(cast, ana, series):
    cancel_for_everyone(series[0], because="Training day", by=cast.clinician, at=MORNING)
    (waits,) = notices_about(ana.patient, by=cast.case_manager, at=MORNING)
    assert waits.because == "Training day"


def test_before_it_is_done_it_is_shown_who_is_told_and_how(cast, ana, ben, series):
    shown = will_tell(series[2], SERIES, by=cast.clinician, at=MORNING)
    assert [(name, how) for name, _, how in shown.people] == [
        ("Ana Ruiz", "By you: they have no account"),
        ("Ben Cole", "By you: they have no account"),
    ]
    assert shown.guests == (("Rosa Ruiz, sister", "By the patient, who is asked to tell them"),)
    one = will_tell(series[0], SEAT, patient=ben.patient, by=cast.clinician, at=MORNING)
    assert [name for name, _, _ in one.people] == ["Ben Cole"] and one.guests == ()
    assert not WeekChange.objects.exists()


def test_someone_close_hears_of_it_only_while_the_patient_lets_them(cast, ana, series):
    account = open_account(
        "rosa@home.test", name="Rosa", password=None, roles=("family",), by=cast.program, at=MORNING
    )
    FamilyAccount.objects.create(
        organization_id=cast.organization,
        recorded_at=MORNING,
        related_person=RelatedPerson.objects.get(),
        account=account,
    )
    cancel_for_everyone(series[0], because="Training day", by=cast.clinician, at=MORNING)
    assert not DoorMail.objects.filter(account=account).exists(), "no consent, no mail"


def test_a_move_is_told_too_and_the_old_time_says_where_it_went(cast, ana, ben, series):
    change = move_for_everyone(
        series[0],
        starts_at=datetime.combine(MONDAY + timedelta(days=1), time(15)),
        by=cast.clinician,
        at=MORNING,
    )
    assert "is moved to Tue, Mar 3, 3:00–4:00 PM" in told(ben)[0]
    row = SessionChange.objects.get(change__uid=change)
    assert row.moved_to is not None and row.moved_to.appointments.count() == 2
    day = sessions_today(by=cast.clinician, at=MORNING)
    assert [one.state for one in day.mine] == ["moved"]


def test_what_cannot_be_done_leaves_nothing_behind(cast, ana, series):
    with pytest.raises(Cannot, match="Say why"):
        cancel_for_everyone(series[0], because=" ", by=cast.clinician, at=MORNING)
    with pytest.raises(Cannot, match="has begun"):
        cancel_for_one(series[0], ana.patient, because="Late thought", by=cast.clinician, at=at(14, 5))
    with pytest.raises(CannotSee):
        end_series(series[0], because="All", by=cast.biller, at=MORNING)
    assert not WeekChange.objects.exists() and not WeekNotice.objects.exists()
    assert not Session.objects.filter(cancelled_at__isnull=False).exists()
