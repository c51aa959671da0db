"""How I'm doing: my daily check-ins, measures, practice and attendance, as I see them myself."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from throughcare.knowledge.between_sessions import TOP
from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.daily import ITEM, TITLES
from throughcare.knowledge.questionnaires.library import find
from throughcare.knowledge.trends import FEWEST, trend
from throughcare.pathway.actor import Actor
from throughcare.pathway.daily_check_in.daily_rows import day_of, standing_days
from throughcare.pathway.episode.episodes import open_last_episode
from throughcare.pathway.measure.measure_series import MeasureSeries, series_of
from throughcare.pathway.measure.measure_zone import zone_of
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.own_record import own_patient
from throughcare.pathway.progress.progress import weeks_of
from throughcare.records.among import Keys

DAYS = 42
ASKED_DAILY = ("mood", "craving", "sleep")
HERE = ("present", "late", "left_early", "late_and_left_early")


@dataclass(frozen=True)
class Course:
    """One row of numbers over time, with a sentence; `higher_is_better` says which way is up."""

    code: str
    title: str
    points: tuple[tuple[date, float], ...]
    lowest: float
    highest: float
    words: str
    higher_is_better: bool


@dataclass(frozen=True)
class CameInWeek:
    """One of my weeks: how many sessions I came to, of those that are over."""

    begins: date
    came: int
    of: int
    hours: float


@dataclass(frozen=True)
class HowIAm:
    """Everything on one page; each part is empty until there is something to show."""

    daily: tuple[Course, ...]
    measures: tuple[Course, ...]
    weeks: tuple[CameInWeek, ...]
    words: str


def how_i_am(*, by: Actor, at: datetime) -> HowIAm:
    """The actor's own course. Raises `Absent` for anyone else."""
    patient = own_patient(by=by)
    person = open_patient(patient, kind="daily", by=by, at=at)
    today = local_day(at, zone_of(person))
    daily = _daily(person.pk, today)
    episode = open_last_episode(patient, kind="measure", by=by, at=at)
    measures: tuple[Course, ...] = ()
    weeks: tuple[CameInWeek, ...] = ()
    if episode is not None:
        until = min(at, episode.ended_at or at)
        measures = tuple(_measure(one) for one in series_of(episode, at=until) if one.has_total)
        open_patient(person, kind="attendance", by=by, at=at)
        weeks = tuple(
            CameInWeek(
                one.begins,
                sum(status in HERE for status in one.statuses),
                len(one.statuses),
                one.ledger.delivered,
            )
            for one in weeks_of(episode, until=until)[-6:]
            if one.statuses
        )
    return HowIAm(daily, measures, weeks, _in_words(daily, weeks))


def _daily(patient: int, today: date) -> tuple[Course, ...]:
    rows = standing_days(Keys([patient]), today - timedelta(days=DAYS), today)
    days = sorted(((row.local_day, day_of(row)) for row in rows), key=lambda one: one[0])
    found = []
    for code in ASKED_DAILY:
        points = tuple((on, float(value)) for on, day in days if (value := getattr(day, code)) is not None)
        better = ITEM[code].higher_is_better
        if len(points) > 1:
            words = _which_way(better) + _say_trend([value for _on, value in points], higher_is_better=better)
            found.append(Course(code, TITLES[code], points, 0, TOP, words, better))
    return tuple(found)


def _which_way(higher_is_better: bool) -> str:
    return f"{_('Higher is better.') if higher_is_better else _('Lower is better.')} "


def _say_trend(values: list[float], *, higher_is_better: bool) -> str:
    seen = trend(values, higher_is_better=higher_is_better)
    return {
        "better": _("Better than before."),
        "worse": _("Harder than before. Your care team sees this too."),
        "steady": _("About the same as before."),
        "too few": _("After {count} answers you see where it goes.").format(count=FEWEST),
    }[seen.direction]


def _measure(one: MeasureSeries) -> Course:
    scored = [taken for taken in one.taken if taken.total is not None]
    questionnaire = find(one.code)
    words = {
        "better": _("Clearly better than at the start."),
        "worse": _("Clearly harder than at the start. Talk about it with your team."),
        "same": _("Much the same as at the start."),
        "na": _("One answer so far.") if len(scored) == 1 else "",
    }[one.since_baseline.kind if len(scored) > 1 else "na"]
    lowest, highest = questionnaire.total_range or (0, 0)
    return Course(
        one.code,
        one.title,
        tuple((taken.on, float(taken.total or 0)) for taken in scored),
        lowest,
        highest,
        _which_way(questionnaire.higher_is != "worse") + words,
        questionnaire.higher_is != "worse",
    )


def _in_words(daily: tuple[Course, ...], weeks: tuple[CameInWeek, ...]) -> str:
    over = [week for week in weeks if week.of]
    came, of = sum(week.came for week in over), sum(week.of for week in over)
    if not of:
        return ""
    return _("You came to {came} of {of} sessions in the last weeks.").format(came=came, of=of)
