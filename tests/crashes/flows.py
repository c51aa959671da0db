"""What is killed: `python -m tests.crashes.flows DATA prepare|send FLOW`, each in a process of its own.

`prepare` makes a clinic in an empty data folder and prints, as JSON, each flow's form. `send` posts one of them as a
browser does and prints how often the database held what the flow writes before, the status, and how often after.
"""

import json
import os
import sys
from datetime import timedelta
from typing import Any
from uuid import uuid4

os.environ.setdefault("SECRET_KEY", "for tests only; no data of anyone is behind it")


def main(folder: str, action: str, flow: str = "") -> None:
    """Do one step on a data folder."""
    from throughcare.faces.cli.installation import migrate, start_django, use_data_folder

    use_data_folder(folder)
    start_django()
    if action == "prepare":
        migrate()
        print(json.dumps(prepare()))
    else:
        before = count(flow)
        status = send(json.loads(os.environ["FORM"]))
        print(before, status, count(flow))


def prepare() -> dict[str, Any]:
    """A clinic with a session whose three people came, and a consent in force; the form of each flow."""
    from django.urls import reverse
    from django.utils import timezone

    from tests import through_the_door  # noqa: F401  # lets the client in with both factors
    from tests.cast import gather_cast
    from tests.pathway.privacy import consent_cast
    from tests.sessions_cast import admit, hold, open_group
    from throughcare.knowledge.clinic_calendar import local_day
    from throughcare.pathway.session.attendance import record_attendance

    cast, now = gather_cast(), timezone.now()
    yesterday = local_day(now, "America/New_York") - timedelta(days=1)
    people = [admit(cast, name) for name in ("Ana", "Lee", "Hope")]
    session = hold(cast, *people, group=open_group(cast), day=yesterday)
    for person in people[:2]:
        record_attendance(session, person.uid, status="present", by=cast.facilitator, at=now)
    kim = consent_cast.kim(cast)
    consent = consent_cast.signed(
        cast, kim, consent_cast.for_mother(consent_cast.mother_of(cast, kim), at=now), at=now
    )
    notes = written_notes(cast.facilitator, session, people[:2])
    door = reverse("take_attendance", args=[session, people[2].uid])
    return {
        "attendance": form(cast.facilitator, door, {"tap": "present"}),
        "notes": form(cast.facilitator, reverse("write_session_notes", args=[session]), notes),
        "take_back": form(
            cast.clinician, reverse("take_back_consent", args=[consent]), {"how": "oral", "words": ""}
        ),
    }


def written_notes(actor: Any, session: Any, people: Any) -> dict[str, str]:
    """The form of a session's notes as the page gives it, filled in."""
    from django.test import Client
    from django.urls import reverse

    from tests.faces.web.sessions.test_note_pages import fields
    from tests.through_the_door import login_with_both_factors
    from throughcare.records.people import Account

    browser = Client()
    login_with_both_factors(browser, Account.objects.get(pk=actor.account))
    sent = fields(browser.get(reverse("session_notes", args=[session])).text)
    sent |= {"shared-topic": "Urges", "shared-text": "We practiced urge surfing together.", "action": "sign"}
    said = ("Named two triggers and a plan for each.", "Tried it out loud, found it hard, wants more.")
    for person, words in zip(people, said, strict=True):
        sent |= {f"p-{person.uid}-text": words, f"p-{person.uid}-objective": str(person.thread)}
    return sent


def form(actor: Any, url: str, fields: dict[str, str]) -> dict[str, Any]:
    """A form as a browser would send it."""
    return {"account": actor.account, "url": url, "fields": {**fields, "once": str(uuid4())}}


def send(said: dict[str, Any]) -> int:
    """Post it, signed in; the status of the answer."""
    from django.test import Client

    from tests.through_the_door import login_with_both_factors
    from throughcare.records.people import Account

    browser = Client()
    login_with_both_factors(browser, Account.objects.get(pk=said["account"]))
    return browser.post(said["url"], said["fields"]).status_code


def count(flow: str) -> int:
    """How many rows the flow has written."""
    from throughcare.records.attendance import Attendance
    from throughcare.records.consents import ConsentRevocation
    from throughcare.records.notes import Note

    standing = Attendance.objects.filter(retired_at__isnull=True)
    return {
        "attendance": lambda: standing.count() - 2,  # two were taken before
        "notes": Note.objects.count,
        "take_back": ConsentRevocation.objects.count,
    }[flow]()


if __name__ == "__main__":
    main(*sys.argv[1:])
