"""What medications make due among everyone in care: the worklist, and its count on the day's page."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from throughcare.knowledge.medications.due import HAPPENED, INTERACTION, Due
from throughcare.pathway.actor import Actor
from throughcare.pathway.medication.dues import dues_of
from throughcare.pathway.medication.versions import KIND
from throughcare.pathway.privacy import at_sites
from throughcare.pathway.privacy.guards import open_roster
from throughcare.records.episodes import Episode
from throughcare.records.people import Patient

# Whose work it is to look at this list. The rest find it on each chart.
WORKS_ON_IT = frozenset({"nurse", "prescriber", "director"})
TOLD_DAILY = ("nurse", "prescriber")


# What comes first for a nurse who has ten minutes: harm, then a dose that fails, then what is to be looked at.
FIRST = (HAPPENED, INTERACTION, "injection", "refill", "check", "naloxone", "reconcile", "pdmp")


@dataclass(frozen=True)
class DueLine:
    """One thing due."""

    due: Due
    state: str

    @property
    def rank(self) -> tuple[bool, int, date]:
        """Where it stands: what is overdue or due today before the days ahead, then by how much hangs on it."""
        return self.state == "due_soon", FIRST.index(self.due.what.partition(":")[0]), self.due.due_date


@dataclass(frozen=True)
class DuePerson:
    """Everything due for one person, the first thing first."""

    patient: UUID
    name: str
    lines: tuple[DueLine, ...]


@dataclass(frozen=True)
class MedicationBoard:
    """Everyone for whom something is overdue, due today or within the days ahead; the most urgent first."""

    people: tuple[DuePerson, ...]

    def count(self, state: str) -> int:
        """How many things stand so."""
        return sum(line.state == state for one in self.people for line in one.lines)

    @property
    def overdue(self) -> int:
        """How many should have been done before today."""
        return self.count("overdue")

    @property
    def today(self) -> int:
        """How many are due today."""
        return self.count("due_today")


def medication_board(*, by: Actor, at: datetime) -> MedicationBoard:
    """What is due for everyone in care at the actor's sites. The queries don't grow with the people."""
    episodes = Episode.objects.filter(organization_id=by.organization, ended_at__isnull=True)
    keys = list(at_sites(episodes, KIND, by=by).values_list("patient_id", flat=True))
    hidden = open_roster(KIND, keys, by=by, at=at)
    found = dues_of([key for key in keys if key not in hidden], organization=by.organization, at=at)
    due = {key: one.shown for key, one in found.items() if one.shown}
    people = Patient.objects.in_bulk(list(due))
    board = [
        DuePerson(
            people[key].uid,
            people[key].called,
            tuple(sorted((DueLine(one.due, one.state) for one in every), key=lambda line: line.rank)),
        )
        for key, every in due.items()
    ]
    return MedicationBoard(tuple(sorted(board, key=lambda one: (one.lines[0].rank, one.name))))


def due_today(*, by: Actor, at: datetime) -> MedicationBoard | None:
    """The worklist for those who are told of it each day; None for others, and when nothing is overdue or due today."""
    if not by.holds(*TOLD_DAILY):
        return None
    board = medication_board(by=by, at=at)
    return board if board.overdue or board.today else None
