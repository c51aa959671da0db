"""An answer of item 9 on a phone: crisis lines first, the screener at once, and somebody is called."""

import pytest
from django.urls import reverse

from tests.cast import at
from tests.faces.web.questionnaires.conftest import enter_screener, my
from throughcare.pathway.measure.crisis_path import call_for_unasked
from throughcare.records.crises import Crisis
from throughcare.records.measures import MeasureResponse, MeasureSheet

pytestmark = pytest.mark.django_db

DEV = (2, 2, 2, 2, 2, 2, 2, 2, 1, 0)


def test_the_screener_follows_on_the_same_phone_and_moderate_calls_urgently(dev):
    enter_screener(dev.cast)
    done = dev.answer(my(dev, "phq-9"), *DEV)
    assert done == reverse("my_questionnaire_done", args=[dev.asked("phq-9")])
    page = dev.phone.get(done).content.decode()
    assert page.index("Call 988") < page.index("What happens now") < page.index("Go on with a few more")
    assert dev.priorities() == []
    kept = MeasureResponse.objects.get(code="phq-9")
    assert (kept.total, kept.critical, kept.mode) == (17, [9], "self")

    first = dev.phone.get(my(dev, "c-ssrs-screener"), follow=True).content.decode()
    assert "Our copy, Question 1" in first
    done = dev.answer(my(dev, "c-ssrs-screener"), 1, 1, 1, 0, 0, 0)
    assert MeasureResponse.objects.get(code="c-ssrs-screener").band == "moderate"
    assert dev.priorities() == ["P2"]
    page = dev.phone.get(done).content.decode()
    assert "Someone reaches you within 2 hours" in page and "988" in page


@pytest.mark.parametrize(
    ("answers", "priority"),
    [((1, 1, 1, 1, 0, 0), "P1"), ((0, 0, 1, 1), "P1"), ((1, 0, 0), None), ((1, "skip", 0, 0, 0, 0), None)],
)
def test_the_tier_says_whom_to_call(dev, answers, priority):
    enter_screener(dev.cast)
    dev.answer(my(dev, "phq-9"), *DEV)
    done = dev.answer(my(dev, "c-ssrs-screener"), *answers)
    assert dev.priorities() == ([priority] if priority else [])
    page = dev.phone.get(done).content.decode()
    assert ("calling the person on call right now" in page) is (priority == "P1")


def test_a_screener_left_in_the_middle_of_doubt_calls_someone(dev):
    enter_screener(dev.cast)
    dev.answer(my(dev, "phq-9"), *DEV)
    dev.answer(my(dev, "c-ssrs-screener"), 1, 1, "skip", "skip", "skip", "skip", "skip")
    assert dev.priorities() == ["P2"]


def test_without_the_clinic_s_copy_somebody_is_called_at_once(dev):
    done = dev.answer(my(dev, "phq-9"), *DEV)
    assert dev.priorities() == ["P2"]
    page = dev.phone.get(done).content.decode()
    assert "Someone reaches you within 2 hours" in page and "a few more questions" not in page


def test_out_of_hours_somebody_is_called_and_the_screener_follows_all_the_same(dev, monkeypatch):
    enter_screener(dev.cast)
    monkeypatch.setattr("django.utils.timezone.now", lambda: at(21, 10))
    done = dev.answer(my(dev, "phq-9"), *DEV)
    assert dev.priorities() == ["P2"]
    assert "Go on with a few more questions" in dev.phone.get(done).content.decode()


def test_who_stops_before_the_screener_is_called_after_a_quarter_of_an_hour_and_once(dev):
    enter_screener(dev.cast)
    dev.answer(my(dev, "phq-9"), *DEV)
    assert call_for_unasked(at=at(18, 24)) == "nothing due"
    call_for_unasked(at=at(18, 26))
    call_for_unasked(at=at(18, 40))
    assert dev.priorities() == ["P2"]
    assert "nobody has asked on" in Crisis.objects.get().words


def test_no_item_nine_is_thanks(dev):
    done = dev.answer(my(dev, "phq-9"), *(0,) * 9)
    assert dev.priorities() == []
    page = dev.phone.get(done).content.decode()
    assert "Your care team sees your answers" in page and "Call 988</a>" not in page.split("<main")[1]


def test_one_stops_goes_back_and_goes_on_where_one_was(dev):
    where = dev.answer(my(dev, "phq-9"), 1, 2)
    assert where.endswith("/3")
    hub = dev.phone.get(reverse("my_daily")).content.decode()
    assert "Your mood" in hub and "In progress" in hub
    back = dev.phone.get(where.removesuffix("3") + "2").content.decode()
    assert "is-chosen" in back
    assert dev.phone.get(my(dev, "phq-9")).url.endswith("/3")
    dev.answer(my(dev, "phq-9"), *(0,) * 8)
    assert MeasureResponse.objects.get().answers[:3] == [1, 2, 0]
    assert MeasureSheet.objects.get().ended_at is not None
    again = dev.phone.get(my(dev, "phq-9"))
    assert again.status_code == 403 and "answered already" in again.content.decode()


def test_an_answer_off_the_scale_is_shown_again(dev):
    url = dev.phone.get(my(dev, "phq-9")).url
    wrong = dev.phone.post(url, {"answer": "7"})
    assert wrong.status_code == 422 and "Choose one of the answers" in wrong.content.decode()
    assert dev.phone.post(url, {}).status_code == 422
