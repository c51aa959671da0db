"""Homework on a patient's chart: given, told, and the trend of what helps."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.charts import Point, ScoreChart
from throughcare.faces.web.homework.forms import GiveForm, ToldForm
from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.knowledge.between_sessions import TOP
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.homework.homework import (
    NewHomework,
    give_homework,
    report_homework,
    take_back_homework,
)
from throughcare.pathway.homework.homework_views import HomeworkLine, Skills, skills_of
from throughcare.pathway.practice.practice_views import practice_of_patient

COLUMNS = (Column("Homework"), Column("Given"), Column("What came of it"), Column("Change", unseen=True))
PRACTICE = (Column("Skill"), Column("When"), Column("What they say"))


def skills(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Everything a person was given to practice, what came of it, and how much it helped over time."""
    by, now = request.actor, timezone.now()
    found = skills_of(patient, by=by, at=now)
    context = {
        **chart(patient, current="skills", by=by, at=now),
        "found": found,
        "columns": COLUMNS,
        "chart": helped_chart(found),
        "used": used_skills(found),
        "practice": practice_of_patient(patient, by=by, at=now),
        "practice_columns": PRACTICE,
    }
    return render(request, "homework/skills.html", context)


@once
def give(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Give one person homework by hand."""
    by, now = request.actor, timezone.now()
    form = GiveForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: give_homework(patient, NewHomework(**form.cleaned_data), by=by, at=now)
    ):
        messages.success(request, "Given. They find it on their own page.")
        return redirect("skills", patient)
    return _page(request, "give", patient, {"form": form})


@once
def told(request: StaffRequest, patient: UUID, homework: UUID) -> HttpResponse:
    """Write down what a person told of their homework."""
    by, now = request.actor, timezone.now()
    line = _line(skills_of(patient, by=by, at=now), homework)
    before = line.told.answer if line.told else None
    initial = (
        {"practiced": before.practiced, "helped": before.helped, "words": before.words} if before else {}
    )
    form = ToldForm(request.POST or None, initial=initial)
    if form.is_valid() and attempt(form, lambda: report_homework(homework, **form.answer, by=by, at=now)):
        messages.success(request, "Written down.")
        return redirect("skills", patient)
    return _page(request, "told", patient, {"form": form, "line": line})


@once
def take_back(request: StaffRequest, patient: UUID, homework: UUID) -> HttpResponse:
    """Take back what was given by mistake."""
    by, now = request.actor, timezone.now()
    _line(skills_of(patient, by=by, at=now), homework)
    try:
        take_back_homework(homework, by=by, at=now)
    except CannotSee:
        raise
    except Cannot as cannot:
        messages.error(request, cannot.because)
    else:
        messages.success(request, "Taken back.")
    return redirect("skills", patient)


def helped_chart(found: Skills) -> ScoreChart:
    """How much homework helped, over time."""
    told = [line.told for line in found.lines if line.told]
    points = [Point(one.day, one.answer.helped) for one in reversed(told) if one.answer.helped is not None]
    change = found.practice.trend.words if len(points) > 1 else ""
    return ScoreChart("How much it helped", points, 0, TOP, change=change, chart_id="helped")


def used_skills(found: Skills) -> list[tuple[str, int]]:
    """The skills that were practiced in real life, and how often; the most used first."""
    counted: dict[str, int] = {}
    for line in found.lines:
        if line.skill and line.told and line.told.answer.practiced != "no":
            counted[line.skill] = counted.get(line.skill, 0) + 1
    return sorted(counted.items(), key=lambda one: (-one[1], one[0]))


def _line(found: Skills, homework: UUID) -> HomeworkLine:
    line = next((one for one in found.lines if one.uid == homework), None)
    if line is None:
        raise Absent("homework")
    return line


def _page(request: StaffRequest, template: str, patient: UUID, context: dict[str, Any]) -> HttpResponse:
    """A page about one person with a form."""
    context |= {
        **chart(patient, current="skills", by=request.actor, at=timezone.now()),
        "back": reverse("skills", args=[patient]),
        "trail": [("Skills", reverse("skills", args=[patient]))],
    }
    status = 422 if context["form"].errors else 200
    return render(request, f"homework/{template}.html", context, status=status)
