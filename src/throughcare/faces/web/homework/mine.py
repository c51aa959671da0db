"""My homework: did I do it, did it help, what happened. Two taps, and words for who wants to."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.homework.views import helped_chart
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.knowledge.between_sessions import HOMEWORK, PRACTICED, TOP
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.homework.homework import add_to_answer
from throughcare.pathway.homework.homework_views import HomeworkLine, my_homework


def homework(request: StaffRequest) -> HttpResponse:
    """What I was given lately, each with its buttons, and what I told before."""
    mine = my_homework(by=request.actor, at=timezone.now())
    lately = [one for one in mine.lines if one.is_lately] if mine.may_change else []
    context = {
        "mine": mine,
        "lately": sorted(lately, key=_is_done),  # what was just tapped keeps its place until it is done
        "earlier": [one for one in mine.lines if one not in lately],
        "answers": PRACTICED,
        "helps": range(TOP + 1),
        "questions": HOMEWORK,
        "chart": helped_chart(mine),
    }
    return render(request, "homework/mine.html", context)


def _is_done(line: HomeworkLine) -> bool:
    """Whether there is nothing left to tap."""
    told = line.told.answer if line.told else None
    return told is not None and (told.practiced == "no" or told.helped is not None)


@once
def answer(request: StaffRequest, homework: UUID) -> HttpResponse:
    """Record one tap, or words."""
    by, at, said = request.actor, timezone.now(), request.POST
    helped = said.get("helped", "")
    try:
        add_to_answer(
            homework,
            practiced=said.get("practiced", ""),
            helped=int(helped) if helped.isascii() and helped.isdigit() and len(helped) < 3 else None,
            words=said.get("words", ""),
            by=by,
            at=at,
        )
    except CannotSee:
        raise
    except Cannot as cannot:
        messages.error(request, cannot.because)
    return redirect(f"{reverse('my_homework')}#h-{homework}")
