"""Checks of a state's prescription monitoring program: at intake, before a controlled prescription, every quarter."""

from collections.abc import Collection
from datetime import date, timedelta

from throughcare.knowledge.medications.drug import Drug
from throughcare.knowledge.medications.due import Due
from throughcare.knowledge.verdict import Allowed, Refused, Verdict

CITE = "program default: at intake, before a controlled prescription, every 90 days"
REVIEWED, REVIEWED_FINDING = "461621000124108", "461651000124104"  # SNOMED CT, as in opioid-cds-r4
FINDINGS = {
    "nothing": "Nothing found",
    "expected": "As told",
    "unexpected": "Something that wasn't told",
}


def snomed_of(finding: str) -> str:
    """The SNOMED CT concept of a check with this finding."""
    return REVIEWED if finding == "nothing" else REVIEWED_FINDING


def pdmp_due(
    *, admitted: date, checked: Collection[date], is_controlled: bool, every: int, within: int
) -> Due | None:
    """The next check: some days after admission, then so many days after the last one.

    After the first only where a controlled medication or their use of one asks for it (`is_controlled`).
    """
    since = [day for day in checked if day >= admitted - timedelta(days=every)]
    if since and not is_controlled:
        return None
    if since:
        last = max(since)
        because = f"Last checked on {last:%B} {last.day}; every {every} days."
        return Due("pdmp", "Check the PDMP", because, last + timedelta(days=every), "prescriber", CITE)
    because = f"Not checked since admission on {admitted:%B} {admitted.day}."
    return Due("pdmp", "Check the PDMP", because, admitted + timedelta(days=within), "prescriber", CITE)


def may_prescribe_controlled(drug: Drug, *, checked: Collection[date], today: date, fresh: int) -> Verdict:
    """A controlled medication is ordered here only after a check of today or `fresh` days before."""
    if not drug.controlled or any(0 <= (today - day).days <= fresh for day in checked):
        return Allowed()
    return Refused(
        f"{drug.title} is a controlled medication (Schedule {drug.controlled}). "
        "Check the prescription monitoring program first, and record the check.",
        cite=CITE,
    )
