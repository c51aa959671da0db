"""The banner and the tabs that every page about a patient starts with."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from throughcare.faces.web.parts.people import Banner, Flag
from throughcare.pathway.actor import Actor
from throughcare.pathway.banner import PatientBanner, banner_of
from throughcare.pathway.privacy import may_access

# Key, title, route, kind of record it shows.
TABS = (
    ("story", "Story", "patient", "episode"),
    ("plan", "Plan", "care_plan", "care_plan"),
    ("week", "Week", "patient_week", "schedule"),
    ("hours", "Hours", "hour_ledger", "attendance"),
    ("notes", "Notes", "patient_notes", "note"),
    ("progress", "Progress", "progress", "measure"),
    ("details", "Details", "patient_details", "identity"),
)


def chart(patient: UUID, *, current: str, by: Actor, at: datetime) -> dict[str, Any]:
    """Context for a page about a patient: `banner` for the part, `patient` for the page itself."""
    known = banner_of(patient, by=by, at=at)
    tabs = [
        (title, reverse(name, args=[known.uid]), key == current)
        for key, title, name, kind in TABS
        if may_access(kind, by=by)
    ]
    return {"patient": known, "banner": _banner(known, tabs)}


def _banner(known: PatientBanner, tabs: list[tuple[str, str, bool]]) -> Banner:
    born = f"{known.birth_date:%b} {known.birth_date.day}, {known.birth_date.year}" if known.birth_date else "not known"
    age = f" ({known.age})" if known.age is not None else ""
    level = f"{known.level}, week {known.week}" if known.week else known.level
    return Banner(
        name=known.name,
        url=reverse("patient", args=[known.uid]),
        identifiers=[("Born", f"{born}{age}"), ("Number", str(known.number))],
        level=level,
        pronouns=known.pronouns,
        flags=[Flag("Minor")] if known.is_minor else [],
        tabs=tabs,
    )
