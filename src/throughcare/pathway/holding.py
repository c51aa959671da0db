"""Whether this database was put back from a backup and nobody let it send yet."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from throughcare.records.restorations import Restoration


@dataclass(frozen=True)
class Held:
    """A restored database that may not send: which backup it came from, as of when, and since when it is here."""

    snapshot: int
    taken_at: datetime
    restored_at: datetime


def what_holds() -> QuerySet[Restoration]:
    """The restorations that nobody has armed yet; for a condition inside another question."""
    return Restoration.objects.filter(arming__isnull=True)


def is_held() -> bool:
    """Whether nothing may leave this house."""
    return what_holds().exists()


def held() -> Held | None:
    """What holds it; None in a house that sends."""
    row = what_holds().order_by("-pk").first()
    return None if row is None else Held(row.snapshot, row.taken_at, row.restored_at)
