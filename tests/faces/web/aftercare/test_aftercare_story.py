"""From discharge to coming back: Gus leaves, is asked how he is, slips, is called, falls silent, and comes back."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from tests.cast import MONDAY, at
from tests.plan_cast import admit, plan
from throughcare.pathway.aftercare.asking import keep_aftercare
from throughcare.pathway.discharge.discharge import discharge_patient
from throughcare.pathway.family.invitations import invite_patient
from throughcare.records.aftercare import AftercareAnswer, AftercareAsk, AftercareCall, AftercarePlan, WayBack
from throughcare.records.assessments import IntakeAnswer
from throughcare.records.consents import PatientAccount
from throughcare.records.crises import Crisis
from throughcare.records.episodes import Episode
from throughcare.records.messages import Message
from throughcare.records.people import Account, Patient
from throughcare.records.referrals import Referral

pytestmark = pytest.mark.django_db


class Clock:
    """The clinic's clock, which a test moves on by days; everyone signs in anew, since doors lock meanwhile."""

    def __init__(self, monkeypatch):
        self.moment = at(10)
        monkeypatch.setattr("django.utils.timezone.now", lambda: self.moment)

    def on(self, days):
        self.moment = at(10, day=MONDAY + timedelta(days=days))
        return self.moment


def browser_of(account):
    browser = Client()
    browser.force_login(account)
    return browser


def rounds(clock):
    return keep_aftercare(at=clock.moment, address=lambda token: f"/h/{token}")


def newest_link():
    return re.search(r"/h/\S+", Message.objects.filter(words__isnull=False).latest("pk").words).group()


def press(browser, url, **data):
    return browser.post(url, {"once": str(uuid4()), **data})


@pytest.fixture
def gus(cast, monkeypatch):
    clock = Clock(monkeypatch)
    episode = admit(cast, given="Gus", family="Hale")
    plan(cast, episode)
    person = Episode.objects.get(uid=episode).patient
    Patient.objects.filter(pk=person.pk).update(phone="212-555-0188")
    invite_patient(person.uid, email="gus@mail.test", by=cast.clinician, at=at(9))
    discharge_patient(
        episode,
        reason="left_informed",
        text="He found work.",
        next_place="Riverside Clinic",
        by=cast.clinician,
        at=clock.moment,
    )
    account = PatientAccount.objects.get(patient=person).account
    return clock, person, account


def test_leaving_plans_eighteen_months_and_the_first_hello_comes_by_a_link(cast, gus):
    clock, person, account = gus
    running = AftercarePlan.objects.get()
    assert (running.patient, (running.until_date - running.from_date).days) == (person, 549)
    assert rounds(clock) == "nothing due"
    clock.on(1)
    assert rounds(clock) == "1 asked, 1 told" and rounds(clock) == "nothing due"
    told = Message.objects.latest("pk")
    for word in ("Harbor", "recovery", "treatment", "Gus", "sober"):
        assert word not in f"{told.subject} {told.words}"
    link, stranger = newest_link(), Client()
    assert stranger.get("/h/wrong").status_code == 404
    page = stranger.get(link).content.decode()
    assert "988" in page and "Gus" not in page and "How are you?" in page
    assert AftercareAsk.objects.get().closed_at is None  # looking does nothing
    assert press(stranger, link).status_code == 422
    done = press(stranger, link, use_days="none", work="yes", words="All good").content.decode()
    assert "Good to hear from you." in done and AftercareAnswer.objects.get().way == "link"
    assert AftercareCall.objects.count() == 0
    mine = browser_of(account).get("/my/aftercare").content.decode()
    assert "All good" in mine and "Nothing waits for you." in mine


def test_who_slips_is_called_and_staff_write_down_what_came_of_it(cast, gus):
    clock, _person, account = gus
    clock.on(20)
    phone, staff = browser_of(account), browser_of(Account.objects.get(pk=cast.case_manager.account))
    press(phone, "/my/aftercare/now")
    assert press(phone, "/my/aftercare", mood="1", use="more", words="I want to die").status_code == 302
    page = phone.get("/my/aftercare").content.decode()
    assert "One of us calls you by" in page and "Needs a call" in page
    assert Crisis.objects.count() == 1  # his words reach a human as well
    board = staff.get("/aftercare/").content.decode()
    assert "Gus Hale" in board and "Drank or used more than once or twice." in board
    call = AftercareCall.objects.get()
    one = f"/aftercare/calls/{call.uid}"
    assert "Ask about safety" in staff.get(one).content.decode()
    press(staff, one, outcome="no_answer")
    assert "1: no answer" in staff.get("/aftercare/").content.decode()
    press(staff, one, outcome="reached", words="He has a sponsor again.")
    assert AftercareCall.objects.get().ended_at and staff.get(one).status_code == 404
    facilitator = browser_of(Account.objects.get(pk=cast.facilitator.account))
    assert press(facilitator, one, outcome="reached").status_code == 403
    clock.on(23)  # asked again after three days, not after seven
    assert rounds(clock).startswith("1 asked")


