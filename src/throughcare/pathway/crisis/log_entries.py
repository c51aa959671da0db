"""Writing into a crisis's log: what was done and found, as it happens or soon after."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.crisis.entries import ALL as KINDS
from throughcare.knowledge.crisis.entries import choice_words
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.crisis.answering import add_entry, require_open
from throughcare.pathway.crisis.entering import change_crisis
from throughcare.records.crises import Crisis

# What is still written down after a crisis is closed: the visit that it made due.
AFTER_CLOSING = frozenset({"visit", "note"})


@dataclass(frozen=True)
class NewEntry:
    """One line for the log. `happened_at` None: now."""

    kind: str
    choice: str = ""
    whom: str = ""
    words: str = ""
    happened_at: datetime | None = None


@transaction.atomic
def log_entry(crisis: UUID, entry: NewEntry, *, by: Actor, at: datetime) -> UUID:
    """Append a line to a crisis's log; whoever did it writes it. Raises `Cannot` naming what it lacks."""
    row = change_crisis(crisis, by=by, at=at)
    if entry.kind not in AFTER_CLOSING:
        require_open(row)
    _check(entry, row, at=at)
    return add_entry(
        row,
        entry.kind,
        choice=entry.choice,
        whom=entry.whom.strip(),
        words=entry.words.strip(),
        happened_at=entry.happened_at or at,
        by=by,
        at=at,
    )


def _check(entry: NewEntry, row: Crisis, *, at: datetime) -> None:
    kind = KINDS.get(entry.kind)
    if kind is None or not kind.button:
        raise Cannot("Choose what you did.", field="kind")
    if kind.choices and not choice_words(kind.code, entry.choice):
        raise Cannot(f"{kind.question} Choose from the list.", field="choice")
    if kind.whom and not entry.whom.strip():
        raise Cannot(kind.whom, field="whom")
    if kind.needs_words and not entry.words.strip():
        raise Cannot("Write what was said or found.", field="words")
    happened = entry.happened_at or at
    if happened > at:
        raise Cannot("That moment is still to come.", field="happened_at")
    if happened < row.came_at:
        raise Cannot("That was before this crisis was raised.", field="happened_at")
