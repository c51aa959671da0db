"""Attendance and the group note by keyboard alone, in a real browser."""

import os
import shutil
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.sessions_cast import admit, hold, open_group
from throughcare.records.attendance import Attendance
from throughcare.records.notes import Note
from throughcare.records.people import Account
from throughcare.records.sessions import Session

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def keyboard(cast, live_server, monkeypatch):
    """A page in Chromium with the facilitator signed in, and nobody at the mouse."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not installed")
    # Playwright's loop runs in this thread; the database is used between its steps, never within one.
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    from playwright.sync_api import sync_playwright

    signed_in = Client()
    signed_in.force_login(Account.objects.get(pk=cast.facilitator.account))
    cookie = {"name": "sessionid", "value": signed_in.cookies["sessionid"].value, "url": live_server.url}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        context = browser.new_context()
        context.add_cookies([cookie])
        yield context.new_page()
        browser.close()


def tab_to(page, selector, *, most=90):
    """Press Tab until the focus is on what the selector names."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no way to {selector} with the Tab key")


def test_a_facilitator_takes_attendance_and_signs_notes_without_a_mouse(cast, live_server, keyboard):
    now = datetime.now(UTC)
    people = [
        admit(cast, name, family, admitted_at=now - timedelta(days=30))
        for name, family in (("Ana", "Silva"), ("Ben", "Okoro"))
    ]
    session = hold(cast, *people, group=open_group(cast), day=now.date())
    Session.objects.filter(uid=session).update(
        starts_at=now - timedelta(minutes=90), ends_at=now - timedelta(minutes=1)
    )
    page = keyboard
    page.goto(live_server.url + reverse("session", args=[session]))
    for number, key in ((0, "1"), (1, "5")):
        tab_to(page, f"#row-{people[number].uid} .tap")
        page.keyboard.press(key)
        page.wait_for_selector(f"#row-{people[number].uid} [aria-pressed=true]")
    statuses = dict(Attendance.objects.values_list("patient_id", "status"))
    assert statuses == {people[0].key: "present", people[1].key: "no_show"}

    page.goto(live_server.url + reverse("session_notes", args=[session]))
    tab_to(page, "textarea[name=shared-text]")
    page.keyboard.type("We practiced urge surfing.")
    tab_to(page, f"textarea[name='p-{people[0].uid}-text']")
    page.keyboard.type("Named two triggers and a plan for each.")
    tab_to(page, ".phrase")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    tab_to(page, "input[type=radio]")
    page.keyboard.press("Space")
    tab_to(page, "button[value=sign]")
    page.keyboard.press("Enter")
    page.get_by_text("1 note signed").wait_for()
    note = Note.objects.get()
    assert note.patient_id == people[0].key
    assert note.text == "Named two triggers and a plan for each. Listened, said little."
    assert note.objective.thread == people[0].thread
