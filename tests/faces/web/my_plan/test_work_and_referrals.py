"""Work and learning on a phone: referrals followed to their end, workshops, and a letter asked for."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.cast import MONDAY, at
from tests.pathway.privacy.consent_cast import signed
from tests.sessions_cast import WEDNESDAY, admit, hold
from throughcare.pathway.family.invitations import invite_patient
from throughcare.pathway.own_goal.own_goals import set_goal
from throughcare.pathway.privacy.consent import NewConsent
from throughcare.pathway.privacy.recipients import NewRecipient, enter_recipient
from throughcare.pathway.release.sending import send_packet
from throughcare.pathway.task.referrals_out import (
    NewReferralOut,
    prepare_referral_out,
    record_referral_step,
    write_referral_out,
)
from throughcare.records.consents import PatientAccount
from throughcare.records.conversations import ConversationWords
from throughcare.records.people import Account, Patient

DAY = timedelta(days=1)


@pytest.fixture
def phone(cast, ana):
    invite_patient(ana.uid, email="ana@mail.test", by=cast.clinician, at=at(8))
    browser = Client()
    browser.force_login(Account.objects.get(pk=PatientAccount.objects.get(patient=ana.key).account_id))
    return browser


@pytest.fixture
def ana(cast):
    return admit(cast, "Ana", "Silva")


def words(phone, name):
    answer = phone.get(reverse(name))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@time_machine.travel(at(9, day=WEDNESDAY), tick=False)
def test_she_sees_where_each_referral_stands_until_the_answer_is_back(cast, ana, phone):
    by = cast.case_manager
    school = enter_recipient(NewRecipient("school", "Ms. Hall", "City College"), by=by, at=at(8))
    asked = write_referral_out(
        ana.uid, NewReferralOut(school, "vocational", "An evening course"), by=by, at=at(9)
    )
    assert "We are getting it ready." in words(phone, "my_referrals")
    consent = NewConsent(
        "specific",
        kinds=frozenset({"identity", "referral_out"}),
        purposes=frozenset({"patient_request", "treatment"}),
        recipient=school,
        expires_at=at(9, day=MONDAY + 90 * DAY),
    )
    signed(cast, Patient.objects.get(pk=ana.key), consent, at=at(9))
    send_packet(prepare_referral_out(asked, method="pdf", by=by, at=at(10)), by=by, at=at(11))
    assert "We sent it." in words(phone, "my_referrals")
    record_referral_step(asked, "appointment", on=WEDNESDAY + DAY, by=by, at=at(12))
    work = words(phone, "my_work")
    assert "You have an appointment.</b> Thursday, March 5" in work and "City College" in work
    record_referral_step(
        asked, "answered", on=WEDNESDAY, words="She starts in April.", by=by, at=at(9, day=WEDNESDAY)
    )
    assert "They answered." in words(phone, "my_referrals")


@time_machine.travel(at(9, day=WEDNESDAY), tick=False)
def test_work_has_her_goals_and_workshops_and_a_letter_is_asked_for_in_her_messages(cast, ana, phone):
    set_goal(ana.uid, "work", "Back to the bakery", by=cast.program, at=at(9))
    set_goal(ana.uid, "home", "A quiet flat", by=cast.program, at=at(9))
    hold(cast, ana, kind="vocational", title="Job club", day=WEDNESDAY + DAY)
    page = words(phone, "my_work")
    assert "Back to the bakery" in page and "A quiet flat" not in page and "Job club" in page
    here = reverse("my_letters")
    assert phone.post(here, {"letter": "back", "once": str(uuid4())}).status_code == 422
    wish = {"letter": "back", "whom": "my boss", "day": "2026-03-09", "once": str(uuid4())}
    assert phone.post(here, wish | {"until": "2026-03-01"}).status_code == 422
    wish |= {"until": "2026-04-05", "a_week": "20 hours", "once": str(uuid4())}
    for _tap in range(2):
        assert phone.post(here, wish).status_code == 302
    [asked] = ConversationWords.objects.all()
    assert asked.words == (
        "I need a letter: return to work or school.\nFor: my boss\n"
        "From: March 9, 2026\nUntil: April 5, 2026\nA week: 20 hours"
    )
