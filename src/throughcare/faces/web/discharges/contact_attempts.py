"""Calls and letters to a person who is in the program and stays away."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.discharges.forms import AttemptForm
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.episode.contact_attempts import contact_attempts_of, record_contact_attempt


@once
def contact_attempts(request: StaffRequest, patient: UUID) -> HttpResponse:
    """What was tried so far, and one more attempt to write down."""
    by, now = request.actor, timezone.now()
    page = chart(patient, current="story", by=by, at=now)
    episode = page["patient"].episode
    if episode is None:
        raise Http404
    form = AttemptForm(request.POST or None, initial={"attempted_at": timezone.localtime(now)})
    if form.is_valid():
        try:
            record_contact_attempt(episode, **form.cleaned_data, by=by, at=now)
        except Cannot as cannot:
            form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
        else:
            messages.success(request, "The attempt was written down.")
            return redirect("contact_attempts", patient)
    context = {
        **page,
        "form": form,
        "attempts": contact_attempts_of(episode, by=by, at=now),
        "is_running": page["patient"].week is not None,
    }
    return render(request, "discharges/contact_attempts.html", context, status=422 if form.errors else 200)
