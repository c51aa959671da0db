"""Short weeks: whose week falls below the least hours, and offering to all of them what would save it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.form import Form
from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.pathway.make_up.short_weeks import MINE, SITE, ShortWeeks, offer_short_weeks, short_weeks

COLUMNS = (
    Column("Person"),
    Column("This week"),
    Column("Short by, h", numbers=True),
    Column("What would save it"),
    Column("Offered"),
)
PREVIEW_COLUMNS = (Column("Person"), Column("Sessions that fit"), Column("How they hear of it"))


def weeks(request: StaffRequest) -> HttpResponse:
    """Everyone of one's panel, or of one's sites with `?whose=site`, whose week falls short."""
    found = short_weeks(by=request.actor, at=timezone.now(), whose=_whose(request))
    context: dict[str, Any] = {
        "found": found,
        "columns": COLUMNS,
        "lead": _lead(found),
        "offer_words": _offer_words(len(found.to_offer)),
        "tabs": _tabs(found.whose) if found.has_panel else [],
        "offer_url": f"{reverse('offer_short_weeks')}?whose={found.whose}",
    }
    return render(request, "seats/short_weeks.html", context)


@once
def offer(request: StaffRequest) -> HttpResponse:
    """Who would be offered what, and how they would hear of it; then all in one go."""
    by, now = request.actor, timezone.now()
    found = short_weeks(by=by, at=now, whose=_whose(request))
    form = Form(request.POST if request.method == "POST" else None)
    told: list[int] = []
    people = [one.patient for one in found.to_offer if str(one.patient) in request.POST.getlist("who")]
    if form.is_valid() and attempt(form, lambda: told.append(offer_short_weeks(people, by=by, at=now))):
        count = told[0]
        messages.success(request, f"Offered to {count} {'person' if count == 1 else 'people'}.")
        return redirect(f"{reverse('short_weeks')}?whose={found.whose}")
    context = {
        "found": found,
        "form": form,
        "columns": PREVIEW_COLUMNS,
        "trail": [("Short weeks", f"{reverse('short_weeks')}?whose={found.whose}")],
        "back": f"{reverse('short_weeks')}?whose={found.whose}",
    }
    return render(request, "seats/offer.html", context, status=422 if form.errors else 200)


def _lead(found: ShortWeeks) -> str:
    short = len(found.people)
    said = f"{short} of {found.looked_at} people {'falls' if short == 1 else 'fall'} below the least hours this week"
    return f"{said}, as things stand."


def _offer_words(count: int) -> str:
    return "Offer make-ups to 1 person" if count == 1 else f"Offer make-ups to all {count}"


def _whose(request: HttpRequest) -> str:
    asked = request.GET.get("whose", "")
    return asked if asked in (MINE, SITE) else ""


def _tabs(whose: str) -> list[tuple[str, str, bool]]:
    return [("Your people", f"?whose={MINE}", whose == MINE), ("Everyone", f"?whose={SITE}", whose == SITE)]
