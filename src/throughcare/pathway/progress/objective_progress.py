"""Where each objective of a plan stands: its measure against its target, and the notes that tell of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from throughcare.knowledge.planning.plan_measures import measure_words
from throughcare.knowledge.progress import Stand, Standing, speaks_of_relapse, stand_of, stand_of_goal
from throughcare.pathway.care_plan.plans_in_force import versions_in_force
from throughcare.pathway.measure.measure_series import MeasureSeries
from throughcare.pathway.prepared import prepared
from throughcare.records.care_plans import Objective
from throughcare.records.episodes import Episode
from throughcare.records.notes import Note


@dataclass(frozen=True)
class ObjectiveProgress:
    """One objective: its words, where it stands, and what the last note said of it."""

    thread: UUID
    text: str
    goal: UUID
    goal_words: str
    measure_code: str
    measure: str
    target: float | None
    target_date: date | None
    stand: Stand
    notes: int
    last_note_day: date | None
    last_note: str

    @property
    def is_about_relapse(self) -> bool:
        """Whether it is about preventing relapse."""
        return speaks_of_relapse(self.text)


@dataclass(frozen=True)
class GoalStand:
    """A goal in the person's own words, and where its objectives leave it."""

    thread: UUID
    own_words: str
    standing: Standing
    because: str


def objectives_of(
    episode: Episode, series: Sequence[MeasureSeries], *, attendance: float | None, at: datetime
) -> tuple[ObjectiveProgress, ...]:
    """The objectives of the plan in force, in the plan's order. `attendance`: share of planned hours, 0 to 1."""
    version = versions_in_force([episode.pk], at=at).get(episode.pk)
    if version is None:
        return ()
    latest: dict[str, float] = {
        one.code: float(one.latest.total) for one in series if one.latest.total is not None
    }
    if attendance is not None:
        latest["attendance"] = 100 * attendance
    told = _notes_by_thread(episode, at=at)
    return tuple(_progress(row, latest, told.get(row.thread, [])) for row in _lines(version.pk))


@prepared
def _lines(version: int) -> QuerySet[Objective]:
    rows = Objective.objects.select_related("goal__problem").filter(goal__problem__version=version)
    return rows.order_by("goal__problem__order", "goal__order", "order", "pk")


def goals_of(objectives: Sequence[ObjectiveProgress]) -> tuple[GoalStand, ...]:
    """The goals behind these objectives, in order, each with where its objectives leave it."""
    by_goal: dict[UUID, list[ObjectiveProgress]] = defaultdict(list)
    for one in objectives:
        by_goal[one.goal].append(one)
    return tuple(
        GoalStand(
            thread=thread,
            own_words=lines[0].goal_words,
            standing=stand_of_goal([one.stand.standing for one in lines]),
            because=" ".join(one.stand.because for one in lines),
        )
        for thread, lines in by_goal.items()
    )


def _notes_by_thread(episode: Episode, *, at: datetime) -> dict[UUID, list[tuple[date, str]]]:
    told: dict[UUID, list[tuple[date, str]]] = defaultdict(list)
    for thread, day, text in _notes(episode.pk, at):
        told[thread].append((day, text))
    return told


@prepared
def _notes(episode: int, until: datetime) -> QuerySet[Note, tuple[UUID, date, str]]:
    rows = Note.objects.filter(episode=episode, objective__isnull=False, signed_at__lte=until)
    return rows.order_by("local_day", "pk").values_list("objective__thread", "local_day", "text")


def _progress(
    row: Objective, latest: Mapping[str, float], told: Sequence[tuple[date, str]]
) -> ObjectiveProgress:
    target = None if row.target is None else float(row.target)
    day, text = told[-1] if told else (None, "")
    return ObjectiveProgress(
        thread=row.thread,
        text=row.text,
        goal=row.goal.thread,
        goal_words=row.goal.own_words,
        measure_code=row.measure_code,
        measure=measure_words(row.measure_code, target),
        target=target,
        target_date=row.target_date,
        stand=stand_of(row.measure_code, target, latest.get(row.measure_code)),
        notes=len(told),
        last_note_day=day,
        last_note=text,
    )
