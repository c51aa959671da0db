"""What the program does by itself stands in the book of accesses too: one row for a piece of work."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Count

from throughcare.pathway.actor import Asked, Page
from throughcare.pathway.privacy.book import append
from throughcare.records.people import Patient

PROGRAM = "program"
WORKER, COMMAND = "worker", "command"
SURFACES = (WORKER, COMMAND)


def note_own_work(
    work: str,
    kind: str,
    patients: Collection[int] = (),
    *,
    organization: int,
    at: datetime,
    verb: str = "change",
    purpose: str = "operations",
    unlisted: int = 0,
    surface: str = WORKER,
) -> None:
    """Write a piece of work down with the people (keys) it touched, or how many where a list would say nothing."""
    if not patients and not unlisted:
        return
    asked = Asked(None, verb, kind, purpose, PROGRAM, True, None, tuple(sorted(patients)), at, unlisted)
    append([asked], page=Page(surface, route=work), organization=organization)


def note_sealing(*, at: datetime) -> None:
    """Every word about everyone was sealed anew: how many people that is, organization by organization."""
    counts = Patient.objects.values_list("organization").annotate(Count("pk")).order_by("organization")
    for organization, people in counts:
        note_own_work(
            "rotate-keys", "identity", organization=organization, at=at, unlisted=people, surface=COMMAND
        )
