"""The pages that ask: something went wrong, what if, which change helps most."""

import pytest
from django.urls import reverse

from tests.cast import MORNING
from tests.pathway.timetable.planned_week import NEXT, planned_week, with_cy_on_tuesday
from throughcare.pathway.timetable.asking.solving import work_on
from throughcare.pathway.timetable.runs.turns import end_turn, open_job, take_runs
from throughcare.records.people import Account
from throughcare.records.timetable_runs import TimetableRun

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: MORNING)


@pytest.fixture
def week(cast):
    return planned_week(cast)


@pytest.fixture
def dana(client, week):
    client.force_login(Account.objects.get(pk=week.cast.director.account))
    return client


def answered(dana, asked):
    """What the run's page says once the worker has done its work."""
    assert asked.status_code == 302, asked.text
    (turn,) = take_runs(1, at=MORNING)
    outcome = work_on(open_job(turn), on_progress=lambda _: None, stop=lambda: False)
    end_turn(turn, "finished", at=MORNING, steps=outcome.steps, best=outcome.best, answer=outcome.answer)
    return dana.get(asked.headers["Location"]).text


def test_a_day_off_leads_to_a_plan_that_is_shown_first(dana, week):
    page = dana.get(reverse("repair_week")).text
    assert "Who is away?" in page
    felix = str(week.cast.practitioner_uid(week.cast.facilitator))
    form = {"kind": "staff", "staff": felix, "room": "", "day": NEXT.isoformat()}
    told = answered(dana, dana.post(reverse("repair_week"), form))
    assert "Felix Grant is away on Mon, Mar 9" in told and "Look at the plan" in told
    plan = TimetableRun.objects.get().plans.get()
    shown = dana.get(reverse("publish_plan", args=[plan.uid])).text
    assert "is led by Carla Reyes in place of Felix Grant." in shown


def test_nobody_is_away_without_a_name(dana):
    missing = dana.post(reverse("repair_week"), {"kind": "staff", "day": NEXT.isoformat()})
    assert missing.status_code == 422 and "Choose who is away" in missing.text


def test_who_loses_by_a_closed_group_is_told_before_anyone_is(dana, week):
    picture = week.picture()
    mondays = "~".join(map(str, week.slot(picture, "Mondays")))
    asked = dana.post(reverse("what_if") + f"?week={NEXT}", {"kind": "close", "group": mondays})
    told = answered(dana, asked)
    assert "What if:" in told and "Unmet hours:" in told


def test_a_what_if_begins_from_a_plan_that_nobody_has_published(dana, week):
    picture = week.picture()
    plan = week.kept(picture, with_cy_on_tuesday(week, picture))
    page = reverse("what_if_of_plan", args=[plan])
    assert page in dana.get(reverse("timetable_plan", args=[plan])).text
    (offer,) = picture.offers
    tuesdays = "~".join(map(str, offer))
    # Tuesdays meet in the plan alone: in the week as it stands there is nothing to close.
    assert f'value="{tuesdays}"' in dana.get(page).text
    told = answered(dana, dana.post(page, {"kind": "close", "group": tuesdays}))
    assert "Plan 1. What if:" in told
    # Nobody lacks an hour in the plan; as the week stands Cy has none.
    assert "Unmet hours: 0 now" in told


def test_the_change_that_helps_most_is_found(dana, week):
    asked = dana.post(reverse("what_if") + f"?week={NEXT}", {"action": "best"})
    told = answered(dana, asked)
    assert "Which single change helps most?" in told
    assert ("Who gains" in told and "Cy Silva" in told) or "No single change was found" in told


def test_a_change_that_asks_for_more_says_what(dana):
    bad = dana.post(reverse("what_if"), {"kind": "hours", "weekday": "1", "starts": "10:00", "ends": "09:00"})
    assert bad.status_code == 422 and "Choose who would work then" in bad.text
