"""By link, at a kiosk and read aloud."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import at
from tests.faces.web.questionnaires.conftest import my
from throughcare.records.measures import MeasureLink, MeasureRequest, MeasureResponse
from throughcare.records.messages import Message

pytestmark = pytest.mark.django_db


def link_of(dev) -> str:
    page = dev.staff(dev.cast.clinician).post(reverse("measure_link", args=[dev.patient])).content.decode()
    return page.split('link-once">')[1].split("<")[0].replace("http://testserver", "")


def test_a_link_opens_what_waits_without_a_name_and_ends_with_the_last_answer(dev):
    link, phone = link_of(dev), Client()
    page = phone.get(link).content.decode()
    assert "Your mood" in page and "Dev" not in page and "Rao" not in page and "Harbor House" not in page
    asked = dev.asked("phq-9")
    done = dev.answer(f"{link}/{asked}", *(1,) * 8, 1, "skip", browser=phone)
    after = phone.get(done).content.decode()
    assert "Call 988" in after and "212-555-0100" in after
    assert MeasureResponse.objects.get().recorded_by is None
    assert phone.get(link).status_code == 404
    assert MeasureLink.objects.get().ended_at == at(18, 10)


def test_a_new_link_ends_the_one_before_and_an_old_one_is_over(dev, monkeypatch):
    first, second = link_of(dev), link_of(dev)
    assert Client().get(first).status_code == 404 and Client().get(second).status_code == 200
    monkeypatch.setattr("django.utils.timezone.now", lambda: at(18, 10).replace(day=10))
    assert Client().get(second).status_code == 404


def test_a_link_reaches_nobody_else_s_questions(dev, cast):
    other = MeasureRequest.objects.create(
        organization_id=cast.organization,
        patient_id=dev.key,
        code="gad-7",
        due_date=at(9).date(),
        opens_date=at(9).date(),
        recorded_at=at(9),
    )
    from tests.sessions_cast import admit

    MeasureRequest.objects.filter(pk=other.pk).update(patient=admit(cast, "Eve").key)
    assert Client().get(f"{link_of(dev)}/{other.uid}").status_code == 404
    assert dev.phone.get(reverse("my_questionnaire", args=[other.uid])).status_code == 404


def test_a_code_opens_it_at_a_kiosk_and_nothing_else(dev):
    page = dev.staff(dev.cast.clinician).post(reverse("measure_kiosk_code", args=[dev.patient]))
    code = page.content.decode().split('link-once">')[1].split("<")[0]
    kiosk = dev.staff(dev.cast.facilitator)
    kiosk.post(reverse("begin_kiosk"), {"site": str(dev.cast.site)})
    start = kiosk.post(reverse("kiosk"), {"code": code}).url
    assert "Your mood" in kiosk.get(start).content.decode()
    dev.answer(f"{start}/{dev.asked('phq-9')}", *(0,) * 9, browser=kiosk)
    assert MeasureResponse.objects.get().total == 0
    assert kiosk.get(reverse("my_daily")).status_code == 302


def test_staff_read_aloud_with_keys_and_the_screener_is_next(dev):
    nurse = dev.staff(dev.cast.nurse)
    url = reverse("aloud", args=[dev.patient, "phq-9"])
    page = nurse.get(nurse.get(url).url).content.decode()
    assert 'data-key="3"' in page and "answer_keys.js" in page
    done = dev.answer(url, *(2,) * 8, 1, 0, browser=nurse)
    assert done == reverse("aloud", args=[dev.patient, "c-ssrs-screener"])
    assert MeasureResponse.objects.get().mode == "read_aloud" and dev.priorities() == []
    screener = nurse.get(nurse.get(done).url).content.decode()
    assert "Read from your licensed copy" in screener
    assert dev.answer(done, 1, 1, 1, 1, 0, 0, browser=nurse) == reverse("measures", args=[dev.patient])
    assert dev.priorities() == ["P1"]


def test_staff_see_what_is_asked_and_ask_for_more(dev):
    carla = dev.staff(dev.cast.clinician)
    asked = {"code": "gad-7", "once": str(uuid4())}
    page = carla.post(reverse("ask_measure", args=[dev.patient]), asked, follow=True).content.decode()
    assert "Asked for by staff" in page and "GAD-7" in page
    assert carla.post(reverse("ask_measure", args=[dev.patient]), {"code": ""}).status_code == 422
    assert Message.objects.count() == 0 and my(dev, "gad-7")
