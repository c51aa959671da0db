"""What every page's frame needs: who is signed in, and the way to each part for their roles."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from throughcare.faces.web.door.kiosk_door import kiosk_seconds
from throughcare.faces.web.signed_in import actor_of
from throughcare.knowledge.roles import ALL as ROLES
from throughcare.knowledge.roles import OPENS_CHARTS
from throughcare.pathway.privacy import may_access
from throughcare.pathway.privacy.notices import unread_notices
from throughcare.pathway.timetable.planners import PLANNERS

_TREATMENT = OPENS_CHARTS - {"biller", "compliance"}
# Title, route, roles that see it in the navigation.
PLACES: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("Today", "today", _TREATMENT),
    ("Referrals", "pipeline", frozenset({"admissions", "clinician", "case_manager", "director"})),
    ("Census", "census", _TREATMENT),
    ("Aftercare", "aftercare", frozenset({"case_manager", "clinician", "director"})),
    ("Week", "week_board", _TREATMENT | {"admin"}),
    ("Timetable", "timetable", PLANNERS),
    ("Numbers", "director", frozenset({"director", "clinician", "compliance"})),
    ("Privacy", "access_log", frozenset({"compliance", "director"})),
    ("Reception", "front_desk", frozenset({"front_desk", "admissions"})),
    ("Clinic", "clinic", frozenset({"admin", "director"})),
    ("Your week", "my_week", frozenset({"patient"})),
    ("Your privacy", "my_privacy", frozenset({"patient", "alumnus"})),
    ("Your people", "family", frozenset({"family"})),
)
# Where a place is more than its first page: what the addresses of all its pages begin with.
BEGINNINGS = {"access_log": "/privacy/"}


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context for the frame of every page."""
    actor = actor_of(request) if hasattr(request, "user") else None
    if actor is None:
        return {"demo": settings.DEMO, "kiosk_seconds": kiosk_seconds(request)}
    return {
        "demo": settings.DEMO,
        "organization": actor.organization_name,
        "who": {"name": actor.name, "roles": ", ".join(sorted(ROLES[role].title for role in actor.roles))},
        "nav": [
            (title, reverse(name), request.path.startswith(begins))
            for title, name, roles in PLACES
            for begins in [BEGINNINGS.get(name) or reverse(name)]
            if actor.holds(*roles)
        ],
        "unread": {"url": reverse("access_log"), "count": unread_notices(by=actor)},
        "searches": actor.holds(*OPENS_CHARTS),
        # A field that finds people is a yes or a no for whoever asks at the desk.
        "no_search": not may_access("identity", by=actor),
        "user_links": [("Your account", reverse("me"))],
        "idle_seconds": request.session.get("door", {}).get("idle"),
    }
