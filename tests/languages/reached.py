"""Which templates patients, families, alumni and strangers read: those in their frame, and whatever these draw."""

import re
from collections.abc import Iterator
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parents[2] / "src/throughcare/faces/web/templates"
EXTENDS, INCLUDES = re.compile(r'{% extends "([^"]+)"'), re.compile(r'{% include "([^"]+)"')
# Shown to staff only, or to developers; each with its reason.
FOR_STAFF = {
    "clinic/first_run.html": "who sets up the clinic",
    "gallery/public.html": "the gallery of parts",
    "parts/card.html": "the boards of staff",
    "parts/column.html": "the boards of staff",
    "parts/filters.html": "lists of staff",
    "parts/head.html": "no words",
    "parts/mark.html": "a drawing",
    "parts/patient_banner.html": "a chart's head",
}


def of_people() -> Iterator[Path]:
    """The templates, each once."""
    texts = {
        file.relative_to(TEMPLATES).as_posix(): file.read_text("utf-8") for file in TEMPLATES.rglob("*.html")
    }
    frames = {name: found[1] for name, text in texts.items() if (found := EXTENDS.search(text))}
    waiting = [
        name
        for name in texts
        if _frame_of(name, frames) == "public.html" or name.startswith(("parts/", "forms/"))
    ]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in seen and name in texts:
            seen.add(name)
            waiting.extend(INCLUDES.findall(texts[name]))
    return (TEMPLATES / name for name in sorted(seen - set(FOR_STAFF)))


def _frame_of(name: str, frames: dict[str, str]) -> str:
    while name in frames:
        name = frames[name]
    return name
