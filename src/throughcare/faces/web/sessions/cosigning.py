"""The second signature: the supervisor's list, and the note co-signed or given back."""

from uuid import UUID

from django.contrib import messages
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
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.note.cosigning import (
    MOST_CHARACTERS,
    cosign_note,
    notes_to_cosign,
    return_note,
)
from throughcare.pathway.note.page import open_note


class ReturnForm(Form):
    """Why a note is given back."""

    remark = LongText(
        "What should the author add?",
        hint="The note stays as it was signed. The author answers with an addendum.",
        missing="Write what the author should add",
        max_length=MOST_CHARACTERS,
        rows=5,
    )


def waiting(request: StaffRequest) -> HttpResponse:
    """What waits for this person's second signature, and what was given back to them."""
    found = notes_to_cosign(by=request.actor, at=timezone.now())
    context = {
        "found": found,
        "lists": (
            ("To co-sign", "Notes of those you supervise.", found.mine),
            ("Without a supervisor", "Their authors have no supervisor who works here.", found.nobodys),
        ),
        "trail": [("Today", reverse("today"))],
    }
    return render(request, "sessions/to_cosign.html", context)


@signs
@once
def cosign(request: StaffRequest, note: UUID) -> HttpResponse:
    """Put the second signature under a note."""
    try:
        cosign_note(note, by=request.actor, at=timezone.now())
    except CannotSee:
        raise
    except Cannot as cannot:
        messages.error(request, cannot.because)
        return redirect("note", note)
    messages.success(request, "The note is co-signed.")
    return redirect("to_cosign")


@once
def give_back(request: StaffRequest, note: UUID) -> HttpResponse:
    """Give a note back to its author with a remark."""
    at = timezone.now()
    page = open_note(note, by=request.actor, at=at)
    form = ReturnForm(request.POST or None)
    if form.is_valid():
        try:
            return_note(note, form.cleaned_data["remark"], by=request.actor, at=at)
        except CannotSee:
            raise
        except Cannot as cannot:
            form.add_error(cannot.field or None, cannot.because)
        else:
            messages.success(request, "The note was given back to its author.")
            return redirect("to_cosign")
    context = {
        "note": page,
        "form": form,
        **chart(page.patient, current="notes", by=request.actor, at=at),
        "trail": [("To co-sign", reverse("to_cosign")), ("Note", reverse("note", args=[note]))],
        "note_url": reverse("note", args=[note]),
        "lead": f"{page.title}, {page.day:%B} {page.day.day}, {page.day.year}. Signed by {page.signed_by}.",
    }
    return render(request, "sessions/give_back.html", context, status=422 if form.errors else 200)
