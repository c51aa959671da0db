"""A plan review drafted from what happened: facts in, findings and a first text out, for a clinician to edit."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from throughcare.knowledge.attendance import ALL as STATUSES
from throughcare.knowledge.hours import number

CHANGE_WORDS = {
    "better": "reliably better",
    "same": "no reliable change",
    "worse": "reliably worse",
    "na": "change can't be judged",
}


@dataclass(frozen=True)
class WeekHours:
    """A week's hours delivered and prescribed (0 before there was a plan); a `whole` week lies within the period."""

    starts: date
    delivered: float
    prescribed: float
    whole: bool = True


@dataclass(frozen=True)
class MeasureChange:
    """The first and last value of a measure around the period, and what that difference means."""

    code: str
    title: str
    first: float
    first_date: date
    last: float
    last_date: date
    change: str
    band: str = ""

    @property
    def words(self) -> str:
        """The change in words."""
        return CHANGE_WORDS[self.change]


@dataclass(frozen=True)
class ObjectiveFinding:
    """What the notes say of one objective: how many, and the last words written."""

    thread: str
    text: str
    measure: str
    latest: str
    notes: int
    last_quote: str = ""
    last_date: date | None = None


@dataclass(frozen=True)
class Findings:
    """What happened between two days: hours, attendance, measures, notes, changes of level."""

    since: date
    until: date
    weeks: tuple[WeekHours, ...] = ()
    attendance: dict[str, int] = field(default_factory=dict)
    missed: tuple[tuple[date, str, str], ...] = ()
    measures: tuple[MeasureChange, ...] = ()
    objectives: tuple[ObjectiveFinding, ...] = ()
    level_changes: tuple[tuple[date, str], ...] = ()

    @property
    def delivered(self) -> float:
        """Hours delivered in the period."""
        return sum(week.delivered for week in self.weeks)

    @property
    def full_weeks(self) -> tuple[WeekHours, ...]:
        """The whole weeks that had a prescription to be held against."""
        return tuple(week for week in self.weeks if week.whole and week.prescribed)


def draft_text(findings: Findings) -> str:
    """The review's first text: plain sentences, each from the findings and none that judges."""
    parts = (
        hours_sentence(findings),
        attendance_sentence(findings.attendance),
        measures_sentence(findings.measures),
        *objective_sentences(findings.objectives),
        *(f"Level of care: {words} on {say(day)}." for day, words in findings.level_changes),
    )
    return "\n\n".join(part for part in parts if part)


def hours_sentence(findings: Findings) -> str:
    """Hours delivered, and in how many whole weeks they reached what was prescribed."""
    text = f"From {say(findings.since)} to {say(findings.until)}, {number(findings.delivered)} hours were delivered."
    full = findings.full_weeks
    if not full:
        return text
    reached = sum(week.delivered >= week.prescribed for week in full)
    weeks = "week" if len(full) == 1 else "weeks"
    return f"{text} The prescribed hours were reached in {reached} of {len(full)} whole {weeks}."


def attendance_sentence(counts: dict[str, int]) -> str:
    """Sessions by what became of them, in the order of the table of statuses."""
    total = sum(counts.values())
    if not total:
        return "No session was recorded in this time."
    parts = [f"{counts[code]} {row.word.lower()}" for code, row in STATUSES.items() if counts.get(code)]
    return f"Of {total} sessions recorded: {', '.join(parts)}."


def measures_sentence(measures: Iterable[MeasureChange]) -> str:
    """Each measure from its first to its last value, with the words for the change."""
    parts = [
        f"{one.title} from {number(one.first)} ({say(one.first_date)}) to {number(one.last)} "
        f"({say(one.last_date)}): {one.words}"
        for one in measures
    ]
    return f"{'; '.join(parts)}." if parts else "No measure was taken twice in this time."


def objective_sentences(objectives: Iterable[ObjectiveFinding]) -> Iterable[str]:
    """One paragraph for each objective."""
    for one in objectives:
        notes = {0: "no note refers to it yet", 1: "1 note refers to it"}.get(
            one.notes, f"{one.notes} notes refer to it"
        )
        latest = f" Last value: {one.latest}." if one.latest else ""
        quote = f" Last: “{one.last_quote}”" if one.last_quote else ""
        yield f"Objective “{one.text}”: {notes}.{latest}{quote}"


def say(day: date) -> str:
    """A day without its year: `March 2`."""
    return f"{day:%B} {day.day}"
