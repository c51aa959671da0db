"""A browser at the door, and a clock that the test moves."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import MORNING, PASSWORD
from throughcare.pathway.signing_in.factors import code_at, counter_at, enrol_known_app
from throughcare.records.people import Account

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
CARLA = "carla@harbor.test"


class Clock:
    """The moment that the program reads."""

    def __init__(self) -> None:
        self.now = MORNING

    def later(self, **passed: float) -> datetime:
        """Let time pass."""
        self.now += timedelta(**passed)
        return self.now


@pytest.fixture
def clock(monkeypatch) -> Clock:
    """The clock, on Monday morning."""
    found = Clock()
    monkeypatch.setattr("django.utils.timezone.now", lambda: found.now)
    return found


@pytest.fixture
def carla(cast, clock) -> Account:
    """A clinician with an app."""
    enrol_known_app(CARLA, secret=SECRET, at=clock.now)
    return Account.objects.get_by_natural_key(CARLA)


def code(clock: Clock) -> str:
    """What Carla's app shows now."""
    return code_at(SECRET, counter_at(clock.now))


def give_password(browser: Client, email: str = CARLA, password: str = PASSWORD, **more: str):
    """Send the sign-in form."""
    return browser.post(reverse("sign_in"), {"email": email, "password": password, **more})


def come_in(browser: Client, clock: Clock) -> Client:
    """Sign in as Carla, both steps."""
    give_password(browser)
    answer = browser.post(reverse("second_step"), {"code": code(clock)})
    assert answer.status_code == 302, answer.content.decode()
    return browser
