"""A day goes wrong: what is asked, what the worker does, what is shown, and that only that week changes."""

from datetime import timedelta

import pytest

from tests.cast import MORNING
from tests.pathway.timetable.planned_week import NEXT, planned_week
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.timetable.asking.repairs import Trouble, ask_for_repair
from throughcare.pathway.timetable.asking.solving import work_on
from throughcare.pathway.timetable.publishing.publish import preview, publish_plan
from throughcare.pathway.timetable.runs.turns import end_turn, open_job, take_runs
from throughcare.pathway.timetable.runs.views import run_view
from throughcare.records.sessions import Session
from throughcare.records.timetables import GroupFacilitator

pytestmark = pytest.mark.django_db


@pytest.fixture
def week(cast):
    return planned_week(cast)


def mended(week, trouble):
    """The plan that the worker comes to."""
    run = ask_for_repair(week.cast.site, trouble, seconds=2, by=week.cast.director, at=MORNING)
    (turn,) = take_runs(1, at=MORNING)
    outcome = work_on(open_job(turn), on_progress=lambda _: None, stop=lambda: False)
    end_turn(turn, "finished", at=MORNING, steps=outcome.steps, best=outcome.best, answer=outcome.answer)
    return run_view(run, by=week.cast.director, at=MORNING).plan.uid


def publish(week, plan):
    seen = preview(plan, by=week.cast.director, at=MORNING)
    publish_plan(plan, seen=seen.seen, because="Felix is ill.", by=week.cast.director, at=MORNING)
    return seen


def of_week(week, group, weeks=0):
    day = NEXT + timedelta(weeks=weeks)
    return Session.objects.get(group__uid=week.groups[group], local_day__range=(day, day + timedelta(6)))


def test_who_is_ill_for_a_day_is_stood_in_for_on_that_day_only(week):
    felix = str(week.cast.practitioner_uid(week.cast.facilitator))
    plan = mended(week, Trouble("staff", NEXT, staff=felix))
    seen = publish(week, plan)
    assert seen.groups == (
        "Mondays on Mon, Mar 9, 10:00 AM–1:00 PM, is led by Carla Reyes in place of Felix Grant.",
    )
    assert [name for _, name, _ in seen.people] == ["Ana Silva", "Bo Silva"]
    leads = [row.practitioner.given_name for row in of_week(week, "Mondays").staff.all()]
    assert leads == ["Carla"]
    for group, weeks in (("Wednesdays", 0), ("Fridays", 0), ("Mondays", 1)):
        assert [row.practitioner.given_name for row in of_week(week, group, weeks).staff.all()] == ["Felix"]
    assert not GroupFacilitator.objects.filter(until_date__isnull=False).exists()


def test_a_day_on_which_the_clinic_is_closed_is_canceled_and_made_up_for_where_it_can_be(week):
    plan = mended(week, Trouble("day", NEXT))
    seen = publish(week, plan)
    assert "Mondays on Mon, Mar 9, 10:00 AM–1:00 PM, is canceled." in seen.groups
    assert of_week(week, "Mondays").cancelled_at is not None
    assert of_week(week, "Mondays", 1).cancelled_at is None
    tuesday = Session.objects.filter(local_day=NEXT + timedelta(days=1), group__isnull=True)
    ana = {seat.patient_id for session in tuesday for seat in session.appointments.all()}
    assert week.people["Ana"].key in ana
    # What the day costs is shown before: three hours of each, made up on Tuesday.
    told = {name: (one.taken, one.moved, one.made_up, one.lost) for _, name, one in seen.balances}
    assert told == {"Ana Silva": (3, 0, 3, 0), "Bo Silva": (3, 0, 3, 0)}
    assert (seen.balance.taken, seen.lost) == (6, 0)


def test_what_was_is_not_repaired(week):
    with pytest.raises(Cannot, match="later day"):
        mended(week, Trouble("day", NEXT - timedelta(weeks=3)))


def test_who_is_away_must_be_of_the_staff(week):
    with pytest.raises(Cannot, match="Choose who is away"):
        mended(week, Trouble("staff", NEXT, staff="nobody"))
