"""One goal of mine: set, what I do next, how far I am, let go."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from throughcare.faces.web.form import Form
from throughcare.faces.web.my_plan.forms import FarForm, GoalForm, StepForm
from throughcare.faces.web.my_plan.views import far_chart
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.pathway.cannot import Absent
from throughcare.pathway.own_goal.my_plan import MyGoal, my_plan
from throughcare.pathway.own_goal.own_goals import (
    finish_step,
    let_go_of_goal,
    let_go_of_step,
    plan_step,
    say_of_goal,
    set_goal,
)
from throughcare.pathway.privacy.own_record import own_patient


@once
def new(request: StaffRequest) -> HttpResponse:
    """I set myself a goal."""
    by, at = request.actor, timezone.now()
    form, made = GoalForm(request.POST or None), []

    def act() -> None:
        said = form.cleaned_data
        made.append(set_goal(own_patient(by=by), said["area"], said["own_words"], by=by, at=at))

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("It is on your plan. What do you do first?"))
        return redirect("my_new_step", made[0])
    return _answer(request, "new", form)


def goal(request: StaffRequest, goal: UUID) -> HttpResponse:
    """One goal with its steps, and how far I said I was."""
    found = _goal(request, goal)
    context = {"goal": found, "chart": far_chart(found, _("How far you said you are"))}
    return render(request, "my_plan/goal.html", context)


@once
def step(request: StaffRequest, goal: UUID) -> HttpResponse:
    """What I do next for it."""
    by, at = request.actor, timezone.now()
    found, form = _goal(request, goal), StepForm(request.POST or None)

    def act() -> None:
        said = form.cleaned_data
        plan_step(own_patient(by=by), goal, said["words"], by_date=said["by_date"], by=by, at=at)

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("It is on your plan."))
        return redirect("my_plan")
    return _answer(request, "step", form, found)


@once
def said(request: StaffRequest, goal: UUID) -> HttpResponse:
    """How far I am."""
    by, at = request.actor, timezone.now()
    found, form = _goal(request, goal), FarForm(request.POST or None)

    def act() -> None:
        say_of_goal(own_patient(by=by), goal, form.number, form.cleaned_data["words"], by=by, at=at)

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("Thank you. Your care team sees it too."))
        return redirect("my_goal", goal)
    return _answer(request, "said", form, found)


def let_go(request: StaffRequest, goal: UUID) -> HttpResponse:
    """I let a goal of mine go."""
    let_go_of_goal(goal, by=request.actor, at=timezone.now())
    messages.success(request, _("You let it go. You can set it again."))
    return redirect("my_plan")


def done(request: StaffRequest, step: UUID) -> HttpResponse:
    """I did it."""
    return _tap(
        request, _("Done. Well done."), lambda: finish_step(step, by=request.actor, at=timezone.now())
    )


def drop(request: StaffRequest, step: UUID) -> HttpResponse:
    """I drop it."""
    return _tap(request, _("Dropped."), lambda: let_go_of_step(step, by=request.actor, at=timezone.now()))


def _tap(request: StaffRequest, words: str, act: Callable[[], None]) -> HttpResponse:
    act()
    messages.success(request, words)
    return redirect("my_plan")


def _goal(request: StaffRequest, goal: UUID) -> MyGoal:
    mine = my_plan(by=request.actor, at=timezone.now())
    found = next((one for one in mine.goals if one.goal == goal), None)
    if found is None:
        raise Absent("goal")
    return found


def _answer(request: StaffRequest, template: str, form: Form, goal: MyGoal | None = None) -> HttpResponse:
    context = {"form": form, "goal": goal}
    return render(request, f"my_plan/{template}.html", context, status=422 if form.errors else 200)
