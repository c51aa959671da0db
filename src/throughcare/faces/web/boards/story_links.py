"""Which page tells more about an event of the story."""

from django.urls import reverse

from throughcare.pathway.story_events import StoryEvent

# Kind of event: the route, and whether its subject is the event's own or the patient.
PAGES = {
    "referral": ("referral", True),
    "assessment": ("assessment", True),
    "placement": ("placement", True),
    "care_plan": ("care_plan", False),
    "attendance": ("hour_ledger", False),
    "measure": ("progress", False),
}


def link_of(event: StoryEvent, patient: object) -> str:
    """The address that tells more; empty when the story tells all there is."""
    if event.kind not in PAGES:
        return ""
    name, own = PAGES[event.kind]
    return reverse(name, args=[event.subject if own else patient])
