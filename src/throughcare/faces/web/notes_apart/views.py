"""Notes kept apart: the author's list, a new one, a corrected one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.fields import Date, LongText, Select
from throughcare.faces.web.form import Form
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.ways import way
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.note.notes_apart import (
    NoteApartView,
    kinds_to_write,
    my_notes_apart,
    write_note_apart,
)


class NoteApartForm(Form):
    """One note: what kind, about which day, and the words."""

    day = Date("Day of the session", missing="Enter the day of the session")
    text = LongText(
        "The note",
        hint="Leave out medications, times, results, diagnosis, plan and progress: they belong in the chart.",
        missing="Write the note",
        rows=12,
        max_length=20_000,
    )

    def __init__(self, kinds: tuple[tuple[str, str], ...], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["kind"] = Select("Kind", kinds, missing="Choose the kind of note")
        self.order_fields(["kind", "day", "text"])


def mine(request: StaffRequest, patient: UUID) -> HttpResponse:
    """What I wrote apart about this patient."""
    by, now = request.actor, timezone.now()
    new_url = reverse("new_note_apart", args=[patient])
    written = my_notes_apart(patient, by=by, at=now)
    context = {
        "notes": [(note, f"{new_url}?corrects={note.uid}") for note in written],
        "new_url": new_url,
        "release_url": way("release_notes_apart", patient, by=by),
        **chart(patient, current="", by=by, at=now),
    }
    return render(request, "notes_apart/mine.html", context)


@once
def write(request: StaffRequest, patient: UUID) -> HttpResponse:
    """A new one; `?corrects=` names one of mine that it takes the place of."""
    wanted = request.GET.get("corrects", "")
    if not wanted:
        return _write(request, patient, None)
    written = my_notes_apart(patient, by=request.actor, at=timezone.now())
    old = next((one for one in written if str(one.uid) == wanted), None)
    if old is None:
        raise Http404 from Absent("note")
    return _write(request, patient, old)


def _write(request: StaffRequest, patient: UUID, old: NoteApartView | None) -> HttpResponse:
    by, now = request.actor, timezone.now()
    starting = {"kind": old.kind, "day": old.day, "text": old.text} if old else {}
    form = NoteApartForm(kinds_to_write(by=by), request.POST or None, initial=starting)
    if form.is_valid():
        try:
            write_note_apart(patient, **form.cleaned_data, corrects=old.uid if old else None, by=by, at=now)
        except Cannot as cannot:
            form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
        else:
            messages.success(request, "The note is kept apart. Only you can read it.")
            return redirect("notes_apart", patient)
    context = {
        "form": form,
        "correcting": old is not None,
        "back_url": reverse("notes_apart", args=[patient]),
        **chart(patient, current="", by=by, at=now),
    }
    return render(request, "notes_apart/write.html", context, status=422 if form.errors else 200)
