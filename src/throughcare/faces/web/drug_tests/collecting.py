"""Collecting a specimen, writing down its result, or why there is none."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.drug_tests.forms import USES, CollectForm, NotGivenForm, ResultForm
from throughcare.faces.web.drug_tests.ordering import of_patient, shown
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.knowledge.drug_tests.actions import ALL as ACTIONS
from throughcare.knowledge.drug_tests.interpreting import Meaning
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.drug_test.collecting import NewSpecimen, Told, record_not_given, record_specimen
from throughcare.pathway.drug_test.results import NewResult, record_result

MEASURED = ("creatinine", "specific_gravity", "ph", "nitrite")


@once
def collect(request: StaffRequest, patient: UUID, order: UUID) -> HttpResponse:
    """Collect: the person's own word first, then the specimen."""
    by, now = request.actor, timezone.now()
    test = of_patient(request, patient, order)
    form = CollectForm(request.POST or None, initial={"collected_at": now, "matrix": test.matrix})
    if form.is_valid() and attempt(
        form, lambda: record_specimen(order, _specimen(form.cleaned_data), by=by, at=timezone.now())
    ):
        messages.success(request, "Collected. Now enter the result, or leave it to the laboratory.")
        return redirect("test_result", patient, order)
    lead = "Ask first, kindly: “Is there anything that the test may show?” What is told now counts for the person."
    return shown(request, patient, form, title="Collect a specimen", lead=lead, submit="Collected")


def _specimen(said: dict[str, Any]) -> NewSpecimen:
    long = {"yes": True, "no": False}
    told = tuple(
        Told(said[f"used_{number}"], said[f"last_{number}"], long.get(said[f"long_{number}"]))
        for number in USES
        if said[f"used_{number}"].strip()
    )
    return NewSpecimen(
        collected_at=said["collected_at"],
        matrix=said["matrix"],
        observation=said["observation"],
        temperature_f=said["temperature_f"],
        temperature_minutes=said["temperature_minutes"],
        seal=said["seal"],
        disclosed=told,
        also_takes=tuple(said["also_takes"].splitlines()),
        words=said["words"],
    )


@once
def result(request: StaffRequest, patient: UUID, order: UUID) -> HttpResponse:
    """Enter what was found; a second result of a kind corrects the first."""
    by, now = request.actor, timezone.now()
    test = of_patient(request, patient, order)
    if test.specimen is None:
        raise Cannot("Collect the specimen first, or write down why there is none.")
    specimen = test.specimen.uid
    initial = {"resulted_at": now, "definitive": "yes" if test.results else "no"}
    form = ResultForm(request.POST or None, panel=test.codes, initial=initial)
    found: list[Meaning] = []
    if form.is_valid() and attempt(
        form,
        lambda: found.append(record_result(specimen, _result(form.cleaned_data), by=by, at=timezone.now())),
    ):
        _tell(request, found[0])
        return redirect("patient_tests", patient)
    context = {
        **chart(patient, current="tests", by=by, at=now),
        "trail": [("Tests", reverse("patient_tests", args=[patient]))],
        "back": reverse("patient_tests", args=[patient]),
        "form": form,
        "test": test,
    }
    return render(request, "drug_tests/result.html", context, status=422 if form.errors else 200)


def _result(said: dict[str, Any]) -> NewResult:
    found = {
        name.removeprefix("found_"): value == "pos"
        for name, value in said.items()
        if name.startswith("found_") and value
    }
    levels = {
        name.removeprefix("level_"): float(value)
        for name, value in said.items()
        if name.startswith("level_") and value is not None
    }
    measured = {name: None if said[name] is None else float(said[name]) for name in MEASURED}
    read_at: datetime = said["resulted_at"]
    return NewResult(
        found,
        said["definitive"] == "yes",
        read_at,
        laboratory=said["laboratory"],
        levels=levels,
        foreign_substance=said["foreign"],
        **measured,
    )


def _tell(request: HttpRequest, meaning: Meaning) -> None:
    """Say at once what must be done, what matters most as an error."""
    for code in meaning.actions:
        tell = messages.error if ACTIONS[code].first else messages.warning
        tell(request, ACTIONS[code].words)
    if not meaning.actions:
        messages.success(request, "As expected.")


@once
def not_given(request: StaffRequest, patient: UUID, order: UUID) -> HttpResponse:
    """Write down why there is no specimen; what was missed may be excused here later."""
    by, now = request.actor, timezone.now()
    test = of_patient(request, patient, order)
    form = NotGivenForm(request.POST or None, initial={"kind": test.not_given, "words": test.not_given_words})
    if form.is_valid() and attempt(form, lambda: record_not_given(order, **form.cleaned_data, by=by, at=now)):
        messages.success(request, "Written down.")
        return redirect("patient_tests", patient)
    lead = "Ask why, without reproach. A test is never the only ground for a discharge."
    return shown(request, patient, form, title="No specimen", lead=lead, submit="Write it down")
