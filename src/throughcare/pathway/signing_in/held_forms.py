"""What someone was writing when the door locked: sealed, theirs alone, offered back, gone after a day."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from throughcare.keys import seal, unseal
from throughcare.pathway.cannot import Absent
from throughcare.records.people import Account
from throughcare.records.signing_in import HeldForm

KEPT = timedelta(hours=24)
PLACE = "held form"
MOST_BYTES = 500_000
LOCKED, CONFIRM = "locked", "confirm"

Fields = list[tuple[str, list[str]]]


@dataclass(frozen=True)
class Held:
    """A form that was kept: where it goes, and what was written, field by field in order."""

    uid: UUID
    path: str
    fields: Fields
    held_at: datetime


def hold_form(account: int, *, path: str, fields: Fields, why: str, at: datetime) -> UUID | None:
    """Keep a form for its writer; None when it is too large to keep."""
    words = json.dumps(fields)
    if len(words) > MOST_BYTES:
        return None
    row = HeldForm.objects.create(
        organization_id=Account.objects.values_list("organization_id", flat=True).get(pk=account),
        account_id=account,
        path=path[:300],
        fields=seal(words, place=PLACE),
        why=why,
        ends_at=at + KEPT,
        recorded_by_id=account,
        recorded_at=at,
    )
    return row.uid


def held_forms(account: int, *, at: datetime) -> list[Held]:
    """What was kept when the door locked, oldest first."""
    rows = HeldForm.objects.filter(account_id=account, ends_at__gt=at, why=LOCKED).order_by("pk")
    return [_opened(row) for row in rows]


def held_form(uid: UUID, *, account: int, at: datetime) -> Held:
    """One kept form of this account. Raises `Absent`."""
    row = HeldForm.objects.filter(uid=uid, account_id=account, ends_at__gt=at).first()
    if row is None:
        raise Absent("held form")
    return _opened(row)


def let_go(uid: UUID, *, account: int) -> None:
    """Throw a kept form away: it was sent, or its writer doesn't want it."""
    HeldForm.objects.filter(uid=uid, account_id=account).delete()


def sweep_held_forms(*, at: datetime) -> int:
    """Throw away what nobody came back for; how many."""
    gone, _ = HeldForm.objects.filter(ends_at__lte=at).delete()
    return gone


def _opened(row: HeldForm) -> Held:
    fields = [(name, list(values)) for name, values in json.loads(unseal(row.fields, place=PLACE))]
    return Held(row.uid, row.path, fields, row.recorded_at)
