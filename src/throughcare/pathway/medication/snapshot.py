"""What people took at a moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from throughcare.knowledge.medications.library import find, named_in
from throughcare.pathway.medication.versions import in_force, newest_of
from throughcare.records.medications import Medication


@dataclass(frozen=True)
class DrugInForce:
    """One medication: knowledge's code and ingredient (empty for an unknown one), name and dose as written.

    By its ingredient, else its name, `drug_tests.substances` knows what a test finds because of it.
    """

    thread: UUID
    code: str
    ingredient: str
    name: str
    dose: str


def snapshot_of(
    patients: Sequence[int], *, organization: int, at: datetime
) -> Mapping[int, tuple[DrugInForce, ...]]:
    """What each of these patients (keys) took, as known at the moment, in one query; who takes nothing is left out.

    For pathway modules that passed the desk. A day here is the moment's own: what begins that day counts.
    """
    newest = newest_of(patients, organization=organization, at=at)
    found = {key: tuple(_drug(row) for row in in_force(rows, on=at.date())) for key, rows in newest.items()}
    return {key: drugs for key, drugs in found.items() if drugs}


def _drug(row: Medication) -> DrugInForce:
    known = find(row.code)
    drugs = (known,) if known else named_in(row.name)
    return DrugInForce(
        thread=row.thread,
        code=row.code or (drugs[0].code if drugs else ""),
        ingredient=drugs[0].ingredient if drugs else "",
        name=row.name,
        dose=row.dose,
    )
