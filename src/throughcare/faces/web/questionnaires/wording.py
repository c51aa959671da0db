"""Entering the wording of an instrument from the clinic's own licensed copy."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.fields import LongText, Text
from throughcare.faces.web.form import Form
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.knowledge.questionnaires.library import find
from throughcare.pathway.measure.licensed_wording import LONGEST, Wording, enter_wording, wording_of


class WordingForm(Form):
    """The wording of each item, and whose license it is."""

    def __init__(self, *args: Any, wording: Wording, **more: Any) -> None:
        super().__init__(*args, **more)
        for number, label, words in wording.items:
            self.fields[f"item_{number}"] = LongText(
                f"{number}. {label}", optional=True, rows=2, max_length=LONGEST, initial=words
            )
        self.fields["license_note"] = Text(
            "Who licensed it to you, and since when?", optional=True, initial=wording.license_note
        )

    @property
    def words(self) -> dict[str, str]:
        """By item number what was entered."""
        return {
            name.removeprefix("item_"): str(value)
            for name, value in self.cleaned_data.items()
            if name.startswith("item_")
        }


@once
def enter(request: StaffRequest, code: str) -> HttpResponse:
    """See and change what was entered."""
    by, at = request.actor, timezone.now()
    wording = wording_of(code, by=by)
    form = WordingForm(request.POST if request.method == "POST" else None, wording=wording)
    if form.is_valid() and attempt(
        form,
        lambda: enter_wording(code, form.words, license_note=form.cleaned_data["license_note"], by=by, at=at),
    ):
        messages.success(request, "The wording is kept. People can be asked by phone from now on.")
        return redirect("settings")
    context = {
        "form": form,
        "wording": wording,
        "license": find(code).licence.note,
        "trail": [("Clinic", reverse("clinic")), ("Settings", reverse("settings"))],
    }
    return render(request, "questionnaires/wording.html", context, status=422 if form.errors else 200)
