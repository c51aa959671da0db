"""What the criteria of a step ask for: facts of the last days, each with the sentence that says where it is from.

What this version does not record is not known; it never counts as “no”.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.placement import Cssrs, Facts, Placement, StepDownFacts, StepUpFacts, place
from throughcare.knowledge.program_settings import Number
from throughcare.knowledge.progress import is_better_or_well
from throughcare.knowledge.questionnaires.library import find
from throughcare.pathway.measure.measure_series import MeasureSeries, series_of
from throughcare.pathway.program_settings import numbers
from throughcare.pathway.progress.objective_progress import objectives_of
from throughcare.pathway.progress.progress import attendance_share
from throughcare.records.attendance import Attendance
from throughcare.records.episodes import Episode, Stay
from throughcare.records.measures import MeasureResponse
from throughcare.records.sessions import Appointment

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
NOT_RECORDED = "Not recorded in this version of the program: look at it yourself."
CSSRS = "c-ssrs-screener"
SCALES = ("ciwa-ar", "cows")


@dataclass(frozen=True)
class StepFacts:
    """The facts for both ways, and for each criterion's code the sentence with the facts used."""

    down: StepDownFacts
    up: StepUpFacts
    said: Mapping[str, str]
    placement: Placement
    own: Mapping[str, Number]


def gather_step_facts(episode: Episode, stay: Stay, *, at: datetime) -> StepFacts:
    """The facts of the last days before a moment."""
    zone = episode.site.time_zone
    today = local_day(at, zone)
    own = numbers(*SETTINGS, organization=episode.organization_id, on=today)
    since_down = today - timedelta(days=int(own["step_down.window_days"]))
    since_up = today - timedelta(days=int(own["step_up.window_days"]))
    series = series_of(episode, at=at)
    share = attendance_share(episode, until=at, days=int(own["step_down.window_days"]))
    tier, tier_said = _tier(series, since=since_down)
    better, better_said = _measures(series, since=since_down)
    plan, plan_said = _relapse_plan(episode, series, at=at)
    visit, visit_said = _next_visit(episode, at=at, today=today)
    missed, missed_said = _no_shows(episode, since=since_up, own=own)
    placement = place(_table_facts(episode, stay, series, share, since=since_up, at=at), own=own)
    return StepFacts(
        down=StepDownFacts(
            attendance=share,
            tier=tier,
            has_measure_better=better,
            has_relapse_prevention_plan=plan,
            days_to_next_visit=visit,
        ),
        up=StepUpFacts(placement=placement, no_shows_after_outreach=missed),
        said={
            "attendance": _say_share(share, int(own["step_down.window_days"])),
            "suicide_tier": tier_said,
            "tests": NOT_RECORDED,
            "measure": better_said,
            "plan": plan_said,
            "next_visit": visit_said,
            "table": _say_table(placement, int(own["step_up.window_days"])),
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


def _tier(series: Sequence[MeasureSeries], *, since: date) -> tuple[str | None, str]:
    found = next((one for one in series if one.code == CSSRS), None)
    if found is None:
        return None, "The C-SSRS screener was not asked in this episode."
    last = found.latest
    if last.on < since:
        return None, f"Last asked on {say_day(last.on)}, which is too long ago. Ask it again."
    if not last.band:
        return None, f"The screener of {say_day(last.on)} is not complete: {last.said}."
    return last.band, f"C-SSRS screener of {say_day(last.on)}: {last.said}."


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


def _relapse_plan(
    episode: Episode, series: Sequence[MeasureSeries], *, at: datetime
) -> tuple[bool | None, str]:
    about = [one for one in objectives_of(episode, series, attendance=None, at=at) if one.is_about_relapse]
    if about:
        return True, f"An objective of the care plan is about it: “{about[0].text}”"
    return None, "No objective of the care plan speaks of relapse or warning signs. Ask, or write one."


def _next_visit(episode: Episode, *, at: datetime, today: date) -> tuple[int | None, str]:
    seat = (
        Appointment.objects.select_related("session")
        .filter(
            organization_id=episode.organization_id,
            patient=episode.patient_id,
            released_at__isnull=True,
            session__cancelled_at__isnull=True,
            session__starts_at__gt=at,
            local_day__gte=today,
        )
        .order_by("session__starts_at")
        .first()
    )
    if seat is None:
        return None, "No session is booked from now on."
    return (seat.local_day - today).days, f"{seat.session.title} on {say_day(seat.local_day)}."


def _no_shows(episode: Episode, *, since: date, own: Mapping[str, Number]) -> tuple[int | None, str]:
    count = Attendance.objects.filter(
        organization_id=episode.organization_id,
        patient=episode.patient_id,
        retired_at__isnull=True,
        status="no_show",
        local_day__gte=since,
    ).count()
    days = int(own["step_up.window_days"])
    said = f"{count} no-show{'' if count == 1 else 's'} in the last {days} days."
    if count >= own["step_up.no_shows"]:
        return (
            None,
            f"{said} Whether the person was called after each is not recorded in this version: check it.",
        )
    return count, said


def _table_facts(
    episode: Episode,
    stay: Stay,
    series: Sequence[MeasureSeries],
    share: float | None,
    *,
    since: date,
    at: datetime,
) -> Facts:
    """What the decision table may rest on now: what was found in these days. The intake's ratings are too old."""
    rows = MeasureResponse.objects.filter(
        organization_id=episode.organization_id,
        patient=episode.patient_id,
        retired_at__isnull=True,
        code__in=(CSSRS, *SCALES),
        taken_at__lte=at,
    )
    zone = episode.site.time_zone
    newest = {row.code: row for row in rows.order_by("taken_at", "pk")}
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
        reliably_worse=_is_worse(series),
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
