"""One-to-ones held every second week: looked for in their turn, booked in their turn, their time kept in between."""

from datetime import datetime, time, timedelta

import pytest

from tests.cast import MONDAY, MORNING
from tests.week_cast import admit, prescribe
from throughcare.pathway.timetable.asking.solving import checked
from throughcare.pathway.timetable.picture.meaning import meaning_of
from throughcare.pathway.timetable.picture.other_weeks import every_weeks
from throughcare.pathway.timetable.picture.week import picture_of
from throughcare.pathway.timetable.publishing.publish import preview, publish_plan
from throughcare.pathway.timetable.runs.run import NewRun, ask_for_run
from throughcare.pathway.timetable.runs.turns import end_turn, take_runs
from throughcare.pathway.timetable.runs.views import run_view
from throughcare.pathway.week.booking import NewSession
from throughcare.pathway.week.schedule import book_session
from throughcare.records.episodes import CareTeamMember, Episode
from throughcare.records.people import Practitioner
from throughcare.records.sessions import Session
from throughcare.timetable.problem import Plan

pytestmark = pytest.mark.django_db
NEXT = MONDAY + timedelta(weeks=1)


def published(cast, picture, plan):
    """The plan, made the week of the site."""
    by, meaning = cast.director, meaning_of(picture, organization=cast.organization)
    run = ask_for_run(
        cast.site, NewRun("solve", NEXT, "The whole week", picture.problem, meaning), by=by, at=MORNING
    )
    (turn,) = take_runs(1, at=MORNING)
    end_turn(turn, "finished", at=MORNING, best=checked(picture.problem, plan))
    uid = run_view(run, by=by, at=MORNING).plan.uid
    seen = preview(uid, by=by, at=MORNING)
    publish_plan(uid, seen=seen.seen, because="A family session.", by=by, at=MORNING)
    return seen


def test_a_family_session_every_second_week_is_booked_so_and_keeps_its_time_in_between(cast):
    ana = admit(cast, "Ana", "Silva")
    prescribe(ana, hours=1, mix=(("family", 0.5, 60),))
    CareTeamMember.objects.create(
        organization_id=cast.organization,
        episode=Episode.objects.get(uid=ana.episode),
        practitioner=Practitioner.objects.get(pk=cast.clinician.practitioner),
        part="primary_therapist",
        recorded_at=MORNING,
    )

    def week(number):
        at = NEXT + timedelta(weeks=number)
        return picture_of(cast.site, monday=at, by=cast.director, at=MORNING)

    # Nothing is booked yet: any week is a good one to begin in.
    first, who, carla = week(0), str(ana.patient), str(cast.practitioner_uid(cast.clinician))
    (one,) = first.problem.people[who].ones
    assert (one.kind, one.every) == ("family", 2)
    eleven = first.grid.tick_of(11 * 60)
    seen = published(cast, first, Plan(ones={who: {"family": (1, eleven)}}))
    assert ", every second week" in seen.people[0][2][0]
    days = [row.local_day for row in Session.objects.filter(session_type="family").order_by("starts_at")]
    assert [(day - NEXT).days for day in days] == [1, 15, 29, 43]

    between, again = week(1), week(2)
    assert between.problem.people[who].ones == ()
    assert eleven not in between.problem.people[who].free[1]
    assert eleven not in between.problem.staff[carla].free[1]
    assert eleven in between.problem.staff[carla].free[2]
    assert again.problem.previous.ones[who] == {"family": (1, eleven)}
    # One more in a week between takes no time of the others' turn.
    new = NewSession(
        kind="family",
        site=cast.site,
        practitioner=cast.practitioner_uid(cast.clinician),
        patients=(ana.patient,),
        starts_at=datetime.combine(NEXT + timedelta(days=8), time(11)),
        minutes=60,
    )
    book_session(new, by=cast.clinician, at=MORNING)
    for number in range(3):
        assert week(number).problem.previous.ones[who] == {"family": (1, eleven)}


@pytest.mark.parametrize(
    ("per_week", "place", "every"),
    [(1, 0, 1), (0.5, 0, 2), (0.25, 0, 4), (1.5, 0, 1), (1.5, 1, 2), (2, 1, 1)],
)
def test_the_second_of_one_and_a_half_a_week_is_held_every_second(per_week, place, every):
    assert every_weeks(per_week, place) == every
