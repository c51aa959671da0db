"""Changes to what a site's week must respect: staff's hours and absences, groups that may open, closed groups."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.faces.web.week_rules.forms import AwayForm, LimitsForm, OfferForm
from throughcare.faces.web.week_rules.site_rules import trail
from throughcare.pathway.clinic.founding import find_site
from throughcare.pathway.timetable.rules.group_offers import (
    close_to_newcomers,
    end_offer,
    offer_group,
    open_to_newcomers,
)
from throughcare.pathway.timetable.rules.staff_limits import be_away, end_absence, limit_group_hours
from throughcare.pathway.timetable.rules.view import staff_rule
from throughcare.pathway.week.week_choices import week_choices


def _back(site: UUID) -> HttpResponse:
    return redirect("week_rules", site)


@once
def new_offer(request: StaffRequest, site: UUID) -> HttpResponse:
    """A group that may be opened, should the week need it."""
    by, now = request.actor, timezone.now()
    find_site(site, by=by)
    form = OfferForm(week_choices(by=by, site=site).rooms, request.POST or None)
    if form.is_valid() and attempt(form, lambda: offer_group(site, form.offer(), by=by, at=now)):
        messages.success(request, "The week may open this group where people need it.")
        return _back(site)
    context = {
        "form": form,
        "title": "A group that may open",
        "lead": "It is opened only by a week that somebody publishes.",
        "submit": "Add it",
        "back": reverse("week_rules", args=[site]),
        "trail": trail(site),
    }
    return render(request, "week_rules/ask.html", context, status=422 if form.errors else 200)


@once
def end_offer_view(request: StaffRequest, site: UUID, offer: UUID) -> HttpResponse:
    """Take an offer back."""
    end_offer(site, offer, by=request.actor, at=timezone.now())
    messages.success(request, "It is not opened any more.")
    return _back(site)


@once
def newcomers(request: StaffRequest, site: UUID, group: UUID) -> HttpResponse:
    """Let a group take new people, or nobody new."""
    by, now = request.actor, timezone.now()
    find_site(site, by=by)
    if request.POST.get("take") == "yes":
        open_to_newcomers(group, by=by, at=now)
        messages.success(request, "The group takes new people again.")
    else:
        close_to_newcomers(group, by=by, at=now)
        messages.success(request, "The group takes nobody new; those in it stay.")
    return _back(site)


@once
def staff(request: StaffRequest, site: UUID, practitioner: UUID) -> HttpResponse:
    """How many hours of groups someone leads."""
    by, now = request.actor, timezone.now()
    find_site(site, by=by)
    rule = staff_rule(practitioner, by=by, at=now)
    initial = {"most": f"{rule.most:g}", "meant": f"{rule.meant:g}"}
    form = LimitsForm(request.POST or None, initial=initial)

    def write() -> object:
        said = form.cleaned_data
        most, meant = float(said["most"]), float(said["meant"])
        return limit_group_hours(practitioner, most=most, meant=meant, by=by, at=now)

    if form.is_valid() and attempt(form, write):
        messages.success(request, "Set. Weeks that are solved from now on respect it.")
        return _back(site)
    context = {
        "form": form,
        "title": f"Hours of groups: {rule.name}",
        "submit": "Set them",
        "back": reverse("week_rules", args=[site]),
        "trail": trail(site),
    }
    return render(request, "week_rules/ask.html", context, status=422 if form.errors else 200)


@once
def away(request: StaffRequest, site: UUID, practitioner: UUID) -> HttpResponse:
    """The days on which someone is away."""
    by, now = request.actor, timezone.now()
    find_site(site, by=by)
    rule = staff_rule(practitioner, by=by, at=now)
    form = AwayForm(request.POST or None)
    if form.is_valid() and attempt(form, lambda: be_away(practitioner, **form.cleaned_data, by=by, at=now)):
        messages.success(request, "Entered. The sessions they lead stay until the week is changed.")
        return redirect("staff_away", site, practitioner)
    context = {
        "form": form,
        "site": site,
        "rule": rule,
        "back": reverse("week_rules", args=[site]),
        "trail": trail(site),
    }
    return render(request, "week_rules/away.html", context, status=422 if form.errors else 200)


@once
def end_away(request: StaffRequest, site: UUID, practitioner: UUID, absence: UUID) -> HttpResponse:
    """Take an absence back."""
    find_site(site, by=request.actor)
    end_absence(practitioner, absence, by=request.actor, at=timezone.now())
    messages.success(request, "They are here on those days.")
    return redirect("staff_away", site, practitioner)
