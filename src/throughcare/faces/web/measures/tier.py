"""The suicide tier that stands: what it asks for, and how a clinician and a supervisor lower it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.door.confirming import signs
from throughcare.faces.web.fields import LongText, Pick
from throughcare.faces.web.form import Form
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.pathway.measure.tiers import TierView, answer_lowering, ask_to_lower, tier_view


class LowerForm(Form):
    """A lower tier, and why."""

    because = LongText(
        "Why is the lower tier right now?",
        hint="What you asked and saw. A supervisor reads it before the tier is lowered.",
        missing="Say in a sentence why the lower tier is right now",
        rows=3,
    )
    field_order = ("tier", "because")

    def __init__(self, *args: Any, view: TierView, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["tier"] = Pick("Lower to", view.lower_tiers, missing="Choose the tier")
        self.order_fields(self.field_order)


def tier(request: StaffRequest, patient: UUID) -> HttpResponse:
    """What stands and what it asks for."""
    return _show(request, patient)


@signs
@once
def lower(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Ask to lower the tier."""
    by, at = request.actor, timezone.now()
    form = LowerForm(request.POST, view=tier_view(patient, by=by, at=at))
    if form.is_valid() and attempt(
        form,
        lambda: ask_to_lower(
            patient, form.cleaned_data["tier"], because=form.cleaned_data["because"], by=by, at=at
        ),
    ):
        messages.success(request, "A supervisor reads it. Until they approve, the tier stands.")
        return redirect("tier", patient)
    return _show(request, patient, form=form)


@signs
@once
def answer(request: StaffRequest, patient: UUID, lowering: UUID) -> HttpResponse:
    """A supervisor answers."""
    approve = request.POST.get("answer") == "approve"
    answer_lowering(lowering, approve=approve, by=request.actor, at=timezone.now())
    messages.success(request, "The tier is lowered." if approve else "The tier stands as it is.")
    return redirect("tier", patient)


def _show(request: StaffRequest, patient: UUID, *, form: LowerForm | None = None) -> HttpResponse:
    by, at = request.actor, timezone.now()
    view = tier_view(patient, by=by, at=at)
    context = {
        **chart(patient, current="progress", by=by, at=at),
        "trail": [("Progress", reverse("progress", args=[patient]))],
        "view": view,
        "form": form or LowerForm(view=view),
        "may_approve": by.holds("director"),
        "may_ask": by.holds("clinician", "director", "prescriber"),
    }
    return render(request, "measures/tier.html", context, status=422 if form is not None else 200)
