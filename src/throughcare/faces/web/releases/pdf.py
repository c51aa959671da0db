"""A packet or a letter as a tagged PDF; for a fax with a cover sheet that says nothing of care."""

from datetime import datetime
from pathlib import Path

from throughcare.faces.web.typeset import typeset
from throughcare.pathway.release.paper import Paper

TEMPLATE = Path(__file__).with_name("packet.typ")


def draw_packet(paper: Paper, *, method: str, at: datetime) -> bytes:
    """The PDF of a paper that leaves by this method at this moment."""
    told = {**paper.as_json(), "has_cover": method == "fax"}
    return typeset(TEMPLATE, {"packet": told}, moment=int(at.timestamp()))
