"""From a good week that changes something for others to the preview of a plan, with one button."""

import re
from datetime import time

import pytest
from django.urls import reverse

from tests.cast import MORNING
from tests.pathway.timetable.planned_week import NEXT, planned_week
from throughcare.pathway.week.commitments import NewCommitment, add_commitment
from throughcare.records.people import Account
from throughcare.records.timetable_runs import TimetablePlan


@pytest.fixture(autouse=True)
def monday_morning(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: MORNING)


def test_one_button_leads_from_the_offer_to_the_preview(cast, client):
    week = planned_week(cast)
    cy = week.people["Cy"].patient
    work = NewCommitment("work", weekday=4, starts=time(8), ends=time(18))
    add_commitment(cy, work, by=cast.clinician, at=MORNING)
    client.force_login(Account.objects.get(pk=cast.director.account))
    url = f"{reverse('place_in_week', args=[cy])}?week={NEXT.isoformat()}"
    page = client.get(url).content.decode()
    assert "See what it changes for everyone" in page
    key = re.search(r'name="plan" value="([0-9a-f]+)"', page)[1]
    answer = client.post(url, {"plan": key})
    plan = TimetablePlan.objects.get()
    assert answer.url == reverse("publish_plan", args=[plan.uid])
    shown = client.get(answer.url).content.decode()
    assert "Cy Silva" in shown and "opens; " in shown
    assert client.get(reverse("timetable_run", args=[plan.run.uid])).status_code == 200
    gone = client.post(url, {"plan": "0" * 24})
    assert gone.status_code == 409 and "no longer among those that fit" in gone.content.decode()
    client.force_login(Account.objects.get(pk=cast.admissions.account))
    assert "See what it changes" not in client.get(url).content.decode()
