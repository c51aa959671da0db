"""One asks, another allows, and only then a command stands on the page."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.cast import MORNING
from throughcare.records.clinic_exports import ExportAnswer, ExportRequest
from throughcare.records.people import Account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def that_morning():
    with time_machine.travel(MORNING, tick=False):
        yield


def signed_in(actor):
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account))
    return client


def test_the_administrator_asks_and_cannot_answer_themselves(cast):
    alex = signed_in(cast.admin)
    page = alex.post(reverse("new_clinic_export"), {"reason": "We move to a machine of our own"}, follow=True)
    assert "Waits for an answer" in page.text and "A second person decides" in page.text
    to = reverse("answer_clinic_export", args=[ExportRequest.objects.get().uid])
    assert to not in page.text
    own = alex.post(to, {"answer": "yes"})
    assert own.status_code == 422 and "You asked for it yourself" in own.text
    assert not ExportAnswer.objects.exists()


def test_the_compliance_officer_allows_it_and_the_command_stands_there(cast):
    alex, omar = signed_in(cast.admin), signed_in(cast.compliance)
    short = alex.post(reverse("new_clinic_export"), {"reason": "Move"})
    assert short.status_code == 422 and "Say what the export is for" in short.text
    alex.post(reverse("new_clinic_export"), {"reason": "We move to a machine of our own"})
    request = ExportRequest.objects.get().uid
    assert "throughcare export-clinic" not in omar.get(reverse("clinic_exports")).text
    page = omar.post(
        reverse("answer_clinic_export", args=[request]), {"answer": "yes", "words": "Agreed"}, follow=True
    )
    assert f"throughcare export-clinic --request {request}" in page.text and "Agreed" in page.text
    assert "An export of the whole clinic" in omar.get(reverse("notices")).text
    assert signed_in(cast.clinician).get(reverse("clinic_exports")).status_code == 403
