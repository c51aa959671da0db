"""What every public page shows: the clinic, the way to ask for help, the list of pages, words for search engines."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from throughcare.pathway.clinic.front_door import FrontDoor, front_door
from throughcare.pathway.public_page.reading import PageLine, list_pages

ENGLISH = "en"


@dataclass(frozen=True)
class PageLink:
    """A page in the list at the foot of each page. `is_ours`: its title can be said in the reader's language."""

    title: str
    summary: str
    url: str
    is_ours: bool
    here: bool


def language() -> str:
    """The reader's language, without its country."""
    return (get_language() or ENGLISH).split("-")[0]


def address_of(name: str, organization: UUID | None, *more: object) -> str:
    """The public page of one organization, or of the installation's first."""
    return reverse(f"{name}_at", args=[organization, *more]) if organization else reverse(name, args=more)


def url_of(line: PageLine, organization: UUID | None) -> str:
    """Where a page stands."""
    if line.opens:
        return address_of(line.opens, organization)
    return address_of("public_page", organization, line.slug)


def page_links(request: HttpRequest, door: FrontDoor, organization: UUID | None) -> list[PageLink]:
    """Every page of the clinic, for the list at the foot."""
    lines = list_pages(language=language(), by=door.visitor)
    urls = [url_of(line, organization) for line in lines]
    return [
        PageLink(line.title, line.summary, url, line.is_ours, url == request.path)
        for line, url in zip(lines, urls, strict=True)
    ]


def public_frame(
    request: HttpRequest, organization: UUID | None, *, at: datetime, door: FrontDoor | None = None
) -> dict[str, Any]:
    """The context of every public page. Raises `Absent` where no clinic is set up."""
    door = door or front_door(at=at, organization_uid=organization)
    return {
        "door": door,
        "organization": door.name,
        "zone": door.zone,
        "pages": page_links(request, door, organization),
        "ask_url": address_of("ask_for_help", organization),
        "guide_url": address_of("level_guide", organization),
        "worry_url": address_of("worry_line", organization),
        "first_url": address_of("front_door", organization),
        "robots": "index, follow",
        "light": True,  # no drawings, no week, nothing that asks by itself: less to load
    }
