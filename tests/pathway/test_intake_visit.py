"""The intake visit: booked from the referral, and the next step follows it."""

from datetime import date, timedelta

import pytest

from tests.cast import at, gather_cast
from tests.referral_cast import patient_of, refer
from throughcare.pathway.attendance.attendance import record_attendance
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.intake.assessment import open_assessment
from throughcare.pathway.intake.intake_visit import NewVisit, book_intake, cancel_intake, visit_choices
from throughcare.pathway.referral.referral import close_referral, list_pipeline, open_referral, record_contact
from throughcare.records.sessions import Session

pytestmark = pytest.mark.django_db
TWO = at(14, day=date(2026, 3, 3))


@pytest.fixture
def referral(cast):
    """Maya was reached at nine."""
    uid = refer(cast)
    record_contact(uid, mode="call", outcome="reached", by=cast.admissions, at=at(9))
    return uid


def visit(cast, **changes):
    asked = {"starts_at": TWO, "practitioner": cast.practitioner_uid(cast.clinician), "way": "video"}
    return NewVisit(**{**asked, **changes})


def step(cast, referral, moment):
    return open_referral(referral, by=cast.admissions, at=moment).step.words


def test_a_booked_intake_is_the_next_step_with_its_clock(cast, referral):
    book_intake(referral, visit(cast), by=cast.admissions, at=at(10))
    (card,) = list_pipeline(by=cast.admissions, at=at(10)).views
    assert card.step.words == "Intake booked for Tue, Mar 3, 2:00 PM with Carla Reyes, by video"
    assert card.clock.words == "intake in 28 h"


def test_it_holds_the_clinicians_time(cast, referral):
    book_intake(referral, visit(cast), by=cast.admissions, at=at(10))
    with pytest.raises(Cannot, match="Carla Reyes leads"):
        book_intake(refer(cast), visit(cast), by=cast.admissions, at=at(10))


def test_another_time_takes_the_place_of_the_first(cast, referral):
    book_intake(referral, visit(cast), by=cast.admissions, at=at(10))
    moved = visit(cast, starts_at=TWO + timedelta(minutes=30), way="in_person", room=cast.office)
    book_intake(referral, moved, by=cast.admissions, at=at(11))
    assert Session.objects.filter(cancelled_at__isnull=True).count() == 1
    assert step(cast, referral, at(11)).endswith("2:30 PM with Carla Reyes, in person")


def test_a_canceled_intake_is_to_be_booked_again(cast, referral):
    with pytest.raises(Cannot, match="No intake visit"):
        cancel_intake(referral, because="Ill", by=cast.admissions, at=at(10))
    book_intake(referral, visit(cast), by=cast.admissions, at=at(10))
    cancel_intake(referral, because="Ill", by=cast.admissions, at=at(11))
    assert step(cast, referral, at(11)) == "Book the intake"


def test_after_the_visit_someone_says_whether_they_came(cast, referral):
    session = book_intake(referral, visit(cast), by=cast.admissions, at=at(10))
    after = at(16, day=TWO.date())
    assert step(cast, referral, after) == "Open the assessment, or record that they didn’t come"
    record_attendance(session, patient_of(referral), status="no_show", by=cast.clinician, at=after)
    assert step(cast, referral, after) == "Book the intake again: they didn’t come"
    book_intake(referral, visit(cast, starts_at=TWO + timedelta(days=1)), by=cast.admissions, at=after)
    assert step(cast, referral, after).startswith("Intake booked for Wed, Mar 4")


def test_an_open_assessment_is_past_the_booking(cast, referral):
    book_intake(referral, visit(cast), by=cast.admissions, at=at(10))
    open_assessment(referral, by=cast.clinician, at=at(10))
    assert step(cast, referral, at(10)) == "Finish the assessment"


def test_an_attended_intake_is_not_the_first_session(cast, referral):
    session = book_intake(referral, visit(cast), by=cast.admissions, at=at(10))
    after = at(16, day=TWO.date())
    record_attendance(session, patient_of(referral), status="present", by=cast.clinician, at=after)
    found = open_referral(referral, by=cast.admissions, at=after)
    assert found.step.words == "Open the assessment, or record that they didn’t come"
    assert found.clock.what == "first session"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"way": "pigeon"}, "not a way to hold a visit"),
        ({"starts_at": at(9, day=date(2026, 3, 1))}, "still to come"),
        ({"minutes": 2}, "5 minutes to 8 hours"),
    ],
)
def test_a_visit_that_can_not_be_is_refused(cast, referral, changes, words):
    with pytest.raises(Cannot, match=words):
        book_intake(referral, visit(cast, **changes), by=cast.admissions, at=at(10))


def test_a_closed_referral_books_nothing(cast, referral):
    close_referral(referral, reason="cost", by=cast.admissions, at=at(9))
    with pytest.raises(Cannot, match="Reopen it first"):
        book_intake(referral, visit(cast), by=cast.admissions, at=at(10))


def test_who_may_not_change_referrals_books_nothing(cast, referral):
    for actor in (cast.biller, cast.compliance, cast.nurse):
        with pytest.raises(CannotSee):
            book_intake(referral, visit(cast), by=actor, at=at(10))
    others = gather_cast("Elsewhere", mail_host="elsewhere.test")
    with pytest.raises(Absent):
        book_intake(referral, visit(others), by=others.admissions, at=at(10))


def test_whoever_may_sign_notes_can_be_chosen(cast, referral):
    names = [name for _, name in visit_choices(referral, by=cast.admissions).practitioners]
    assert "Carla Reyes, LCSW" in names and "Nia Bell, RN" in names
