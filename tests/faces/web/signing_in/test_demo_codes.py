"""The demo's sign-in page shows what is needed, the code of now included."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import PASSWORD
from tests.faces.web.signing_in.conftest import CARLA, SECRET, give_password

pytestmark = pytest.mark.django_db
ROW = {"role": "Clinician", "name": "Carla Reyes", "email": CARLA, "password": PASSWORD, "secret": SECRET}


@pytest.fixture
def demo(settings, tmp_path, carla):
    """A data folder that the demo made."""
    (tmp_path / "demo").write_text(json.dumps([ROW]), encoding="utf-8")
    settings.DEMO, settings.DATA = True, tmp_path


def test_the_code_shown_signs_in_and_the_next_one_is_shown_after_it(client, demo, clock):
    for browser in (client, Client()):
        (shown,) = browser.get(reverse("sign_in")).context["demo_sign_ins"]
        give_password(browser)
        assert shown.code in browser.get(reverse("second_step")).content.decode()
        assert browser.post(reverse("second_step"), {"code": shown.code}).status_code == 302


def test_a_real_clinic_shows_no_codes(client, carla, clock):
    assert client.get(reverse("sign_in")).context["demo_sign_ins"] == []
