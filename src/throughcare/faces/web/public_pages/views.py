"""The front door."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from throughcare.faces.web.public_pages.asking import within
from throughcare.faces.web.public_pages.frame import address_of, public_frame
from throughcare.faces.web.public_pages.pages import show
from throughcare.pathway.cannot import Absent

__all__ = ["address_of", "welcome"]


def welcome(request: HttpRequest, organization: UUID | None = None) -> HttpResponse:
    """What this is, how to ask for help, where staff sign in."""
    try:
        frame = public_frame(request, organization, at=timezone.now())
    except Absent:
        if organization is not None:
            raise
        return redirect("home")
    return show(request, "welcome", frame, "welcome", within=within(frame["door"]))
