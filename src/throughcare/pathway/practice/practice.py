"""One practice of a skill: logged with a tap, rated with the next, taken back when it was a slip of the thumb."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.exercises.exercise import check_answers, clean_answers
from throughcare.knowledge.exercises.library import ALL as EXERCISES
from throughcare.knowledge.practice import check_practice
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, require
from throughcare.pathway.crisis_language import look_for_crisis
from throughcare.pathway.measure.measure_zone import zone_of
from throughcare.pathway.privacy import open_patient
from throughcare.records.people import Patient
from throughcare.records.practice import Practice

KIND = "practice"


@dataclass(frozen=True)
class NewPractice:
    """A skill by its name, or a guided exercise by its code with what was written in it."""

    skill: str = ""
    exercise: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    helped: int | None = None
    words: str = ""


@transaction.atomic
def log_practice(patient: UUID, new: NewPractice, *, by: Actor, at: datetime) -> UUID:
    """Keep that a person used a skill; its public id. What may speak of a crisis reaches a human at once."""
    person = open_patient(patient, kind=KIND, by=by, at=at, verb="change")
    exercise = EXERCISES.get(new.exercise)
    if new.exercise and exercise is None:
        raise Absent("exercise")
    answers = clean_answers(exercise, new.answers) if exercise else {}
    skill, words = exercise.skill if exercise else _clean(new.skill), _clean(new.words)
    today = local_day(at, zone_of(person))
    require(check_practice(skill, new.helped, words, today=_taps(person, today)))
    if exercise:
        require(check_answers(exercise, answers))
    made = Practice.objects.create(
        organization_id=person.organization_id,
        patient=person,
        exercise=new.exercise,
        skill=skill,
        answers=answers or None,
        helped=new.helped,
        words=words,
        practiced_at=at,
        local_day=today,
        recorded_at=at,  # nobody recorded it: the person themself said it
    )
    look_for_crisis(person, " ".join((*answers.values(), words)), where="an exercise of their own", at=at)
    return made.uid


@transaction.atomic
def rate_practice(
    practice: UUID, *, helped: int | None = None, words: str = "", by: Actor, at: datetime
) -> None:
    """Add how much it helped (0 to 10), or what happened, to what was logged. Each is said once."""
    row = _own(practice, by=by, at=at)
    said = _clean(words)
    require(check_practice(row.skill, helped, said, today=0))
    row.helped = helped if row.helped is None else row.helped
    row.words = row.words or said
    row.save(update_fields=["helped", "words"])
    look_for_crisis(row.patient, said, where="the practice log", at=at)


@transaction.atomic
def take_back_practice(practice: UUID, *, by: Actor, at: datetime) -> None:
    """Take back a tap of today that was a slip."""
    row = _own(practice, by=by, at=at)
    if row.local_day != _today(row.patient, at):
        raise Cannot(_("Only what you told today can be taken back."))
    row.taken_back_at = at
    row.save(update_fields=["taken_back_at"])


def _own(practice: UUID, *, by: Actor, at: datetime) -> Practice:
    rows = Practice.objects.select_for_update(of=("self",)).select_related("patient")
    mine = rows.filter(organization_id=by.organization, uid=practice, taken_back_at__isnull=True)
    row = mine.first()
    if row is None:
        raise Absent("practice")
    open_patient(row.patient, kind=KIND, by=by, at=at, verb="change")
    return row


def _taps(person: Patient, today: date) -> int:
    return Practice.objects.filter(patient=person, local_day=today, taken_back_at__isnull=True).count()


def _today(person: Patient, at: datetime) -> date:
    return local_day(at, zone_of(person))


def _clean(text: str) -> str:
    return text.replace("\x00", "").strip()
