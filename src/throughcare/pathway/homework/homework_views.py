"""Homework as pages show it: what is open, what came of it, the trend, and words to quote in a note."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from throughcare.knowledge.between_sessions import HomeworkAnswer, Practice, practice_of
from throughcare.knowledge.curricula.library import TOPICS
from throughcare.pathway.actor import Actor
from throughcare.pathway.homework.homework import answer_of, day_of, first_open_day
from throughcare.pathway.privacy import may_access, open_patient
from throughcare.pathway.privacy.own_record import own_patient
from throughcare.records.homework import Homework, HomeworkReport
from throughcare.records.people import Patient
from throughcare.records.sessions import Session

# So long before a session something may have been told that its notes quote. [ours]
QUOTED_FROM = timedelta(days=14)


@dataclass(frozen=True)
class Told:
    """What came of homework, when it was told, and by whom: `patient`, or `staff` who wrote it down."""

    answer: HomeworkAnswer
    day: date
    by: str
    at: datetime

    @property
    def status(self) -> str:
        """The key of its status word."""
        return f"practiced_{self.answer.practiced}"


@dataclass(frozen=True)
class HomeworkLine:
    """One piece of homework. `title` is the topic it comes from, empty for one by hand; `told` None: not answered.

    `is_lately`: given so lately that it is asked about. `group` is the key of the group whose session gave it.
    """

    uid: UUID
    title: str
    skill: str
    text: str
    day: date
    given_by: str
    told: Told | None
    is_lately: bool
    group: int | None = None

    @property
    def is_open(self) -> bool:
        """It waits for an answer and is asked about."""
        return self.is_lately and self.told is None

    @property
    def may_take_back(self) -> bool:
        """Nobody told yet how it went."""
        return self.told is None


@dataclass(frozen=True)
class Skills:
    """A person's homework, newest first, and what their answers come to."""

    patient: UUID
    lines: tuple[HomeworkLine, ...]
    practice: Practice
    may_change: bool


@dataclass(frozen=True)
class HomeworkWords:
    """What was said of one piece of homework, ready to be quoted; `by` the patient, or staff who wrote it down."""

    skill: str
    text: str
    practiced: str
    helped: int | None
    words: str
    day: date
    by: str


def skills_of(patient: UUID, *, by: Actor, at: datetime) -> Skills:
    """All homework of one person with what came of it, in three queries."""
    found = open_patient(patient, kind="homework", by=by, at=at)
    may_change = bool(may_access("homework", by=by, verb="change"))
    return _skills(found, by=by, at=at, may_change=may_change)


def my_homework(*, by: Actor, at: datetime) -> Skills:
    """The actor's own homework; `may_change` only while they are in the program. Raises `Absent` for anyone else."""
    found = open_patient(own_patient(by=by), kind="homework", by=by, at=at)
    return _skills(found, by=by, at=at, may_change=by.holds("patient"))


def open_homework(patient: UUID, *, by: Actor, at: datetime) -> tuple[HomeworkLine, ...]:
    """What a person is to be asked about: given lately and not answered yet, the oldest first."""
    found = open_patient(patient, kind="homework", by=by, at=at)
    today = day_of(found.pk, by=by, at=at)
    return open_homework_of([found.pk], organization=by.organization, on=today).get(found.pk, ())


def open_homework_of(
    patients: Collection[int], *, organization: int, on: date
) -> dict[int, tuple[HomeworkLine, ...]]:
    """The same for several people (keys), in three queries. For pathway modules that passed the desk."""
    since = first_open_day(on, organization=organization)
    lines = homework_lines(patients, organization=organization, since=since, until=on)
    still = {key: tuple(one for one in found if one.is_open)[::-1] for key, found in lines.items()}
    return {key: found for key, found in still.items() if found}


def homework_lines(
    patients: Collection[int], *, organization: int, since: date, until: date
) -> dict[int, tuple[HomeworkLine, ...]]:
    """Homework given on these days by person (key), newest first, in three queries. For modules past the desk."""
    rows = Homework.objects.filter(
        organization_id=organization,
        patient__in=patients,
        local_day__range=(since, until),
        taken_back_at__isnull=True,
    )
    open_from = first_open_day(until, organization=organization)
    return _by_person(rows.select_related("recorded_by", "session").order_by("-local_day", "-pk"), open_from)


def homework_words(session: Session, patients: Collection[int]) -> dict[int, tuple[HomeworkWords, ...]]:
    """What people (keys) said of homework until the end of a session, to quote as evidence in their notes.

    By patient, in the order they said it; only answers with words or a number, as they stand. One query whoever is
    asked for. For pathway modules that have the session in hand and passed the desk for these people.
    """
    rows = (
        HomeworkReport.objects.select_related("homework")
        .filter(
            organization_id=session.organization_id,
            homework__patient__in=patients,
            homework__taken_back_at__isnull=True,
            retired_at__isnull=True,
            recorded_at__range=(session.starts_at - QUOTED_FROM, session.ends_at),
        )
        .order_by("recorded_at", "pk")
    )
    found: dict[int, list[HomeworkWords]] = defaultdict(list)
    for row in rows:
        if row.words or row.helped is not None:
            found[row.homework.patient_id].append(_words(row))
    return {key: tuple(said) for key, said in found.items()}


def _words(row: HomeworkReport) -> HomeworkWords:
    given = row.homework
    return HomeworkWords(
        given.skill, given.text, row.practiced, row.helped, row.words, row.local_day, row.told_by
    )


def _skills(found: Patient, *, by: Actor, at: datetime, may_change: bool) -> Skills:
    open_from = first_open_day(day_of(found.pk, by=by, at=at), organization=by.organization)
    rows = Homework.objects.filter(organization_id=by.organization, patient=found, taken_back_at__isnull=True)
    given = rows.select_related("recorded_by", "session").order_by("-local_day", "-pk")
    lines = _by_person(given, open_from).get(found.pk, ())
    answers = [one.told.answer for one in reversed(lines) if one.told]
    return Skills(found.uid, lines, practice_of(answers), may_change)


def _by_person(rows: Iterable[Homework], open_from: date) -> dict[int, tuple[HomeworkLine, ...]]:
    given = list(rows)
    told = {
        row.homework_id: row
        for row in HomeworkReport.objects.filter(
            homework__in=[one.pk for one in given], retired_at__isnull=True
        )
    }
    found: dict[int, list[HomeworkLine]] = defaultdict(list)
    for one in given:
        found[one.patient_id].append(_line(one, told.get(one.pk), open_from))
    return {key: tuple(lines) for key, lines in found.items()}


def _line(row: Homework, report: HomeworkReport | None, open_from: date) -> HomeworkLine:
    topic = TOPICS.get(row.topic)
    return HomeworkLine(
        uid=row.uid,
        title=topic.title if topic else "",
        skill=row.skill,
        text=row.text,
        day=row.local_day,
        given_by=row.recorded_by.name if row.recorded_by else "",
        told=Told(answer_of(report), report.local_day, report.told_by, report.recorded_at)
        if report
        else None,
        is_lately=row.local_day >= open_from,
        group=row.session.group_id if row.session else None,
    )
