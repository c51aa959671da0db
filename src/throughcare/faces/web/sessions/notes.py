"""Signed notes: one to read or print, a patient's list, and the addendum."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.door.confirming import signs
from throughcare.faces.web.fields import LongText
from throughcare.faces.web.form import Form
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.ways import way
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.note.group_note import add_addendum
from throughcare.pathway.note.my_notes import answers_to
from throughcare.pathway.note.page import MOST_CHARACTERS, notes_of_patient, open_note

PER_PAGE = 20


class AddendumForm(Form):
    """Words added under a signed note."""

    text = LongText(
        "What is to be added?",
        hint="It is signed with your name, credential and the time. Name no other member.",
        missing="Write what is to be added",
        max_length=MOST_CHARACTERS,
        rows=8,
    )


def note(request: StaffRequest, note: UUID) -> HttpResponse:
    """A signed note with its addenda; the same page prints."""
    at = timezone.now()
    page = open_note(note, by=request.actor, at=at)
    context = {
        "note": page,
        "answers": answers_to(note, by=request.actor, at=at),
        **chart(page.patient, current="notes", by=request.actor, at=at),
        "trail": [("Notes", reverse("patient_notes", args=[page.patient]))],
        "addendum_url": reverse("add_addendum", args=[note]),
        "cosign_url": reverse("cosign_note", args=[note]),
        "return_url": reverse("return_note", args=[note]),
    }
    return render(request, "sessions/note.html", context)


@signs
@once
def add(request: StaffRequest, note: UUID) -> HttpResponse:
    """Add words under a signed note."""
    at = timezone.now()
    page = open_note(note, by=request.actor, at=at)
    form = AddendumForm(request.POST or None)
    if form.is_valid():
        try:
            add_addendum(note, form.cleaned_data["text"], by=request.actor, at=at)
        except CannotSee:
            raise
        except Cannot as cannot:
            form.add_error(cannot.field or None, cannot.because)
        else:
            messages.success(request, "The addendum is signed.")
            return redirect("note", note)
    context = {
        "note": page,
        "form": form,
        **chart(page.patient, current="notes", by=request.actor, at=at),
        "trail": [("Note", reverse("note", args=[note]))],
        "note_url": reverse("note", args=[note]),
        "lead": f"{page.title}, {page.day:%B} {page.day.day}, {page.day.year}",
    }
    return render(request, "sessions/addendum.html", context, status=422 if form.errors else 200)


def of_patient(request: StaffRequest, patient: UUID) -> HttpResponse:
    """A patient's signed notes, newest first."""
    at, number = timezone.now(), page_number(request.GET.get("page", ""))
    lines, total = notes_of_patient(
        patient, by=request.actor, at=at, first=(number - 1) * PER_PAGE, most=PER_PAGE
    )
    context = {
        **chart(patient, current="notes", by=request.actor, at=at),
        "lines": lines,
        "apart_url": way("notes_apart", patient, by=request.actor),
        "page": Paginator(range(total), PER_PAGE).get_page(number),
    }
    return render(request, "sessions/notes_of_patient.html", context)


def page_number(text: str) -> int:
    """The page that the address asks for, from 1; the first one for what is no number."""
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1
