"""The handover as a tagged PDF, in the reader's language."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as say
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from throughcare.faces.web.languages import said
from throughcare.faces.web.typeset import typeset
from throughcare.knowledge.crisis_lines import ROWS as CRISIS_LINES
from throughcare.pathway.independence.handover import HandedSection, Handover

TEMPLATE = Path(__file__).with_name("handover.typ")


def draw_pdf(found: Handover) -> bytes:
    """The PDF of a handover."""
    return typeset(TEMPLATE, {"told": told_of(found)}, moment=int(found.made_at.timestamp()))


def told_of(found: Handover) -> dict[str, Any]:
    """Every word on the paper, in order: a title with its parts, each a name and lines."""
    return {
        "language": (get_language() or "en")[:2],
        "title": _("What goes with me"),
        "name": found.name,
        "made": _("As of {day}").format(day=_day(found, found.made_at)),
        "clinic": " · ".join(part for part in (found.clinic, found.clinic_phone) if part),
        "crisis_title": _("In danger, or when it gets too dark"),
        "crisis": [[said(one.how), said(one.about)] for one in CRISIS_LINES],
        "parts": [part for part in _parts(found) if part["rows"]],
    }


def _parts(found: Handover) -> Sequence[dict[str, Any]]:
    medications = [
        [f"{one.name} {one.dose}".strip(), " ".join(part for part in (one.how, one.why) if part)]
        for one in found.medications.lines
    ]
    goals = [[one.own_words, said(one.standing)] for one in found.goals]
    carried_on = [[_("Next place"), found.next_place]] if found.next_place else []
    helped = [[_("What helped"), found.helped]] if found.helped else []
    return (
        {
            "title": _("Next appointments"),
            "rows": [
                *carried_on,
                *(
                    [f"{_day(found, one.at)}, {_clock(found, one.at)}", _and(one.what, one.phone)]
                    for one in found.visits
                ),
            ],
        },
        {
            "title": _("People to call"),
            "rows": [[one.name, said(one.part)] for one in found.people],
        },
        {"title": _("My warning signs"), "rows": _sections(found.signs)},
        {"title": _("What I do then"), "rows": _sections(found.steps)},
        {"title": _("My medications"), "rows": medications},
        {"title": _("My plan"), "rows": [*goals, *helped]},
    )


def _sections(sections: Sequence[HandedSection]) -> list[list[str]]:
    return [[said(one.title), "\n".join(line.words for line in one.lines)] for one in sections]


def _and(words: str, phone: str) -> str:
    """The words with the number, where it does not stand in them already."""
    return ", ".join(part for part in (words, phone) if part)


def _day(found: Handover, at: datetime) -> str:
    return say(at.astimezone(ZoneInfo(found.time_zone)), _("l, F j"))


def _clock(found: Handover, at: datetime) -> str:
    return say(at.astimezone(ZoneInfo(found.time_zone)), "g:i A")
