"""Changes to the list: started, changed, stopped. Never twice by one form, never an older state over a newer one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from throughcare.knowledge.medications.drug import ROUTES
from throughcare.knowledge.medications.library import code_of
from throughcare.knowledge.medications.reconciling import SOURCES
from throughcare.knowledge.medications.schedules import ALL as SCHEDULES
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot, ChangedMeanwhile
from throughcare.pathway.medication.ordering import answer_of_order, check_order
from throughcare.pathway.medication.versions import KIND, day_at_site, open_medication
from throughcare.pathway.privacy import open_patient
from throughcare.records.medications import Medication
from throughcare.records.people import Patient

FURTHEST_AHEAD = timedelta(days=60)
LONGEST_NAME = 120


@dataclass(frozen=True)
class MedicationWords:
    """A medication as somebody writes it down. `prescribed_here`: a prescriber of the program orders it."""

    name: str
    dose: str
    route: str
    schedule: str
    source: str
    prescriber: str = ""
    prescribed_here: bool = False
    purpose: str = ""
    began_date: date | None = None


@transaction.atomic
def start_medication(
    patient: UUID, new: MedicationWords, *, key: UUID, answer: str = "", by: Actor, at: datetime
) -> UUID:
    """Put a medication on the list; the id of its thread. The same form sent twice is one medication.

    `answer` is what a prescriber says to what doesn't go together, when they order it here.
    """
    found = _open(patient, by=by, at=at)
    before = Medication.objects.filter(organization_id=by.organization, key=key).first()
    if before is not None:
        return before.thread
    words = _checked(new, on=day_at_site(found.pk, by=by, at=at))
    if words.began_date is None and words.prescribed_here:
        words = replace(words, began_date=day_at_site(found.pk, by=by, at=at))
    row = _row(found, uuid4(), 1, words, key, "started", "", by=by, at=at)
    check_order(found, row, answer=answer, by=by, at=at)
    row.save()
    answer_of_order(found, row, answer=answer, by=by, at=at)
    return row.thread


@transaction.atomic
def change_medication(
    thread: UUID,
    new: MedicationWords,
    *,
    version: int,
    key: UUID,
    because: str,
    answer: str = "",
    by: Actor,
    at: datetime,
) -> int:
    """Write down that a medication is taken differently; the number of its new version.

    `version` is the one that was read. Raises `ChangedMeanwhile` when a newer one stands; after a stop it starts anew.
    """
    found, row = _newest(thread, version, key, by=by, at=at)
    if row.key == key:
        return row.version
    words = _checked(new, on=day_at_site(found.pk, by=by, at=at))
    if not because.strip():
        raise Cannot("Write why it changes.", field="because")
    change = "restarted" if row.change == "stopped" else "changed"
    later = _row(found, thread, row.version + 1, words, key, change, because, by=by, at=at)
    check_order(found, later, answer=answer, by=by, at=at)
    later.save()
    answer_of_order(found, later, answer=answer, by=by, at=at)
    return later.version


@transaction.atomic
def stop_medication(
    thread: UUID, *, version: int, stopped: date, because: str, key: UUID, by: Actor, at: datetime
) -> int:
    """Write down that a medication was stopped, from which day on, and why; the number of its last version."""
    found, row = _newest(thread, version, key, by=by, at=at)
    if row.key == key:
        return row.version
    today = day_at_site(found.pk, by=by, at=at)
    if row.change == "stopped":
        raise Cannot(f"{row.name} is stopped already.")
    if stopped > today:
        raise Cannot("Give today or the day on which it was stopped.", field="stopped")
    if row.began_date and stopped < row.began_date:
        raise Cannot("It can't have stopped before it began.", field="stopped")
    if not because.strip():
        raise Cannot("Write why it was stopped.", field="because")
    later = next_version(row, key=key, change="stopped", because=because, by=by, at=at)
    later.stopped_date = stopped
    later.save()
    return later.version


def next_version(
    row: Medication, *, key: UUID, change: str, because: str, by: Actor, at: datetime
) -> Medication:
    """The next version with the same words, not yet saved."""
    return _row(
        row.patient,
        row.thread,
        row.version + 1,
        words_of(row),
        key,
        change,
        because,
        by=by,
        at=at,
    )


def words_of(row: Medication) -> MedicationWords:
    """A version as somebody would write it down."""
    return MedicationWords(
        name=row.name,
        dose=row.dose,
        route=row.route,
        schedule=row.schedule,
        source=row.source,
        prescriber=row.prescriber,
        prescribed_here=row.prescribed_here,
        purpose=row.purpose,
        began_date=row.began_date,
    )


def check_version(row: Medication, version: int) -> None:
    """Raise `ChangedMeanwhile` unless `version` is the newest."""
    if row.version != version:
        who = row.recorded_by.name if row.recorded_by else "The person"
        raise ChangedMeanwhile(
            f"{who} changed {row.name} meanwhile to {_said(row)}. Nothing was written. Decide again.",
            theirs=_said(row),
            version=row.version,
            changed_by=who,
        )


def _said(row: Medication) -> str:
    return "stopped" if row.change == "stopped" else f"{row.name} {row.dose}".strip()


def _open(patient: UUID, *, by: Actor, at: datetime) -> Patient:
    found = open_patient(patient, kind=KIND, by=by, at=at, verb="change")
    if by.patient == found.pk:
        raise Cannot(_("Tell the nurse or your prescriber what changed. They write it down with you."))
    return Patient.objects.select_for_update(no_key=True).get(pk=found.pk)


def _newest(thread: UUID, version: int, key: UUID, *, by: Actor, at: datetime) -> tuple[Patient, Medication]:
    found, _ = open_medication(thread, by=by, at=at, verb="change")
    locked = _open(found.uid, by=by, at=at)
    row = Medication.objects.select_related("patient", "recorded_by").filter(thread=thread)
    newest = row.order_by("-version")[0]
    if newest.key != key:
        check_version(newest, version)
    return locked, newest


def _checked(new: MedicationWords, *, on: date) -> MedicationWords:
    words = replace(
        new,
        name=_clean(new.name),
        dose=_clean(new.dose),
        prescriber=_clean(new.prescriber),
        purpose=new.purpose.strip(),
    )
    if not words.name:
        raise Cannot("Write the name of the medication.", field="name")
    for field in ("name", "dose", "prescriber"):
        if len(getattr(words, field)) > LONGEST_NAME:
            raise Cannot(f"Shorten this to {LONGEST_NAME} characters.", field=field)
    lists: Mapping[str, Mapping[str, object]] = {"route": ROUTES, "schedule": SCHEDULES, "source": SOURCES}
    for field, known in lists.items():
        if getattr(words, field) not in known:
            raise Cannot("Choose one of the list.", field=field)
    if words.began_date and words.began_date > on + FURTHEST_AHEAD:
        raise Cannot("Give a day in the next two months, or one that is past.", field="began_date")
    return words


def _row(
    patient: Patient,
    thread: UUID,
    version: int,
    words: MedicationWords,
    key: UUID,
    change: str,
    because: str,
    *,
    by: Actor,
    at: datetime,
) -> Medication:
    return Medication(
        organization_id=by.organization,
        patient=patient,
        thread=thread,
        version=version,
        key=key,
        code=code_of(words.name),
        name=words.name,
        dose=words.dose,
        route=words.route,
        schedule=words.schedule,
        prescriber=words.prescriber,
        prescribed_here=words.prescribed_here,
        source=words.source,
        purpose=words.purpose,
        began_date=words.began_date,
        change=change,
        because=because.strip(),
        recorded_by_id=by.account,
        recorded_at=at,
    )


def _clean(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())
