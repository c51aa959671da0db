"""The worry line: the same answer whomever somebody names; staff find out whom it means, and danger pages a human."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import at
from tests.crisis_cast import paged, put_on_call
from tests.sessions_cast import admit
from throughcare.pathway.actor import the_public
from throughcare.pathway.cannot import CannotSee
from throughcare.pathway.people.search_keys import add_search_keys
from throughcare.pathway.worry.queue import how_many_worries_wait, open_worries, worries_about
from throughcare.pathway.worry.telling_us import NewWorry, tell_worry
from throughcare.records.crises import Crisis
from throughcare.records.people import Account, Patient
from throughcare.records.worries import Worry

pytestmark = pytest.mark.django_db


def staff(actor):
    browser = Client()
    browser.force_login(Account.objects.get(pk=actor.account))
    return browser


def tell(name, words="He has been drinking again.", **more):
    said = {"said_name": name, "words": words, "told_by": "", "callback": "", "once": str(uuid4()), **more}
    return Client().post("/worry", said)


def bare(page):
    """The page without what differs on any two pages: the form's tokens."""
    return re.sub(r'value="[^"]{20,}"', "", page.content.decode())


def test_the_answer_is_the_same_page_whether_or_not_anyone_is_ours(
    cast, django_assert_num_queries, monkeypatch
):
    monkeypatch.setattr("django.utils.timezone.now", lambda: at(18, 10))
    admit(cast, "Dev", "Rao")
    tell("Nobody at all")  # what is compiled once is compiled now
    said = {}
    for name in ("Dev Rao", "Xan Zzyx"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = tell(name)
        said[name] = (answer.status_code, answer.url, len(asked), bare(Client().get(answer.url)))
        assert not any("patient" in one["sql"].lower().split(" values")[0] for one in asked), (
            "nobody is looked up"
        )
    assert said["Dev Rao"] == said["Xan Zzyx"]
    page = bare(Client().get("/worry"))
    assert "neither yes nor no" in page and "988" in page
    assert tell("", "").status_code == 422


def test_a_person_finds_out_whom_it_means_and_mistakes_are_undone(cast, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: at(18, 10))
    dev, other = admit(cast, "Dev", "Rao"), admit(cast, "Lee", "Moss")
    add_search_keys(Patient.objects.get(uid=dev.uid))
    tell("Dev, who lives on Elm Street", told_by="His sister", callback="212-555-0188")
    carla, row = staff(cast.clinician), Worry.objects.get()
    assert not row.is_danger and Crisis.objects.count() == 0
    assert "Elm Street" in carla.get("/worries/").content.decode()
    one = reverse("worry", args=[row.uid])
    page = carla.get(one).content.decode()
    assert "It means this person" not in page, "nobody is shown before a person searches"
    assert "Dev Rao" in carla.get(f"{one}?q=Dev").content.decode()
    for patient in (other.uid, None, dev.uid):
        if patient is None:
            carla.post(reverse("undo_worry_whom", args=[row.uid]), {"once": str(uuid4())})
        else:
            carla.post(reverse("worry_whom", args=[row.uid]), {"patient": patient, "once": str(uuid4())})
    assert worries_about(other.uid, by=cast.clinician, at=at(18, 10)) == ()
    assert [one.said_name for one in worries_about(dev.uid, by=cast.clinician, at=at(18, 10))] == [
        "Dev, who lives on Elm Street"
    ]
    assert "Elm Street" in carla.get(reverse("patient_messages", args=[dev.uid])).content.decode()
    end = reverse("end_worry", args=[row.uid])
    assert (
        carla.post(end, {"outcome": "looked_into", "words": "Spoke", "once": str(uuid4())}).status_code == 302
    )
    assert how_many_worries_wait(by=cast.clinician) == 0
    assert "Looked into it with the person" in carla.get("/worries/?show=old").content.decode()
    with pytest.raises(CannotSee):
        open_worries(by=cast.biller, at=at(18, 10))
    assert staff(cast.front_desk).get("/worries/").status_code == 403


def test_danger_shows_whom_to_call_and_pages_once_and_a_flood_is_bounded(cast, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: at(18, 10))
    put_on_call(cast)
    page = tell("Dev Rao", "He wants to kill himself")
    assert page.url == "/worry/now"
    shown = Client().get(page.url).content.decode()
    assert "Call 911" in shown and "sms:988" in shown
    crisis = Crisis.objects.get()
    assert (crisis.priority, crisis.patient_id, crisis.source) == ("P2", None, "worry")
    assert paged(crisis.uid) == [("Carla", "primary")]
    tell("Dev Rao", "He wants to kill himself")
    assert Crisis.objects.count() == 1 and Worry.objects.count() == 2
    public = the_public(cast.organization)
    for number in range(30):
        assert tell_worry(NewWorry(f"No {number}", "He took all the pills"), by=public, at=at(18, 15))
    assert Crisis.objects.count() == 11, "ten of their own, and one for all that came after"
    assert all(row.crisis for row in Worry.objects.all()), "each leads to a crisis that somebody takes"
    lines = open_worries(by=cast.clinician, at=at(18, 30))
    assert len(lines) == 32 and lines[0].is_danger


def test_the_page_says_what_it_does_when_it_is_read_and_what_it_cannot_do(cast):
    page = " ".join(Client().get(reverse("worry_line")).content.decode().split())
    assert "reads it by the end of the next working day" in page and "It sends no ambulance." in page
    assert "call 911" in page and "988" in page and "neither yes nor no" in page
