"""A person's medications as their chart shows them: what is due, the list, what was told, what was decided."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from throughcare.knowledge.medications.adherence import CODES, INFORMANTS, believed, share_taken
from throughcare.knowledge.medications.interactions import Interaction, may_answer
from throughcare.knowledge.medications.library import find
from throughcare.knowledge.medications.pdmp import FINDINGS
from throughcare.knowledge.verdict import Verdict
from throughcare.pathway.actor import Actor
from throughcare.pathway.medication.drinking import weighed
from throughcare.pathway.medication.dues import PersonDues, dues_of
from throughcare.pathway.medication.listing import ListedAllergy, allergies_of, say_how
from throughcare.pathway.medication.versions import (
    KIND,
    day_at_site,
    newest_of,
    open_medication,
    standing,
)
from throughcare.pathway.privacy import may_access, open_patient
from throughcare.records.medications import (
    Adherence,
    Dose,
    Fill,
    InteractionAnswer,
    Medication,
    PdmpCheck,
    Reconciliation,
)
from throughcare.records.people import Patient

DAYS_BACK = 14


@dataclass(frozen=True)
class DayTold:
    """What is believed of one day: taken, missed, refused, held or unknown."""

    day: date
    status: str


@dataclass(frozen=True)
class MedicationLine:
    """One medication on the chart; `days` the last two weeks (daily ones), `adherence` the newest word on the whole."""

    thread: UUID
    version: int
    name: str
    dose: str
    how: str
    why: str
    prescriber: str
    prescribed_here: bool
    source: str
    since: date | None
    stopped: date | None
    because: str
    is_injection: bool
    is_daily: bool
    facts: tuple[str, ...]
    warnings: tuple[str, ...]
    days: tuple[DayTold, ...] = ()
    share: float | None = None
    adherence: str = ""
    last_dose: date | None = None
    filled: date | None = None
    days_supply: int | None = None


@dataclass(frozen=True)
class Against:
    """What doesn't go together, and what was said to it; no words: nobody has answered."""

    found: Interaction
    words: str = ""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class MedicationChart:
    """Everything about one person's medications. `dues` None: not in the program."""

    patient: UUID
    name: str
    today: date
    lines: tuple[MedicationLine, ...]
    stopped: tuple[MedicationLine, ...]
    allergies: tuple[ListedAllergy, ...]
    no_known_allergies: bool
    against: tuple[Against, ...]
    dues: PersonDues | None
    reconciled: tuple[tuple[date, str, str], ...]
    pdmp: tuple[tuple[date, str, str], ...]
    may_change: bool
    may_answer: Verdict

    @property
    def unanswered(self) -> tuple[Against, ...]:
        """What nobody has answered."""
        return tuple(one for one in self.against if not one.words)


@dataclass(frozen=True)
class VersionLine:
    """One version of a medication as its history tells it."""

    at: datetime
    by: str
    change: str
    name: str
    dose: str
    how: str
    prescriber: str
    because: str
    stopped: date | None


def medications_of(patient: UUID, *, by: Actor, at: datetime) -> MedicationChart:
    """The chart's page of medications. The queries don't grow with the history."""
    found = open_patient(patient, kind=KIND, by=by, at=at)
    rows = newest_of([found.pk], organization=found.organization_id, at=at).get(found.pk, ())
    today = day_at_site(found.pk, by=by, at=at)
    told = _Told(found, today, at=at)
    allergies = allergies_of(found, at=at)
    dues = dues_of([found.pk], organization=found.organization_id, at=at).get(found.pk)
    return MedicationChart(
        patient=found.uid,
        name=found.called,
        today=today,
        lines=tuple(told.line(row) for row in standing(rows)),
        stopped=tuple(told.line(row) for row in rows if row.change == "stopped"),
        allergies=tuple(one for one in allergies if one.substance),
        no_known_allergies=bool(allergies) and not any(one.substance for one in allergies),
        against=_against(found, rows, at=at),
        dues=dues,
        reconciled=_reconciled(found, at=at),
        pdmp=_pdmp(found, at=at),
        may_change=bool(may_access(KIND, by=by, verb="change")),
        may_answer=may_answer(by.roles),
    )


