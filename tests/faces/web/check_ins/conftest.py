"""An evening group that begins at 5:30 PM, its people signed in on their own phones, and a kiosk at the door."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, at
from tests.sessions_cast import Person, admit, hold, open_group
from throughcare.pathway.actor import Actor
from throughcare.pathway.family.invitations import invite_patient
from throughcare.records.consents import PatientAccount
from throughcare.records.people import Account
from throughcare.records.sessions import Session


@dataclass
class Evening:
    """The clinic, the session, its people, and a clock that stands still until it is moved."""

    cast: Cast
    session: UUID
    people: dict[str, Person]
    clock: time_machine.Traveller

    def staff(self, actor: Actor) -> Client:
        """A browser in which this member of staff is signed in."""
        browser = Client()
        browser.force_login(Account.objects.get(pk=actor.account))
        return browser

    def phone(self, name: str) -> Client:
        """A phone in which this person is signed in."""
        person = self.people[name]
        own = PatientAccount.objects.filter(patient=person.key).first()
        if own is None:
            invite_patient(person.uid, email=f"{name}@mail.test", by=self.cast.clinician, at=at(9))
            own = PatientAccount.objects.get(patient=person.key)
        browser = Client()
        browser.force_login(own.account)
        return browser

    def kiosk(self) -> Client:
        """A browser that Felix has made a kiosk."""
        browser = self.staff(self.cast.facilitator)
        browser.post(reverse("begin_kiosk"), {"site": str(self.cast.site)})
        return browser

    def code(self) -> str:
        """The digits that the screen in the room shows."""
        answer = self.staff(self.cast.facilitator).post(reverse("session_code", args=[self.session]))
        return answer.context["shown"].code

    def url(self, name: str) -> str:
        """An address about the session."""
        return reverse(name, args=[self.session])

    def now(self, moment: datetime) -> None:
        """Move the clock."""
        self.clock.move_to(moment)


def answers(**said: object) -> dict[str, str]:
    """What the check-in's form posts."""
    usual = {"mood": "6", "craving": "2", "sleep": "", "practiced": "yes", "words": "", "once": str(uuid4())}
    return usual | {name: str(value) for name, value in said.items()}


@pytest.fixture
def evening(cast):
    with time_machine.travel(at(17, 20), tick=False) as clock:
        people = {name: admit(cast, name.title()) for name in ("ana", "lee", "hope", "max")}
        session = hold(cast, *people.values(), group=open_group(cast))
        Session.objects.filter(uid=session).update(telehealth_url="https://meet.harbor.test/evening")
        people["sam"] = admit(cast, "Sam", "Cole")
        yield Evening(cast, session, people, clock)
