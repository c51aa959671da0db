"""The front door, and asking for help."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.once import once
from throughcare.faces.web.public_pages.forms import AskForHelpForm
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.clinic.front_door import FrontDoor, front_door
from throughcare.pathway.referral.referral import receive_referral

# Where a field of the referral stands on the form.
FIELDS = {"given_name": "name", "referrer_name": "name", "referrer_phone": "phone"}


def welcome(request: HttpRequest, organization: UUID | None = None) -> HttpResponse:
    """What this is, how to ask for help, where staff sign in."""
    try:
        door = front_door(at=timezone.now(), organization_uid=organization)
    except Absent:
        if organization is not None:
            raise
        return redirect("home")
    context = {
        "door": door,
        "organization": door.name,
        "ask_url": address_of("ask_for_help", organization),
        "within": _within(door),
    }
    return render(request, "public_pages/welcome.html", context)


@once
def ask_for_help(request: HttpRequest, organization: UUID | None = None) -> HttpResponse:
    """A person, or someone near them, asks for help."""
    now = timezone.now()
    door = front_door(at=now, organization_uid=organization)
    form = AskForHelpForm(door, request.POST or None)
    if form.is_valid():
        try:
            receive_referral(form.referral(), by=door.visitor, at=now)
        except Cannot as cannot:
            name = FIELDS.get(cannot.field, cannot.field)
            form.add_error(name if name in form.fields else None, cannot.because)
        else:
            return redirect(address_of("asked_for_help", organization))
    lead = f"A person calls you back {_within(door)}."
    context = {"form": form, "door": door, "organization": door.name, "lead": lead}
    return render(request, "public_pages/ask_for_help.html", context, status=422 if form.errors else 200)


def thanks(request: HttpRequest, organization: UUID | None = None) -> HttpResponse:
    """What happens next, and when."""
    door = front_door(at=timezone.now(), organization_uid=organization)
    context = {"door": door, "organization": door.name, "within": _within(door)}
    return render(request, "public_pages/thanks.html", context)


def address_of(name: str, organization: UUID | None) -> str:
    """The public page of one organization, or of the installation's first."""
    return reverse(f"{name}_at", args=[organization]) if organization else reverse(name)


def _within(door: FrontDoor) -> str:
    if door.contact_days == 0:
        return "the same day"
    days = "day" if door.contact_days == 1 else "days"
    return f"within {door.contact_days} business {days}"
