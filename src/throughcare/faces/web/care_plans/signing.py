"""Signing a plan: the whole document, then the name."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.admission.forms import SignForm
from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.door.confirming import signs
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.care_plan.care_plan import PARTIES, sign_plan
from throughcare.pathway.care_plan.care_plan_view import version_view


@signs
@once
def sign(request: StaffRequest, version: UUID, party: str) -> HttpResponse:
    """Sign as the clinician, or hand the screen to the patient."""
    by, now = request.actor, timezone.now()
    if party not in PARTIES:
        raise Http404
    plan = version_view(version, by=by, at=now)
    if plan.status != "draft" or party in plan.signed_by:
        return redirect("plan_version", version)
    name = by.name if party == "clinician" else ""
    form = SignForm(request.POST or None, initial={"seen": plan.digest, "signed_name": name})
    if form.is_valid():
        try:
            sign_plan(
                version,
                party=party,
                signed_name=form.cleaned_data["signed_name"],
                seen=form.cleaned_data["seen"],
                by=by,
                at=now,
            )
        except Cannot as cannot:
            form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
        else:
            both = plan.signatures
            messages.success(
                request,
                "Both have signed: the plan is in force."
                if both
                else "Signed. The other signature is still missing.",
            )
            return redirect("care_plan", plan.patient)
    context = {
        "form": form,
        "plan": plan,
        "version_words": f"Version {plan.number}",
        "party": party,
        **chart(plan.patient, current="plan", by=by, at=now),
    }
    return render(request, "care_plans/sign.html", context, status=422 if form.errors else 200)
