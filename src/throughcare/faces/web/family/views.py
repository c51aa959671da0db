"""What someone close to a patient is shown: what the patient lets them see at this moment, and how they can help."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from throughcare.faces.web.languages import said
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.knowledge.family_education import ALL as LESSONS
from throughcare.pathway.family.family import family_page, family_sessions, my_relations, still_lets
from throughcare.pathway.family.learning import finish_lesson, lessons_done


def family(request: StaffRequest) -> HttpResponse:
    """Everyone who lets me see something, the sessions for families, and what helps."""
    by, now = request.actor, timezone.now()
    context = {
        "relations": my_relations(by=by, at=now),
        "sessions": family_sessions(by=by, at=now),
        "urgent": [one for one in LESSONS.values() if one.urgent],
        "lessons": [one for one in LESSONS.values() if not one.urgent],
        "done": lessons_done(by=by),
    }
    return render(request, "family/family.html", context)


def person(request: StaffRequest, patient: UUID) -> HttpResponse:
    """What one of them lets me see."""
    page = family_page(patient, by=request.actor, at=timezone.now())
    return render(request, "family/person.html", {"page": page, "patient": patient})


def still(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Whether the open page may stay open: an empty yes, or the same no as for a page that never was."""
    lets = still_lets(patient, request.GET.get("seen", ""), by=request.actor, at=timezone.now())
    return HttpResponse(status=204 if lets else 404)


def lesson(request: StaffRequest, lesson: str) -> HttpResponse:
    """One lesson."""
    found = LESSONS.get(lesson)
    if found is None:
        raise Http404
    done = lesson in lessons_done(by=request.actor)
    context = {"lesson": found, "title": said(found.title), "is_done": done}
    return render(request, "family/lesson.html", context)


@once
def lesson_done(request: StaffRequest, lesson: str) -> HttpResponse:
    """I worked through a lesson."""
    finish_lesson(lesson, by=request.actor, at=timezone.now())
    messages.success(request, _("Done. Try one step this week."))
    return redirect("family")
