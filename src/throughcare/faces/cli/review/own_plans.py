"""What each person of the fixture sets themself and practices, in words of their own."""

from datetime import datetime, timedelta

from throughcare.faces.cli.review.lives import Life
from throughcare.pathway.own_goal.own_goals import finish_step, plan_step, say_of_goal, set_goal
from throughcare.pathway.practice.practice import NewPractice, log_practice, rate_practice

HOUR = timedelta(hours=1)


def plan_for_themselves(life: Life, *, now: datetime) -> None:
    """A goal about work with a step done, one ahead and words to it; a skill used, an exercise written in."""
    by, then = life.place.program, now - HOUR
    goal = set_goal(life.patient, "work", life.word("own_goal", "goal"), by=by, at=then)
    for which in ("done", "next"):
        step = plan_step(life.patient, goal, life.word("own_goal", which), by=by, at=then)
        if which == "done":
            finish_step(step, by=by, at=now)
    for number in (2, 5):
        say_of_goal(life.patient, goal, number, life.word("own_goal", f"at {number}"), by=by, at=now)
    used = log_practice(life.patient, NewPractice(life.word("practice", "skill")), by=by, at=then)
    rate_practice(used, helped=6, words=life.word("practice", "words"), by=by, at=now)
    wrote = {"thought": life.word("practice", "thought")}
    log_practice(life.patient, NewPractice(exercise="thought-record", answers=wrote), by=by, at=now)
