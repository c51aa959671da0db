"""The first visit: the ways in which it is held, and how it is said in a sentence."""

from datetime import datetime
from zoneinfo import ZoneInfo

from throughcare.knowledge.week_rules import say_day

KIND = "intake"  # the session type

# How an intake visit is held, in the words of the form and of a sentence.
WAYS = {"in_person": "In person", "phone": "By phone", "video": "By video"}


def say_visit(starts_at: datetime, *, zone: str, practitioner: str, way: str) -> str:
    """A visit in words: Tue, Mar 3, 2:00 PM with Carla Reyes, by video."""
    local = starts_at.astimezone(ZoneInfo(zone))
    clock = f"{local.hour % 12 or 12}:{local:%M} {local:%p}"
    who = f" with {practitioner}" if practitioner else ""
    how = f", {WAYS[way].lower()}" if way in WAYS else ""
    return f"{say_day(local.date())}, {clock}{who}{how}"
