"""The book of accesses: append-only rows, each chained to the one before by a keyed fingerprint."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC
from uuid import uuid4

from django.db import connection, transaction
from django.db.models import QuerySet

from throughcare.keys import mac
from throughcare.pathway.actor import Actor, Asked, Page
from throughcare.pathway.prepared import prepared
from throughcare.records.accesses import Access, AccessedPatient

CHAIN_LOCK = 0x7C41  # the first half of PostgreSQL's advisory lock; the second is the organization
BEGINNING = "0" * 64


def note(asked: Asked, *, by: Actor) -> None:
    """Keep the question for the page's row, or write it at once where no page is open."""
    if by.page is not None:
        by.page.asked.append(asked)
    else:
        append([asked], page=Page(by.surface), organization=by.organization)


def write_page(page: Page, *, organization: int) -> None:
    """Write what a page asked, one row per verb and answer; then the page is blank again."""
    asked, page.asked = page.asked, []
    if asked:
        append(asked, page=page, organization=organization)


def append(asked: Sequence[Asked], *, page: Page, organization: int) -> None:
    """Add rows at the end of the organization's chain, in a transaction (the caller's, if there is one)."""
    rows = [_row(group, page, organization) for group in _together(asked)]
    with transaction.atomic(savepoint=False):
        _hold_chain(organization)
        sequence, digest = next(iter(_end(organization)), (0, BEGINNING))
        for row, patients in rows:
            sequence += 1
            row.sequence = sequence
            row.digest = digest = digest_of(row, patients, before=digest)
        Access.objects.bulk_create(row for row, _ in rows)
        AccessedPatient.objects.bulk_create(
            AccessedPatient(access=row, patient_id=patient) for row, patients in rows for patient in patients
        )


@prepared
def _end(organization: int) -> QuerySet[Access, tuple[int, str]]:
    rows = Access.objects.filter(organization=organization).order_by("-sequence")
    return rows.values_list("sequence", "digest")[:1]


def digest_of(row: Access, patients: Iterable[int], *, before: str) -> str:
    """The fingerprint of a row with the people it showed and the fingerprint before it, in hexadecimal."""
    said = [
        before,
        row.organization_id,
        row.sequence,
        row.uid.hex,
        row.account_id,
        row.verb,
        row.kinds,
        row.purpose,
        row.relationship,
        row.allowed,
        row.consent.hex if row.consent else None,
        row.surface,
        row.route,
        row.accessed_at.astimezone(UTC).isoformat(),
        sorted(patients),
        row.unlisted,
    ]
    return mac(json.dumps(said, separators=(",", ":")).encode(), use="chain of accesses").hex()


def _together(asked: Sequence[Asked]) -> Iterable[list[Asked]]:
    """The questions that make one row: by the same person, in the same way, with the same answer."""
    groups: dict[tuple[object, ...], list[Asked]] = defaultdict(list)
    for one in asked:
        key = (one.account, one.verb, one.purpose, one.relationship, one.allowed, one.consent)
        groups[key].append(one)
    return groups.values()


def _row(group: Sequence[Asked], page: Page, organization: int) -> tuple[Access, list[int]]:
    first = group[0]
    row = Access(
        uid=uuid4(),
        organization_id=organization,
        account_id=first.account,
        verb=first.verb,
        kinds=sorted({one.kind for one in group if one.kind}),
        purpose=first.purpose,
        relationship=first.relationship,
        allowed=first.allowed,
        consent=first.consent,
        unlisted=sum(one.unlisted for one in group),
        surface=page.surface,
        route=page.route,
        accessed_at=max(one.at for one in group),
    )
    return row, sorted({patient for one in group for patient in one.patients})


def _hold_chain(organization: int) -> None:
    """One writer at a time at the end of a chain. SQLite's immediate transactions see to it themselves."""
    if connection.vendor == "postgresql":
        # A statement of its own, before the end is read: within one statement the end would be read before the wait.
        connection.connection.execute("SELECT pg_advisory_xact_lock(%s, %s)", [CHAIN_LOCK, organization])
