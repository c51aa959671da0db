"""The climb as due work: whatever nobody acknowledged is paged further up, and again, until a person has it."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, Q

from throughcare.knowledge.crisis.climb import next_page, step_due
from throughcare.knowledge.crisis.clock import Clock
from throughcare.knowledge.crisis.dues import handed_over_at, met_by
from throughcare.knowledge.safety import PRIORITY
from throughcare.pathway.crisis.crisis_rows import clock_of, priority_in_force
from throughcare.pathway.crisis.dues import lines_of
from throughcare.pathway.crisis.paging import page_person, page_step
from throughcare.pathway.holding import what_holds
from throughcare.pathway.on_call.rotas import whom_to_page
from throughcare.records.crises import Crisis, CrisisClosing, CrisisDue, CrisisEntry, CrisisTaking

log = logging.getLogger("throughcare.crises")

# So many at a time: the next round comes within seconds.
AT_ONCE = 500
# What was raised later than now, by more than machines' clocks differ, was raised before the clock was put back.
APART = timedelta(minutes=1)
# Whoever took it and hasn't reached the person is paged again for these, with the backup.
CHASED = frozenset({"P1", "P2"})


class ClimbFailed(Exception):
    """Some crises could not be paged further this time; the others were."""


def climb(*, at: datetime) -> str:
    """Page whatever is due now. One crisis that fails stops no other; it is tried again in the next round."""
    # In a restored database that nobody has armed, each climbs on from the moment it is.
    is_due = Q(next_page_at__lte=at) | Q(next_page_at__isnull=False, recorded_at__gt=at + APART)
    due = Crisis.objects.filter(is_due, ~Exists(what_holds())).order_by("next_page_at", "pk")
    paged = failed = 0
    for key in list(due.values_list("pk", flat=True)[:AT_ONCE]):
        try:
            paged += climb_one(key, at=at)
        except Exception:
            log.exception("a crisis could not be paged further")
            failed += 1
    if failed:
        raise ClimbFailed(f"{failed} crises could not be paged further")
    return f"{paged} paged"


@transaction.atomic
def climb_one(crisis: int, *, at: datetime) -> int:
    """Take one crisis (key) a step further if its time has come; how many were paged. Two at once page once."""
    row = Crisis.objects.select_for_update(of=("self",), no_key=True).select_related("site").get(pk=crisis)
    priority, clock = priority_in_force(row), clock_of(row.site, at=at)
    taken, raised_at = is_taken(row), _raised_at(row, priority, clock, at=at)
    if not _is_due(row, priority, clock, taken=taken, at=at):
        return 0
    if taken:
        paged = _chase(row, priority, at=at)
        row.next_page_at = (
            clock.after(at, PRIORITY[priority].again.setting) if _to_chase(row, priority) else None
        )
    else:
        step = step_due(priority, row.steps, raised_at=raised_at, at=at, clock=clock)
        paged = page_step(row, priority, step, at=at) if step else 0
        row.steps = step.number + 1 if step else row.steps
        row.next_page_at = next_page(priority, row.steps, raised_at=raised_at, clock=clock)
    row.save(update_fields=["steps", "next_page_at"])
    return paged


def _raised_at(row: Crisis, priority: str, clock: Clock, *, at: datetime) -> datetime:
    """When it was raised; if the clock was put back since, as long ago as its next step waits, which is due then."""
    if row.recorded_at <= at + APART:
        return row.recorded_at
    return at - (next_page(priority, row.steps, raised_at=row.recorded_at, clock=clock) - row.recorded_at)


def _is_due(row: Crisis, priority: str, clock: Clock, *, taken: bool, at: datetime) -> bool:
    if row.next_page_at is None:
        return False
    if row.next_page_at <= at or taken or row.recorded_at <= at + APART:
        return row.next_page_at <= at
    # No step waits longer for the one before it, unless the clock was put back meanwhile.
    here, before = (
        next_page(priority, number, raised_at=row.recorded_at, clock=clock)
        for number in (row.steps, row.steps - 1)
    )
    return row.next_page_at > at + (here - before)


def _chase(row: Crisis, priority: str, *, at: datetime) -> int:
    """Page whoever has it, and the backup: the person was not reached in time."""
    if not _to_chase(row, priority):
        return 0
    holder = CrisisTaking.objects.filter(crisis=row).order_by("-number").values_list("account", flat=True)[0]
    people = {holder: "holder"} | {
        account: line
        for account, line in whom_to_page(row.site, ("backup",), at=at).items()
        if account != holder
    }
    for account, line in people.items():
        page_person(row, priority, account, line, step=row.steps, at=at)
    row.steps += 1
    return len(people)


def _to_chase(row: Crisis, priority: str) -> bool:
    """Whether a taken crisis still waits for its first contact, and nobody else was sent."""
    if priority not in CHASED or CrisisClosing.objects.filter(crisis=row).exists():
        return False
    lines = lines_of(list(CrisisEntry.objects.filter(crisis=row)))
    return met_by("contact", lines) is None and handed_over_at(lines) is None


def is_taken(row: Crisis) -> bool:
    """Whether a person acknowledged it."""
    return CrisisTaking.objects.filter(crisis=row).exists()


def set_next_page(row: Crisis, *, at: datetime) -> None:
    """When the climb looks at a crisis next that a person has: once the person should have been reached, or never."""
    due = CrisisDue.objects.filter(crisis=row, kind="contact", met_by__isnull=True).first()
    waits = due is not None and _to_chase(row, priority_in_force(row))
    row.next_page_at = max(due.due_at, at) if due is not None and waits else None
    row.save(update_fields=["next_page_at"])
