"""Verifying the book of accesses: every row as it was written, none missing, the end where it was last seen."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from throughcare.pathway.privacy.book import BEGINNING, digest_of
from throughcare.records.accesses import Access, AccessedPatient, ChainCheck
from throughcare.records.emergencies import PrivacyNotice
from throughcare.records.organizations import Organization

ROWS_AT_A_TIME = 2_000


@dataclass(frozen=True)
class ChainReport:
    """How far the chain holds. `broken_at` is the place of the first row that does not fit; None when all do."""

    organization: str
    rows: int
    broken_at: int | None
    because: str = ""

    def in_words(self) -> str:
        """The report as a sentence."""
        if self.broken_at is None:
            return f"{self.organization}: the book of accesses holds, {self.rows:,} rows."
        return (
            f"{self.organization}: the book of accesses is broken at row {self.broken_at:,}. {self.because}"
        )


def verify_every_chain(*, at: datetime) -> list[ChainReport]:
    """Each organization's chain in turn; what does not hold becomes a notice to its privacy officer."""
    reports = []
    for organization in Organization.objects.order_by("pk"):
        report = verify_chain(organization.pk, at=at)
        if report.broken_at is not None:
            PrivacyNotice.objects.create(
                organization=organization, kind="chain_broken", text=report.in_words(), recorded_at=at
            )
        reports.append(report)
    return reports


def verify_chain(organization: int, *, at: datetime) -> ChainReport:
    """Follow the organization's chain from its first row to its last, and write down how far it holds."""
    met = dict(
        ChainCheck.objects.filter(organization=organization, broken_at=None).values_list(
            "through_sequence", "digest"
        )
    )
    name = Organization.objects.values_list("name", flat=True).get(pk=organization)
    expected, before, rows = 0, BEGINNING, 0
    report: ChainReport | None = None
    for row, patients in _rows(organization):
        expected += 1
        because = _misfit(row, patients, expected, before, met)
        if because:
            report = ChainReport(name, rows, expected, because)
            break
        before, rows = row.digest, rows + 1
    if report is None:
        report = ChainReport(name, rows, *_end(expected, met))
    ChainCheck.objects.create(
        organization_id=organization,
        through_sequence=rows,
        digest=before,
        broken_at=report.broken_at,
        checked_at=at,
    )
    return report


def _misfit(row: Access, patients: list[int], expected: int, before: str, met: dict[int, str]) -> str:
    """Why a row does not fit where it stands; empty when it does."""
    if row.sequence != expected:
        return "A row is missing."
    if row.digest != digest_of(row, patients, before=before):
        return "The row is not as it was written."
    if met.get(row.sequence, row.digest) != row.digest:
        return "An earlier check saw another row here."
    return ""


def _end(last: int, met: dict[int, str]) -> tuple[int | None, str]:
    """Where rows are missing from the end, and the sentence for it."""
    if max(met, default=0) > last:
        return last + 1, "Rows that an earlier check saw are gone from the end."
    return None, ""


def _rows(organization: int) -> Iterator[tuple[Access, list[int]]]:
    """Rows in order with the people each showed, a batch at a time."""
    after = 0
    while True:
        batch = list(
            Access.objects.filter(organization=organization, sequence__gt=after).order_by("sequence")[
                :ROWS_AT_A_TIME
            ]
        )
        if not batch:
            return
        shown: dict[int, list[int]] = defaultdict(list)
        pairs = AccessedPatient.objects.filter(
            access__organization=organization,
            access__sequence__gt=after,
            access__sequence__lte=batch[-1].sequence,
        )
        for access, patient in pairs.values_list("access", "patient"):
            shown[access].append(patient)
        for row in batch:
            yield row, shown[row.pk]
        after = batch[-1].sequence