def test_a_call_has_an_owner_who_sees_it_as_theirs_and_anyone_who_may_call_takes_it(cast, gus):
    clock, _person, account = gus
    clock.on(20)
    press(browser_of(account), "/my/aftercare/now")
    press(browser_of(account), "/my/aftercare", mood="1", use="more")
    call = AftercareCall.objects.get()
    [given] = call.handovers.all()
    assert given.owner_id == cast.clinician.account  # no case manager was on the team: who knows him calls
    one = f"/aftercare/calls/{call.uid}/owner"
    theirs = browser_of(Account.objects.get(pk=cast.clinician.account))
    staff = browser_of(Account.objects.get(pk=cast.case_manager.account))
    assert "<b>You</b>" in theirs.get("/aftercare/").content.decode()
    assert given.owner.name in staff.get("/aftercare/").content.decode()
    press(staff, one)
    press(staff, one)  # pressed twice it is taken once
    assert call.handovers.count() == 2 and "<b>You</b>" in staff.get("/aftercare/").content.decode()
    press(staff, one, owner=given.owner.uid)
    assert "<b>You</b>" in theirs.get("/aftercare/").content.decode()
    nurse = Account.objects.get(pk=cast.nurse.account)
    press(staff, one, owner=nurse.uid)  # who may not call is not given one
    assert call.handovers.latest("pk").owner_id == cast.clinician.account


def test_silence_brings_a_call_and_the_answers_are_taken_on_the_phone(cast, gus):
    clock, _person, account = gus
    for day in range(1, 46):
        clock.on(day)
        rounds(clock)
    call = AftercareCall.objects.get()
    assert any("Didn't answer" in why or "no answer" in why for why in call.because)
    staff = browser_of(Account.objects.get(pk=cast.case_manager.account))
    ask = AftercareAsk.objects.filter(closed_at__isnull=True).latest("pk")
    on_the_phone = f"/aftercare/questions/{ask.uid}"
    assert staff.get(on_the_phone).status_code == 200
    press(staff, on_the_phone, **({"mood": "8"} if ask.occasion == "check_in" else {"work": "yes"}))
    assert AftercareAnswer.objects.get().way == "phone" and AftercareAnswer.objects.get().recorded_by_id
    director = browser_of(Account.objects.get(pk=cast.director.account))
    page = director.get("/aftercare/numbers").content.decode()
    assert "365 days" in page and "Fewer than 5 answered" in page
    phone = browser_of(account)
    press(phone, "/my/aftercare/stop")
    clock.on(80)
    assert rounds(clock) == "nothing due" and AftercareCall.objects.get().ended_at
    press(browser_of(account), "/my/aftercare/again")
    assert AftercarePlan.objects.get().ended_at is None


def test_one_tap_leads_back_with_the_old_answers_and_once_only(cast, gus):
    clock, person, account = gus
    clock.on(60)
    before = IntakeAnswer.objects.count()
    phone = browser_of(account)
    assert "I want to come back" in phone.get("/my/back-in").content.decode()
    for _ in range(2):
        assert press(phone, "/my/back-in").status_code == 302
    assert WayBack.objects.count() == 1 and Referral.objects.filter(patient=person).count() == 2
    way = WayBack.objects.get()
    assert way.due_at == clock.moment + timedelta(hours=24)
    assert IntakeAnswer.objects.count() >= before
    page = phone.get("/my/back-in").content.decode()
    assert "Somebody calls you by" in page and "I want to come back" not in page
    assert Message.objects.filter(account=cast.admissions.account).exists()
    staff = browser_of(Account.objects.get(pk=cast.case_manager.account))
    assert "Coming back" in staff.get("/aftercare/").content.decode()
