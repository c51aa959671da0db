"""What the criteria of a step ask for: facts of the last days, each with the sentence that says where it is from.

What is not on record is not known; it never counts as “no”.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.placement import Cssrs, Facts, Placement, StepDownFacts, StepUpFacts, place
from throughcare.knowledge.program_settings import Number
from throughcare.knowledge.progress import is_better_or_well
from throughcare.knowledge.questionnaires.library import find
from throughcare.knowledge.safety import TIER
from throughcare.knowledge.suicide_tier import StandingTier
from throughcare.pathway.measure.measure_series import MeasureSeries
from throughcare.pathway.program_settings import numbers
from throughcare.pathway.progress.step_rows import CSSRS, SCALES, PersonRows, rows_of
from throughcare.records.episodes import Episode, Stay
from throughcare.records.measures import MeasureResponse

SETTINGS = (
    "step_down.window_days",
    "step_down.attendance",
    "step_down.next_visit_days",
    "step_up.window_days",
    "step_up.no_shows",
    "step_up.unexpected_tests",
    "placement.not_progressing_weeks",
    "placement.not_progressing_attendance",
    "placement.not_progressing_tests",
)
NOT_RECORDED = "Nothing in the record says so by itself: ask, and look at the notes."


@dataclass(frozen=True)
class StepFacts:
    """The facts for both ways, and for each criterion's code the sentence with the facts used."""

    down: StepDownFacts
    up: StepUpFacts
    said: Mapping[str, str]
    placement: Placement
    own: Mapping[str, Number]


def gather_step_facts(episode: Episode, stay: Stay, *, at: datetime) -> StepFacts:
    """The facts of the last days before a moment, about one person."""
    return step_facts_of([(episode, stay)], organization=episode.organization_id, at=at)[episode.pk]


def step_facts_of(
    pairs: Sequence[tuple[Episode, Stay]], *, organization: int, at: datetime
) -> dict[int, StepFacts]:
    """The facts about each of several people (by episode's key); the queries don't grow with them.

    Each episode has its site and patient in hand.
    """
    if not pairs:
        return {}
    episodes = [episode for episode, _ in pairs]
    today = {zone: local_day(at, zone) for zone in {one.site.time_zone for one in episodes}}
    own = numbers(*SETTINGS, organization=organization, on=max(today.values()))
    longest = int(max(own["step_down.window_days"], own["step_up.window_days"]))
    since = min(today.values()) - timedelta(days=longest)
    rows = rows_of(episodes, organization=organization, since=since, today=today, at=at)
    return {
        episode.pk: _facts(episode, stay, rows[episode.pk], today[episode.site.time_zone], own, at=at)
        for episode, stay in pairs
    }


def _facts(
    episode: Episode, stay: Stay, rows: PersonRows, today: date, own: Mapping[str, Number], *, at: datetime
) -> StepFacts:
    zone, days = episode.site.time_zone, (int(own["step_down.window_days"]), int(own["step_up.window_days"]))
    since_down, since_up = (today - timedelta(days=one) for one in days)
    share = rows.share(since_down)
    tier, tier_said = _tier(rows.series, rows.tier, since=since_down)
    better, better_said = _measures(rows.series, since=since_down)
    plan, plan_said = _relapse_plan(rows, zone)
    visit, visit_said = _next_visit(rows, today)
    missed, missed_said = _no_shows(rows, zone, since=since_up, own=own)
    expected, _, tests_said = _tests(rows, zone, since=since_down)
    _, positives, positives_said = _tests(rows, zone, since=since_up)
    placement = place(_table_facts(stay, rows, share, zone, since_up, positives, at=at), own=own)
    return StepFacts(
        down=StepDownFacts(
            attendance=share,
            tier=tier,
            tests_as_expected=expected,
            has_measure_better=better,
            has_relapse_prevention_plan=plan,
            days_to_next_visit=visit,
        ),
        up=StepUpFacts(placement=placement, no_shows_after_outreach=missed, unexpected_positives=positives),
        said={
            "attendance": _say_share(share, days[0]),
            "suicide_tier": tier_said,
            "tests": tests_said,
            "positives": positives_said,
            "measure": better_said,
            "plan": plan_said,
            "next_visit": visit_said,
            "table": _say_table(placement, days[1]),
            "no_shows": missed_said,
            "overdose": NOT_RECORDED,
            "housing": NOT_RECORDED,
        },
        placement=placement,
        own=own,
    )


def say_day(day: date) -> str:
    """A date in words: Mar 2, 2026."""
    return f"{day:%b} {day.day}, {day.year}"


def _say_share(share: float | None, days: int) -> str:
    if share is None:
        return f"No session with recorded attendance lies in the last {days} days."
    return f"{share:.0%} of planned hours in the last {days} days."


def _tier(series: Sequence[MeasureSeries], standing: StandingTier, *, since: date) -> tuple[str | None, str]:
    """The tier that stands, once somebody asked lately: a newer, lower answer alone lowers nothing."""
    found = next((one for one in series if one.code == CSSRS), None)
    if found is None:
        return None, "The C-SSRS screener was not asked in this episode."
    last = found.latest
    if last.on < since:
        return None, f"Last asked on {say_day(last.on)}, which is too long ago. Ask it again."
    if not last.band:
        return None, f"The screener of {say_day(last.on)} is not complete: {last.said}."
    said = f"C-SSRS screener of {say_day(last.on)}: {last.said}."
    if standing.answers_are_lower:
        word = TIER[standing.tier].word.lower()
        said += f" The tier stays {word} until a clinician lowers it and a supervisor agrees."
    return standing.tier or last.band, said


