"""Questionnaires behind a link, without signing in: on a phone at home, or at a kiosk of the clinic."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.once import once
from throughcare.faces.web.questionnaires.one_by_one import Place, first_page, question_page
from throughcare.knowledge.after_answers import after_answers
from throughcare.pathway.cannot import Absent
from throughcare.pathway.measure.measure_links import MeasureVisit, end_link_when_done, open_link
from throughcare.pathway.measure.sheets import HandedIn, own_request, path_after

# What happens now can be read again for so long after the last answer has ended the link.
READ_AGAIN = timedelta(hours=2)


def by_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer a link that is unknown, ended or expired with the same friendly page."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, **named: Any) -> HttpResponse:
        try:
            return view(request, token, **named)
        except Absent:
            return render(request, "intake/no_longer.html", {"organization": ""}, status=404)

    return opened


def _place(token: str, visit: MeasureVisit, asked: UUID) -> Place:
    def done(_: HandedIn) -> str:
        end_link_when_done(token, at=timezone.now())
        return reverse("questions_done", args=[token, asked])

    return Place(
        patient=visit.patient,
        by=visit.person,
        code=own_request(visit.patient, asked, by=visit.person, at=timezone.now()),
        mode="self",
        request=asked,
        question=lambda name: reverse("questions_one", args=[token, asked, name]),
        stop=reverse("questions", args=[token]),
        done=done,
        template="questionnaires/question_by_link.html",
        more={"organization": visit.neutral_name},
    )


@by_link
def start(request: HttpRequest, token: str) -> HttpResponse:
    """What waits, and how long it takes."""
    visit = open_link(token, at=timezone.now())
    return _show(request, "start", token, visit)


@by_link
def questionnaire(request: HttpRequest, token: str, asked: UUID) -> HttpResponse:
    """On to the question where the person stopped."""
    return first_page(_place(token, open_link(token, at=timezone.now()), asked))


@by_link
@once
def question(request: HttpRequest, token: str, asked: UUID, name: str) -> HttpResponse:
    """One question."""
    return question_page(request, _place(token, open_link(token, at=timezone.now()), asked), name)


@by_link
def done(request: HttpRequest, token: str, asked: UUID) -> HttpResponse:
    """Thanks, or what happens now; and what else waits."""
    at = timezone.now()
    visit = open_link(token, at=at, was_open=READ_AGAIN)
    after = after_answers(path_after(visit.patient, asked, by=visit.person, at=at))
    return _show(request, "done_by_link", token, visit, after=after)


def _show(request: HttpRequest, name: str, token: str, visit: MeasureVisit, **more: Any) -> HttpResponse:
    """A page in the clinic's neutral name; nobody who looks over a shoulder learns what care this is."""
    context = {
        "visit": visit,
        "organization": visit.neutral_name,
        "waiting": [(one, reverse("questions_of", args=[token, one.request])) for one in visit.waiting],
        **more,
    }
    return render(request, f"questionnaires/{name}.html", context)
