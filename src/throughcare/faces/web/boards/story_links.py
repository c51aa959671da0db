"""Which page tells more about an event of the story, for those who may open it."""

from typing import Any

from throughcare.faces.web.ways import way
from throughcare.pathway.actor import Actor
from throughcare.pathway.boards.story_events import StoryEvent

# Kind of event: the route, and whether its subject is the event's own or the patient.
PAGES = {
    "referral": ("referral", True),
    "assessment": ("assessment", True),
    "placement": ("placement", True),
    "care_plan": ("care_plan", False),
    "attendance": ("hour_ledger", False),
    "measure": ("progress", False),
    "discharge": ("discharge_summary", True),
}


def link_of(event: StoryEvent, patient: Any, *, by: Actor) -> str:
    """The address that tells more; empty when the story tells all there is, or all that one may see."""
    if event.kind not in PAGES:
        return ""
    name, own = PAGES[event.kind]
    subject = event.subject if own else patient
    return way(name, subject, by=by) if subject else ""
