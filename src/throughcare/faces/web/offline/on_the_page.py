"""What each page of a person tells their phone, and where the quick way out leads."""

import json
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import resolve

from throughcare.faces.web.door.kiosk_door import kiosk_seconds
from throughcare.faces.web.later.sealed_box import mark_of_owner, public_key
from throughcare.faces.web.offline.pages import kept_addresses
from throughcare.knowledge.roles import STAFF
from throughcare.pathway.actor import Actor

NEAR = ("patient", "alumnus", "family")


@dataclass(frozen=True)
class OwnSide:
    """Whose page it is, as a phone knows them; to which key it seals; when their sign-in ends at the latest.

    `kept` lists, as JSON, the addresses that their own phone may keep.
    """

    whose: str
    key: str
    until: int
    kept: str


def own_side(request: HttpRequest, actor: Actor | None) -> OwnSide | None:
    """For pages of somebody who lives in treatment or near it; None for staff, strangers and a locked browser."""
    state = request.session.get("door") if hasattr(request, "session") else None
    if actor is None or actor.account_uid is None or not state or state["locked"] or not actor.holds(*NEAR):
        return None
    until = int(state["began"] + state["absolute"])
    kept = json.dumps([address for address, roles in _kept() if actor.holds(*roles)])
    return OwnSide(mark_of_owner(actor.account_uid), public_key(actor.account_uid), until, kept)


@cache
def _kept() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The pages of a person that a phone may keep, each with who may read it."""
    found = [(one, resolve(one).func) for one in kept_addresses(own=True)]
    return tuple((one, view.route.roles) for one, view in found)  # type: ignore[attr-defined]  # each states one


def exit_address(request: HttpRequest, actor: Actor | None) -> str:
    """Where the quick way out leads; empty for staff and at a kiosk, which has no way out."""
    if kiosk_seconds(request) or (actor is not None and actor.holds(*STAFF)):
        return ""
    return str(settings.EXIT_ADDRESS)
