"""A patient's measures: the list, recording one, correcting one."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.fields import Select
from throughcare.faces.web.form import Form
from throughcare.faces.web.measures.forms import MeasureForm, initial_of
from throughcare.faces.web.measures.told import tell_score
from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.knowledge.questionnaires.library import CannotFind, all_questionnaires, find
from throughcare.knowledge.questionnaires.questionnaire import Questionnaire
from throughcare.pathway.cannot import Absent, Cannot, require
from throughcare.pathway.measure.measure import (
    MODES,
    correct_measure,
    measure_view,
    measures_of,
    record_measure,
)
from throughcare.pathway.measure.risk_due import risk_tool_due
from throughcare.pathway.privacy import may_access

COLUMNS = (
    Column("Measure"),
    Column("Taken"),
    Column("Score"),
    Column("Since the last"),
    Column("How"),
    Column("Actions", unseen=True),
)
CHANGES = {"better": "improved", "same": "unchanged", "worse": "worsened", "na": ""}


class ChooseForm(Form):
    """Which questionnaire to record."""

    code = Select(
        "Questionnaire",
        tuple((one.code, one.title) for one in all_questionnaires()),
        missing="Choose a questionnaire",
    )


def measures(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Every measure of a patient, newest first, with what was corrected kept in sight."""
    by, now = request.actor, timezone.now()
    found = measures_of(patient, by=by, at=now, retired=True)
    context = {
        **chart(patient, current="progress", by=by, at=now),
        "columns": COLUMNS,
        "risk_due": risk_tool_due(found, zone=by.time_zone, at=now),
        "rows": [(one, CHANGES[one.change], MODES.get(one.mode, one.mode)) for one in found],
        "may_record": may_access("measure", by=by, verb="change"),
    }
    return render(request, "measures/measures.html", context)


@once
def new_measure(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Record a questionnaire; `?code=` names it, without it the page asks which."""
    by, now = request.actor, timezone.now()
    require(may_access("measure", by=by, verb="change"))
    context = {
        **chart(patient, current="progress", by=by, at=now),
        "trail": [("Measures", reverse("measures", args=[patient]))],
    }
    code = request.GET.get("code", "")
    if not code:
        return render(request, "measures/choose.html", {**context, "form": ChooseForm()})
    questionnaire = _find(code)
    form = MeasureForm(questionnaire, request.POST if request.method == "POST" else None, for_staff=True)
    if request.method == "POST" and form.is_valid():
        try:
            taken = record_measure(
                patient, code, form.answers, mode=form.mode, context=form.context, by=by, at=now
            )
            tell_score(request, taken)
            return redirect("measures", patient)
        except Cannot as cannot:
            form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
    context |= {"form": form, "questionnaire": questionnaire}
    return render(request, "measures/measure.html", context, status=422 if form.errors else 200)


@once
def correct(request: StaffRequest, patient: UUID, measure: UUID) -> HttpResponse:
    """Correct what was recorded wrongly."""
    by, now = request.actor, timezone.now()
    require(may_access("measure", by=by, verb="change"))
    before = measure_view(measure, by=by, at=now)
    if before.patient != patient:
        raise Absent("measure")
    initial = initial_of(before.answers, before.context, before.mode)
    form = MeasureForm(
        find(before.code), request.POST if request.method == "POST" else None, initial=initial, for_staff=True
    )
    if request.method == "POST" and form.is_valid():
        try:
            taken = correct_measure(
                measure, form.answers, mode=form.mode, context=form.context, by=by, at=now
            )
            tell_score(request, taken)
            return redirect("measures", patient)
        except Cannot as cannot:
            form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
    context = {
        **chart(patient, current="progress", by=by, at=now),
        "trail": [("Measures", reverse("measures", args=[patient]))],
        "form": form,
        "questionnaire": find(before.code),
        "before": before,
    }
    return render(request, "measures/measure.html", context, status=422 if form.errors else 200)


def _find(code: str) -> Questionnaire:
    try:
        return find(code)
    except CannotFind:
        raise Absent("questionnaire") from None
