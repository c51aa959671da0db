"""What staff do for people who left: whom to call and what came of it, the questions on the phone, and the numbers."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.aftercare.forms import AskForm, CallForm, GiveCallForm
from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.knowledge.aftercare.answers import STANDINGS, say_occasion
from throughcare.pathway.aftercare.answering import answer_ask, open_ask
from throughcare.pathway.aftercare.call_owners import caller_choices, hand_over_call
from throughcare.pathway.aftercare.calls import open_call, record_call
from throughcare.pathway.aftercare.outcomes import aftercare_numbers

POINTS = (
    Column("After discharge"),
    Column("Reached"),
    Column("No drinking or using for 30 days"),
    Column("Working, studying or caring"),
    Column("Safe place to live"),
    Column("No trouble with the law"),
    Column("Not in a hospital"),
    Column("The program helped"),
)


@once
def call(request: StaffRequest, call: UUID) -> HttpResponse:
    """Somebody to call: why, what was tried, and what came of it."""
    by, now = request.actor, timezone.now()
    found = open_call(call, by=by, at=now)
    form = CallForm(request.POST or None)
    if form.is_valid() and attempt(form, lambda: record_call(call, **form.cleaned_data, by=by, at=now)):
        messages.success(request, "The call was written down.")
        return redirect("aftercare")
    context = {
        "form": form,
        "hand_form": GiveCallForm(staff=caller_choices(by=by)),
        "call": found,
        "trail": [("Aftercare", redirect("aftercare").url)],
        **chart(found.patient, current="story", by=by, at=now),
    }
    return render(request, "aftercare/call.html", context, status=422 if form.errors else 200)


@once
def give_call(request: StaffRequest, call: UUID) -> HttpResponse:
    """Take a call, or give it to somebody."""
    by, now = request.actor, timezone.now()
    owner = request.POST.get("owner", "")
    form = GiveCallForm(request.POST if owner else None, staff=caller_choices(by=by))
    if not owner or form.is_valid():
        hand_over_call(call, owner=UUID(owner) if owner else None, by=by, at=now)
        messages.success(request, "Written down who calls.")
    return redirect("aftercare")


@once
def on_the_phone(request: StaffRequest, ask: UUID) -> HttpResponse:
    """The questions, asked of somebody on the phone."""
    by, now = request.actor, timezone.now()
    asked = open_ask(ask, by=by, at=now)
    form = AskForm(request.POST or None, asked=asked)
    if form.is_valid():
        kept = []
        if attempt(form, lambda: kept.append(answer_ask(ask, form.answer, way="phone", by=by, at=now))):
            messages.success(
                request, f"The answers were written down: {STANDINGS[kept[0].standing].lower()}."
            )
            return redirect("aftercare")
    context = {
        "form": form,
        "title": say_occasion(asked.occasion),
        **chart(asked.patient, current="story", by=by, at=now),
    }
    return render(request, "aftercare/on_the_phone.html", context, status=422 if form.errors else 200)


def numbers(request: StaffRequest) -> HttpResponse:
    """How people are after they left."""
    found = aftercare_numbers(by=request.actor, at=timezone.now())
    return render(request, "aftercare/numbers.html", {"found": found, "columns": POINTS})
