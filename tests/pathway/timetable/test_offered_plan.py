"""A week that is offered to one person, and for which others move or a group opens, becomes a plan with a preview."""

from datetime import time

import pytest

from tests.cast import MORNING
from tests.pathway.timetable.planned_week import NEXT, planned_week
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.timetable.person.good_weeks import good_weeks
from throughcare.pathway.timetable.person.offered_plan import plan_offered_week
from throughcare.pathway.timetable.publishing.publish import preview, publish_plan
from throughcare.pathway.timetable.runs.turns import take_runs
from throughcare.pathway.week.commitments import NewCommitment, add_commitment
from throughcare.records.timetable_runs import Publication, TimetablePlan, TimetableRun
from throughcare.records.timetables import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def week(cast):
    """Cy works on Fridays: he gets his hours only when Tuesdays open."""
    found = planned_week(cast)
    works(found, 4)
    return found


def works(week, weekday: int) -> None:
    work = NewCommitment("work", weekday=weekday, starts=time(8), ends=time(18))
    add_commitment(week.people["Cy"].patient, work, by=week.cast.clinician, at=MORNING)


def offered(week):
    found = good_weeks(week.people["Cy"].patient, monday=NEXT, by=week.cast.director, at=MORNING)
    return next(one for one in found.weeks if one.key)


def test_it_is_a_plan_first_and_the_week_once_it_is_published(week):
    offer = offered(week)
    assert not offer.verdict and offer.missing_hours == 0
    cy = week.people["Cy"].patient
    plan = plan_offered_week(cy, offer.key, monday=NEXT, by=week.cast.director, at=MORNING)
    assert (
        not Publication.objects.exists() and not Membership.objects.filter(episode__patient__uid=cy).exists()
    )
    assert take_runs(4, at=MORNING) == (), "no worker takes it up"
    seen = preview(plan, by=week.cast.director, at=MORNING)
    assert [name for _, name, _ in seen.people] == ["Cy Silva"]
    assert any("opens" in words for words in seen.groups)
    assert (seen.since, seen.unclear, seen.broken) == ((), (), ())
    because = "Cy gets his hours."
    publish_plan(plan, seen=seen.seen, because=because, by=week.cast.director, at=MORNING)
    assert Membership.objects.filter(episode__patient__uid=cy, until_date__isnull=True).count() == 3


def test_what_does_not_fit_any_more_is_not_made_a_plan(week):
    offer = offered(week)
    works(week, 1)
    with pytest.raises(Cannot, match="no longer among those that fit"):
        plan_offered_week(
            week.people["Cy"].patient, offer.key, monday=NEXT, by=week.cast.director, at=MORNING
        )
    assert not TimetablePlan.objects.exists()


def test_who_does_not_plan_weeks_makes_none(week):
    offer = offered(week)
    with pytest.raises(CannotSee):
        plan_offered_week(
            week.people["Cy"].patient, offer.key, monday=NEXT, by=week.cast.admissions, at=MORNING
        )
    assert not TimetableRun.objects.exists()
