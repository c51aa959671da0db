"""The case manager's morning: the board, a new task, its steps, and a referral that is followed."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from tests.cast import MONDAY, at
from tests.sessions_cast import admit
from throughcare.pathway.privacy.recipients import NewRecipient, enter_recipient
from throughcare.pathway.task.task_views import tasks_of
from throughcare.records.people import Account
from throughcare.records.tasks import ReferralOut, Task


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(at(9), tick=False):
        yield


@pytest.fixture
def ana(cast):
    return admit(cast, "Ana", "Silva")


@pytest.fixture
def desk(client, cast):
    client.force_login(Account.objects.get(pk=cast.case_manager.account))
    return client


def words(answer):
    return " ".join(answer.content.decode().split())


def sent(client, name, *arguments, **said):
    return client.post(reverse(name, args=arguments), {**said, "once": str(uuid4())})


def test_a_task_is_written_with_the_usual_steps_ticked_and_ended(desk, cast, ana):
    new = {"kind": "housing", "title": "Room at Elm House", "due": "2026-03-05"}
    made = sent(desk, "new_task", ana.uid, **new, owner=str(cast.case_manager.account_uid))
    assert made.status_code == 302, words(made)
    task = Task.objects.get()
    page = words(desk.get(made.url))
    assert "Ask where they sleep tonight" in page and "Cam Ortiz" in page
    steps = tasks_of(ana.uid, by=cast.case_manager, at=at(9)).open[0].steps
    sent(desk, "finish_task_step", ana.uid, task.uid, steps[0].uid)
    board = words(desk.get(reverse("tasks")))
    assert "Room at Elm House" in board and "(1 of 3 done)" in board
    assert sent(desk, "end_task", ana.uid, task.uid, outcome="refused").status_code == 422
    assert sent(desk, "end_task", ana.uid, task.uid, outcome="refused", words="No room").status_code == 302
    assert "Turned down by the other side. No room" in words(
        desk.get(reverse("patient_tasks", args=[ana.uid]))
    )
    assert "Room at Elm House" not in words(desk.get(reverse("tasks")))


def test_a_referral_out_without_a_consent_says_so_and_can_be_closed(desk, cast, ana):
    osei = enter_recipient(NewRecipient("treating_provider", "Dr. Osei"), by=cast.case_manager, at=at(8))
    owner = str(cast.case_manager.account_uid)
    made = sent(
        desk, "new_referral_out", ana.uid, recipient=str(osei), kind="other", asks="A check-up", owner=owner
    )
    referral = ReferralOut.objects.get()
    assert "Not sent yet" in words(desk.get(made.url))
    refused = sent(desk, "prepare_referral_out", ana.uid, referral.uid, method="pdf")
    assert "consent" in words(desk.get(refused.url))
    closed = sent(
        desk, "referral_out_step", ana.uid, referral.uid, step="closed", on=MONDAY, words="Moved away"
    )
    assert closed.status_code == 302, words(closed)
    assert "Moved away" in words(desk.get(reverse("referral_out", args=[ana.uid, referral.uid])))


def test_another_persons_task_isnt_found_under_hers(desk, cast, ana):
    lee = admit(cast, "Lee")
    new = {"kind": "legal", "title": "Court date", "due": MONDAY + timedelta(days=1)}
    sent(desk, "new_task", lee.uid, **new, owner=str(cast.clinician.account_uid))
    task = Task.objects.get()
    assert desk.get(reverse("task", args=[ana.uid, task.uid])).status_code == 404
    assert sent(desk, "end_task", ana.uid, task.uid, outcome="arranged").status_code == 404
    board = words(desk.get(reverse("tasks")))
    assert "Court date" in board  # nothing is mine, so the team's are shown
