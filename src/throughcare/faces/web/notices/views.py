"""Notices: read, and settled with words."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.notices.forms import SettleForm
from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.privacy_tabs import privacy_tabs
from throughcare.faces.web.routing import StaffRequest
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.privacy.notices import notices, read_notice, resolve_notice

COLUMNS = [Column(title) for title in ("When", "What", "About", "State")] + [Column("Actions", unseen=True)]


def overview(request: StaffRequest) -> HttpResponse:
    """The newest notices, those not settled first."""
    by, now = request.actor, timezone.now()
    found = notices(by=by, at=now)
    context = {
        "notices": found,
        "columns": COLUMNS,
        "tabs": privacy_tabs("notices", by=by),
    }
    return render(request, "notices/overview.html", context)


@once
def mark_read(request: StaffRequest, notice: UUID) -> HttpResponse:
    """Read, nothing more."""
    read_notice(notice, by=request.actor, at=timezone.now())
    return redirect("notices")


@once
def settle(request: StaffRequest, notice: UUID) -> HttpResponse:
    """What came of it."""
    by, now = request.actor, timezone.now()
    known = next((one for one in notices(by=by, at=now) if one.uid == notice), None)
    if known is None:
        raise Http404
    form = SettleForm(request.POST or None)
    if form.is_valid():
        try:
            resolve_notice(notice, **form.cleaned_data, by=by, at=now)
        except Cannot as cannot:
            form.add_error(cannot.field or None, cannot.because)
        else:
            messages.success(request, "The notice is settled.")
            return redirect("notices")
    context = {"form": form, "notice": known, "trail": [("Notices", reverse("notices"))]}
    return render(request, "notices/settle.html", context, status=422 if form.errors else 200)
