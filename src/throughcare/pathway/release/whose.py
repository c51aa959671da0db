"""Whose record is gathered, and as of which moment."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from throughcare.pathway.privacy.telling import Item
from throughcare.records.people import Patient


@dataclass(frozen=True)
class Whose:
    """A patient, the clinic's clock, and the moment up to which the record is read; `today` is its day."""

    patient: Patient
    zone: str
    as_of: datetime
    today: date


Items = Iterator[Item]


def say_date(day: date) -> str:
    """A day in words: March 2, 2026."""
    return f"{day:%B} {day.day}, {day.year}"


def filled(*lines: tuple[str, object]) -> tuple[str, ...]:
    """“Name: what is known”, for what is known."""
    return tuple(f"{name}: {words}" if name else f"{words}" for name, words in lines if words)


def paragraphs(words: str) -> tuple[str, ...]:
    """A text as its lines, without the empty ones."""
    return tuple(line.strip() for line in words.splitlines() if line.strip())


def titled(item: Item) -> str:
    """What an item is called, with its day where the title doesn't say it."""
    day = say_date(item.day) if item.day else ""
    return f"{item.title}, {day}" if day and day not in item.title else item.title
