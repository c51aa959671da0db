"""One tap back in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from throughcare.faces.web.aftercare.forms import WayBackForm
from throughcare.faces.web.languages import said
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.pathway.privacy.own_record import own_patient
from throughcare.pathway.way_back.coming_back import come_back, my_way_back


@once
def back_in(request: StaffRequest) -> HttpResponse:
    """Ask to come back, or see what happens since."""
    by, at = request.actor, timezone.now()
    patient = own_patient(by=by)
    way = my_way_back(patient, by=by, at=at)
    form = WayBackForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: come_back(patient, words=form.cleaned_data["words"], by=by, at=at)
    ):
        messages.success(request, _("We have your request. You did the hard part."))
        return redirect("my_back_in")
    context = {"form": form, "way": way, "seat_title": said(way.title) if way else ""}
    return render(request, "aftercare/back_in.html", context, status=422 if form.errors else 200)
