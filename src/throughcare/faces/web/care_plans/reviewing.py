"""The plan review: drafted from the record, edited, signed; and read again later."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.care_plans.forms import ReviewForm
from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.door.confirming import signs
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.strips import WeekOfHours
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.care_plan.care_plan_view import care_plan_view
from throughcare.pathway.care_plan.plan_review import draft_review, held_review, sign_review


@signs
@once
def review(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Hold a review of the plan in force."""
    by, now = request.actor, timezone.now()
    page = care_plan_view(patient, by=by, at=now)
    if page is None:
        raise Absent("episode")
    if page.in_force is None:
        messages.info(request, "A review needs a plan in force. Sign the care plan first.")
        return redirect("care_plan", patient)
    draft = draft_review(page.episode, by=by, at=now)
    form = ReviewForm(request.POST or None, initial={"text": draft.text, "because": draft.because})
    if form.is_valid():
        try:
            uid = sign_review(page.episode, **form.cleaned_data, by=by, at=now)
        except Cannot as cannot:
            form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
        else:
            messages.success(request, "The review is signed.")
            return redirect("held_review", patient, uid)
    weeks = [WeekOfHours(one.starts, one.delivered, one.prescribed) for one in draft.findings.weeks]
    context = {
        "form": form,
        "draft": draft,
        "weeks": weeks,
        "plan": page.in_force,
        **chart(patient, current="plan", by=by, at=now),
    }
    return render(request, "care_plans/review.html", context, status=422 if form.errors else 200)


def held(request: StaffRequest, patient: UUID, review: UUID) -> HttpResponse:
    """A review that was signed."""
    by, now = request.actor, timezone.now()
    found = held_review(review, by=by, at=now)
    if found.patient != patient:
        raise Absent("review")
    context = {"review": found, **chart(found.patient, current="plan", by=by, at=now)}
    return render(request, "care_plans/held_review.html", context)
