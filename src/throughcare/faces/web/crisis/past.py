"""A crisis that was dealt with on paper, entered afterwards."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.away.caller import key_of
from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.crisis.forms import PastForm
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.crisis.kept_calls import STAFF
from throughcare.pathway.crisis.past import PastCrisis, enter_past_crisis


@once
def enter(request: StaffRequest, patient: UUID) -> HttpResponse:
    """With its own times; nobody is paged."""
    by, now = request.actor, timezone.now()
    form = PastForm(request.POST or None)
    if form.is_valid():
        try:
            past, key = PastCrisis(**form.cleaned_data), key_of(request, STAFF)
            crisis = enter_past_crisis(patient, past, key=key, by=by, at=now)
        except CannotSee:
            raise
        except Cannot as cannot:
            form.add_error(cannot.field or None, cannot.because)
        else:
            messages.success(request, "Entered. Write down each further step with the time it happened.")
            return redirect("crisis", crisis)
    back = reverse("raise_crisis", args=[patient])
    context = {"form": form, "back": back, **chart(patient, current="", by=by, at=now)}
    return render(request, "crisis/past.html", context, status=422 if form.errors else 200)
