"""My whole record as files."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.languages import said
from throughcare.faces.web.once import once
from throughcare.faces.web.own_record.forms import NothingForm
from throughcare.faces.web.routing import StaffRequest
from throughcare.knowledge.privacy.own_record import FHIR, PDF
from throughcare.pathway.own_record.copies import CopyView, ask_for_copy, copies_of, fetch_file
from throughcare.pathway.privacy.own_record import own_patient

TYPES = {PDF: ("application/pdf", "record.pdf"), FHIR: ("application/fhir+json", "record.json")}
WAYS = {PDF: "my_record_pdf", FHIR: "my_record_fhir"}
# How often the page looks again by itself while a copy is made.
LOOKS_AGAIN_SECONDS = 4


@once
def record(request: StaffRequest) -> HttpResponse:
    """Ask for it, see how far it is, and fetch it."""
    by, at = request.actor, timezone.now()
    patient = own_patient(by=by)
    form = NothingForm(request.POST or None)
    if form.is_valid():
        ask_for_copy(patient, by=by, at=at)
        return redirect("my_record")
    copies = copies_of(patient, by=by, at=at)
    newest = copies[0] if copies else None
    context = {
        "form": form,
        "newest": newest,
        "is_making": newest is not None and newest.state in ("waiting", "making"),
        "files": _files(newest) if newest else [],
        "left_out": [(said(title), said(why)) for title, why in newest.left_out] if newest else [],
    }
    response = render(request, "own_record/record.html", context)
    if context["is_making"]:
        response["Refresh"] = str(LOOKS_AGAIN_SECONDS)
    return response


def _files(copy: CopyView) -> list[tuple[str, str, str]]:
    """Route, words and size of each file."""
    return [(WAYS[one.kind], said(one.words), f"{max(1, one.size // 1000)} kB") for one in copy.files]


def pdf(request: StaffRequest, copy: UUID) -> HttpResponse:
    """The record to read and print."""
    return _file(request, copy, PDF)


def fhir(request: StaffRequest, copy: UUID) -> HttpResponse:
    """The record for another program."""
    return _file(request, copy, FHIR)


def _file(request: StaffRequest, copy: UUID, kind: str) -> HttpResponse:
    content = fetch_file(copy, kind, by=request.actor, at=timezone.now())
    content_type, name = TYPES[kind]
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
