"""Raising a crisis as staff: about somebody whose record is open, or from a call about anybody."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.away.caller import caller_for, key_of
from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.crisis.forms import CallForm, RaiseForm
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.crisis.desk import crises_of_person
from throughcare.pathway.crisis.kept_calls import CALL, STAFF
from throughcare.pathway.crisis.own import logged_call
from throughcare.pathway.crisis.raising import raise_about_someone, raise_crisis


@once
def raise_about(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Raise a crisis about somebody."""
    by, now = request.actor, timezone.now()
    form = RaiseForm(request.POST or None, initial=caller_for(request, STAFF, patient))
    if form.is_valid():
        try:
            key = key_of(request, STAFF)
            crisis = raise_crisis(patient, source="staff", key=key, **form.said, by=by, at=now)
        except CannotSee:
            raise
        except Cannot as cannot:
            form.add_error(cannot.field or None, cannot.because)
        else:
            messages.success(request, "Raised. Who is on call is paged; take it yourself if you have it.")
            return redirect("crisis", crisis)
    back = reverse("patient", args=[patient])
    earlier = crises_of_person(patient, by=by, at=now)
    past_url = reverse("past_crisis", args=[patient])
    context = {"form": form, "back": back, "past_url": past_url, "earlier": earlier}
    context |= chart(patient, current="", by=by, at=now)
    return render(request, "crisis/raise.html", context, status=422 if form.errors else 200)


@once
def log_call(request: StaffRequest) -> HttpResponse:
    """Write down a call about somebody, and page who is on call. Nobody is looked up."""
    by, now = request.actor, timezone.now()
    form = CallForm(request.POST or None, initial=caller_for(request, CALL))
    if form.is_valid():
        try:
            crisis = raise_about_someone(**form.said, key=key_of(request, CALL), by=by, at=now)
        except CannotSee:
            raise
        except Cannot as cannot:
            form.add_error(cannot.field or None, cannot.because)
        else:
            return redirect("crisis_call", crisis)
    return render(request, "crisis/call.html", {"form": form}, status=422 if form.errors else 200)


def called(request: StaffRequest, call: UUID) -> HttpResponse:
    """What became of a call that I took: who was paged, and who has it. Nothing of anybody's record."""
    by, now = request.actor, timezone.now()
    found, mark = logged_call(call, by=by, at=now)
    if request.headers.get("HX-Request") and request.GET.get("seen") == mark:
        return HttpResponse(status=204)
    context = {"call": found, "mark": mark, "here": request.path}
    return render(request, "crisis/called.html", context)
