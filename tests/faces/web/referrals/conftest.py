"""Browsers of people who work with referrals."""

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from tests.cast import Cast, at
from throughcare.pathway.actor import Actor
from throughcare.records.people import Account


@pytest.fixture
def signed_in(cast: Cast) -> Callable[[Actor], Client]:
    """A browser in which this member of staff is signed in."""

    def sign_in(actor: Actor) -> Client:
        client = Client()
        client.force_login(Account.objects.get(pk=actor.account))
        return client

    return sign_in


@pytest.fixture
def admissions(cast: Cast, signed_in: Callable[[Actor], Client]) -> Client:
    """Ada's browser."""
    return signed_in(cast.admissions)


@pytest.fixture(autouse=True)
def ten_in_the_morning():
    """It is Monday 2 March 2026, ten o'clock."""
    with time_machine.travel(at(10), tick=False):
        yield
