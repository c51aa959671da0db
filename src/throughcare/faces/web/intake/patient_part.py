"""The person's own part of the intake: pages behind a link, one section at a time, left and taken up again."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.intake.section_form import SectionForm, seen_version
from throughcare.faces.web.measures.forms import MeasureForm, initial_of
from throughcare.faces.web.once import once
from throughcare.knowledge.intake.sections import STEMS
from throughcare.knowledge.questionnaires.library import find
from throughcare.pathway.cannot import Absent, Cannot, ChangedMeanwhile
from throughcare.pathway.intake.intake_invitation import (
    IntakeVisit,
    answer_by_token,
    measure_by_token,
    open_by_token,
    section_by_token,
    take_measure_by_token,
)


def by_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer a link that is unknown, ended or expired with the same friendly page."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, **named: Any) -> HttpResponse:
        try:
            return view(request, token, **named)
        except Absent:
            return render(request, "intake/no_longer.html", {"organization": ""}, status=404)

    return opened


@by_link
def start(request: HttpRequest, token: str) -> HttpResponse:
    """The first page: what this is, and where the person is in it."""
    visit = open_by_token(token, at=timezone.now())
    return _show(request, "start", visit, token)


@by_link
def page(request: HttpRequest, token: str, page: str) -> HttpResponse:
    """One page of questions."""
    visit = open_by_token(token, at=timezone.now())
    known = next((one for one in visit.pages if one.code == page), None)
    if known is None:
        raise Absent("page")
    answer = _questionnaire if known.is_questionnaire else _section
    return once(answer)(request, token, visit, page)


def _section(request: HttpRequest, token: str, visit: IntakeVisit, code: str) -> HttpResponse:
    now = timezone.now()
    view = section_by_token(token, code, at=now)
    form = SectionForm(view.section, request.POST if request.method == "POST" else None, initial=view.answers)
    version, theirs = seen_version(request, view.version), ""
    if request.method == "POST" and form.is_valid():
        try:
            answer_by_token(token, code, form.answers, seen_version=version, at=now)
            return redirect(_next(token, visit, code))
        except ChangedMeanwhile as changed:
            version, theirs = changed.version, changed.theirs
            form.add_error(None, changed.because)
        except Cannot as cannot:
            form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
    context = {
        "form": form,
        "lead": view.section.lead,
        "theirs": theirs,
        "version": version,
        "confirming": view.version == 0 and view.said,
    }
    return _show(request, "page", visit, token, code=code, **context)


def _questionnaire(request: HttpRequest, token: str, visit: IntakeVisit, code: str) -> HttpResponse:
    now = timezone.now()
    questionnaire = find(code)
    before = measure_by_token(token, code, at=now)
    initial = initial_of(before.answers, before.context) if before else {}
    form = MeasureForm(
        questionnaire, request.POST if request.method == "POST" else None, initial=initial, for_staff=False
    )
    if request.method == "POST" and form.is_valid():
        if not any(answer is not None for answer in form.answers):
            return redirect(_next(token, visit, code))
        try:
            taken = take_measure_by_token(token, code, form.answers, context=form.context, at=now)
            if taken.critical:
                return redirect(f"{reverse('intake_help_now', args=[token])}?from={code}")
            return redirect(_next(token, visit, code))
        except Cannot as cannot:
            form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
    return _show(
        request, "page", visit, token, code=code, form=form, lead=STEMS[code], credit=questionnaire.title
    )


@by_link
def help_now(request: HttpRequest, token: str) -> HttpResponse:
    """What someone sees at once whose answer opens a crisis path: 988, 911, and what happens next."""
    visit = open_by_token(token, at=timezone.now())
    codes = [one.code for one in visit.pages]
    came_from = request.GET.get("from", "")
    on = _next(token, visit, came_from) if came_from in codes else reverse("intake", args=[token])
    return _show(request, "help_now", visit, token, on=on)


@by_link
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """The last page: thanks, or what is still open."""
    return _show(request, "thanks", open_by_token(token, at=timezone.now()), token)


def _next(token: str, visit: IntakeVisit, code: str) -> str:
    """The page after this one that is not done, else the last page."""
    codes = [one.code for one in visit.pages]
    later = [one for one in visit.pages[codes.index(code) + 1 :] if not one.done]
    return (
        reverse("intake_page", args=[token, later[0].code])
        if later
        else reverse("intake_thanks", args=[token])
    )


def _show(
    request: HttpRequest, name: str, visit: IntakeVisit, token: str, *, code: str = "", **more: Any
) -> HttpResponse:
    """A page in the clinic's neutral name; nobody who looks over a shoulder learns what care this is."""
    codes = [one.code for one in visit.pages]
    before = visit.before(code) if code else None
    context = {
        "visit": visit,
        "token": token,
        "organization": visit.neutral_name,
        "code": code,
        "number": codes.index(code) + 1 if code else 0,
        "title": next((one.title for one in visit.pages if one.code == code), ""),
        "back": reverse("intake_page", args=[token, before.code])
        if before
        else reverse("intake", args=[token]),
        "later": reverse("intake", args=[token]),
        **more,
    }
    form = more.get("form")
    return render(
        request, f"intake/{name}.html", context, status=422 if form is not None and form.errors else 200
    )
