"""Medication is never required for the program, and never a bar to it. Other code asks here."""

from collections.abc import Iterable

from throughcare.knowledge.verdict import Allowed, Refused, Verdict

CITE = "program default: medication is never required for, nor a bar to, intensive outpatient care"


def may_take_part(medications: Iterable[str] = ()) -> Verdict:
    """Whether somebody who takes these medications (or none) may be admitted, stay, and step: always."""
    return Allowed()


def may_make_it_a_condition(what: str) -> Verdict:
    """Whether taking, stopping or tapering a medication may be made a condition of care: never."""
    return Refused(
        f"{what} can't be a condition of care here. Offer it, explain it, and go on treating the person either way.",
        cite=CITE,
    )
