"""Charts of measures over time, drawn as SVG by pure functions; nothing here reads a record or the clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap
from xml.etree.ElementTree import Element, SubElement, tostring

from django.utils.dateformat import format as date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

WIDTH, HEIGHT = 440, 236
LEFT, RIGHT, TOP, BOTTOM = 34, 100, 14, 30
NAME_WIDTH, NAME_LEADING = (
    12,
    14,
)  # of a band's name at the end of the line: characters, distance of its lines


@dataclass(frozen=True)
class Point:
    """One score on one day."""

    on: date
    value: float


@dataclass(frozen=True)
class Band:
    """Scores from `low` to `high`, both included, that share a name; `depth` 0 (mildest) to 4 shades it."""

    name: str
    low: float
    high: float
    depth: int


@dataclass(frozen=True)
class Line:
    """A level to look for: a target, a cut-off, the baseline."""

    name: str
    value: float
    kind: str = "target"  # target | baseline


@dataclass(frozen=True)
class ScoreChart:
    """A measure over time with its bands; `change` is the sentence on reliable change, empty when unknown."""

    name: str
    points: Sequence[Point]
    lowest: float
    highest: float
    bands: Sequence[Band] = ()
    lines: Sequence[Line] = ()
    change: str = ""
    chart_id: str = "chart"
    # The course that was to be expected, oldest first: a yardstick beside the scores.
    expected: Sequence[Point] = ()
    best: float | None = None


def say_date(day: date) -> str:
    """A date in words: Nov 3, 2026."""
    return date_format(day, _("M j, Y"))


def say_number(value: float) -> str:
    """A number without a needless decimal."""
    return f"{value:.1f}".removesuffix(".0")


def band_of(value: float, bands: Sequence[Band]) -> str:
    """The name of the band of a score, or nothing."""
    return next((band.name for band in bands if band.low <= value <= band.high), "")


def describe(chart: ScoreChart) -> str:
    """The chart in sentences: first, last and extreme scores, the bands they fall in, the change."""
    points = sorted(chart.points, key=lambda point: point.on)
    if not points:
        return _("{name}: no scores yet.").format(name=chart.name)
    said = [_say_point(_("First {value} on {day}."), points[0], chart)]
    if len(points) > 1:
        how_many = _("{n} scores.").format(n=len(points))
        said = [how_many, *said, _say_point(_("Latest {value} on {day}."), points[-1], chart)]
        low, high = min(points, key=lambda point: point.value), max(points, key=lambda point: point.value)
        extremes = _("Lowest {low}, highest {high}.")
        said.append(extremes.format(low=say_number(low.value), high=say_number(high.value)))
    if chart.best is not None:
        said.append(_("Best so far {value}.").format(value=say_number(chart.best)))
    said += [f"{line.name}: {say_number(line.value)}." for line in chart.lines]
    if chart.expected:
        said.append(_("Expected by now: about {value}.").format(value=f"{chart.expected[-1].value:.0f}"))
    return " ".join([f"{chart.name}.", *said, chart.change]).strip()


def _say_point(sentence: str, point: Point, chart: ScoreChart) -> str:
    band = band_of(point.value, chart.bands)
    value = f"{say_number(point.value)}{f' ({band})' if band else ''}"
    return sentence.format(value=value, day=say_date(point.on))


def svg(width: float, height: float, *, title: str, desc: str, ident: str, kind: str) -> Element:
    """An empty drawing that names and describes itself; `ident` makes its ids unique on the page."""
    root = Element(
        "svg",
        {
            "class": f"chart {kind}",
            "viewBox": f"0 0 {_n(width)} {_n(height)}",
            "role": "img",
            "aria-labelledby": f"{ident}-title {ident}-desc",
            "xmlns": "http://www.w3.org/2000/svg",
        },
    )
    SubElement(root, "title", {"id": f"{ident}-title"}).text = title
    SubElement(root, "desc", {"id": f"{ident}-desc"}).text = desc
    return root


def add(parent: Element, tag: str, kind: str, text: str = "", **numbers: float | str) -> Element:
    """A shape with a class and its numbers: `add(root, "rect", "bar", x=1, y=2)`."""
    attrs = {name.replace("_", "-"): _n(value) for name, value in numbers.items()}
    child = SubElement(parent, tag, {"class": kind, **attrs})
    child.text = text or None
    return child


def finished(root: Element) -> SafeString:
    """The drawing as HTML; ElementTree has escaped every text and attribute."""
    return mark_safe(tostring(root, encoding="unicode"))  # noqa: S308  escaped above


def _n(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")


def score_chart(chart: ScoreChart) -> SafeString:
    """Points joined by a line over shaded bands, with baseline and target lines and the latest score named."""
    root = svg(
        WIDTH, HEIGHT, title=chart.name, desc=describe(chart), ident=chart.chart_id, kind="chart-scores"
    )
    _draw_bands(root, chart)
    _draw_scale(root, chart)
    _draw_lines(root, chart)
    points = sorted(chart.points, key=lambda point: point.on)
    places = [(_x(point.on, points), _y(point.value, chart)) for point in points]
    _draw_days(root, points)
    _draw_expected(root, chart, points)
    if len(places) > 1:
        add(root, "polyline", "chart-line", points=" ".join(f"{_n(x)},{_n(y)}" for x, y in places))
    for (x, y), point in zip(places, points, strict=True):
        if point.value == chart.best:
            add(root, "circle", "chart-best", cx=x, cy=y, r=7.5)
        dot = add(root, "circle", "chart-point", cx=x, cy=y, r=4)
        SubElement(dot, "title").text = _("{value} on {day}").format(
            value=say_number(point.value), day=say_date(point.on)
        )
    if places:
        x, y = places[-1]
        add(root, "text", "chart-latest", say_number(points[-1].value), x=x + 8, y=y + 5)
    return finished(root)


def _draw_expected(root: Element, chart: ScoreChart, points: Sequence[Point]) -> None:
    """The expected course, dotted; named where it ends."""
    if not chart.expected or len(points) < 2:
        return
    places = [(_x(one.on, points), _y(one.value, chart)) for one in chart.expected]
    line = add(root, "polyline", "chart-expected", points=" ".join(f"{_n(x)},{_n(y)}" for x, y in places))
    SubElement(line, "title").text = _("Expected course")


def _x(day: date, points: Sequence[Point]) -> float:
    span = (points[-1].on - points[0].on).days
    share = (day - points[0].on).days / span if span else 0.5
    inset = 16
    return LEFT + inset + share * (WIDTH - LEFT - RIGHT - 3 * inset)


def _y(value: float, chart: ScoreChart) -> float:
    span = (chart.highest - chart.lowest) or 1
    held = min(max(value, chart.lowest), chart.highest)
    return TOP + (chart.highest - held) / span * (HEIGHT - TOP - BOTTOM)


def _draw_bands(root: Element, chart: ScoreChart) -> None:
    """Shade each band up to the middle between it and the next, and name it where its name has room."""
    bands = sorted(chart.bands, key=lambda band: band.low)
    free_above = float(HEIGHT)
    for number, band in enumerate(bands):
        below = chart.lowest if number == 0 else (bands[number - 1].high + band.low) / 2
        above = chart.highest if number == len(bands) - 1 else (band.high + bands[number + 1].low) / 2
        top, bottom = _y(above, chart), _y(below, chart)
        depth = min(max(band.depth, 0), 4)
        add(
            root, "rect", f"band band-{depth}", x=LEFT, y=top, width=WIDTH - LEFT - RIGHT, height=bottom - top
        )
        lines = wrap(band.name, NAME_WIDTH)
        first = (top + bottom) / 2 + 4 - (len(lines) - 1) * NAME_LEADING / 2
        if first + (len(lines) - 1) * NAME_LEADING <= free_above:
            for count, line in enumerate(lines):
                add(root, "text", "chart-band", line, x=WIDTH - RIGHT + 8, y=first + count * NAME_LEADING)
            free_above = first - NAME_LEADING


def _draw_scale(root: Element, chart: ScoreChart) -> None:
    """Name the edges of the bands, from below, as far as their numbers keep their distance."""
    last = float(HEIGHT * 2)
    for value in sorted({chart.lowest, chart.highest, *(band.low for band in chart.bands)}):
        y = _y(value, chart)
        if last - y >= NAME_LEADING:
            add(root, "text", "chart-scale", say_number(value), x=LEFT - 7, y=y + 4, text_anchor="end")
            last = y
    add(root, "line", "chart-axis", x1=LEFT, x2=WIDTH - RIGHT, y1=HEIGHT - BOTTOM, y2=HEIGHT - BOTTOM)


def _draw_lines(root: Element, chart: ScoreChart) -> None:
    """A baseline is named at its end and a target at its start: away from the points near each."""
    for line in chart.lines:
        y = _y(line.value, chart)
        at_end = line.kind == "baseline"
        x, anchor = (WIDTH - RIGHT - 5, "end") if at_end else (LEFT + 5, "start")
        add(root, "line", f"chart-{line.kind}", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y)
        said = f"{line.name} {say_number(line.value)}"
        add(root, "text", f"chart-{line.kind}-name", said, x=x, y=max(y - 5, 11), text_anchor=anchor)


def _draw_days(root: Element, points: Sequence[Point]) -> None:
    """Name the first and last day, and days between that keep their distance."""
    y, last = HEIGHT - 8, -1000.0
    for number, point in enumerate(points):
        x = _x(point.on, points)
        ends = number in (0, len(points) - 1)
        room = _x(points[-1].on, points) - x
        if x - last >= 62 and (ends or room >= 62):
            add(root, "text", "chart-day", f"{point.on:%b} {point.on.day}", x=x, y=y, text_anchor="middle")
            last = x
