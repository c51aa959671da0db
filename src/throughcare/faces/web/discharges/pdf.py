"""The summary as a tagged PDF."""

from datetime import datetime
from pathlib import Path

from throughcare.faces.web.typeset import typeset
from throughcare.pathway.discharge.discharge_summary import Summary

TEMPLATE = Path(__file__).with_name("summary.typ")


def draw_pdf(summary: Summary, *, signed_at: datetime) -> bytes:
    """The PDF of a summary."""
    return typeset(TEMPLATE, {"summary": summary.as_json()}, moment=int(signed_at.timestamp()))
