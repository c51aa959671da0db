"""A planned and published week, so that every address of the timetable has something to stand for."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from uuid import UUID

from tests.cast import MONDAY, Cast
from tests.pathway.timetable.planned_week import offer
from throughcare.pathway.timetable.asking.solving import checked
from throughcare.pathway.timetable.picture.meaning import meaning_of, slot_words
from throughcare.pathway.timetable.picture.week import picture_of
from throughcare.pathway.timetable.publishing.publish import preview, publish_plan
from throughcare.pathway.timetable.runs.run import NewRun, ask_for_run
from throughcare.pathway.timetable.runs.turns import Step, end_turn, take_runs
from throughcare.pathway.timetable.runs.views import run_view

LATER = MONDAY + timedelta(weeks=2)


def a_planned_week(cast: Cast, *, at: datetime) -> dict[str, object]:
    """A run that has finished with a plan that opens a group on Saturdays; published."""
    offer(cast, weekday=5, starts=time(10), track="weekend")
    picture = picture_of(cast.site, monday=LATER, by=cast.director, at=at)
    (saturdays,) = picture.offers
    felix = str(cast.practitioner_uid(cast.facilitator))
    stands = picture.as_it_stands
    plan = replace(stands, groups={**stands.groups, saturdays: felix})
    meaning = meaning_of(picture, organization=cast.organization)
    new = NewRun("solve", LATER, "The whole week", picture.problem, meaning)
    run = ask_for_run(cast.site, new, by=cast.director, at=at)
    (turn,) = take_runs(1, at=at)
    steps = [Step(2, 900, 9, 2, 100), Step(8, 300, 3, 1, 120)]
    end_turn(turn, "finished", at=at, steps=steps, best=checked(picture.problem, plan))
    view = run_view(run, by=cast.director, at=at)
    assert view.plan is not None
    person = next(iter(picture.problem.people))
    return {
        "run": run,
        **{
            f"{route}.plan": view.plan.uid
            for route in (
                "timetable_plan",
                "timetable_group",
                "timetable_person",
                "publish_plan",
                "what_if_of_plan",
            )
        },
        "slot": slot_words(saturdays),
        "timetable_person.person": UUID(person),
        "publication": _published(cast, view.plan.uid, at),
    }


def _published(cast: Cast, plan: UUID, at: datetime) -> UUID:
    seen = preview(plan, by=cast.director, at=at).seen
    return publish_plan(
        plan, seen=seen, because="A group on Saturdays.", despite_broken=True, by=cast.director, at=at
    )
