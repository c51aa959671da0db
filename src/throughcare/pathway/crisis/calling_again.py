"""Pressing help twice: as long as the climb still runs for the first call, the second adds to it and pages again.

Once somebody spoke with the person, or sent others to them, the climb rests: a press after that is a new call, and
climbs anew.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from throughcare.pathway.actor import Actor
from throughcare.pathway.crisis.answering import add_entry
from throughcare.pathway.crisis.crisis_rows import priority_in_force
from throughcare.pathway.crisis.paging import page_person
from throughcare.pathway.program_settings import number
from throughcare.records.crises import Crisis, CrisisEntry, CrisisPage, CrisisTaking
from throughcare.records.people import Patient

AGAIN = "again"
PRIORITY = "P1"
# Somebody in a hurry presses many times: whoever was paged just now is not paged for each.
PAUSE = "crisis.pressed_again_minutes"
# The climb numbers its own steps from 0.
FIRST_STEP = 1_000


def add_to_open_call(
    patient: Patient,
    sources: Collection[str],
    words: str,
    callback: str,
    *,
    key: str,
    only_by: int | None = None,
    by: Actor,
    at: datetime,
) -> UUID | None:
    """Add to the emergency that still climbs from the same person, and page again; None when there is none.

    `only_by`: only what this account raised itself. The `key` of the press that raised it adds nothing. Runs in the
    transaction of the call, one press after another.
    """
    Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    rows = Crisis.objects.select_for_update(of=("self",), no_key=True).filter(
        organization_id=by.organization,
        patient=patient,
        source__in=sources,
        next_page_at__isnull=False,
        closing__isnull=True,
    )
    if only_by is not None:
        rows = rows.filter(recorded_by=only_by)
    row = next((one for one in rows.order_by("-pk") if priority_in_force(one) == PRIORITY), None)
    if row is None or (key and row.key == key):
        return row.uid if row else None
    more = words.strip()
    if callback.strip() and not row.callback:
        row.callback = callback.strip()
        row.save(update_fields=["callback"])
    elif callback.strip():
        more = f"{more} (call {callback.strip()})".strip()
    add_entry(row, AGAIN, words=more, happened_at=at, by=by, at=at)
    _page_again(row, at=at)
    return row.uid


def _page_again(row: Crisis, *, at: datetime) -> None:
    """Whoever has it; while nobody has, whoever was paged so far."""
    pages = CrisisPage.objects.filter(crisis=row)
    pause = timedelta(minutes=number(PAUSE, organization=row.organization_id, on=at.date()))
    if pages.filter(recorded_at__gt=at - pause).exists():
        return
    holder = CrisisTaking.objects.filter(crisis=row).order_by("-number").values_list("account", flat=True)
    people = {holder[0]: "holder"} if holder else dict(pages.values_list("account", "line"))
    step = FIRST_STEP + CrisisEntry.objects.filter(crisis=row, kind=AGAIN).count()
    for account, line in people.items():
        page_person(row, priority_in_force(row), account, line, step=step, at=at)
