"""The weeks of a person's story: each week's sessions in one line, with its signed notes."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, time
from uuid import UUID

from django.db.models import QuerySet

from throughcare.knowledge.attendance import ALL as STATUSES
from throughcare.knowledge.clinic_calendar import at_local, week_of
from throughcare.knowledge.hours import in_hours
from throughcare.pathway.boards.story_events import StoryEvent, StoryNote, Whose
from throughcare.pathway.prepared import prepared
from throughcare.records.attendance import Attendance
from throughcare.records.notes import Note

Came = tuple[str, int, bool]


def week_events(whose: Whose) -> Iterator[StoryEvent]:
    """A line for each week in which attendance was taken. What the program canceled is no session of the week."""
    weeks: dict[date, list[Came]] = defaultdict(list)
    for day, status, minutes, counts in _attended(whose.patient.organization_id, whose.patient.pk):
        weeks[week_of(day, whose.week_starts_on)].append((status, minutes, counts))
    notes = _notes(whose) if "note" in whose.sees else {}
    for begins in weeks.keys() | notes.keys():
        yield _week(begins, weeks.get(begins, []), notes.get(begins, []), whose)


@prepared
def _attended(organization: int, patient: int) -> QuerySet[Attendance, tuple[date, str, int, bool]]:
    rows = Attendance.objects.filter(organization_id=organization, patient=patient, retired_at__isnull=True)
    rows = rows.exclude(status="cancelled_by_program")
    return rows.values_list("local_day", "status", "minutes", "counts")


def _week(begins: date, sessions: list[Came], notes: list[StoryNote], whose: Whose) -> StoryEvent:
    came = sum(STATUSES[status].minutes_count for status, _, _ in sessions)
    minutes = sum(minutes for _, minutes, counts in sessions if counts)
    missed = sum(status == "no_show" for status, _, _ in sessions)
    excused = sum(status == "excused" for status, _, _ in sessions)
    words = [f"{in_hours(minutes)} hours"]
    words += [f"{missed} missed without a word"] if missed else []
    words += [f"{excused} excused"] if excused else []
    return StoryEvent(
        at=at_local(begins, time(0), whose.zone),
        day=begins,
        title=f"Week: {came} of {len(sessions)} session{'' if len(sessions) == 1 else 's'}",
        text=", ".join(words),
        tone="watch" if missed else "plain",
        kind="attendance",
        notes=tuple(notes),
    )


def _notes(whose: Whose) -> dict[date, list[StoryNote]]:
    weeks: dict[date, list[StoryNote]] = defaultdict(list)
    for row in _written(whose.patient.organization_id, whose.patient.pk):
        note = StoryNote(*row)
        weeks[week_of(note.day, whose.week_starts_on)].append(note)
    return weeks


@prepared
def _written(organization: int, patient: int) -> QuerySet[Note, tuple[UUID, date, str, str, str, str]]:
    rows = Note.objects.filter(organization_id=organization, patient=patient)
    columns = ("uid", "local_day", "title", "objective_text", "text", "next_step")
    return rows.order_by("-starts_at", "-pk").values_list(*columns)
