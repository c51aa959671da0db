"""On one's own phone: check in, show that one is there, join by video, say how it was."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import at
from tests.faces.web.check_ins.conftest import answers
from throughcare.records.attendance import Attendance
from throughcare.records.check_ins import CheckIn, CheckOut, ClimateAnswered, ClimateCount, Presence

MINE = ("my_check_in", "my_check_out", "my_climate", "my_join")


def words_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_a_patients_day_begins_at_their_sessions(evening):
    phone = evening.phone("ana")
    assert phone.get(reverse("home")).url == reverse("my_sessions")
    page = words_of(phone.get(reverse("my_sessions")))
    assert (
        "Evening process" in page
        and "5:30–8:30 PM" in page
        and "Check in" in page
        and "Join by video" in page
    )


def test_a_check_in_takes_one_page_and_says_that_it_is_no_emergency_line(evening):
    phone = evening.phone("ana")
    page = words_of(phone.get(evening.url("my_check_in")))
    assert "How is your mood right now?" in page and "call 911, or call or text 988" in page
    assert phone.post(evening.url("my_check_in"), answers(words="Rough day")).url == reverse("my_sessions")
    assert CheckIn.objects.get().answers["words"] == "Rough day"
    assert "You are checked in" in words_of(phone.get(reverse("my_sessions")))


def test_nothing_need_be_answered_and_a_double_tap_is_one_check_in(evening):
    phone, sent = evening.phone("ana"), answers(mood="", craving="", practiced="")
    phone.post(evening.url("my_check_in"), sent)
    phone.post(evening.url("my_check_in"), sent)
    assert CheckIn.objects.get().answers["mood"] is None


def test_what_is_no_answer_is_said_at_the_question(evening):
    answer = evening.phone("ana").post(evening.url("my_check_in"), answers(mood="12"))
    assert answer.status_code == 422 and not CheckIn.objects.exists()


def test_before_its_time_the_page_says_when(evening):
    evening.now(at(12))
    page = words_of(evening.phone("ana").get(evening.url("my_check_in")))
    assert "You can check in from 1:30 PM." in page and "<textarea" not in page


@pytest.mark.parametrize("name", MINE)
def test_someone_elses_session_is_not_there(evening, name):
    sam = evening.phone("sam")
    assert sam.get(evening.url(name)).status_code == 404
    assert sam.post(evening.url(name), answers()).status_code == 404
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize("name", MINE)
def test_staff_and_strangers_answer_for_nobody(evening, name):
    assert evening.staff(evening.cast.facilitator).get(evening.url(name)).status_code == 403
    assert Client().get(evening.url(name)).url.startswith(reverse("sign_in"))


def test_the_rooms_code_and_a_check_in_are_an_arrival(evening):
    phone, code = evening.phone("ana"), evening.code()
    assert phone.post(reverse("my_here"), {"code": code, "once": str(uuid4())}).url == evening.url(
        "my_check_in"
    )
    phone.post(evening.url("my_check_in"), answers())
    row = Attendance.objects.get()
    assert (row.status, row.recorded_by) == ("present", None)


def test_codes_can_not_be_guessed(evening):
    phone, code = evening.phone("ana"), evening.code()
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(5):
        assert phone.post(reverse("my_here"), {"code": wrong}).status_code == 422
    assert "Ask your facilitator" in words_of(phone.post(reverse("my_here"), {"code": code}))
    assert not Presence.objects.exists()


def test_a_right_code_for_someone_who_isnt_expected_reads_like_a_wrong_one(evening):
    code = evening.code()
    pages = [
        words_of(evening.phone("sam").post(reverse("my_here"), {"code": tried, "once": ""}))
        for tried in (code, "000000" if code != "000000" else "111111")
    ]
    assert all("This code doesn" in page for page in pages)


def test_joining_asks_where_one_is_and_leads_to_the_video(evening):
    phone = evening.phone("ana")
    assert phone.post(evening.url("my_join"), {"place": ""}).status_code == 422
    opened = phone.post(evening.url("my_join"), {"place": "12 Oak Street"}).url
    page = words_of(phone.get(opened))
    assert 'href="https://meet.harbor.test/evening" target="_blank" rel="noopener noreferrer"' in page
    assert opened == evening.url("my_joining")
    assert evening.phone("lee").get(opened).status_code == 404


def test_the_open_page_beats_without_waking_anything_and_one_can_leave(evening):
    phone = evening.phone("ana")
    phone.post(evening.url("my_join"), {"place": "Home"})
    joining = Presence.objects.get()
    evening.now(at(17, 28))
    # The door may have locked meanwhile: the page's own id is enough, and opens nothing.
    assert Client().post(reverse("still_there", args=[joining.uid])).status_code == 204
    assert Presence.objects.get().last_seen_at == at(17, 28)
    assert phone.post(reverse("left_video", args=[joining.uid])).url == reverse("my_sessions")
    assert Presence.objects.get().left_at == at(17, 28)
    assert Client().post(reverse("still_there", args=[uuid4()])).status_code == 404
    assert Client().get(reverse("still_there", args=[joining.uid])).status_code == 405


def test_at_the_end_one_sentence_then_four_taps_without_a_name(evening):
    evening.now(at(20, 25))
    phone = evening.phone("ana")
    assert "How was it?" in words_of(phone.get(reverse("my_sessions")))
    assert phone.post(
        evening.url("my_check_out"), {"words": "Call Tom", "once": str(uuid4())}
    ).url == evening.url("my_climate")
    taps = {"heard": "yes", "useful": "", "safe": "no", "hopeful": "partly", "once": str(uuid4())}
    assert phone.post(evening.url("my_climate"), taps).url == reverse("my_sessions")
    phone.post(evening.url("my_climate"), taps)
    phone.post(evening.url("my_climate"), {**taps, "once": str(uuid4())})
    assert CheckOut.objects.get().words == "Call Tom"
    assert ClimateAnswered.objects.count() == 1
    assert ClimateCount.objects.get(statement="safe").no == 1
