"""A person's details in words, for summary lists and for two side by side."""

from datetime import date
from typing import Any

from throughcare.pathway.people.people import DETAIL_TITLES, PersonDetails

WISHES = {"voicemail": "voicemail is safe", "text": "text is safe"}


def shown_details(details: PersonDetails) -> list[tuple[str, str]]:
    """Each detail's title with its words; empty where nothing is known."""
    return [(title, shown_detail(name, getattr(details, name))) for name, title in DETAIL_TITLES.items()]


def shown_detail(name: str, value: Any) -> str:
    """One detail in words."""
    if isinstance(value, date):
        return f"{value:%B} {value.day}, {value.year}"
    if name == "contact_wishes":
        known = [words for key, words in WISHES.items() if value.get(key)]
        return "; ".join([*known, *([value["other_way"]] if value.get("other_way") else [])])
    if isinstance(value, bool):
        return "Yes" if value else ""
    if name == "sex":
        return str(value).capitalize()
    return str(value or "")
