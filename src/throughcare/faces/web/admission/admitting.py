"""The admission itself, and what is left to do after it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.admission.forms import AdmitForm
from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.ways import way
from throughcare.knowledge.verdict import Refused
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.care_plan.admission_tasks import admission_tasks
from throughcare.pathway.episode.admission import admit_patient, offer_admission
from throughcare.pathway.privacy import may_access


@once
def admit(request: StaffRequest, assessment: UUID) -> HttpResponse:
    """Admit the person whom this assessment placed."""
    by, now = request.actor, timezone.now()
    offer = offer_admission(assessment, by=by, at=now)
    form = AdmitForm(request.POST or None, sites=offer.sites, initial={"site": str(offer.site)})
    with timezone.override(offer.time_zone):
        if form.is_valid():
            try:
                admit_patient(
                    assessment,
                    site=UUID(form.cleaned_data["site"]),
                    track=form.cleaned_data["track"],
                    starts_at=form.cleaned_data["starts_at"],
                    by=by,
                    at=now,
                )
            except Cannot as cannot:
                form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
            else:
                messages.success(request, f"{offer.name} is admitted. Four things are left to do.")
                return redirect("admission", offer.patient)
        context = {
            "form": form,
            "offer": offer,
            "refused": offer.verdict if isinstance(offer.verdict, Refused) else None,
            **chart(offer.patient, current="story", by=by, at=now),
        }
        return render(request, "admission/admit.html", context, status=422 if form.errors else 200)


def admission(request: StaffRequest, patient: UUID) -> HttpResponse:
    """What an admission still needs."""
    by, now = request.actor, timezone.now()
    tasks = admission_tasks(patient, by=by, at=now)
    context = {
        "tasks": tasks,
        "may_plan": may_access("care_plan", by=by),
        "may_staff": may_access("episode", by=by, verb="change"),
        "weeks_url": way("place_in_week", patient, by=by),
        **chart(patient, current="story", by=by, at=now),
    }
    return render(request, "admission/tasks.html", context)
