"""The library of curricula, what a group follows, and what a session is about."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.curricula.forms import FIELDS, FollowForm, TopicForm
from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.knowledge.curricula.library import ALL
from throughcare.knowledge.session_types import session_type
from throughcare.pathway.cannot import Absent
from throughcare.pathway.group.curricula import follow_curricula, followers, group_lessons
from throughcare.pathway.group.views import group_line
from throughcare.pathway.lesson.prepare_topic import topics_to_choose
from throughcare.pathway.lesson.topics import choose_topic

COLUMNS = (Column("Curriculum"), Column("For"), Column("Topics", numbers=True))


def curricula(request: StaffRequest) -> HttpResponse:
    """Every curriculum that ships."""
    lines = [(one, session_type(one.session_type).title) for one in ALL.values()]
    context: dict[str, Any] = {"columns": COLUMNS, "lines": sorted(lines, key=lambda line: line[0].title)}
    return render(request, "curricula/curricula.html", context)


def curriculum(request: StaffRequest, curriculum: str) -> HttpResponse:
    """One curriculum with its topics; `?print=1` is all of it on paper."""
    found = ALL.get(curriculum)
    if found is None:
        raise Absent("curriculum")
    by, now = request.actor, timezone.now()
    on_paper = request.GET.get("print") == "1"
    context: dict[str, Any] = {
        "found": found,
        "kind": session_type(found.session_type).title,
        "followers": followers(curriculum, by=by, at=now),
        "trail": [("Groups", reverse("groups")), ("Curricula", reverse("curricula"))],
    }
    return render(request, "curricula/print.html" if on_paper else "curricula/curriculum.html", context)


@once
def of_group(request: StaffRequest, group: UUID) -> HttpResponse:
    """Let a group follow curricula from a day on."""
    by, now = request.actor, timezone.now()
    line, lessons = group_line(group, by=by, at=now), group_lessons(group, by=by, at=now)
    current = lessons.followed[0].curricula if lessons.followed else lessons.fitting[:1]
    initial: dict[str, Any] = {
        **{name: one.code for name, one in zip(FIELDS, current, strict=False)},
        "way": "rounds" if lessons.in_rounds else "order",
        "from_date": max(line.today, line.opened_date),
    }
    form = FollowForm(request.POST or None, fitting=lessons.fitting, initial=initial)

    def act() -> None:
        said = form.cleaned_data
        follow_curricula(
            group,
            form.codes,
            in_rounds=said["way"] == "rounds",
            from_date=said["from_date"],
            from_the_start=said["from_the_start"],
            by=by,
            at=now,
        )

    back = reverse("group", args=[group])
    if form.is_valid() and attempt(form, act):
        messages.success(request, "Done. The topics of the sessions to come follow.")
        return redirect(back)
    context = {"form": form, "line": line, "back": back, "trail": [("Groups", reverse("groups"))]}
    return render(request, "curricula/of_group.html", context, status=422 if form.errors else 200)


@once
def of_session(request: StaffRequest, session: UUID) -> HttpResponse:
    """Choose what a session is about."""
    by, now = request.actor, timezone.now()
    found = topics_to_choose(session, by=by, at=now)
    initial = {"code": found.lesson.code, "words": found.lesson.words}
    form = TopicForm(request.POST or None, choices=found.choices, initial=initial)
    back = reverse("prepare_session", args=[session])
    if form.is_valid() and attempt(
        form, lambda: choose_topic(session, **form.choice(found.lesson.words), by=by, at=now)
    ):
        messages.success(request, "The topic is set.")
        return redirect(back)
    context = {"form": form, "found": found, "back": back, "trail": [(found.head.title, back)]}
    return render(request, "curricula/of_session.html", context, status=422 if form.errors else 200)
