"""What every page's frame needs: who is signed in, and the way to each part for their roles."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.door.kiosk_door import kiosk_seconds
from throughcare.faces.web.messages.standing import troubles_for
from throughcare.faces.web.offline.on_the_page import exit_address, own_side
from throughcare.faces.web.places import BEGINNINGS, IN_A_ROW, PLACES
from throughcare.faces.web.restored import restored
from throughcare.faces.web.signed_in import actor_of
from throughcare.knowledge.roles import ALL as ROLES
from throughcare.knowledge.roles import OPENS_CHARTS
from throughcare.pathway.actor import Actor
from throughcare.pathway.conversation.own_views import unread_messages
from throughcare.pathway.make_up.my_make_ups import something_waits
from throughcare.pathway.privacy import may_access
from throughcare.pathway.privacy.notices import unread_notices


def _seat_waits(request: HttpRequest, actor: Actor) -> str:
    """The way to what waits for a person's answer, on every page of theirs but those that show it."""
    here = request.path in (reverse("my_make_ups"), reverse("my_hours"))
    waits = not here and actor.holds("patient") and something_waits(by=actor, at=timezone.now())
    return reverse("my_make_ups") if waits else ""


def _message_waits(request: HttpRequest, actor: Actor) -> str:
    """The way to what the care team wrote and nobody has read yet, on every page of a person's own but the messages."""
    here = reverse("my_messages")
    waits = not request.path.startswith(here) and actor.holds("patient", "alumnus")
    return here if waits and unread_messages(by=actor) else ""


def _help(actor: Actor) -> str:
    """The way to help from us, on every page of a person and of those near to them."""
    if actor.holds("patient", "alumnus"):
        return reverse("my_help")
    return reverse("family_help") if actor.holds("family") else ""


def _places(request: HttpRequest, actor: Actor) -> list[tuple[str, str, bool]]:
    """The title and address of each place for these roles, and whether this page is of it."""
    return [
        (title, reverse(name), request.path.startswith(BEGINNINGS.get(name) or reverse(name)))
        for title, name, roles in PLACES
        if actor.holds(*roles)
    ]


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context for the frame of every page."""
    actor = actor_of(request) if hasattr(request, "user") else None
    if actor is None:
        away = exit_address(request, None)
        return {
            "demo": settings.DEMO,
            "restored": restored(),
            "kiosk_seconds": kiosk_seconds(request),
            "exit_url": away,
        }
    nav = _places(request, actor)
    return {
        "demo": settings.DEMO,
        "restored": restored(),
        "organization": actor.organization_name,
        "who": {"name": actor.name, "roles": ", ".join(sorted(ROLES[role].title for role in actor.roles))},
        "nav": nav,
        "nav_row": nav[:IN_A_ROW] if len(nav) > IN_A_ROW + 1 else nav,
        "unread": {"url": reverse("access_log"), "count": unread_notices(by=actor)},
        "help_url": _help(actor),
        "seat_waits": _seat_waits(request, actor),
        "message_waits": _message_waits(request, actor),
        "sending_troubles": troubles_for(actor),
        "searches": actor.holds(*OPENS_CHARTS),
        # A field that finds people is a yes or a no for whoever asks at the desk.
        "no_search": not may_access("identity", by=actor),
        "user_links": [("Your account", reverse("me"))],
        "own_side": own_side(request, actor),
        "exit_url": exit_address(request, actor),
        "idle_seconds": request.session.get("door", {}).get("idle"),
    }
