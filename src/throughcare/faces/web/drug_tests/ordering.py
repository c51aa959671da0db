"""Asking for a test, taking it back, and the person's place in the draw."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.drug_tests.forms import DrawForm, OrderForm
from throughcare.faces.web.form import Form
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.drug_test.drawing import enter_draw, leave_draw
from throughcare.pathway.drug_test.ordering import order_test, take_back_order
from throughcare.pathway.drug_test.views import TestView, test_view


def shown(request: StaffRequest, patient: UUID, form: Form, **more: Any) -> HttpResponse:
    """A page of tests with one form."""
    context = {
        **chart(patient, current="tests", by=request.actor, at=timezone.now()),
        "trail": [("Tests", reverse("patient_tests", args=[patient]))],
        "back": reverse("patient_tests", args=[patient]),
        "form": form,
        "submit": "Save",
        **more,
    }
    return render(request, "drug_tests/form.html", context, status=422 if form.errors else 200)


@once
def order(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Ask for a test."""
    by, now = request.actor, timezone.now()
    form = OrderForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.is_valid() and attempt(form, lambda: order_test(patient, **_order_words(form), by=by, at=now)):
        messages.success(request, "The test is asked for.")
        return redirect("patient_tests", patient)
    return shown(request, patient, form, title="Ask for a test", submit="Ask for it")


def _order_words(form: OrderForm) -> dict[str, Any]:
    return dict(form.cleaned_data)


@once
def draw(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Put a person in the draw."""
    by, now = request.actor, timezone.now()
    form = DrawForm(request.POST or None)
    if form.is_valid() and attempt(form, lambda: enter_draw(patient, **form.cleaned_data, by=by, at=now)):
        messages.success(request, "In the draw from tomorrow on.")
        return redirect("patient_tests", patient)
    lead = (
        "Days are drawn by chance from all weekdays, also those without a session. The person is told on the "
        "morning. Nobody can choose the days: the proof is on the page of draws."
    )
    return shown(request, patient, form, title="Random tests", lead=lead, submit="Put in the draw")


@once
def leave(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Take a person out of the draw."""
    try:
        leave_draw(patient, by=request.actor, at=timezone.now())
        messages.success(request, "Out of the draw.")
    except CannotSee:
        raise
    except Cannot as cannot:
        messages.error(request, cannot.because)
    return redirect("patient_tests", patient)


@once
def take_back(request: StaffRequest, patient: UUID, order: UUID) -> HttpResponse:
    """Take back a test that nothing came of."""
    by, now = request.actor, timezone.now()
    of_patient(request, patient, order)
    try:
        take_back_order(order, by=by, at=now)
        messages.success(request, "The test was taken back.")
    except CannotSee:
        raise
    except Cannot as cannot:
        messages.error(request, cannot.because)
    return redirect("patient_tests", patient)


def of_patient(request: StaffRequest, patient: UUID, order: UUID) -> TestView:
    """The test, if it is this person's. Raises `Absent`."""
    found = test_view(order, by=request.actor, at=timezone.now())
    if found.patient != patient:
        raise Absent("ordered test")
    return found
