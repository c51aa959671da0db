"""All that dues are worked out from, for many people at once: a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from throughcare.knowledge.clinic_calendar import age_on, day_bounds, local_day
from throughcare.knowledge.medications.interactions import Drank
from throughcare.knowledge.medications.naloxone import Step
from throughcare.knowledge.medications.reconciling import Event
from throughcare.pathway.medication import known_rows
from throughcare.pathway.medication.drinking import drank_of, reacts
from throughcare.pathway.medication.versions import newest_of, standing
from throughcare.records.among import Keys
from throughcare.records.medications import Medication


@dataclass
class Known:
    """What is known of one person's medications; `admitted` is the day at their site. `know` fills it."""

    zone: str
    today: date
    admitted: date
    age: int | None
    medications: tuple[Medication, ...] = ()
    events: list[Event] = field(default_factory=list)
    reconciled_at: list[datetime] = field(default_factory=list)
    reconciled_date: date | None = None
    given: dict[UUID, date] = field(default_factory=dict)
    fills: dict[UUID, tuple[date, int]] = field(default_factory=dict)
    pdmp: list[date] = field(default_factory=list)
    checks: dict[str, list[date]] = field(default_factory=lambda: defaultdict(list))
    changed: dict[UUID, date] = field(default_factory=dict)
    naloxone: list[Step] = field(default_factory=list)
    diagnoses: list[str] = field(default_factory=list)
    answered: set[str] = field(default_factory=set)
    drank: Drank | None = None


def know(patients: Sequence[int], *, organization: int, at: datetime) -> dict[int, Known]:
    """What is known of each patient (key) who is in the program, in fourteen queries. For who passed the desk.

    Drinking is looked up, in five more, where somebody takes disulfiram.
    """
    found = _people(patients, at=at)
    keys = Keys(found)
    if not keys:
        return {}
    for key, rows in newest_of(keys, organization=organization, at=at).items():
        found[key].medications = rows
    # The last day on which the words of a medication changed, from the versions after the first.
    for patient, thread, moment in known_rows.changes(keys, at):
        found[patient].changed[thread] = local_day(moment, found[patient].zone)
    _add_events(found, keys, at=at)
    for patient, moment, day in known_rows.reconciled(keys, at):
        found[patient].reconciled_at.append(moment)
        found[patient].reconciled_date = day
    _add_supplies(found, keys, at=at)
    _add_checks(found, keys, at=at)
    for patient, code in known_rows.diagnoses(keys):
        found[patient].diagnoses.append(code)
    for patient, subject in known_rows.answers(keys):
        found[patient].answered.add(subject)
    reacting = [key for key, known in found.items() if reacts(standing(known.medications))]
    if reacting:
        for patient, drank in drank_of(reacting, at=at).items():
            found[patient].drank = drank
    return found


def _people(patients: Iterable[int], *, at: datetime) -> dict[int, Known]:
    found = {}
    for patient, zone, admitted, born in known_rows.in_program(Keys(patients), at):
        today, day = local_day(at, zone), local_day(admitted, zone)
        found[patient] = Known(zone, today, day, age_on(today, born) if born else None)
        found[patient].events.append(Event("intake", admitted, day))
    return found


def _add_events(found: dict[int, Known], keys: Keys, *, at: datetime) -> None:
    """Changes of level (every stay but an episode's first), visits to a hospital, crises that ended in one."""
    met = set()
    for patient, began in known_rows.stays(keys, at):
        if patient in met:
            found[patient].events.append(Event("level_change", began, local_day(began, found[patient].zone)))
        met.add(patient)
    for patient, left, recorded in known_rows.hospital_visits(keys, at):
        known = found[patient]
        if left >= known.admitted:
            # Told the same day, only what comes after it answers; told later, what came after that day does.
            moment = min(recorded, day_bounds(left, known.zone)[1])
            known.events.append(Event("hospital", moment, left))
    for patient, moment in known_rows.taken_to_hospital(keys, at):
        known = found[patient]
        if local_day(moment, known.zone) >= known.admitted:
            known.events.append(Event("hospital", moment, local_day(moment, known.zone)))


def _add_supplies(found: dict[int, Known], keys: Keys, *, at: datetime) -> None:
    for patient, thread, day in known_rows.given(keys, at.date() - known_rows.INJECTIONS_SINCE, at):
        found[patient].given[thread] = day
    for patient, thread, day, supply in known_rows.fills(keys, at):
        found[patient].fills[thread] = (day, supply)


def _add_checks(found: dict[int, Known], keys: Keys, *, at: datetime) -> None:
    for patient, day in known_rows.pdmp_checks(keys, at):
        found[patient].pdmp.append(day)
    for patient, code, day in known_rows.checks(keys, at):
        found[patient].checks[code].append(day)
    for patient, whom, step, day, expires in known_rows.naloxone_steps(keys, at):
        found[patient].naloxone.append(Step(whom, step, day, expires))
