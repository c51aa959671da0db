"""One crisis: what matters first, large; its log as it runs; one tap to take it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.crisis.forms import CloseForm, EntryForm, PriorityForm
from throughcare.faces.web.form import Form
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.ways import way
from throughcare.knowledge.crisis.entries import ALL as KINDS
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.crisis.answering import (
    close_crisis,
    name_person,
    page_also,
    raise_priority,
    take_crisis,
)
from throughcare.pathway.crisis.desk import desk_mark, may_answer, one_crisis
from throughcare.pathway.crisis.log_entries import NewEntry, log_entry
from throughcare.pathway.crisis.views import CrisisView
from throughcare.pathway.crisis_page.around import PersonInCrisis, person_in_crisis
from throughcare.pathway.people.finding import find_people

# What is written with one tap: the button's words, the kind and the answer.
TAPS = (("I reached them", "reached", "person"), ("No answer", "tried", "call"))
FIRST = ("ems", "mobile_crisis", "family")
# What only one priority asks for stands only on its pages.
ONLY = {"outreach": "P3", "answer": "P4"}
THEN = ("disposition", "handoff", "screened", "plan_checked", "outreach", "answer", "reached", "note")
MORE = {"reached": "Reached: write more"}


def one(request: StaffRequest, crisis: UUID) -> HttpResponse:
    """The crisis with its log. The open page asks for news; without any nobody's record is opened."""
    by, now = request.actor, timezone.now()
    seen, mark = request.GET.get("seen"), desk_mark(by=by, at=now, crisis=crisis)
    if seen and request.headers.get("HX-Request") and seen == mark:
        return HttpResponse(status=204)
    found = one_crisis(crisis, by=by, at=now)
    is_mine = found.holder_uid is not None and found.holder_uid == by.account_uid
    context = {
        "crisis": found,
        "mark": mark,
        "person": _person(found, request),
        "is_mine": is_mine,
        "may_answer": may_answer(by=by),
        "taps": TAPS,
        "first": [KINDS[kind] for kind in FIRST],
        "then": _then(found.priority),
        "tell_url": way("crisis_told", crisis, by=by) if found.patient else "",
    }
    return render(request, "crisis/one.html", context)


def _then(priority: str) -> list[tuple[str, str]]:
    """What is written later on: the kind of entry and the button's words."""
    asked = (kind for kind in THEN if ONLY.get(kind, priority) == priority)
    return [(kind, MORE.get(kind, KINDS[kind].button)) for kind in asked]


def _person(found: CrisisView, request: StaffRequest) -> PersonInCrisis | None:
    """The person's part, where we know who it is and the reader may see who."""
    if found.patient is None or request.headers.get("HX-Request"):
        return None
    try:
        return person_in_crisis(found.patient, by=request.actor, at=timezone.now())
    except CannotSee:
        return None


@once
def take(request: StaffRequest, crisis: UUID) -> HttpResponse:
    """I take it."""
    take_crisis(crisis, by=request.actor, at=timezone.now())
    messages.success(request, "It is yours. Nobody else is paged.")
    return redirect("crisis", crisis)


@once
def page_others(request: StaffRequest, crisis: UUID) -> HttpResponse:
    """Page the backup or the director too."""
    count = page_also(crisis, request.POST.get("line", ""), by=request.actor, at=timezone.now())
    messages.success(request, "Paged." if count else "Nobody can be paged there. Call somebody yourself.")
    return redirect("crisis", crisis)


@once
def write(request: StaffRequest, crisis: UUID) -> HttpResponse:
    """Write one line into the log: of a kind by form, or with one tap."""
    by, now = request.actor, timezone.now()
    kind = request.POST.get("entry") or request.GET.get("entry", "note")
    if kind not in KINDS or not KINDS[kind].button:
        raise Http404
    if request.method == "POST" and "tap" in request.POST:
        log_entry(crisis, NewEntry(kind, request.POST["tap"]), by=by, at=now)
        return redirect("crisis", crisis)
    form = EntryForm(kind, request.POST or None, initial={"happened_at": timezone.localtime(now)})
    if form.is_valid():
        try:
            log_entry(crisis, NewEntry(kind, **_as_of(form, now)), by=by, at=now)
        except CannotSee:
            raise
        except Cannot as cannot:
            form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
        else:
            return redirect("crisis", crisis)
    title = KINDS[kind].button
    return _ask(request, crisis, form, title, "Write it down", kind=kind)


def _as_of(form: Form, now: datetime) -> dict[str, Any]:
    """The form's answers; a moment within this minute means now, to the second."""
    said = dict(form.cleaned_data)
    if said["happened_at"] >= now.replace(second=0, microsecond=0):
        said["happened_at"] = now
    return said


@once
def priority(request: StaffRequest, crisis: UUID) -> HttpResponse:
    """It is more urgent than it was raised."""
    by, now = request.actor, timezone.now()
    form = PriorityForm(one_crisis(crisis, by=by, at=now).priority, request.POST or None)
    if form.is_valid():
        try:
            raise_priority(
                crisis, form.cleaned_data["priority"], words=form.cleaned_data["words"], by=by, at=now
            )
        except CannotSee:
            raise
        except Cannot as cannot:
            form.add_error(cannot.field or None, cannot.because)
        else:
            return redirect("crisis", crisis)
    return _ask(request, crisis, form, "It is more urgent", "Raise it")


@once
def whose(request: StaffRequest, crisis: UUID) -> HttpResponse:
    """Say whose crisis a call was about: find the person, one tap on the name."""
    by, now = request.actor, timezone.now()
    if request.method == "POST":
        name_person(crisis, _uuid(request.POST.get("patient", "")), by=by, at=now)
        return redirect("crisis", crisis)
    text = request.GET.get("q", "")
    context = {
        "crisis": one_crisis(crisis, by=by, at=now),
        "q": text,
        "people": find_people(text, by=by, at=now) if text else [],
    }
    return render(request, "crisis/whose.html", context)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as wrong:
        raise Http404 from wrong


@once
def close(request: StaffRequest, crisis: UUID) -> HttpResponse:
    """Close it, with all that its priority asks for done."""
    by, now = request.actor, timezone.now()
    form = CloseForm(request.POST or None)
    if form.is_valid():
        try:
            close_crisis(crisis, words=form.cleaned_data["words"], by=by, at=now)
        except CannotSee:
            raise
        except Cannot as cannot:
            form.add_error(None, cannot.because)
        else:
            messages.success(request, "Closed. What is still due stays on the desk.")
            return redirect("crisis_desk")
    return _ask(request, crisis, form, "Close this crisis", "Close it")


def _ask(
    request: StaffRequest, crisis: UUID, form: Form, title: str, submit: str, kind: str = ""
) -> HttpResponse:
    """One small form about a crisis."""
    found = one_crisis(crisis, by=request.actor, at=timezone.now())
    context = {"crisis": found, "form": form, "title": title, "submit": submit, "kind": kind}
    return render(request, "crisis/ask.html", context, status=422 if form.errors else 200)
