"""The answer to a paper that asks for records, as a tagged PDF."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from throughcare.faces.web.typeset import typeset
from throughcare.knowledge.privacy.legal_letter import PARAGRAPHS, TITLE
from throughcare.pathway.actor import Actor
from throughcare.pathway.privacy.legal_views import LegalView

TEMPLATE = Path(__file__).with_name("letter.typ")


def draw_letter(paper: LegalView, *, by: Actor, at: datetime) -> bytes:
    """The PDF: whom the paper named is not in it."""
    zone = ZoneInfo(by.time_zone)
    told = {
        "title": TITLE,
        "organization": by.organization_name,
        "written": _day(at.astimezone(zone)),
        "to": paper.from_whom,
        "paragraphs": (f"We received your paper on {_day(paper.received_at.astimezone(zone))}.", *PARAGRAPHS),
        "signed": ", ".join(part for part in (by.name, by.credential) if part),
    }
    return typeset(TEMPLATE, {"letter": told}, moment=int(at.timestamp()))


def _day(moment: datetime) -> str:
    return f"{moment:%B} {moment.day}, {moment.year}"
