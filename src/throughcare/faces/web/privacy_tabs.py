"""The tabs of the privacy place: the same on each of its pages, as far as someone's roles go."""

from throughcare.faces.web.ways import way
from throughcare.pathway.actor import Actor
from throughcare.pathway.privacy.notices import unread_notices

# Title, route. A route that isn't there yet has no tab.
TABS = (
    ("Who saw what", "access_log"),
    ("Disclosures", "disclosure_book"),
    ("Notices", "notices"),
    ("Emergencies", "emergencies"),
    ("Legal", "legal_requests"),
    ("Inquiries", "inquiries"),
    ("Corrections", "corrections"),
    ("Export", "clinic_exports"),
)


def privacy_tabs(current: str, *, by: Actor) -> list[tuple[str, str, bool, int | None]]:
    """The tabs with the one named `current` (its route) marked; unread notices are counted."""
    counts = {"notices": unread_notices(by=by) or None}
    ways = ((title, name, _way(name, by)) for title, name in TABS)
    return [(title, url, name == current, counts.get(name)) for title, name, url in ways if url]


def _way(name: str, by: Actor) -> str:
    try:
        return way(name, by=by)
    except LookupError:
        return ""
