"""My plan, how I am doing, and whom I was referred to: pages to read."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from throughcare.faces.web.charts import Point, ScoreChart
from throughcare.faces.web.languages import said
from throughcare.faces.web.routing import StaffRequest
from throughcare.knowledge.between_sessions import TOP
from throughcare.pathway.homework.homework_views import my_homework
from throughcare.pathway.own_goal.how_i_am import Course, how_i_am
from throughcare.pathway.own_goal.my_plan import MyGoal, my_plan
from throughcare.pathway.own_goal.my_work import my_work
from throughcare.pathway.practice.practice_views import my_practice
from throughcare.pathway.task.my_referrals import my_referrals


def plan(request: StaffRequest) -> HttpResponse:
    """My goals with what I do next for each."""
    by, now = request.actor, timezone.now()
    mine = my_plan(by=by, at=now)
    context = {
        "mine": mine,
        "next_up": [(goal, step) for goal in mine.goals for step in goal.open_steps],
        "homework": [one for one in my_homework(by=by, at=now).lines if one.is_open],
        "practice": my_practice(by=by, at=now).words,
    }
    return render(request, "my_plan/plan.html", context)


def how(request: StaffRequest) -> HttpResponse:
    """How I am doing: pictures with their words and numbers."""
    by, now = request.actor, timezone.now()
    found = how_i_am(by=by, at=now)
    context = {
        "found": found,
        "daily": [_drawn(one) for one in found.daily],
        "measures": [_drawn(one) for one in found.measures],
        "practice": my_practice(by=by, at=now).words,
    }
    return render(request, "my_plan/how.html", context)


def referrals(request: StaffRequest) -> HttpResponse:
    """To whom I was referred, and what came of it."""
    found = my_referrals(by=request.actor, at=timezone.now())
    return render(request, "my_plan/referrals.html", {"referrals": found})


def work(request: StaffRequest) -> HttpResponse:
    """Work and learning: my goals, workshops, who was asked to help, and the way to a letter."""
    found = my_work(by=request.actor, at=timezone.now())
    return render(request, "my_plan/work.html", {"found": found})


def far_chart(goal: MyGoal, name: str) -> ScoreChart:
    """How far I said I was, over time."""
    points = [Point(one.on, one.how_far) for one in goal.said]
    return ScoreChart(name, points, 0, TOP, change=goal.how_far, chart_id="far")


def _drawn(one: Course) -> ScoreChart:
    points = [Point(on, value) for on, value in one.points]
    return ScoreChart(
        said(one.title), points, one.lowest, one.highest, change=one.words, chart_id=f"c-{one.code}"
    )
