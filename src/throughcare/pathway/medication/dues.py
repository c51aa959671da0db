"""What medications make due, for many people at once: reconciliation, injections, refills, checks, naloxone."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from throughcare.knowledge.medications.checks import ALL as CHECKS
from throughcare.knowledge.medications.checks import check_due
from throughcare.knowledge.medications.due import HAPPENED, INTERACTION, Due, in_order
from throughcare.knowledge.medications.interactions import Interaction, interactions
from throughcare.knowledge.medications.library import classes_of, find
from throughcare.knowledge.medications.naloxone import WHOM, Task, is_needed, task_for
from throughcare.knowledge.medications.pdmp import pdmp_due
from throughcare.knowledge.medications.reconciling import reconciliation_due
from throughcare.knowledge.medications.schedules import ALL as SCHEDULES
from throughcare.knowledge.medications.supply import Supply, injection_due, refill_due
from throughcare.pathway.medication.known import Known, know
from throughcare.pathway.medication.versions import standing, taken_of
from throughcare.pathway.program_settings import numbers
from throughcare.records.medications import Medication

SETTINGS = (
    "reconcile_every_days",
    "reconcile_event_days",
    "flag_days_ahead",
    "pdmp_every_days",
    "pdmp_within_days",
    "naloxone_offer_days",
    "naloxone_ahead_days",
)
# Use of something that a monitoring program knows of: opioids, sedatives, stimulants, several. [ours]
CONTROLLED_USE = ("F11", "F13", "F15", "F19")
ANSWER = "Answer what doesn't go together"

Numbers = Mapping[str, int]


@dataclass(frozen=True)
class DueOfPerson:
    """One thing due, with how it stands on the day at the person's site."""

    due: Due
    state: str

    @property
    def is_shown(self) -> bool:
        """Whether it is time to say it."""
        return self.state != "due_later"


@dataclass(frozen=True)
class PersonDues:
    """Everything due for one person; `naloxone` are its tasks, done ones too; `against` is what nobody answered yet."""

    today: date
    dues: tuple[DueOfPerson, ...]
    naloxone: tuple[Task, ...]
    against: tuple[Interaction, ...]

    @property
    def shown(self) -> tuple[DueOfPerson, ...]:
        """What is overdue, due today, or due within the days ahead."""
        return tuple(one for one in self.dues if one.is_shown)


def dues_of(patients: Sequence[int], *, organization: int, at: datetime) -> dict[int, PersonDues]:
    """What is due for each of these patients (keys) who is in the program; the queries don't grow with them.

    For pathway modules that passed the desk.
    """
    own = own_numbers(organization, at.date())
    known = know(patients, organization=organization, at=at)
    return {key: _of_person(one, own) for key, one in known.items()}


def own_numbers(organization: int, on: date) -> Numbers:
    """The program's numbers about medications, by the last part of their key."""
    keys = [f"medication.{name}" for name in SETTINGS]
    found = numbers(*keys, organization=organization, on=on)
    return {name: int(found[f"medication.{name}"]) for name in SETTINGS}


def _of_person(known: Known, own: Numbers) -> PersonDues:
    tasks = tuple(_naloxone_tasks(known, own))
    against = _against(known)
    every = [due for rule in RULES for due in rule(known, own)]
    every += [due for task in tasks if (due := task.due())]
    every += [_answer(one, known) for one in against]
    stated = (
        DueOfPerson(due, due.state(known.today, ahead=own["flag_days_ahead"])) for due in in_order(every)
    )
    return PersonDues(known.today, tuple(stated), tasks, against)


def _reconciliation(known: Known, own: Numbers) -> Iterator[Due]:
    due = reconciliation_due(
        known.events,
        known.reconciled_at,
        last_day=known.reconciled_date,
        every=own["reconcile_every_days"],
        within=own["reconcile_event_days"],
    )
    if due:
        yield due


def _supplies(known: Known, own: Numbers) -> Iterator[Due]:
    for row in standing(known.medications):
        supply = supply_of(row, known)
        yield from (due for due in (injection_due(supply), refill_due(supply)) if due)


def _checks(known: Known, own: Numbers) -> Iterator[Due]:
    """Each check once, although two medications may ask for it: the earlier counts."""
    found: dict[str, Due] = {}
    for row in standing(known.medications):
        drug = find(row.code)
        for code in drug.checks if drug else ():
            due = check_due(
                CHECKS[code],
                name=row.name,
                thread=str(row.thread),
                began=row.began_date or known.admitted,
                changed=known.changed.get(row.thread),
                done=known.checks.get(code, ()),
                age=known.age,
            )
            if due and (code not in found or due.due_date < found[code].due_date):
                found[code] = due
    yield from found.values()


def _pdmp(known: Known, own: Numbers) -> Iterator[Due]:
    drugs = (find(row.code) for row in standing(known.medications))
    is_controlled = any(drug.controlled for drug in drugs if drug) or any(
        code.startswith(CONTROLLED_USE) for code in known.diagnoses
    )
    due = pdmp_due(
        admitted=known.admitted,
        checked=known.pdmp,
        is_controlled=is_controlled,
        every=own["pdmp_every_days"],
        within=own["pdmp_within_days"],
    )
    if due:
        yield due


RULES: tuple[Callable[[Known, Numbers], Iterator[Due]], ...] = (_reconciliation, _supplies, _checks, _pdmp)


def _naloxone_tasks(known: Known, own: Numbers) -> Iterator[Task]:
    classes = [name for row in standing(known.medications) for name in classes_of(row.code)]
    if not known.naloxone and not is_needed(diagnoses=known.diagnoses, classes=classes):
        return
    for whom in WHOM:
        yield task_for(
            whom,
            known.naloxone,
            since=known.admitted,
            offer_days=own["naloxone_offer_days"],
            ahead=own["naloxone_ahead_days"],
        )


def _against(known: Known) -> tuple[Interaction, ...]:
    found = interactions(taken_of(standing(known.medications)), drank=known.drank, today=known.today)
    return tuple(one for one in found if one.subject not in known.answered)


def _answer(one: Interaction, known: Known) -> Due:
    return Due(
        HAPPENED if one.happened else INTERACTION,
        one.title,
        one.because,
        known.today,
        "prescriber",
        one.cite,
        one.about[0].thread,
    )


def supply_of(row: Medication, known: Known) -> Supply:
    """One medication as its supply is reckoned."""
    filled, days = known.fills.get(row.thread, (None, None))
    return Supply(
        thread=str(row.thread),
        name=row.name,
        schedule=SCHEDULES[row.schedule],
        is_injection=row.route == "injection",
        began=row.began_date,
        last_given=known.given.get(row.thread),
        filled=filled,
        days_supply=days,
    )
