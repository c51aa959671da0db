"""One line of a draft: added, changed, removed. Works without script; two people on one line see each other's words."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.care_plans.forms import FORMS, DoseForm, LineForm
from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.form import Form
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.knowledge.planning.plan_measures import IDEAS, date_of, idea
from throughcare.pathway.cannot import Cannot, ChangedMeanwhile
from throughcare.pathway.care_plan.care_plan_view import PlanView, version_view
from throughcare.pathway.care_plan.plan_dose import prescribe, read_dose, use_mix
from throughcare.pathway.care_plan.plan_lines import add_line, change_line, read_line, remove_line
from throughcare.pathway.episode.diagnoses import diagnoses_of

WORDS = {
    "problem": "Problem",
    "goal": "Goal",
    "objective": "Objective",
    "intervention": "Intervention",
    "prescription": "Session of the week",
}


@once
def add(request: StaffRequest, version: UUID, kind: str) -> HttpResponse:
    """Add a line; `?under=` names the line it hangs under, `?idea=` fills in proposed words."""
    by, now = request.actor, timezone.now()
    plan = version_view(version, by=by, at=now)
    under = _uuid(request.GET.get("under", ""))
    form = _form(request, kind, plan, initial=_proposal(request, plan) if kind == "objective" else {})
    if form.is_valid():
        try:
            add_line(version, kind, form.cleaned_data, under=under, by=by, at=now)
        except Cannot as cannot:
            _tell(form, cannot)
        else:
            messages.success(request, f"{WORDS[kind]} added.")
            return redirect("edit_plan", version)
    context = {
        "ideas": [(one.code, one.text(date_of(one, plan.on))) for one in IDEAS]
        if kind == "objective"
        else [],
        "under": under,
        "title": f"Add: {WORDS[kind].lower()}",
    }
    return _page(request, form, plan, context)


@once
def change(request: StaffRequest, version: UUID, kind: str, line: UUID) -> HttpResponse:
    """Change a line."""
    by, now = request.actor, timezone.now()
    plan = version_view(version, by=by, at=now)
    shown = read_line(version, kind, line, by=by, at=now)
    form = _form(request, kind, plan, initial={**shown.words, "seen": shown.seen})
    context: dict[str, Any] = {"title": f"Change: {WORDS[kind].lower()}", "line": line, "kind": kind}
    if form.is_valid():
        try:
            change_line(version, kind, line, form.cleaned_data, seen=form.cleaned_data["seen"], by=by, at=now)
        except ChangedMeanwhile as changed:
            context["theirs"] = _compare(form, changed, seen=shown.seen)
        except Cannot as cannot:
            _tell(form, cannot)
        else:
            messages.success(request, f"{WORDS[kind]} changed.")
            return redirect("edit_plan", version)
    return _page(request, form, plan, context)


@once
def remove(request: StaffRequest, version: UUID, kind: str, line: UUID) -> HttpResponse:
    """Take a line off the draft, with what hangs under it."""
    remove_line(version, kind, line, by=request.actor, at=timezone.now())
    messages.success(request, f"{WORDS[kind]} removed.")
    return redirect("edit_plan", version)


@once
def dose(request: StaffRequest, version: UUID) -> HttpResponse:
    """Hours and days a week."""
    by, now = request.actor, timezone.now()
    plan = version_view(version, by=by, at=now)
    shown = read_dose(version, by=by, at=now)
    form = DoseForm(request.POST or None, initial={**shown.words, "seen": shown.seen})
    context: dict[str, Any] = {"title": "Hours and days a week"}
    if form.is_valid():
        try:
            prescribe(version, form.cleaned_data, seen=form.cleaned_data["seen"], by=by, at=now)
        except ChangedMeanwhile as changed:
            context["theirs"] = _compare(form, changed, seen=shown.seen)
        except Cannot as cannot:
            _tell(form, cannot)
        else:
            messages.success(request, "Hours and days are set.")
            return redirect("edit_plan", version)
    return _page(request, form, plan, context)


@once
def mix(request: StaffRequest, version: UUID) -> HttpResponse:
    """Use a proposed mix of sessions."""
    use_mix(version, request.POST.get("mix", ""), by=request.actor, at=timezone.now())
    messages.success(request, "The mix is prescribed. Change its lines as the person needs.")
    return redirect("edit_plan", version)


def _page(request: StaffRequest, form: Form, plan: PlanView, context: dict[str, Any]) -> HttpResponse:
    shown = {
        "form": form,
        "plan": plan,
        "version_words": f"Version {plan.number}",
        **context,
        **chart(plan.patient, current="plan", by=request.actor, at=timezone.now()),
    }
    status = 409 if "theirs" in context else 422 if form.errors else 200
    return render(request, "care_plans/line.html", shown, status=status)


def _form(request: StaffRequest, kind: str, plan: PlanView, *, initial: dict[str, Any]) -> LineForm:
    if kind not in FORMS:
        raise Http404
    more: dict[str, Any] = {}
    if kind == "problem":
        lines = diagnoses_of(plan.episode, by=request.actor, at=timezone.now())
        more["diagnoses"] = [
            (line.code, f"{line.code} {line.title}") for line in lines if line.ended_at is None
        ]
    return FORMS[kind](request.POST or None, initial=initial, **more)


def _proposal(request: StaffRequest, plan: PlanView) -> dict[str, Any]:
    found = idea(request.GET.get("idea", ""))
    if found is None:
        return {}
    until = date_of(found, plan.on)
    return {
        "text": found.text(until),
        "measure_code": found.measure_code,
        "target": f"{found.target:g}",
        "target_date": until,
    }


def _compare(form: Form, changed: ChangedMeanwhile, *, seen: str) -> ChangedMeanwhile:
    """Keep what was typed, show what stands there, and let the next save count as having seen it."""
    form.data = {**{name: form.data[name] for name in form.data}, "seen": seen}
    form.add_error(None, changed.because)
    return changed


def _tell(form: Form, cannot: Cannot) -> None:
    form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
