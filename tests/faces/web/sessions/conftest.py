"""An evening with Ana, Lee and Hope, seen from the browser."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from tests.cast import Cast, at
from tests.sessions_cast import Person, admit, hold, open_group
from throughcare.pathway.actor import Actor
from throughcare.records.people import Account


@dataclass
class Evening:
    """The clinic, the session, its people, and a clock that stands still until it is moved."""

    cast: Cast
    session: UUID
    ana: Person
    lee: Person
    hope: Person
    clock: time_machine.Traveller

    def page(self, actor: Actor) -> Client:
        """A browser in which this member of staff is signed in."""
        browser = Client()
        browser.force_login(Account.objects.get(pk=actor.account))
        return browser

    def now(self, moment: datetime) -> None:
        """Move the clock."""
        self.clock.move_to(moment)


@pytest.fixture
def evening(cast):
    with time_machine.travel(at(17, 40), tick=False) as clock:
        people = admit(cast, "Ana", "Silva"), admit(cast, "Lee", "Park"), admit(cast, "Hope", "Winters")
        session = hold(cast, *people, group=open_group(cast), breaks=15)
        yield Evening(cast, session, *people, clock)