def history_of(thread: UUID, *, by: Actor, at: datetime) -> tuple[UUID, tuple[VersionLine, ...]]:
    """The patient and every version of one medication, the newest first."""
    patient, _ = open_medication(thread, by=by, at=at)
    rows = Medication.objects.select_related("recorded_by").filter(thread=thread, patient=patient)
    return patient.uid, tuple(
        VersionLine(
            at=row.recorded_at,
            by=row.recorded_by.name if row.recorded_by else "",
            change=row.change,
            name=row.name,
            dose=row.dose,
            how=say_how(row),
            prescriber=row.prescriber,
            because=row.because,
            stopped=row.stopped_date,
        )
        for row in rows.order_by("-version")
    )


class _Told:
    """What was said of one person's medications, read once."""

    def __init__(self, patient: Patient, today: date, *, at: datetime) -> None:
        self.days = [today - timedelta(days=back) for back in reversed(range(DAYS_BACK))]
        self.said: dict[tuple[UUID, date], dict[str, str]] = defaultdict(dict)
        self.last: dict[UUID, date] = {}
        doses = Dose.objects.filter(patient=patient, retired_at__isnull=True, recorded_at__lte=at)
        columns = ("thread", "local_day", "informant", "status")
        for thread, day, informant, status in doses.order_by("local_day").values_list(*columns):
            self.said[thread, day][informant] = status
            if status == "taken":
                self.last[thread] = day
        fills = Fill.objects.filter(patient=patient, recorded_at__lte=at).order_by("filled_date")
        self.fills = {
            thread: (day, supply)
            for thread, day, supply in fills.values_list("thread", "filled_date", "days_supply")
        }
        rows = Adherence.objects.filter(patient=patient, recorded_at__lte=at)
        columns = ("thread", "code", "informant", "asserted_date")
        self.adherence = {
            thread: f"{CODES[code].words} ({INFORMANTS[informant]}, {day:%b} {day.day})"
            for thread, code, informant, day in rows.order_by("asserted_date", "pk").values_list(*columns)
        }

    def line(self, row: Medication) -> MedicationLine:
        """One medication with what was said of it."""
        drug = find(row.code)
        days = tuple(DayTold(day, believed(self.said.get((row.thread, day), {}))) for day in self.days)
        filled, supply = self.fills.get(row.thread, (None, None))
        is_injection = row.route == "injection"
        return MedicationLine(
            thread=row.thread,
            version=row.version,
            name=row.name,
            dose=row.dose,
            how=say_how(row),
            why=row.purpose or (drug.why if drug else ""),
            prescriber=row.prescriber,
            prescribed_here=row.prescribed_here,
            source=row.source,
            since=row.began_date,
            stopped=row.stopped_date,
            because=row.because,
            is_injection=is_injection,
            is_daily=not is_injection and row.schedule not in ("as_needed", "once"),
            facts=drug.facts if drug else (),
            warnings=drug.warnings if drug else (),
            days=days,
            share=share_taken([one.status for one in days]),
            adherence=self.adherence.get(row.thread, ""),
            last_dose=self.last.get(row.thread),
            filled=filled,
            days_supply=supply,
        )


def _against(patient: Patient, rows: tuple[Medication, ...], *, at: datetime) -> tuple[Against, ...]:
    kept = {
        row.subject: row
        for row in InteractionAnswer.objects.select_related("recorded_by").filter(patient=patient)
    }
    every = []
    for one in weighed(patient, standing(rows), at=at):
        row = kept.get(one.subject)
        who = row.recorded_by.name if row and row.recorded_by else ""
        every.append(Against(one, row.words, who, row.recorded_at) if row else Against(one))
    return tuple(sorted(every, key=lambda one: bool(one.words)))


def _reconciled(patient: Patient, *, at: datetime) -> tuple[tuple[date, str, str], ...]:
    rows = Reconciliation.objects.select_related("recorded_by").filter(patient=patient, recorded_at__lte=at)
    return tuple(
        (row.local_day, row.occasion, row.recorded_by.name if row.recorded_by else "")
        for row in rows.order_by("-recorded_at", "-pk")[:6]
    )


def _pdmp(patient: Patient, *, at: datetime) -> tuple[tuple[date, str, str], ...]:
    rows = PdmpCheck.objects.select_related("recorded_by").filter(patient=patient, recorded_at__lte=at)
    return tuple(
        (row.checked_date, FINDINGS[row.finding], row.recorded_by.name if row.recorded_by else "")
        for row in rows.order_by("-checked_date", "-pk")[:4]
    )
