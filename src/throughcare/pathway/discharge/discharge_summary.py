"""The summary of an episode: the words of the document as it is signed, frozen with the discharge.

Everything is text for a reader, so that page and PDF say the same and nothing changes when records do.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from throughcare.knowledge.crisis_lines import ROWS as CRISIS_LINES
from throughcare.knowledge.discharge import ALL as REASONS
from throughcare.knowledge.hours import number
from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.planning.own_plans import RELAPSE, in_lines
from throughcare.knowledge.verdict import Refused, Verdict
from throughcare.pathway.discharge.aftercare import NextVisit
from throughcare.pathway.discharge.discharge_facts import STANDS, DischargeFacts
from throughcare.pathway.discharge.summary_rows import (
    first_plan_in_force,
    organization_row,
    problems_of,
    standing_diagnoses,
    stays_of,
)
from throughcare.pathway.measure.measure_series import MeasureSeries
from throughcare.pathway.rows import only_row
from throughcare.pathway.safety_plan.newest import newest_plans
from throughcare.records.episodes import Episode

WORDING = "discharge-summary/1"
# The short form of the statement that goes with records under 42 CFR Part 2 (section 2.32).
NOTICE = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
BY_JUDGMENT = "By the judgment of the clinician who signed, together with the person."
NOT_RECORDED = "Not recorded in this version of the program. See the prescriber's own record."


@dataclass(frozen=True)
class LevelLine:
    """A stay: its level, from when to when."""

    level: str
    began: str
    ended: str
    next_place: str


@dataclass(frozen=True)
class MeasureLine:
    """A measure: first, last, and the change in words."""

    name: str
    first: str
    last: str
    change: str


@dataclass(frozen=True)
class GoalLine:
    """A goal in the person's own words, and where it stands."""

    own_words: str
    standing: str
    because: str


@dataclass(frozen=True)
class CrisisRow:
    """Where to turn."""

    name: str
    how: str
    about: str


@dataclass(frozen=True)
class Written:
    """What the clinician writes; everything else is read from the records."""

    reason: str
    text: str
    next_place: str
    helped: str = ""
    visit: NextVisit | None = None


@dataclass(frozen=True)
class Summary:
    """The document. Dates are words in the site's time zone."""

    wording: str
    notice: str
    organization: str
    organization_phone: str
    site: str
    site_address: str
    name: str
    number: str
    born: str
    admitted: str
    discharged: str
    came_because: str
    reason: str
    reason_about: str
    text: str
    next_place: str
    completion: str
    attendance: str
    helped: str
    medications: str
    next_visit: str
    signed_by: str
    signed: str
    levels: tuple[LevelLine, ...]
    diagnoses: tuple[str, ...]
    measures: tuple[MeasureLine, ...]
    goals: tuple[GoalLine, ...]
    relapse_plan: tuple[str, ...]
    crisis: tuple[CrisisRow, ...]

    def as_json(self) -> dict[str, Any]:
        """The document as it is stored."""
        return asdict(self)


LINES: dict[str, type[Any]] = {
    "levels": LevelLine,
    "measures": MeasureLine,
    "goals": GoalLine,
    "crisis": CrisisRow,
}


def read_summary(stored: Mapping[str, Any]) -> Summary:
    """A stored document."""
    read: dict[str, Any] = {field.name: stored.get(field.name, "") for field in fields(Summary)}
    for name, line in LINES.items():
        read[name] = tuple(line(**row) for row in stored.get(name, ()))
    for name in ("diagnoses", "relapse_plan"):
        read[name] = tuple(stored.get(name, ()))
    return Summary(**read)


def write_summary(
    episode: Episode,
    facts: DischargeFacts,
    written: Written,
    *,
    standings: Mapping[UUID, str],
    completion: Verdict,
    signed_by: str,
    at: datetime,
) -> Summary:
    """The document for an episode that ends at this moment."""
    zone, reason = episode.site.time_zone, REASONS[written.reason]
    return Summary(
        **_whose(episode),
        wording=WORDING,
        notice=NOTICE,
        admitted=say_day(episode.admitted_at, zone),
        discharged=say_day(at, zone),
        came_because=_came_because(episode),
        reason=reason.word,
        reason_about=reason.about,
        text=written.text.strip(),
        next_place=written.next_place.strip(),
        completion=say_completion(completion),
        attendance=say_attendance(facts),
        helped=written.helped.strip(),
        medications=NOT_RECORDED,
        next_visit=_say_visit(written.visit, zone),
        signed_by=signed_by,
        signed=say_moment(at, zone),
        levels=_levels(episode, at=at, next_place=written.next_place.strip()),
        diagnoses=_diagnoses(episode),
        measures=tuple(_measure(one) for one in facts.series),
        goals=_goals(facts, standings),
        relapse_plan=_relapse_plan(episode, facts, at=at),
        crisis=tuple(CrisisRow(row.name, row.how, row.about) for row in CRISIS_LINES),
    )


