"""Homework of one person: given by hand, taken back, and what came of it told by the person or by staff."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from throughcare.knowledge.between_sessions import LONGEST_WORDS, HomeworkAnswer, check_homework
from throughcare.knowledge.clinic_calendar import local_day
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, require
from throughcare.pathway.crisis_language import look_for_crisis
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.program_settings import number
from throughcare.records.episodes import Episode
from throughcare.records.homework import Homework, HomeworkReport

LONGEST_SKILL = 80
PATIENT, STAFF = "patient", "staff"


@dataclass(frozen=True)
class NewHomework:
    """What a person is to practice, in plain words; `skill` is its short name, if it has one."""

    text: str
    skill: str = ""


@transaction.atomic
def give_homework(patient: UUID, new: NewHomework, *, by: Actor, at: datetime) -> UUID:
    """Give one person homework by hand. Returns its public id."""
    found = open_patient(patient, kind="homework", by=by, at=at, verb="change")
    if by.patient == found.pk:
        raise Cannot("Homework is given by who treats you. Tell them what you would like to practice.")
    new = NewHomework(_clean(new.text), _clean(new.skill))
    if not new.text:
        raise Cannot("Write what they are to practice.", field="text")
    if len(new.text) > LONGEST_WORDS:
        raise Cannot(_("Shorten this to {n} characters.").format(n=LONGEST_WORDS), field="text")
    if len(new.skill) > LONGEST_SKILL:
        raise Cannot(f"Shorten the skill to {LONGEST_SKILL} characters.", field="skill")
    return Homework.objects.create(
        organization_id=by.organization,
        patient=found,
        skill=new.skill,
        text=new.text,
        local_day=day_of(found.pk, by=by, at=at),
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


@transaction.atomic
def take_back_homework(homework: UUID, *, by: Actor, at: datetime) -> None:
    """Take back homework that was given by mistake. Once the person told how it went, it stays."""
    row = _open(homework, by=by, at=at)
    if by.patient == row.patient_id:
        raise Cannot("Homework is taken back by who treats you. Tell them.")
    if HomeworkReport.objects.filter(homework=row).exists():
        raise Cannot("They told already how it went, so it stays on record.")
    row.taken_back_at = at
    row.save(update_fields=["taken_back_at"])


@transaction.atomic
def report_homework(
    homework: UUID, *, practiced: str, helped: int | None = None, words: str = "", by: Actor, at: datetime
) -> None:
    """Record what came of homework: practiced is yes, partly or no; helped is 0 to 10. A later answer replaces it.

    The person answers while it is asked about; staff write down what they were told at any time.
    """
    row = _open(homework, by=by, at=at)
    answer = HomeworkAnswer(practiced, helped, _clean(words))
    require(check_homework(answer))
    if len(answer.words) > LONGEST_WORDS:
        raise Cannot(_("Shorten this to {n} characters.").format(n=LONGEST_WORDS), field="words")
    today, told_by = day_of(row.patient_id, by=by, at=at), PATIENT if by.patient == row.patient_id else STAFF
    if told_by == PATIENT and row.local_day < first_open_day(today, organization=by.organization):
        raise Cannot(_("This was some time ago. Tell your facilitator how it went."))
    standing = HomeworkReport.objects.filter(homework=row, retired_at__isnull=True).first()
    if standing is not None:
        if answer_of(standing) == answer:
            return
        standing.retired_at = at
        standing.save(update_fields=["retired_at"])
    HomeworkReport.objects.create(
        organization_id=by.organization,
        homework=row,
        practiced=answer.practiced,
        helped=answer.helped,
        words=answer.words,
        told_by=told_by,
        local_day=today,
        recorded_by_id=by.account,
        recorded_at=at,
    )
    if told_by == PATIENT:
        look_for_crisis(row.patient, answer.words, where="an answer about homework", at=at)


def answer_of(row: HomeworkReport) -> HomeworkAnswer:
    """A report as knowledge weighs it."""
    return HomeworkAnswer(row.practiced, row.helped, row.words)


def add_to_answer(
    homework: UUID,
    *,
    practiced: str = "",
    helped: int | None = None,
    words: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """Answer bit by bit, as taps come: what isn't said anew stays. Raises `Cannot` when it begins in the middle."""
    row = _open(homework, by=by, at=at)
    standing = HomeworkReport.objects.filter(homework=row, retired_at__isnull=True).first()
    if standing is None and not practiced:
        raise Cannot(_("Say first whether it was done."))
    told = answer_of(standing) if standing else HomeworkAnswer(practiced)
    told = replace(
        told,
        practiced=practiced or told.practiced,
        helped=told.helped if helped is None else helped,
        words=_clean(words) or told.words,
    )
    if practiced == "no":
        told = replace(told, helped=None)
    report_homework(homework, practiced=told.practiced, helped=told.helped, words=told.words, by=by, at=at)


def first_open_day(today: date, *, organization: int) -> date:
    """Homework given before this day is asked about no more."""
    return today - timedelta(days=number("homework.asked_days", organization=organization, on=today))


def day_of(patient: int, *, by: Actor, at: datetime) -> date:
    """The day it is at the site where the person (key) is treated."""
    zones = Episode.objects.filter(patient=patient).order_by("-admitted_at", "-pk")
    return local_day(at, zones.values_list("site__time_zone", flat=True).first() or by.time_zone)


def _open(homework: UUID, *, by: Actor, at: datetime) -> Homework:
    rows = Homework.objects.select_for_update(of=("self",)).select_related("patient")
    row = rows.filter(organization_id=by.organization, uid=homework).first()
    if row is None:
        raise Absent("homework")
    open_patient(row.patient.uid, kind="homework", by=by, at=at, verb="change")
    if row.taken_back_at is not None:
        raise Cannot(_("This homework was taken back."))
    return row


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()
