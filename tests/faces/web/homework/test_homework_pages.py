"""Homework as staff see it on the chart, and as the person tells it on a phone."""

from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.cast import MONDAY, at
from tests.sessions_cast import WEDNESDAY, admit
from throughcare.pathway.family.invitations import invite_patient
from throughcare.pathway.homework.homework import NewHomework, give_homework, report_homework
from throughcare.records.consents import PatientAccount
from throughcare.records.homework import Homework, HomeworkReport
from throughcare.records.people import Account


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(at(9, day=WEDNESDAY), tick=False) as clock:
        yield clock


@pytest.fixture
def ana(cast):
    return admit(cast, "Ana", "Silva")


def signed_in(account):
    browser = Client()
    browser.force_login(Account.objects.get(pk=account))
    return browser


def at_her_phone(cast, ana):
    invite_patient(ana.uid, email="ana@mail.test", by=cast.clinician, at=at(8))
    return signed_in(PatientAccount.objects.get(patient=ana.key).account_id)


def words(answer):
    return " ".join(answer.content.decode().split())


def walk(cast, ana, when=None):
    return give_homework(
        ana.uid,
        NewHomework("Walk around the block when it starts", "Time-out"),
        by=cast.clinician,
        at=when or at(19),
    )


def test_she_answers_in_two_taps(cast, ana):
    homework, phone = walk(cast, ana), at_her_phone(cast, ana)
    page = words(phone.get(reverse("my_homework")))
    assert "Walk around the block when it starts" in page and "Did you do it?" in page
    here = reverse("answer_homework", args=[homework])
    first = phone.post(here, {"practiced": "yes", "once": str(uuid4())})
    assert first.url == f"{reverse('my_homework')}#h-{homework}"
    assert "How much did it help?" in words(phone.get(reverse("my_homework")))
    phone.post(here, {"helped": "8", "once": str(uuid4())})
    page = words(phone.get(reverse("my_homework")))
    assert "It helped 8 of 10." in page and "How much did it help?" not in page
    phone.post(here, {"words": "I came back calmer.", "once": str(uuid4())})
    assert "I came back calmer." in words(phone.get(reverse("my_homework")))
    standing = HomeworkReport.objects.get(retired_at__isnull=True)
    assert (standing.practiced, standing.helped, standing.told_by) == ("yes", 8, "patient")


def test_a_double_tap_is_one_answer_and_nonsense_is_none(cast, ana):
    homework, phone = walk(cast, ana), at_her_phone(cast, ana)
    here, key = reverse("answer_homework", args=[homework]), str(uuid4())
    for _ in range(2):
        phone.post(here, {"practiced": "no", "once": key})
    phone.post(here, {"helped": "eleven", "once": str(uuid4())})
    phone.post(here, {"helped": "99", "once": str(uuid4())})
    assert HomeworkReport.objects.count() == 1


def test_she_sees_only_her_own(cast, ana):
    lee = admit(cast, "Lee", "Park")
    other = walk(cast, lee)
    phone = at_her_phone(cast, ana)
    assert "Walk around" not in words(phone.get(reverse("my_homework")))
    assert phone.post(reverse("answer_homework", args=[other]), {"practiced": "yes"}).status_code == 404
    assert phone.get(reverse("skills", args=[lee.uid])).status_code == 403


def test_the_chart_shows_skills_with_trend_and_numbers(cast, ana, clock):
    for number, helped in enumerate((3, 2, 4, 7, 8, 8)):
        day = MONDAY.replace(day=2 + number)
        report_homework(
            walk(cast, ana, at(9, day=day)),
            practiced="yes",
            helped=helped,
            words="Better." if helped == 8 else "",
            by=cast.clinician,
            at=at(20, day=day),
        )
    clock.move_to(at(9, day=MONDAY.replace(day=9)))
    page = words(signed_in(cast.facilitator.account).get(reverse("skills", args=[ana.uid])))
    assert "Practiced 6 of 6 times, helped 5 of 10 on average." in page
    assert "<svg" in page and "Up by 4.7: better than before." in page
    assert "How much it helped, latest first" in page and 'Time-out <span class="quiet">6 times' in page
    assert "Better." in page and "Told to staff" in page


def test_staff_give_write_down_and_take_back(cast, ana):
    browser = signed_in(cast.facilitator.account)
    empty = browser.post(reverse("give_homework", args=[ana.uid]), {"text": " "})
    assert empty.status_code == 422
    browser.post(reverse("give_homework", args=[ana.uid]), {"text": "Write one thing down", "skill": ""})
    homework = Homework.objects.get()
    told = reverse("homework_told", args=[ana.uid, homework.uid])
    assert "Write one thing down" in words(browser.get(told))
    assert browser.post(told, {"practiced": "partly", "helped": "4", "words": ""}).status_code == 302
    assert HomeworkReport.objects.get().told_by == "staff"
    back = browser.post(reverse("take_back_homework", args=[ana.uid, homework.uid]), follow=True)
    assert "stays on record" in words(back)
    wrong = walk(cast, ana)
    browser.post(reverse("take_back_homework", args=[ana.uid, wrong]))
    assert Homework.objects.filter(taken_back_at__isnull=False).count() == 1
    elsewhere = reverse("homework_told", args=[admit(cast, "Lee").uid, homework.uid])
    assert browser.get(elsewhere).status_code == 404
