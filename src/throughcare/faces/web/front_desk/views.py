"""Reception chooses who asks, reads the script aloud, and writes down what was asked. Nobody is looked up here."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.form import Form
from throughcare.faces.web.front_desk.forms import InquiryForm, PaperForm
from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.privacy_tabs import privacy_tabs
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.ways import way
from throughcare.knowledge.privacy.scripts import ALL as SCRIPTS
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.privacy import may_access
from throughcare.pathway.privacy.inquiries import NewInquiry, inquiries, record_inquiry
from throughcare.pathway.privacy.legal import NewLegalRequest, hand_over_paper

COLUMNS = [
    Column(title)
    for title in (
        "When",
        "Situation",
        "Who asked",
        "About whom, as they said",
        "What they wanted",
        "Taken by",
    )
]
# Where a paper is handed over, it goes on to the privacy officer.
PAPERS = frozenset({"subpoena"})


def choose(request: StaffRequest) -> HttpResponse:
    """Who asks?"""
    context = {"scripts": list(SCRIPTS.values()), "search_way": way("search", by=request.actor)}
    return render(request, "front_desk/choose.html", context)


@once
def situation(request: StaffRequest, situation: str) -> HttpResponse:
    """The words to say, large; beneath them what is to be kept. The same for every name."""
    script = SCRIPTS.get(situation)
    if script is None:
        raise Http404
    may_write = may_access("contact_call", by=request.actor, verb="change")
    form = (PaperForm if situation in PAPERS else InquiryForm)(request.POST or None)
    if form.is_valid():
        try:
            _keep(form, situation, request)
        except Cannot as cannot:
            form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
        else:
            told = "The privacy officer has it now." if situation in PAPERS else "It is written down."
            messages.success(request, f"{told} You said neither yes nor no.")
            return redirect("front_desk")
    context = {
        "script": script,
        "form": form,
        "may_write": may_write,
        "is_paper": situation in PAPERS,
        "trail": [("Reception", reverse("front_desk"))],
    }
    return render(request, "front_desk/script.html", context, status=422 if form.errors else 200)


def _keep(form: Form, situation: str, request: StaffRequest) -> None:
    by, now, said = request.actor, timezone.now(), form.cleaned_data
    if situation in PAPERS:
        hand_over_paper(NewLegalRequest(**said), by=by, at=now)
        said = {
            "how": "in_person",
            "asked_by": said["from_whom"],
            "about_whom": said["about_whom"],
            "asked_for": said["asks_for"],
        }
    record_inquiry(NewInquiry(situation=situation, **said), by=by, at=now)


def overview(request: StaffRequest) -> HttpResponse:
    """What was asked, for those who answer for privacy."""
    by = request.actor
    context = {
        "inquiries": inquiries(by=by),
        "columns": COLUMNS,
        "tabs": privacy_tabs("inquiries", by=by),
    }
    return render(request, "front_desk/inquiries.html", context)
