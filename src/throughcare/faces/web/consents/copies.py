"""A consent on paper: first for whom, then the page to print."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.consents.views import consent_context
from throughcare.faces.web.fields import Pick
from throughcare.faces.web.form import Form
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.pathway.privacy.consent_views import consent_view
from throughcare.pathway.release.consent_copy import copy_receivers, hand_over_copy, require_handed_over


@once
def hand_over(request: StaffRequest, consent: UUID) -> HttpResponse:
    """For whom the copy is: the book says so before it is printed."""
    by, now = request.actor, timezone.now()
    view = consent_view(consent, by=by, at=now)
    form = Form(request.POST if request.method == "POST" else None)
    receivers = copy_receivers(consent, by=by, at=now)
    form.fields["whom"] = Pick("Who is the copy for?", receivers, missing="Choose who it is for")
    made: list[UUID] = []
    if form.is_valid() and attempt(
        form, lambda: made.append(hand_over_copy(consent, form.cleaned_data["whom"], by=by, at=now))
    ):
        return redirect("consent_copy", consent, made[0])
    context = {"form": form, **consent_context(view, by=by)}
    return render(request, "consents/copy.html", context, status=422 if form.errors else 200)


def printed(request: StaffRequest, consent: UUID, disclosure: UUID) -> HttpResponse:
    """The page to print."""
    by, now = request.actor, timezone.now()
    require_handed_over(consent, disclosure, by=by, at=now)
    view = consent_view(consent, by=by, at=now)
    return render(request, "consents/print.html", {"consent": view, "printed_at": now})
