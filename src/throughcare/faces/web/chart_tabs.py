"""The banner and the tabs that every page about a patient starts with."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from throughcare.faces.web.parts.people import Banner, Flag
from throughcare.faces.web.ways import way
from throughcare.pathway.actor import Actor
from throughcare.pathway.episode.banner import PatientBanner, banner_of

# Key, title, route.
TABS = (
    ("story", "Story", "patient"),
    ("plan", "Plan", "care_plan"),
    ("safety", "Safety", "patient_safety"),
    ("week", "Week", "patient_week"),
    ("hours", "Hours", "hour_ledger"),
    ("medications", "Medications", "medications"),
    ("tests", "Tests", "patient_tests"),
    ("notes", "Notes", "patient_notes"),
    ("skills", "Skills", "skills"),
    ("progress", "Progress", "progress"),
    ("messages", "Messages", "patient_messages"),
    ("tasks", "Tasks", "patient_tasks"),
    ("privacy", "Privacy", "patient_consents"),
    ("details", "Details", "patient_details"),
)


def chart(patient: UUID, *, current: str, by: Actor, at: datetime) -> dict[str, Any]:
    """Context for a page about a patient: `banner` for the part, `patient` for the page itself."""
    known = banner_of(patient, by=by, at=at)
    ways = [(title, way(name, known.uid, by=by), key == current) for key, title, name in TABS]
    return {"patient": known, "banner": _banner(known, [tab for tab in ways if tab[1]])}


def _banner(known: PatientBanner, tabs: list[tuple[str, str, bool]]) -> Banner:
    born = known.birth_date
    day = f"{born:%b} {born.day}, {born.year} ({known.age})" if born else "not known"
    level = f"{known.level}, week {known.week}" if known.week else known.level
    return Banner(
        name=known.name,
        url=reverse("patient", args=[known.uid]),
        identifiers=[("Born", day), ("Number", str(known.number))],
        level=level,
        pronouns=known.pronouns,
        flags=[
            *([Flag("Minor")] if known.is_minor else []),
            *([Flag(_signs(known), "wrong" if known.at_high_risk else "watch")] if known.signs else []),
            *([Flag(f"No {', no '.join(known.shut)}", "watch")] if known.shut else []),
        ],
        tabs=tabs,
    )


def _signs(known: PatientBanner) -> str:
    count = "1 warning sign" if known.signs == 1 else f"{known.signs} warning signs"
    return f"{count}, high risk" if known.at_high_risk else count
