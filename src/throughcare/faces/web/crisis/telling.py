"""Telling an emergency team which medications somebody takes, under 42 CFR 2.51: the list, and nothing else."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.crisis.forms import TeamForm
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.knowledge.privacy.emergencies import EMERGENCY_RULE
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.crisis.desk import one_crisis
from throughcare.pathway.crisis_page.telling import Told, list_to_tell, tell_team


@once
def tell(request: StaffRequest, crisis: UUID) -> HttpResponse:
    """The list to read aloud, and the record of whom it was told."""
    by, now = request.actor, timezone.now()
    found = one_crisis(crisis, by=by, at=now)
    if found.patient is None:
        raise Absent("patient")
    first = {"discloser": by.name, "disclosed_at": timezone.localtime(now), "nature": found.words}
    form = TeamForm(request.POST or None, initial=first)
    if form.is_valid():
        try:
            tell_team(crisis, found.patient, Told(**form.cleaned_data), by=by, at=now)
        except CannotSee:
            raise
        except Cannot as cannot:
            form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
        else:
            messages.success(
                request, "It stands in the disclosure book, and is reviewed on the next business day."
            )
            return redirect("crisis", crisis)
    known = list_to_tell(found.patient, by=by, at=now)
    context = {"crisis": found, "form": form, "list": known, "cite": EMERGENCY_RULE}
    return render(request, "crisis/told.html", context, status=422 if form.errors else 200)