def _relapse_plan(episode: Episode, facts: DischargeFacts, *, at: datetime) -> tuple[str, ...]:
    """The plan in the person's words; without one, what the care plan says of it."""
    row = newest_plans([episode.patient_id], at=at).get(episode.patient_id, {}).get(RELAPSE)
    if row is not None:
        return in_lines(RELAPSE, row.words)
    return tuple(one.text for one in facts.objectives if one.is_about_relapse)


def _whose(episode: Episode) -> dict[str, str]:
    [organization] = organization_row(episode.organization_id)
    patient, site = episode.patient, episode.site
    born = patient.birth_date
    return {
        "organization": organization.name,
        "organization_phone": site.phone or organization.phone,
        "site": site.name,
        "site_address": site.address,
        "name": f"{patient.given_name} {patient.family_name}".strip(),
        "number": str(patient.number),
        "born": f"{born:%B} {born.day}, {born.year}" if born else "Not known",
    }


def say_day(at: datetime, zone: str) -> str:
    """The day at the site in words: March 2, 2026."""
    day = at.astimezone(ZoneInfo(zone))
    return f"{day:%B} {day.day}, {day.year}"


def say_moment(at: datetime, zone: str) -> str:
    """Day and time at the site in words: Monday, March 2, 2026, 9:05 AM."""
    here = at.astimezone(ZoneInfo(zone))
    return f"{here:%A}, {say_day(at, zone)}, {here.hour % 12 or 12}:{here:%M %p}"


def say_attendance(facts: DischargeFacts) -> str:
    """Sessions and hours of the whole episode in one sentence."""
    if not facts.sessions_planned and not facts.sessions_attended:
        return "No session was planned and none attended."
    share = f" ({facts.sessions_attended / facts.sessions_planned:.0%})" if facts.sessions_planned else ""
    days = "1 day" if facts.days_attended == 1 else f"{facts.days_attended} days"
    return (
        f"{facts.sessions_attended} of {facts.sessions_planned} planned sessions attended{share}, on {days}: "
        f"{number(facts.hours_attended)} hours of treatment."
    )


def say_completion(completion: Verdict) -> str:
    """Whether the program counts as completed, and why not when it does not."""
    if isinstance(completion, Refused):
        return f"Not completed by the program's rule. {completion.because}"
    return "Completed by the program's rule: enough sessions, enough goals, and a plan for afterwards."


def _came_because(episode: Episode) -> str:
    referral = episode.referral
    said = referral.reason.strip() if referral else ""
    version = only_row(first_plan_in_force(episode.pk))
    problems = [] if version is None else [row.statement for row in problems_of(version.pk)]
    return " ".join(part for part in (said, " ".join(problems)) if part) or "Not recorded."


def _levels(episode: Episode, *, at: datetime, next_place: str) -> tuple[LevelLine, ...]:
    zone = episode.site.time_zone
    return tuple(
        LevelLine(
            level=LEVELS[stay.level].title,
            began=say_day(stay.began_at, zone),
            ended=say_day(stay.ended_at or at, zone),
            next_place=stay.next_place or ("" if stay.ended_at else next_place),
        )
        for stay in stays_of(episode.pk)
    )


def _diagnoses(episode: Episode) -> tuple[str, ...]:
    return tuple(f"{row.code} {row.title}" for row in standing_diagnoses(episode.pk))


def _measure(one: MeasureSeries) -> MeasureLine:
    last = f"{one.latest.said} ({one.latest.on:%b} {one.latest.on.day})" if len(one.taken) > 1 else ""
    return MeasureLine(
        name=one.short_title,
        first=f"{one.baseline.said} ({one.baseline.on:%b} {one.baseline.on.day})",
        last=last or "Taken once",
        change=one.since_baseline.words,
    )


def _goals(facts: DischargeFacts, standings: Mapping[UUID, str]) -> tuple[GoalLine, ...]:
    return tuple(
        GoalLine(
            goal.own_words,
            STANDS[standings[goal.thread]],
            goal.because if standings[goal.thread] == goal.standing else BY_JUDGMENT,
        )
        for goal in facts.goals
    )


def _say_visit(visit: NextVisit | None, zone: str) -> str:
    if visit is None:
        return ""
    phone = f", {visit.phone.strip()}" if visit.phone.strip() else ""
    return f"{say_moment(visit.visit_at, zone)}, with {visit.with_whom.strip()}{phone}"
