"""What every page's frame needs: who is signed in, and the way to each part of the program for their roles."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from throughcare.faces.web.signed_in import actor_of
from throughcare.knowledge.roles import ALL as ROLES
from throughcare.knowledge.roles import STAFF

# Title, route, roles that see it in the navigation.
PLACES: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("Today", "today", STAFF - {"admin", "biller", "compliance"}),
    ("Referrals", "pipeline", frozenset({"admissions", "clinician", "case_manager", "director"})),
    ("Census", "census", STAFF - {"admin", "biller", "compliance"}),
    ("Week", "week_board", STAFF - {"biller", "compliance", "reviewer"}),
    ("Numbers", "director", frozenset({"director", "clinician", "compliance"})),
    ("Clinic", "clinic", frozenset({"admin", "director"})),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context for the frame of every page."""
    actor = actor_of(request) if hasattr(request, "user") else None
    if actor is None:
        return {"demo": settings.DEMO, "signed_in": None, "places": []}
    return {
        "demo": settings.DEMO,
        "signed_in": {"name": actor.name, "roles": sorted(ROLES[role].title for role in actor.roles)},
        "places": [
            {"title": title, "url": url, "current": request.path.startswith(url)}
            for title, name, roles in PLACES
            if actor.holds(*roles) and (url := _url(name))
        ],
    }


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:  # a part of the program that this installation does not hold
        return ""
