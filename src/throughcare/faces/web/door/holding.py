"""A form that arrives at a shut door is kept for its writer and offered back."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, QueryDict

from throughcare.pathway.signing_in.held_forms import LOCKED, Fields, hold_form, let_go

HELD = "held"  # the hidden field that names the kept form which is sent now
NEVER_KEPT = frozenset({"csrfmiddlewaretoken", "password", "proof", "passkey", "code", "next", HELD})


def fields_of(posted: QueryDict) -> Fields:
    """What was written, without anything that proves who someone is."""
    return [(name, [str(one) for one in values]) for name, values in posted.lists() if name not in NEVER_KEPT]


def hold_what_was_sent(request: HttpRequest, *, at: datetime, why: str = LOCKED) -> UUID | None:
    """Keep a POST with something in it; None when there was nothing to keep. Files are not kept."""
    if request.method != "POST" or request.user.pk is None:
        return None
    fields = fields_of(request.POST)
    if why == LOCKED and all(name == "once" for name, _ in fields):
        return None
    return hold_form(request.user.pk, path=request.path, fields=fields, why=why, at=at)


def mark_as_sent(request: HttpRequest) -> None:
    """Let a kept form go that its writer sends now."""
    if request.method != "POST" or HELD not in request.POST or request.user.pk is None:
        return
    try:
        let_go(UUID(request.POST[HELD]), account=request.user.pk)
    except ValueError:
        return
