"""The slip-risk list, the page about its model, and the director's switch."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.slip_risk.drawn import fits, groups, helped_bands, reports, terms
from throughcare.faces.web.slip_risk.forms import FeedbackForm, SwitchForm
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.slip_risk.model_page import ModelPage, model_page, tell_of_slip_risk
from throughcare.pathway.slip_risk.slip_list import slip_list
from throughcare.pathway.slip_risk.switch import switch_slip_risk

PEOPLE = (
    Column("Patient"),
    Column("Risk", numbers=True),
    Column("What weighs most"),
    Column("Act", unseen=True),
)
AWAY = (Column("Patient"), Column("Last here"), Column("Act", unseen=True))
TERMS = (Column("What is counted"), Column("Usual here", numbers=True), Column("One step more"))
BANDS = (
    Column("Told risk"),
    Column("Looks", numbers=True),
    Column("Predicted", numbers=True),
    Column("Seen", numbers=True),
)
GROUPS = (
    Column("Group"),
    Column("Stays", numbers=True),
    Column("Predicted", numbers=True),
    Column("Seen", numbers=True),
    Column("Seen coming"),
    Column("Difference"),
)
FITS = (
    Column("When"),
    Column("What came of it"),
    Column("Ended stays", numbers=True),
    Column("Drop-outs", numbers=True),
)


def _tabs(current: str) -> list[tuple[str, str, bool]]:
    places = (("Who may slip", "slip_risk"), ("About the model", "slip_model"))
    return [(title, reverse(name), name == current) for title, name in places]


def slip_risk(request: StaffRequest) -> HttpResponse:
    """Who may drop out in the next two weeks."""
    found = slip_list(by=request.actor, at=timezone.now())
    context = {
        "found": found,
        "bands": helped_bands(found),
        "tabs": _tabs("slip_risk"),
        "people_columns": PEOPLE,
        "away_columns": AWAY,
    }
    return render(request, "slip_risk/list.html", context)


def slip_model(request: StaffRequest) -> HttpResponse:
    """What the model rests on and how it does."""
    return _model(request, FeedbackForm(), SwitchForm(prefix="switch"))


@once
def feedback(request: StaffRequest) -> HttpResponse:
    """Say what the list gets wrong."""
    form = FeedbackForm(request.POST)
    if form.is_valid():
        try:
            tell_of_slip_risk(**form.cleaned_data, by=request.actor, at=timezone.now())
        except Cannot as cannot:
            form.add_error(None, cannot.because)
        else:
            messages.success(request, "Thank you. The clinical director reads it.")
            return redirect("slip_model")
    return _model(request, form, SwitchForm(prefix="switch"), status=422)


@once
def switch(request: StaffRequest) -> HttpResponse:
    """Turn it off, or on again."""
    by, now = request.actor, timezone.now()
    form = SwitchForm(request.POST, prefix="switch")
    on = request.POST.get("on") == "yes"
    if form.is_valid():
        try:
            switch_slip_risk(on=on, **form.cleaned_data, by=by, at=now)
        except Cannot as cannot:
            form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
        else:
            messages.success(request, f"Slip risk is {'on' if on else 'off'}.")
            return redirect("slip_model")
    return _model(request, FeedbackForm(), form, status=422)


def _model(
    request: StaffRequest, told: FeedbackForm, switching: SwitchForm, *, status: int = 200
) -> HttpResponse:
    found = model_page(by=request.actor, at=timezone.now())
    context = {
        **_drawn(found),
        "feedback_form": told,
        "switch_form": switching,
        "trail": [("Slip risk", reverse("slip_risk"))],
        "tabs": _tabs("slip_model"),
    }
    return render(request, "slip_risk/model.html", context, status=status)


def _drawn(found: ModelPage) -> dict[str, Any]:
    return {
        "found": found,
        "terms": terms(found),
        "reports": reports(found),
        "groups": groups(found),
        "fits": fits(found),
        "bounds": {key.partition(".")[2]: value for key, value in found.settings.items()},
        "term_columns": TERMS,
        "band_columns": BANDS,
        "group_columns": GROUPS,
        "fit_columns": FITS,
    }
