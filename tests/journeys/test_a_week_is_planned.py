"""Dana plans a week: solved while she watches, compared with a change of hers, published, told, and repaired."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from tests.cast import MORNING
from tests.journeys.walker import PHONE
from tests.pathway.timetable.planned_week import NEXT, offer, planned_week
from tests.week_cast import admit, prescribe
from throughcare.pathway.timetable.asking.solving import work_on
from throughcare.pathway.timetable.runs.turns import Step, end_turn, open_job, report_turn, take_runs
from throughcare.pathway.week.commitments import NewCommitment, add_commitment

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def week(cast, clock):
    """Eight people; three of them work on days on which the groups that run meet."""
    week = planned_week(cast)
    for weekday, starts in ((3, time(10)), (1, time(17, 30)), (3, time(17, 30)), (4, time(17, 30))):
        offer(cast, weekday=weekday, starts=starts, track="day" if starts < time(15) else "evening")
    for name, days in (("Dee", (0, 2)), ("Eli", (0, 2, 4)), ("Fay", ()), ("Gus", (4,)), ("Hal", (0, 2, 4))):
        person = admit(cast, name, "Silva")
        prescribe(person, mix=(("cbt", 3, 180),))
        for day in days:
            work = NewCommitment(kind="work", weekday=day, starts=time(8), ends=time(16))
            add_commitment(person.patient, work, by=cast.clinician, at=MORNING)
    return week


def the_worker_works() -> None:
    """What a worker's process does with what waits, here and now."""
    for turn in take_runs(1, at=timezone.now()):
        outcome = work_on(open_job(turn), on_progress=lambda _: None, stop=lambda: False)
        end_turn(
            turn,
            "finished",
            at=timezone.now(),
            steps=outcome.steps,
            best=outcome.best,
            answer=outcome.answer,
        )


def test_a_week_is_solved_compared_published_and_repaired(someone, week):
    dana, carla = someone("dana@harbor.test"), someone("carla@harbor.test", size=PHONE)
    asks_and_watches(dana)
    looks_at_the_plan(dana)
    on_a_phone(someone("dana@harbor.test", size=PHONE), dana.path)
    changes_it_by_hand(dana)
    publishes(dana)
    carla.go("/today")
    carla.look("told-on-today", "Your week changes", "Everyone gets their hours.")
    carla.press("I have read it")
    assert "Your week changes" not in carla.page.locator("main").inner_text()
    repairs_a_sick_day(dana)
    asks_what_if(dana)


def asks_and_watches(dana):
    dana.go("/timetable/")
    dana.look("timetable", "No week was solved yet.")
    dana.fill("A day of the week", NEXT.isoformat())
    dana.select("How long may it take?", "10 seconds")
    dana.press("Solve it")
    dana.look("run-waiting", "Waiting", "8 people, 72 prescribed hours")
    (turn,) = take_runs(1, at=timezone.now())
    steps = [Step(1, 4200, 41, 6, 300), Step(3, 2100, 20, 3, 400), Step(5, 1200, 9, 1, 500)]
    report_turn(turn, steps, None, at=timezone.now())
    dana.page.get_by_text("63 of 72").wait_for()
    dana.look("run-solving", "Solving", "It gets better while you watch", "58 %")
    outcome = work_on(open_job(turn), on_progress=lambda _: None, stop=lambda: False)
    end_turn(turn, "finished", at=timezone.now(), steps=outcome.steps, best=outcome.best)
    dana.page.get_by_text("Look at the plan").wait_for()
    dana.look("run-finished", "Finished")


def looks_at_the_plan(dana):
    dana.follow("Look at the plan")
    dana.look("plan", "Every rule is kept.", "People with all their hours")


def on_a_phone(dana, path):
    dana.go(path)
    dana.look("plan-on-a-phone", "Every rule is kept.")
    dana.page.locator("main li.card a").first.click()
    dana.page.wait_for_load_state("load")
    dana.look("plan-group-on-a-phone", "Change by hand")


def changes_it_by_hand(dana):
    board = dana.path
    dana.page.locator("main li.card a").first.click()
    dana.page.wait_for_load_state("load")
    dana.look("plan-group", "In the group")
    dana.page.get_by_role("link", name="Take out").first.click()
    dana.page.wait_for_load_state("load")
    dana.press("See what it does")
    dana.look("change-weighed", "What this change does")
    dana.press("Keep it")
    dana.look("plan-changed", "Kept as a plan of its own.")
    dana.follow("Compare")
    for box in dana.page.locator("main input[type=checkbox]").all():
        box.check()
    dana.press("Compare", within="main")
    dana.look("plans-compared", "Plan 1", "Plan 2", "People with all their hours")
    dana.go(board)


def publishes(dana):
    dana.follow("Publish")
    dana.look("publish", "People in care", "It is done as a whole or not at all.")
    dana.fill("Why does the week change?", "Everyone gets their hours.")
    dana.press("Publish it")
    dana.look("published", "Published. Who has an account reads it on their own page", "to be told by you")
    dana.page.get_by_role("button", name="I told them").first.click()
    dana.page.wait_for_load_state("load")
    dana.reads("told")
    dana.go("/timetable/published/")
    dana.look("publications", "Everyone gets their hours.")


def repairs_a_sick_day(dana):
    dana.go("/timetable/repair")
    dana.look("something-went-wrong", "You see them before any is made.")
    dana.pick("What happened?", "Someone of the staff is away for a day")
    dana.select("Who is away?", "Carla Reyes")
    dana.fill("On which day", (NEXT + timedelta(days=1)).isoformat())
    dana.press("Find the fewest changes")
    the_worker_works()
    dana.page.get_by_text("Look at the plan").wait_for()
    dana.follow("Look at the plan")
    dana.look("repaired", "Carla Reyes is away on Tue, Mar 10")
    dana.follow("Publish")
    dana.look("repair-preview", "Tue, Mar 10")
    dana.fill("Why does the week change?", "One group has another leader this week.")
    dana.press("Publish it")
    dana.look("repair-published", "One group has another leader this week.")


def asks_what_if(dana):
    dana.go("/timetable/what-if")
    dana.look("what-if", "Which change helps most?")
    dana.pick("What would change?", "A type of group takes more people")
    dana.select("For which type of group?", "Cognitive")
    dana.fill("How many people?", "12")
    dana.press("See what it would do")
    the_worker_works()
    dana.page.get_by_text("Unmet hours:").wait_for()
    dana.look("what-if-answered", "Unmet hours:")