def _measures(series: Sequence[MeasureSeries], *, since: date) -> tuple[bool | None, str]:
    fresh = [one for one in series if one.latest.on >= since and one.latest.total is not None]
    usable = [one for one in fresh if find(one.code).reliable_change or find(one.code).case_from]
    if not usable:
        return None, "No measure with a known reliable change was answered in these days."
    better = [
        one for one in usable if is_better_or_well(find(one.code), one.baseline.total, one.latest.total)
    ]
    told = " ".join(f"{one.short_title}: {_say(one)}" for one in better or usable)
    return bool(better), told


def _say(one: MeasureSeries) -> str:
    return (
        one.since_baseline.words
        or f"{one.latest.said} on {say_day(one.latest.on)}, no earlier one to compare with."
    )


def _relapse_plan(rows: PersonRows, zone: str) -> tuple[bool | None, str]:
    if rows.relapse_plan_at is not None:
        day = say_day(local_day(rows.relapse_plan_at, zone))
        return True, f"The relapse-prevention plan was written or read again on {day}."
    if rows.relapse_objective:
        return True, f"An objective of the care plan is about it: “{rows.relapse_objective}”"
    return (
        None,
        "There is no relapse-prevention plan here, and no objective of the care plan speaks of relapse.",
    )


def _next_visit(rows: PersonRows, today: date) -> tuple[int | None, str]:
    visit = rows.next_visit
    if visit is None:
        return None, "No session is booked from now on."
    return (visit.day - today).days, f"{visit.title} on {say_day(visit.day)}."


def _no_shows(
    rows: PersonRows, zone: str, *, since: date, own: Mapping[str, Number]
) -> tuple[int | None, str]:
    days = [day for day in rows.no_shows if day >= since]
    count = len(days)
    said = f"{count} no-show{'' if count == 1 else 's'} in the last {int(own['step_up.window_days'])} days."
    if count < own["step_up.no_shows"]:
        return count, said
    tried = [moment for moment in rows.tried if local_day(moment, zone) >= min(days)]
    if not tried:
        return (
            None,
            f"{said} No attempt to reach the person since the first of them is on record: call first.",
        )
    return count, f"{said} Attempts to reach the person since the first of them: {len(tried)}."


def _tests(rows: PersonRows, zone: str, *, since: date) -> tuple[bool | None, int | None, str]:
    """Whether tests were as expected, how many were unexpectedly positive, and the sentence."""
    tests = [one for one in rows.tests if local_day(one.at, zone) >= since]
    known = [one for one in tests if one.known_at is not None or one.avoided]
    if not known:
        pending = " A result is pending." if tests else ""
        return None, None, f"No drug or alcohol test since {say_day(since)} has a result.{pending}"
    odd = [one for one in known if one.avoided or one.unexpected_positive or one.unexpected_negative]
    positive = sum(bool(one.unexpected_positive) for one in known)
    as_expected = len(known) - len(odd)
    said = f"{as_expected} of {len(known)} tests since {say_day(since)} as expected"
    avoided = sum(bool(one.avoided) for one in known)
    details = [
        *([f"{positive} unexpectedly positive"] if positive else []),
        *([f"{avoided} refused, missed or tampered with"] if avoided else []),
    ]
    return not odd, positive, f"{said}{': ' + ', '.join(details) if details else ''}."


def _table_facts(
    stay: Stay,
    rows: PersonRows,
    share: float | None,
    zone: str,
    since: date,
    positives: int | None,
    *,
    at: datetime,
) -> Facts:
    """What the decision table may rest on now: what was found in these days. The intake's ratings are too old."""
    newest = {row.code: row for row in rows.screens}
    fresh = {code: row for code, row in newest.items() if local_day(row.taken_at, zone) >= since}
    # A screener that found danger stands until a newer one, however old it is.
    screener = newest.get(CSSRS)
    scales = {code: _total(fresh.get(code)) for code in SCALES}
    return Facts(
        c_ssrs=_answers(screener) if screener else Cssrs(),
        ciwa_ar=scales["ciwa-ar"],
        cows=scales["cows"],
        current_level=stay.level,
        weeks_at_level=max(0.0, round((at - stay.began_at).total_seconds() / 604_800, 1)),
        attendance=None if share is None else min(share, 1.0),
        reliably_worse=_is_worse(rows.series),
        unexpected_positives=positives,
    )


def _total(row: MeasureResponse | None) -> int | None:
    return None if row is None or row.total is None else int(row.total)


def _answers(row: MeasureResponse) -> Cssrs:
    given = [None if value is None else bool(value) for value in row.answers]
    return Cssrs(*given[:7])


def _is_worse(series: Sequence[MeasureSeries]) -> bool | None:
    kinds = {one.since_baseline.kind for one in series} - {"na"}
    return "worse" in kinds if kinds else None


def _say_table(placement: Placement, days: int) -> str:
    if placement.reasons:
        return " ".join(reason.because for reason in placement.reasons)
    if placement.missing_facts:
        return (
            f"The screener and the withdrawal scales of the last {days} days show none of these rules; "
            "the six domains were not rated again, so the table has no full answer."
        )
    return f"None of these rules holds by the facts of the last {days} days."
