"""The form of a session's notes, filled in as its leader would."""

from collections.abc import Sequence
from uuid import UUID

from django.test import Client
from django.urls import reverse

from tests.faces.web.sessions.test_note_pages import fields
from tests.sessions_cast import Person
from tests.through_the_door import login_with_both_factors
from throughcare.pathway.actor import Actor
from throughcare.records.people import Account

SAID = ("Named two triggers and a plan for each.", "Tried it out loud, found it hard, wants more.")


def written_notes(actor: Actor, session: UUID, people: Sequence[Person]) -> dict[str, str]:
    """What a browser sends for a session with these people, to be signed."""
    browser = Client()
    login_with_both_factors(browser, Account.objects.get(pk=actor.account))
    sent = fields(browser.get(reverse("session_notes", args=[session])).text)
    sent |= {"shared-topic": "Urges", "shared-text": "We practiced urge surfing together.", "action": "sign"}
    for person, words in zip(people, SAID, strict=False):
        sent |= {f"p-{person.uid}-text": words, f"p-{person.uid}-objective": str(person.thread)}
    return sent
