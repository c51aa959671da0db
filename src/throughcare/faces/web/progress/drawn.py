"""A measure as it is drawn: bands from its instrument, baseline and target as lines, its change as a status."""

from collections.abc import Sequence
from dataclasses import dataclass

from throughcare.faces.web.charts import Band, Line, Point, ScoreChart
from throughcare.faces.web.strips import WeekOfAttendance, WeekOfHours
from throughcare.knowledge.questionnaires.library import find
from throughcare.knowledge.questionnaires.questionnaire import Questionnaire
from throughcare.pathway.measure.measure_series import MeasureSeries
from throughcare.pathway.progress.objective_progress import ObjectiveProgress
from throughcare.pathway.progress.progress import WeekOfProgress

DARKEST = 4
CHANGES = {"better": "improved", "same": "unchanged", "worse": "worsened"}


@dataclass(frozen=True)
class DrawnMeasure:
    """A measure with its chart; without a total there is no chart, only words."""

    series: MeasureSeries
    chart: ScoreChart | None
    status: str
    target: float | None

    @property
    def newest_first(self) -> tuple[object, ...]:
        """What was answered, the latest on top."""
        return self.series.taken[::-1]


def draw_measures(
    measures: Sequence[MeasureSeries], objectives: Sequence[ObjectiveProgress]
) -> list[DrawnMeasure]:
    """Each measure with its chart; the target is the plan's."""
    targets = {one.measure_code: one.target for one in objectives if one.target is not None}
    return [_draw(one, targets.get(one.code)) for one in measures]


def _draw(one: MeasureSeries, target: float | None) -> DrawnMeasure:
    status = CHANGES.get(one.since_baseline.kind, "")
    questionnaire = find(one.code)
    if not one.has_total or questionnaire.total_range is None:
        return DrawnMeasure(one, None, status, target)
    points = [Point(taken.on, float(taken.total)) for taken in one.taken if taken.total is not None]
    lines = [] if target is None else [Line("Target", target)]
    if len(points) > 1:
        lines.append(Line("Intake", points[0].value, "baseline"))
    lowest, highest = questionnaire.total_range
    chart = ScoreChart(
        name=f"{one.short_title} over time",
        points=points,
        lowest=lowest,
        highest=highest,
        bands=_bands(questionnaire),
        lines=lines,
        change=one.since_baseline.words,
        chart_id=f"chart-{one.code}",
        expected=[Point(on, value) for on, value in one.course.points] if one.course else (),
        best=float(one.best) if one.best is not None and len(points) > 1 else None,
    )
    return DrawnMeasure(one, chart, status, target)


def _bands(questionnaire: Questionnaire) -> list[Band]:
    """The instrument's bands, shaded from the mildest to the gravest."""
    rows = sorted(questionnaire.bands, key=lambda band: band.low, reverse=questionnaire.higher_is == "better")
    last = max(len(rows) - 1, 1)
    return [Band(row.name, row.low, row.high, n * DARKEST // last) for n, row in enumerate(rows)]


def attendance_weeks(weeks: Sequence[WeekOfProgress]) -> list[WeekOfAttendance]:
    """The weeks as columns of the attendance strip."""
    return [WeekOfAttendance(week.begins, week.statuses) for week in weeks]


def hour_weeks(weeks: Sequence[WeekOfProgress]) -> list[WeekOfHours]:
    """The weeks as bars of hours."""
    return [WeekOfHours(week.begins, week.ledger.delivered, week.ledger.prescribed) for week in weeks]
