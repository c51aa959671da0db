"""The worry line for anyone: the answer is the same page, byte for byte, whomever somebody names."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.once import once
from throughcare.faces.web.week.answering import attempt
from throughcare.faces.web.worries.forms import WorryForm
from throughcare.pathway.clinic.front_door import FrontDoor, front_door
from throughcare.pathway.worry.telling_us import NewWorry, days_until_read, tell_worry


@once
def tell(request: HttpRequest, organization: UUID | None = None) -> HttpResponse:
    """Say what you see."""
    now = timezone.now()
    door = front_door(at=now, organization_uid=organization)
    form = WorryForm(request.POST or None, door=door)
    danger: list[bool] = []
    if form.is_valid() and attempt(
        form, lambda: danger.append(tell_worry(_worry(form, door), by=door.visitor, at=now))
    ):
        return redirect(_address("worry_in_danger" if danger[0] else "worry_told", organization))
    context = {
        "form": form,
        "door": door,
        "organization": door.name,
        "days": days_until_read(by=door.visitor, at=now),
    }
    return render(request, "worries/tell.html", context, status=422 if form.errors else 200)


def told(request: HttpRequest, organization: UUID | None = None) -> HttpResponse:
    """We have it; what happens next."""
    return _thanks(request, organization, in_danger=False)


def in_danger(request: HttpRequest, organization: UUID | None = None) -> HttpResponse:
    """The words spoke of danger: whom to call, first and large."""
    return _thanks(request, organization, in_danger=True)


def _address(name: str, organization: UUID | None) -> str:
    return reverse(f"{name}_at", args=[organization]) if organization else reverse(name)


def _thanks(request: HttpRequest, organization: UUID | None, *, in_danger: bool) -> HttpResponse:
    door = front_door(at=timezone.now(), organization_uid=organization)
    context = {"door": door, "organization": door.name, "in_danger": in_danger}
    return render(request, "worries/told.html", context)


def _worry(form: WorryForm, door: FrontDoor) -> NewWorry:
    said = form.cleaned_data
    site = UUID(said["site"]) if said.get("site") else door.sites[0].uid
    return NewWorry(said["said_name"], said["words"], said["told_by"], said["callback"], site)
