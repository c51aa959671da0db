"""Half a minute a day: the person chooses, says, and is not shamed; words of a crisis reach a human once."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from tests.cast import MONDAY, at
from throughcare.pathway.daily_check_in.facts import days_of, disclosed_use_of
from throughcare.pathway.safety_plan.facts import own_signs_of
from throughcare.pathway.safety_plan.writing import NewPlan, save_plan
from throughcare.records.crises import Crisis
from throughcare.records.daily import DailyCheckIn

pytestmark = pytest.mark.django_db
TODAY, QUESTIONS = "/my/check-in", "/my/check-in/questions"


def say(dev, **answers):
    return dev.phone.post(TODAY, {"once": str(uuid4()), **answers})


def test_the_day_is_said_changed_and_handed_on(dev):
    page = dev.phone.get(TODAY).content.decode()
    assert "Your first check-in. It takes half a minute." in page and "Your mood" in page and "988" in page
    said = {"mood": "4", "craving": "8", "sleep": "skip", "use": "yes", "used": ["alcohol", "cocaine"]}
    assert say(dev, **said, words="Long day").url == TODAY
    page = dev.phone.get(TODAY).content.decode()
    assert "You have checked in today" in page and "1 check-in in the last seven days" in page
    assert "checked" in dev.phone.get(f"{TODAY}?again=1").content.decode()
    say(dev, mood="5", use="no")
    assert DailyCheckIn.objects.filter(retired_at__isnull=True).count() == 1
    assert DailyCheckIn.objects.count() == 2
    days = days_of([dev.key], since=at(0), at=at(19))[dev.key]
    assert [(day.mood, day.craving, day.used) for day in days] == [(5, None, False)]
    assert disclosed_use_of([dev.key], since=at(0), at=at(19)) == {}


def test_what_was_used_is_kept_for_the_reading_of_tests(dev):
    say(dev, use="yes", used=["alcohol", "other"])
    uses = disclosed_use_of([dev.key], since=at(0), at=at(19))[dev.key]
    assert [(use.substance, use.last_used_at) for use in uses] == [("alcohol", at(18, 10)), ("", at(18, 10))]


def test_one_chooses_what_one_is_asked_and_own_signs_come_from_the_plan(dev):
    plan = NewPlan({"early_signs": ["I skip dinner", "I don't call Pat"]})
    save_plan(dev.patient, "relapse", plan, by=dev.cast.clinician, at=at(10))
    assert dev.phone.post(QUESTIONS, {"once": str(uuid4())}).status_code == 422
    dev.phone.post(QUESTIONS, {"items": ["own_signs", "medication"], "once": str(uuid4())})
    page = dev.phone.get(TODAY).content.decode()
    assert (
        "I skip dinner" in page
        and "Did you take your medication?" in page
        and "Strongest craving" not in page
    )
    sign = own_signs_of([dev.key], at=at(18))[dev.key][0]
    say(dev, own_signs=[sign.key], medication="no")
    day = days_of([dev.key], since=at(0), at=at(19))[dev.key][0]
    assert (day.own_signs, day.took_medication) == ((sign.key,), False)


def test_an_empty_day_is_no_check_in(dev):
    response = say(dev, mood="skip")
    assert response.status_code == 422 and "Answer at least one question" in response.content.decode()


def test_words_of_a_crisis_call_a_human_once(dev):
    say(dev, mood="1", words="I don't want to be here anymore")
    assert dev.priorities() == ["P2"]
    assert "which may speak of death or suicide" in Crisis.objects.get().words
    say(dev, mood="2", words="I don't want to be here anymore!")
    say(dev, mood="2", words="Better now")
    assert dev.priorities() == ["P2"]
    say(dev, mood="2", words="I took all my pills")
    assert dev.priorities() == ["P2", "P2"]


def test_a_day_is_the_clinic_s_day_and_days_left_out_break_nothing(dev, monkeypatch):
    say(dev, mood="6")
    for later in (1, 4):
        moment = at(23, 30, day=MONDAY + timedelta(days=later))
        monkeypatch.setattr("django.utils.timezone.now", lambda moment=moment: moment)
        dev.sign_in()
        say(dev, mood="6")
    assert [row.local_day for row in DailyCheckIn.objects.order_by("pk")] == [
        date(2026, 3, 2),
        date(2026, 3, 3),
        date(2026, 3, 6),
    ]
    page = dev.phone.get(TODAY).content.decode()
    assert "3 check-ins in the last seven days" in page
    assert not any(word in page.lower() for word in ("missed", "streak", "broke"))


def test_nobody_else_comes_in(dev):
    assert Client().get(TODAY).status_code == 302
    assert dev.staff(dev.cast.clinician).get(TODAY).status_code == 403
