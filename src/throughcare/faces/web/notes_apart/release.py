"""An author lets notes of their own leave, under the consent that the patient gave for just these."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.fields import Pick, PickMany, Select
from throughcare.faces.web.form import Form
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.knowledge.privacy.purposes import ALL as PURPOSES
from throughcare.pathway.note.notes_apart import NoteApartView, my_notes_apart
from throughcare.pathway.release.apart import prepare_notes_apart
from throughcare.pathway.release.methods import ALL as METHODS
from throughcare.pathway.release.receivers import Receiver, find_receiver, receivers_of


class ReleaseForm(Form):
    """Which notes, to whom, for what and how."""

    def __init__(
        self, notes: tuple[NoteApartView, ...], receivers: tuple[Receiver, ...], *args: Any, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.fields["notes"] = PickMany(
            "Which notes?",
            [
                (str(one.uid), f"{one.day:%B} {one.day.day}, {one.day.year}: {one.kind_words.lower()}")
                for one in notes
                if not one.corrected
            ],
            missing="Choose the notes",
        )
        named = [(one.key, one.words) for one in receivers if not one.is_class and one.key != "patient"]
        self.fields["who"] = Select("Who receives them?", named, missing="Choose who receives them")
        purposes = [
            (code, one.words) for code, one in PURPOSES.items() if code not in ("emergency", "break_glass")
        ]
        self.fields["purpose"] = Select("What for?", purposes, missing="Choose what for")
        ways = [(code, one.words) for code, one in METHODS.items() if one.gives != "nothing"]
        self.fields["method"] = Pick("How do they leave?", ways, missing="Choose how they leave")


@once
def release(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Prepare it; nothing leaves before it is read once more on its own page."""
    by, now = request.actor, timezone.now()
    notes = my_notes_apart(patient, by=by, at=now)
    form = ReleaseForm(notes, receivers_of(patient, by=by, at=now), request.POST or None)
    made: list[UUID] = []

    def write() -> None:
        said = form.cleaned_data
        receiver = find_receiver(patient, said["who"], by=by, at=now)
        wanted = [UUID(one) for one in said["notes"]]
        made.append(
            prepare_notes_apart(
                patient,
                wanted,
                to=receiver.to,
                purpose=said["purpose"],
                method=said["method"],
                contact=receiver.contact,
                by=by,
                at=now,
            )
        )

    if form.is_valid() and attempt(form, write):
        messages.success(request, "Prepared. Nothing has left yet: read it, then send it.")
        return redirect("disclosure", made[0])
    context = {
        "form": form,
        "back_url": reverse("notes_apart", args=[patient]),
        "consent_url": reverse("new_consent", args=[patient, "counseling_notes"]),
        **chart(patient, current="", by=by, at=now),
    }
    return render(request, "notes_apart/release.html", context, status=422 if form.errors else 200)
