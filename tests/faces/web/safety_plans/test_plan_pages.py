"""The safety plan on the chart, on her phone, on paper; and readable while nothing can be written."""

import threading
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import at, gather_cast
from tests.pathway.conftest import many_hands  # noqa: F401  # a fixture
from tests.sessions_cast import WEDNESDAY, admit
from throughcare.pathway.family.invitations import invite_patient
from throughcare.pathway.privacy.chain import verify_every_chain
from throughcare.pathway.privacy.late_book import write_kept
from throughcare.pathway.safety_plan.writing import NewPlan, save_plan
from throughcare.records.accesses import Access
from throughcare.records.consents import PatientAccount
from throughcare.records.people import Account
from throughcare.records.safety_plans import OwnPlan

DARK = {"signs": ["I stop answering"], "people": ["Mom 518-555-0134"]}
MINE = "my_safety_plan"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(at(9, day=WEDNESDAY), tick=False) as clock:
        yield clock


def signed_in(account):
    browser = Client()
    browser.force_login(Account.objects.get(pk=account))
    return browser


def at_her_phone(cast, eve):
    invite_patient(eve.uid, email="eve@mail.test", by=cast.clinician, at=at(8))
    return signed_in(PatientAccount.objects.get(patient=eve.key).account_id)


def words(answer):
    return " ".join(answer.content.decode().split())


def test_it_is_written_on_the_chart_and_at_once_on_her_phone_and_on_paper(cast):
    eve = admit(cast, "Eve", "Marsh")
    desk, phone = signed_in(cast.clinician.account), at_her_phone(cast, eve)
    assert "Write it together" in words(desk.get(reverse("patient_safety", args=[eve.uid])))
    assert "You haven't written one yet" in words(phone.get(reverse(MINE)))
    write = reverse("write_own_plan", args=[eve.uid, "safety"])
    sent = {"signs": "I stop answering\n\nNo sleep", "people": "Mom 518-555-0134", "after": 0}
    assert desk.post(write, {**sent, "once": str(uuid4())}).status_code == 302
    page = words(phone.get(reverse(MINE)))
    assert 'href="tel:+15185550134"' in page and "No sleep" in page
    assert page.index("tel:988") < page.index("No sleep")  # the crisis lines stand first
    paper = words(phone.get(reverse("print_my_plan", args=["safety"])))
    assert "paper-large" in paper and "988" in paper and "No sleep" in paper
    chart = words(desk.get(reverse("patient_safety", args=[eve.uid])))
    assert "Not whole yet" in chart and "Version 1" in chart


def test_she_changes_it_herself_and_says_that_it_still_fits(cast):
    eve = admit(cast, "Eve", "Marsh")
    save_plan(eve.uid, "safety", NewPlan(DARK), by=cast.clinician, at=at(8))
    phone = at_her_phone(cast, eve)
    write = reverse("write_my_plan", args=["safety"])
    assert "I stop answering" in words(phone.get(write))
    late = phone.post(write, {"signs": "Other", "after": 0, "once": str(uuid4())})
    assert late.status_code == 422 and "changed while you wrote" in words(late)
    assert phone.post(write, {"signs": "Other", "after": 1, "once": str(uuid4())}).status_code == 302
    assert OwnPlan.objects.get(number=2).made == "person"
    again = phone.post(reverse("read_my_plan", args=["safety"]), {"once": str(uuid4())}, follow=True)
    assert "it still fits" in words(again)
    assert phone.get(reverse("write_my_plan", args=["escape"])).status_code == 404
    assert phone.get(reverse("print_my_plan", args=["relapse"])).status_code == 404


def test_the_chart_asks_the_database_the_same_however_long_the_history(cast):
    eve = admit(cast, "Eve", "Marsh")
    desk = signed_in(cast.clinician.account)
    page = reverse("patient_safety", args=[eve.uid])
    save_plan(eve.uid, "safety", NewPlan(DARK), by=cast.clinician, at=at(8))
    desk.get(page)
    with CaptureQueriesContext(connection) as few:
        desk.get(page)
    for number in range(1, 8):
        new = NewPlan({"signs": [f"Sign {number}"]}, after=number)
        save_plan(eve.uid, "safety", new, by=cast.clinician, at=at(8, number))
    with CaptureQueriesContext(connection) as many:
        assert "Version 8" in words(desk.get(page))
    assert len(many) == len(few)


@pytest.mark.django_db(transaction=True)
def test_the_latest_saved_version_is_read_while_nothing_can_be_written(many_hands, settings, tmp_path):  # noqa: F811
    """trust.md 5.1. The page writes nothing but its row in the book, and that one is kept on disk until it can be."""
    settings.DATA = tmp_path
    cast = gather_cast()
    eve = admit(cast, "Eve", "Marsh")
    save_plan(eve.uid, "safety", NewPlan(DARK), by=cast.clinician, at=at(8))
    phone, desk = at_her_phone(cast, eve), signed_in(cast.clinician.account)
    many_hands()
    locked, over, read = threading.Event(), threading.Event(), []

    def hold():
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("BEGIN EXCLUSIVE")
            else:
                cursor.execute("BEGIN")
                cursor.execute("LOCK TABLE records_access, records_patient IN EXCLUSIVE MODE")
            locked.set()
            over.wait(60)
            cursor.execute("ROLLBACK")
        connection.close()

    def look():
        before = Access.objects.count()
        locked.wait(60)
        read.extend(phone.get(reverse(MINE)) for _ in range(4))
        read.append(desk.get(reverse("patient_safety", args=[eve.uid])))
        read.append(Access.objects.count() - before)
        over.set()
        holder.join()
        read.append(write_kept())
        read.append(Access.objects.filter(route=MINE).count())
        read.append(all(report.broken_at is None for report in verify_every_chain(at=at(10, day=WEDNESDAY))))
        connection.close()

    holder, reader = threading.Thread(target=hold), threading.Thread(target=look)
    holder.start()
    reader.start()
    reader.join(120)
    *pages, written_meanwhile, written_late, in_book, chain_holds = read
    assert [page.status_code for page in pages] == [200] * 5
    assert all("I stop answering" in words(page) for page in pages)
    assert (written_meanwhile, written_late, in_book) == (0, 5, 4) and chain_holds
