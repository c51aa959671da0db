"""The practice log as pages show it: to the person with the skills to tap, to staff as a table and counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.exercises.library import ALL as EXERCISES
from throughcare.knowledge.practice import SkillCount, Used, counts_of
from throughcare.pathway.actor import Actor
from throughcare.pathway.measure.measure_zone import zone_of
from throughcare.pathway.practice.practice import KIND
from throughcare.pathway.privacy import may_access, open_patient
from throughcare.pathway.privacy.own_record import own_patient
from throughcare.records.homework import Homework
from throughcare.records.people import Patient
from throughcare.records.practice import Practice

MOST_ROWS, MOST_TO_TAP = 200, 8


@dataclass(frozen=True)
class PracticeLine:
    """One practice; `answers` are what was written in an exercise, as (question, words)."""

    uid: UUID
    skill: str
    on: date
    at: datetime
    helped: int | None
    words: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PracticeLog:
    """A person's practice, newest first, and how often each skill was used."""

    lines: tuple[PracticeLine, ...]
    counts: tuple[SkillCount, ...]


@dataclass(frozen=True)
class MyPractice:
    """My log: the skills to tap, what I told today and before, and it all in one sentence."""

    to_tap: tuple[str, ...]
    today: tuple[PracticeLine, ...]
    earlier: tuple[PracticeLine, ...]
    words: str
    days: tuple[tuple[date, int], ...]


def practice_of_patient(patient: UUID, *, by: Actor, at: datetime) -> PracticeLog | None:
    """The practice log of a person for staff; None for whom the role table shows none."""
    if not may_access(KIND, by=by):
        return None
    found = open_patient(patient, kind=KIND, by=by, at=at)
    rows = _rows(found)
    return PracticeLog(_lines(rows), counts_of(_used(rows)))


def my_practice(*, by: Actor, at: datetime) -> MyPractice:
    """My own log, with the skills I was taught or used before ready to tap."""
    person = open_patient(own_patient(by=by), kind=KIND, by=by, at=at)
    rows, today = _rows(person), local_day(at, zone_of(person))
    lines = _lines(rows)
    return MyPractice(
        to_tap=_to_tap(person, rows),
        today=tuple(one for one in lines if one.on == today),
        earlier=tuple(one for one in lines if one.on != today),
        words=say_practice(_used(rows), today=today),
        days=_by_day(rows, today),
    )


def say_practice(used: Sequence[Used], *, today: date) -> str:
    """The log in one sentence that shames nobody: only what was done is counted."""
    week = [one for one in used if today - timedelta(days=7) < one.on <= today]
    if not used:
        return _("Nothing here yet. One tap is enough.")
    if not week:
        return _("You know these skills. Use one today?")
    times, days = len(week), len({one.on for one in week})
    if days == 1:
        return ngettext(
            "{times} time on one of the last seven days.",
            "{times} times on one of the last seven days.",
            times,
        ).format(times=times)
    return _("{times} times on {days} of the last seven days.").format(times=times, days=days)


def _rows(person: Patient) -> list[Practice]:
    rows = Practice.objects.filter(patient=person, taken_back_at__isnull=True)
    return list(rows.order_by("-practiced_at", "-pk")[:MOST_ROWS])


def _used(rows: Sequence[Practice]) -> tuple[Used, ...]:
    return tuple(Used(one.skill, one.local_day, one.helped) for one in reversed(rows))


def _to_tap(person: Patient, rows: Sequence[Practice]) -> tuple[str, ...]:
    """Skills of their homework, the newest first, then what they used before, then what calms at once."""
    given = Homework.objects.filter(patient=person, taken_back_at__isnull=True).order_by("-local_day", "-pk")
    taught = [one.skill for one in given[:MOST_ROWS] if one.skill]
    usual = [one.skill for one in list(EXERCISES.values())[:3]]
    found = dict.fromkeys((*taught, *(one.skill for one in rows), *usual))
    return tuple(found)[:MOST_TO_TAP]


def _by_day(rows: Sequence[Practice], today: date, length: int = 14) -> tuple[tuple[date, int], ...]:
    days = [today - timedelta(days=ago) for ago in range(length - 1, -1, -1)]
    return tuple((day, sum(one.local_day == day for one in rows)) for day in days)


def _lines(rows: Sequence[Practice]) -> tuple[PracticeLine, ...]:
    return tuple(
        PracticeLine(
            one.uid, one.skill, one.local_day, one.practiced_at, one.helped, one.words, _answers(one)
        )
        for one in rows
    )


def _answers(row: Practice) -> tuple[tuple[str, str], ...]:
    exercise = EXERCISES.get(row.exercise)
    said = row.answers or {}
    if exercise is None:
        return tuple(said.items())
    return tuple((step.words, said[step.ask]) for step in exercise.asks if step.ask in said)
