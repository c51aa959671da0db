"""Measures over one episode: first, best, latest, and what changed. One query for all of a person's measures."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import QuerySet

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.expected_course import ExpectedCourse, expected_course
from throughcare.knowledge.progress import Changed, best_of, say_change
from throughcare.knowledge.questionnaires.library import find
from throughcare.knowledge.questionnaires.questionnaire import Number
from throughcare.pathway.measure.measure_view import MeasureView, view_measures
from throughcare.pathway.prepared import prepared
from throughcare.pathway.program_settings import numbers
from throughcare.records.among import Keys
from throughcare.records.assessments import Assessment
from throughcare.records.episodes import Episode
from throughcare.records.measures import MeasureResponse

FALL, STAY = "course.expected_fall", "los.expected_weeks"
# Instruments whose band alone would not say what it is the band of.
TIERS = {"c-ssrs-screener": "suicide risk"}


@dataclass(frozen=True)
class Taken:
    """One answered questionnaire: when, its total where it has one, and the score in words."""

    on: date
    taken_at: datetime
    total: Number | None
    band: str
    said: str
    is_critical: bool


@dataclass(frozen=True)
class MeasureSeries:
    """One measure of an episode, oldest first; the totals are None for an instrument without a total."""

    code: str
    title: str
    short_title: str
    taken: tuple[Taken, ...]
    since_baseline: Changed
    since_previous: Changed
    course: ExpectedCourse | None = None

    @property
    def baseline(self) -> Taken:
        """The first one of the episode."""
        return self.taken[0]

    @property
    def latest(self) -> Taken:
        """The last one."""
        return self.taken[-1]

    @property
    def best(self) -> Number | None:
        """The best total."""
        return best_of(find(self.code), [one.total for one in self.taken if one.total is not None])

    @property
    def has_total(self) -> bool:
        """Whether any of them came to a total that a chart can show."""
        return any(one.total is not None for one in self.taken)


@prepared
def _responses(
    organization: int, patient: int, since: datetime, until: datetime
) -> QuerySet[MeasureResponse]:
    rows = MeasureResponse.objects.select_related("patient", "recorded_by", "corrects").filter(
        organization_id=organization,
        patient=patient,
        retired_at__isnull=True,
        taken_at__gte=since,
        taken_at__lte=until,
    )
    return rows.order_by("-taken_at", "-pk")


def series_of(episode: Episode, *, at: datetime) -> tuple[MeasureSeries, ...]:
    """The measures that were taken since the episode's intake and until it ended, in the order of first use."""
    until = min(at, episode.ended_at or at)
    rows = _responses(episode.organization_id, episode.patient_id, _intake_opened(episode), until)
    return _in_series(rows, episode.site.time_zone)


def series_of_many(
    episodes: Sequence[Episode], *, organization: int, at: datetime
) -> dict[int, tuple[MeasureSeries, ...]]:
    """The measures of several running episodes (key), in two queries; who recorded them is not looked up."""
    opened = dict(_opened_by_referral(Keys(one.referral_id for one in episodes if one.referral_id)))
    since = {
        one.pk: min(one.admitted_at, opened.get(one.referral_id or 0, one.admitted_at)) for one in episodes
    }
    by_patient: dict[int, list[MeasureResponse]] = defaultdict(list)
    people = {one.patient_id: one.patient for one in episodes}
    if episodes:
        for row in _responses_of_many(organization, Keys(people), min(since.values()), at):
            row.patient = people[row.patient_id]  # in hand; with the rest, a query for each row
            row.recorded_by = row.corrects = None
            by_patient[row.patient_id].append(row)
    return {
        one.pk: _in_series(
            [row for row in by_patient[one.patient_id] if row.taken_at >= since[one.pk]], one.site.time_zone
        )
        for one in episodes
    }


@prepared
def _opened_by_referral(referrals: Keys) -> QuerySet[Assessment, tuple[int, datetime]]:
    rows = Assessment.objects.filter(referral__among=referrals).order_by("-opened_at")
    return rows.values_list("referral", "opened_at")


@prepared
def _responses_of_many(
    organization: int, patients: Keys, since: datetime, until: datetime
) -> QuerySet[MeasureResponse]:
    rows = MeasureResponse.objects.filter(
        organization_id=organization,
        patient__among=patients,
        retired_at__isnull=True,
        taken_at__gte=since,
        taken_at__lte=until,
    )
    return rows.order_by("-taken_at", "-pk")


def _in_series(rows: Sequence[MeasureResponse], zone: str) -> tuple[MeasureSeries, ...]:
    by_code: dict[str, list[MeasureView]] = defaultdict(list)
    for view in reversed(view_measures(rows)):
        by_code[view.code].append(view)
    found = [_series([_taken(view, zone) for view in views], views[0]) for views in by_code.values()]
    return tuple(sorted(found, key=lambda one: (not one.has_total, one.short_title)))


def with_course(series: Sequence[MeasureSeries], *, organization: int, on: date) -> tuple[MeasureSeries, ...]:
    """Each measure beside the course that was to be expected from its first score on; one query."""
    own = numbers(FALL, STAY, organization=organization, on=on)
    return tuple(replace(one, course=_course(one, float(own[FALL]), float(own[STAY]))) for one in series)


def _course(one: MeasureSeries, fall: float, stay_weeks: float) -> ExpectedCourse | None:
    scored = [taken for taken in one.taken if taken.total is not None]
    if not scored:
        return None
    first, last = scored[0], scored[-1]
    return expected_course(
        find(one.code), first.total, first.on, last.total, last.on, fall=fall, stay_weeks=stay_weeks
    )


def _intake_opened(episode: Episode) -> datetime:
    """When the intake of this episode began: measures before it belong to an earlier time in care."""
    if episode.referral_id is None:
        return episode.admitted_at
    opened = next(iter(_first_opened(episode.referral_id)), episode.admitted_at)
    return min(opened, episode.admitted_at)


@prepared
def _first_opened(referral: int) -> QuerySet[Assessment, datetime]:
    rows = Assessment.objects.filter(referral=referral).order_by("opened_at")
    return rows.values_list("opened_at", flat=True)[:1]


def _taken(view: MeasureView, zone: str) -> Taken:
    return Taken(
        on=local_day(view.taken_at, zone),
        taken_at=view.taken_at,
        total=view.total,
        band=view.band,
        said=f"{TIERS[view.code]} {view.band}" if view.band and view.code in TIERS else view.said,
        is_critical=bool(view.critical),
    )


def _series(taken: list[Taken], view: MeasureView) -> MeasureSeries:
    questionnaire = find(view.code)
    scored = [one for one in taken if one.total is not None]
    nothing = Changed("na", "")
    if len(scored) < 2:
        baseline = previous = nothing
    else:
        last = scored[-1].total
        baseline = say_change(questionnaire, scored[0].total, last, since="intake")
        previous = (
            say_change(questionnaire, scored[-2].total, last, since="last time")
            if len(scored) > 2
            else nothing
        )
    return MeasureSeries(view.code, view.title, view.short_title, tuple(taken), baseline, previous)
