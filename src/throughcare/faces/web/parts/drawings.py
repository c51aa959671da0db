"""Parts that show figures: key figures, the hours meter, charts with their words and their numbers."""

from collections.abc import Sequence

from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..charts import ScoreChart, band_of, describe, say_number, score_chart
from ..day_strip import DaySquare, days_words, draw_days
from ..status_words import Tone
from ..strips import (
    WeekOfAttendance,
    WeekOfHours,
    attendance_strip,
    attendance_words,
    hours_bars,
    hours_words,
)
from ..strips import sparkline as draw_sparkline
from ..week_bar import BarOfWeek, PartOfBar, bar_words, parts_of, swatch
from ..week_bar import week_bar as draw_week_bar
from .draw import draw

register = Library()


@register.simple_tag
def key_figure(
    label: str, value: object, unit: str = "", note: str = "", url: str = "", tone: Tone = "plain"
) -> SafeString:
    """One number with what it counts; `note` says of whom, since when, or against what."""
    return draw("key_figure", label=label, value=value, unit=unit, note=note, url=url, tone=tone)


@register.simple_tag
def week_bar(week: BarOfWeek, title: str, *, ident: str) -> SafeString:
    """One week's hours as a bar, with the numbers of its parts beside it."""
    return draw(
        "week_bar",
        week=week,
        title=title,
        words=bar_words(week),
        drawing=draw_week_bar(week, ident=ident),
        rows=[(_said(part), swatch(part.kind)) for part in parts_of(week)],
        planned=say_number(week.planned),
        prescribed=say_number(week.prescribed),
    )


def _said(part: PartOfBar) -> dict[str, str]:
    return {"words": part.words, "hours": say_number(part.hours)}


@register.simple_tag
def hours_meter(delivered: float, prescribed: float, label: str = "") -> SafeString:
    """Hours delivered of hours prescribed, in words and as a bar."""
    given, wanted = float(delivered), float(prescribed)
    reached = given >= wanted
    return format_html(
        _METER,
        kind="hours-meter hours-reached" if reached else "hours-meter",
        label=label or _("Hours this week"),
        hours=_("{given} of {wanted} h").format(given=say_number(given), wanted=say_number(wanted)),
        left=""
        if reached
        else format_html(_LEFT, _("{hours} h to go").format(hours=say_number(wanted - given))),
        filled=round(100 * min(given / wanted, 1)) if wanted else 100,
    )


# Written here and not in a template: the census has one on each line.
_METER = (
    '<div class="{kind}"><p><span class="unseen">{label}: </span><b>{hours}</b>{left}</p>'
    '<svg class="meter" width="100%" height="8" aria-hidden="true" focusable="false">'
    '<rect class="meter-track" width="100%" height="8" rx="4"/>'
    '<rect class="meter-fill" width="{filled}%" height="8" rx="4"/></svg></div>'
)
_LEFT = ' <span class="quiet">{}</span>'


@register.simple_tag
def chart(chart: ScoreChart) -> SafeString:
    """A measure over time: the drawing, its sentence, and the numbers as a table."""
    points = sorted(chart.points, key=lambda point: point.on, reverse=True)
    rows = [(point.on, say_number(point.value), band_of(point.value, chart.bands)) for point in points]
    return draw("chart", chart=chart, drawing=score_chart(chart), words=describe(chart), rows=rows)


@register.simple_tag
def attendance(
    weeks: Sequence[WeekOfAttendance], ident: str = "attendance", words: bool = True
) -> SafeString:
    """Squares of sessions, week by week, with their sentence."""
    sentence = attendance_words(weeks) if words else ""
    return draw("strip", drawing=attendance_strip(weeks, ident=ident), words=sentence)


@register.simple_tag
def day_strip(days: Sequence[DaySquare], ident: str = "days") -> SafeString:
    """A square for each day that somebody may have spoken of, with its sentence."""
    return draw("strip", drawing=draw_days(days, ident=ident), words=days_words(days), scrolls=True)


@register.simple_tag
def hours_by_week(weeks: Sequence[WeekOfHours], ident: str = "hours") -> SafeString:
    """Bars of hours with the prescribed hours as a tick, their sentence, and the numbers as a table."""
    return draw(
        "hours_by_week", drawing=hours_bars(weeks, ident=ident), words=hours_words(weeks), weeks=weeks
    )


@register.simple_tag
def sparkline(
    values: Sequence[float], name: str, lowest: float, highest: float, ident: str = "spark"
) -> SafeString:
    """A line as small as a word; `ident` must be unique on the page."""
    return draw_sparkline(values, name=name, lowest=lowest, highest=highest, ident=ident)
