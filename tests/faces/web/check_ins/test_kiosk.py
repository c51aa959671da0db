"""At the kiosk: nobody's name is shown, one finds oneself, and the screen is empty again."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import at
from tests.faces.web.check_ins.conftest import answers
from throughcare.records.attendance import Attendance
from throughcare.records.check_ins import CheckIn, CheckOut, Presence
from throughcare.records.people import Patient

ANA = {"who": "AF", "birthday": "5/4"}


@pytest.fixture
def kiosk(evening):
    """A kiosk into which the room's code was entered."""
    browser = evening.kiosk()
    assert browser.post(reverse("kiosk"), {"code": evening.code()}).url == evening.url("here")
    return browser


@pytest.fixture
def alone(evening):
    """The evening, where people have numbers of three digits."""
    for number, name in enumerate(("ana", "lee", "hope", "max")):
        Patient.objects.filter(pk=evening.people[name].key).update(number=100 + number)
    return evening


def find(kiosk, evening, **more):
    return kiosk.post(evening.url("here"), {**ANA, "once": str(uuid4()), **more})


def test_no_name_of_anyone_is_on_the_screen(kiosk, evening):
    page = kiosk.get(evening.url("here")).content.decode()
    assert not any(name.title() in page for name in evening.people)


def test_one_finds_oneself_checks_in_and_leaves_the_screen_empty(kiosk, evening):
    assert find(kiosk, evening).url == evening.url("kiosk_check_in")
    page = kiosk.get(evening.url("kiosk_check_in")).content.decode()
    assert "Ana" not in page and "988" in page
    assert kiosk.post(evening.url("kiosk_check_in"), answers(words="Hello")).url == evening.url("here")
    assert CheckIn.objects.get().way == "kiosk" and Attendance.objects.get().status == "present"
    after = kiosk.get(evening.url("here")).content.decode()
    # By itself: two letters may stand in a form's token by chance.
    assert "Hello" not in after and re.search(r"\bAF\b", after) is None
    assert kiosk.get(evening.url("kiosk_check_in")).url == evening.url("here")


def test_by_number_too_and_who_checked_in_at_home_is_done(kiosk, alone):
    alone.phone("ana").post(alone.url("my_check_in"), answers(words="From home"))
    find(kiosk, alone, who="100")
    assert kiosk.get(alone.url("kiosk_check_in")).url == alone.url("here")
    assert CheckIn.objects.get().answers["words"] == "From home"
    assert Attendance.objects.get().status == "present"


@pytest.mark.parametrize("wrong", [{"who": "ZZ"}, {"birthday": "5/5"}, {"who": "SC"}])
def test_a_stranger_learns_nothing(kiosk, evening, wrong):
    answer = find(kiosk, evening, **wrong)
    assert answer.status_code == 422
    assert "fit anyone expected here" in answer.content.decode()
    assert not Presence.objects.exists()


@pytest.mark.parametrize("birthday", ["May", "13/1", "5", "0/4", "4"])
def test_a_birthday_is_a_month_and_a_day(kiosk, evening, birthday):
    assert "month and day, like 5/4" in find(kiosk, evening, birthday=birthday).content.decode()


def test_birthdays_can_not_be_guessed(kiosk, evening):
    for day in range(10, 15):
        find(kiosk, evening, birthday=f"6/{day}")
    assert "Ask your facilitator" in find(kiosk, evening).content.decode()


def test_someone_elses_right_answer_doesnt_start_the_count_anew(kiosk, evening):
    for day in range(10, 15):
        find(kiosk, evening, birthday=f"6/{day}")
        find(kiosk, evening, who="LF")
    assert "Ask your facilitator" in find(kiosk, evening).content.decode()


def test_it_works_at_a_kiosk_alone_and_in_the_open_session_alone(kiosk, evening):
    for name in ("here", "kiosk_check_in"):
        assert Client().get(evening.url(name)).status_code == 404
        assert evening.phone("ana").get(evening.url(name)).status_code == 404
    other = reverse("here", args=[uuid4()])
    assert kiosk.get(other).url == reverse("kiosk")


def test_after_two_idle_minutes_it_is_forgotten_who_was_there(kiosk, evening):
    find(kiosk, evening)
    evening.now(at(17, 23))
    assert kiosk.get(evening.url("kiosk_check_in")).url == reverse("kiosk")
    assert kiosk.get(reverse("kiosk")).status_code == 200
    kiosk.post(reverse("kiosk"), {"code": evening.code()})
    assert kiosk.get(evening.url("kiosk_check_in")).url == evening.url("here")


def test_near_the_end_the_kiosk_asks_what_they_take_with_them(evening):
    evening.now(at(20, 20))
    kiosk = evening.kiosk()
    kiosk.post(reverse("kiosk"), {"code": evening.code()})
    find(kiosk, evening)
    assert "What do you take with you today?" in kiosk.get(evening.url("kiosk_check_in")).content.decode()
    kiosk.post(evening.url("kiosk_check_in"), {"words": "Call Tom", "once": str(uuid4())})
    assert CheckOut.objects.get().words == "Call Tom" and not Presence.objects.exists()
