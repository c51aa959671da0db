"""Answering a crisis: taking it, calling others to it, raising its priority, saying whose it is, closing it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.crisis.closing import may_close
from throughcare.knowledge.safety import PRIORITY
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot, CannotSee, require
from throughcare.pathway.crisis.climbing import is_taken, set_next_page
from throughcare.pathway.crisis.crisis_rows import RAISED, priority_in_force
from throughcare.pathway.crisis.dues import keep_dues, lines_of
from throughcare.pathway.crisis.entering import change_crisis
from throughcare.pathway.crisis.hearing import KIND
from throughcare.pathway.crisis.paging import page_person, stop_pages
from throughcare.pathway.on_call.rotas import whom_to_page
from throughcare.pathway.privacy import open_patient
from throughcare.records.crises import Crisis, CrisisClosing, CrisisEntry, CrisisTaking

_CLOSED = "This crisis is closed. Raise a new one."


@transaction.atomic
def take_crisis(crisis: UUID, *, by: Actor, at: datetime) -> None:
    """Acknowledge a crisis, or take it over from whoever has it; the pages on their way stop. Twice is once."""
    row = change_crisis(crisis, by=by, at=at)
    if by.account is None:
        raise CannotSee("Sign in first: a person takes a crisis, never the program.")
    require_open(row)
    last = CrisisTaking.objects.filter(crisis=row).order_by("-number").first()
    if last is not None and last.account_id == by.account:
        return
    CrisisTaking.objects.create(
        organization_id=by.organization,
        crisis=row,
        account_id=by.account,
        number=last.number + 1 if last else 1,
        recorded_by_id=by.account,
        recorded_at=at,
    )
    stop_pages(row, at=at)
    set_next_page(row, at=at)


@transaction.atomic
def page_also(crisis: UUID, line: str, *, by: Actor, at: datetime) -> int:
    """Page somebody else to a crisis at once: the backup or the director. How many were paged."""
    row = change_crisis(crisis, by=by, at=at)
    require_open(row)
    if line not in ("backup", "director"):
        raise Cannot("Choose the backup or the director.", field="line")
    people = whom_to_page(row.site, (line,), at=at)
    for account, as_line in people.items():
        page_person(row, priority_in_force(row), account, as_line, step=row.steps, at=at)
    row.steps += 1
    row.save(update_fields=["steps"])
    return len(people)


@transaction.atomic
def raise_priority(crisis: UUID, priority: str, *, words: str, by: Actor, at: datetime) -> None:
    """A person who has the crisis says that it is more urgent than it was raised; it never becomes less."""
    row = change_crisis(crisis, by=by, at=at)
    require_open(row)
    if priority not in PRIORITY or priority >= priority_in_force(row):
        raise Cannot("A priority only rises. Choose a higher one.", field="priority")
    if not is_taken(row):
        raise Cannot("Take it first, then say that it is more urgent.")
    if not words.strip():
        raise Cannot("Write why it is more urgent.", field="words")
    add_entry(row, RAISED, choice=priority, words=words.strip(), happened_at=at, by=by, at=at)


@transaction.atomic
def name_person(crisis: UUID, patient: UUID, *, by: Actor, at: datetime) -> None:
    """Say whose crisis a call was about, once we know."""
    row = change_crisis(crisis, by=by, at=at)
    require_open(row)
    if row.patient_id is not None:
        raise Cannot("We know already whose crisis this is.")
    row.patient = open_patient(patient, kind=KIND, verb="change", by=by, at=at)
    row.save(update_fields=["patient"])
    add_entry(row, "named", happened_at=at, by=by, at=at)


@transaction.atomic
def close_crisis(crisis: UUID, *, words: str = "", by: Actor, at: datetime) -> None:
    """Close a crisis, with all that its priority asks for done. Raises `Cannot` with what is missing."""
    row = change_crisis(crisis, by=by, at=at)
    require_open(row)
    entries = list(CrisisEntry.objects.filter(crisis=row))
    require(
        may_close(
            priority_in_force(row, entries),
            lines_of(entries),
            acknowledged=is_taken(row),
            by_person=by.account is not None,
            named=row.patient_id is not None,
        )
    )
    CrisisClosing.objects.create(
        organization_id=by.organization,
        crisis=row,
        words=words.strip(),
        recorded_by_id=by.account,
        recorded_at=at,
    )
    row.next_page_at = None
    row.save(update_fields=["next_page_at"])


def require_open(row: Crisis) -> None:
    """Raise `Cannot` for a crisis that a person closed."""
    if CrisisClosing.objects.filter(crisis=row).exists():
        raise Cannot(_CLOSED)


def add_entry(
    row: Crisis,
    kind: str,
    *,
    choice: str = "",
    whom: str = "",
    words: str = "",
    happened_at: datetime,
    by: Actor,
    at: datetime,
) -> UUID:
    """Append a line to the log and bring what is due in line with it. For this package."""
    entry = CrisisEntry.objects.create(
        organization_id=row.organization_id,
        crisis=row,
        kind=kind,
        choice=choice,
        whom=whom,
        words=words,
        happened_at=happened_at,
        recorded_by_id=by.account,
        recorded_at=at,
    )
    keep_dues(row, at=at)
    if is_taken(row):
        set_next_page(row, at=at)
    return entry.uid
