"""Legal requests: the list, one of them, and each step from the paper to the answer."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.form import Form
from throughcare.faces.web.legal.forms import DecisionForm, DocumentForm, PaperForm, ScopeForm
from throughcare.faces.web.legal.pdf import draw_letter
from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.privacy_tabs import privacy_tabs
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.ways import way
from throughcare.knowledge.privacy.legal_letter import PARAGRAPHS
from throughcare.knowledge.privacy.legal_letter import TITLE as LETTER_TITLE
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.privacy.legal import (
    decide,
    enter_legal_request,
    keep_document,
    legal_request,
    legal_requests,
    name_patient,
)
from throughcare.pathway.privacy.legal_views import LegalView

COLUMNS = [Column(title) for title in ("Received", "Paper", "From", "About", "Answer due", "State")]
STEP = "legal/step.html"


def overview(request: StaffRequest) -> HttpResponse:
    """Every paper, those not decided first."""
    by = request.actor
    context = {
        "papers": legal_requests(by=by, at=timezone.now()),
        "columns": COLUMNS,
        "tabs": privacy_tabs("legal_requests", by=by),
    }
    return render(request, "legal/overview.html", context)


def one(request: StaffRequest, paper: UUID) -> HttpResponse:
    """One paper: what it names, what it needs, who decided what."""
    by = request.actor
    known = legal_request(paper, by=by, at=timezone.now())
    context = {
        "paper": known,
        "release_url": way("lens", known.patient, by=by) if known.patient else "",
        "decided_by_me": any(line.is_own for line in known.decisions),
        "trail": _trail(),
    }
    return render(request, "legal/paper.html", context)


@once
def new(request: StaffRequest) -> HttpResponse:
    """A paper came."""
    by, now = request.actor, timezone.now()
    form = PaperForm(request.POST or None)
    if form.is_valid():
        try:
            paper = enter_legal_request(form.paper(), by=by, at=now)
        except Cannot as cannot:
            _tell(form, cannot)
        else:
            return redirect("legal_request", paper)
    context = {"form": form, "title": "A paper came", "submit": "Enter it", "back": reverse("legal_requests")}
    return _step(request, form, {**context, "trail": _trail()})


@once
def scope(request: StaffRequest, paper: UUID) -> HttpResponse:
    """What the paper names, exactly."""
    by, now = request.actor, timezone.now()
    known = legal_request(paper, by=by, at=now)
    named = {
        "number": known.number,
        "kinds": known.kind_codes,
        "records_from": known.records_from,
        "records_until": known.records_until,
    }
    form = ScopeForm(request.POST or None, initial=named)
    lead = (
        "The patient, the kinds of record and the days, as the paper says them. Nothing beyond it can leave."
    )
    return _do(
        request,
        known,
        form,
        ("What it names", lead),
        lambda: name_patient(paper, **form.cleaned_data, by=by, at=now),
    )


@once
def document(request: StaffRequest, paper: UUID) -> HttpResponse:
    """A paper, or counsel's word, that someone had before them."""
    by, now = request.actor, timezone.now()
    known = legal_request(paper, by=by, at=now)
    form = DocumentForm(known, request.POST or None)
    lead = "What came with it, and what counsel confirmed."
    return _do(
        request,
        known,
        form,
        ("A document", lead),
        lambda: keep_document(paper, form.document(), by=by, at=now),
    )


@once
def decision(request: StaffRequest, paper: UUID) -> HttpResponse:
    """One officer's answer."""
    by, now = request.actor, timezone.now()
    known = legal_request(paper, by=by, at=now)
    form = DecisionForm(request.POST or None)
    lead = "Records leave only when two people say yes. One no is enough to refuse."
    return _do(
        request, known, form, ("Decide", lead), lambda: decide(paper, **form.cleaned_data, by=by, at=now)
    )


def letter(request: StaffRequest, paper: UUID) -> HttpResponse:
    """The answer that says neither yes nor no, on paper: the same words whoever is named."""
    now = timezone.now()
    context = {
        "paper": legal_request(paper, by=request.actor, at=now),
        "written_at": now,
        "by": request.actor,
        "title": LETTER_TITLE,
        "paragraphs": PARAGRAPHS,
    }
    return render(request, "legal/letter.html", context)


def letter_pdf(request: StaffRequest, paper: UUID) -> HttpResponse:
    """The same letter as a file."""
    by, now = request.actor, timezone.now()
    found = legal_request(paper, by=by, at=now)
    response = HttpResponse(draw_letter(found, by=by, at=now), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="answer.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _do(
    request: StaffRequest, known: LegalView, form: Form, said: tuple[str, str], act: Callable[[], None]
) -> HttpResponse:
    """Show a step's form; when it is filled in, do the step and go back to the paper."""
    if form.is_valid():
        try:
            act()
        except Cannot as cannot:
            _tell(form, cannot)
        else:
            messages.success(request, "It is written down.")
            return redirect("legal_request", known.uid)
    back = reverse("legal_request", args=[known.uid])
    title, lead = said
    context = {"form": form, "title": title, "lead": lead, "submit": "Write it down", "back": back}
    return _step(request, form, {**context, "paper": known, "trail": [*_trail(), (known.paper, back)]})


def _step(request: StaffRequest, form: Form, context: dict[str, Any]) -> HttpResponse:
    return render(request, STEP, context, status=422 if form.errors else 200)


def _tell(form: Form, cannot: Cannot) -> None:
    form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)


def _trail() -> list[tuple[str, str]]:
    return [("Legal requests", reverse("legal_requests"))]
