"""Small drawings for a line of a table: attendance week by week, hours by week, a sparkline."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from xml.etree.ElementTree import Element

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughcare.faces.web.languages import said

from .charts import add, finished, say_date, say_number, svg
from .status_words import status_word

SQUARE, GAP = 14, 3


@dataclass(frozen=True)
class WeekOfAttendance:
    """A week's attendance: one status key of the table of status words per session, in order."""

    starts: date
    statuses: Sequence[str]


@dataclass(frozen=True)
class WeekOfHours:
    """A week's hours: delivered and prescribed."""

    starts: date
    delivered: float
    prescribed: float


def attendance_words(weeks: Sequence[WeekOfAttendance]) -> str:
    """The strip in one sentence: how many sessions, and how many of each status."""
    counted: dict[str, int] = {}
    for week in weeks:
        for status in week.statuses:
            word = said(status_word(status).word).lower()
            counted[word] = counted.get(word, 0) + 1
    if not counted:
        return _("No sessions yet.")
    each = ", ".join(f"{count} {word}" for word, count in counted.items())
    total = sum(counted.values())
    sessions = ngettext("{n} session", "{n} sessions", total).format(n=total)
    in_weeks = ngettext("in {n} week", "in {n} weeks", len(weeks)).format(n=len(weeks))
    return f"{sessions} {in_weeks}: {each}."


def attendance_strip(weeks: Sequence[WeekOfAttendance], *, ident: str) -> SafeString:
    """A column of squares per week, a square per session; each square names its status and week."""
    tall = max((len(week.statuses) for week in weeks), default=1)
    width, height = max(len(weeks), 1) * (SQUARE + GAP), tall * (SQUARE + GAP)
    root = svg(width, height, title=_("Attendance"), desc=attendance_words(weeks), ident=ident, kind="strip")
    root.set("width", str(width))
    root.set("height", str(height))
    for column, week in enumerate(weeks):
        for row, status in enumerate(week.statuses):
            known = status_word(status)
            x, y = column * (SQUARE + GAP), row * (SQUARE + GAP)
            box = add(root, "g", f"square square-{known.tone}")
            add(
                box,
                "title",
                "",
                _("{word}, week of {day}").format(word=said(known.word), day=say_date(week.starts)),
            )
            add(box, "rect", "square-box", x=x + 0.5, y=y + 0.5, width=SQUARE - 1, height=SQUARE - 1, rx=2)
            _mark_square(box, known.tone, x, y)
    return finished(root)


def _mark_square(box: Element, tone: str, x: float, y: float) -> None:
    """A sign in the square, so that colour is never alone: a stroke for watch, a cross for wrong."""
    left, right, top, bottom = x + 4, x + SQUARE - 4, y + 4, y + SQUARE - 4
    if tone == "wrong":
        add(box, "path", "square-sign", d=f"M{left} {top}L{right} {bottom}M{right} {top}L{left} {bottom}")
    elif tone == "watch":
        add(box, "path", "square-sign", d=f"M{left} {y + SQUARE / 2}H{right}")


def hours_words(weeks: Sequence[WeekOfHours]) -> str:
    """The bars in one sentence: weeks in which the prescribed hours were reached, and the total."""
    if not weeks:
        return _("No hours yet.")
    reached = sum(week.delivered >= week.prescribed for week in weeks)
    delivered = say_number(sum(week.delivered for week in weeks))
    prescribed = say_number(sum(week.prescribed for week in weeks))
    sentence = _("{had} of {wanted} hours; prescribed hours reached in {reached} of {weeks} weeks.")
    return sentence.format(had=delivered, wanted=prescribed, reached=reached, weeks=len(weeks))


STEP, HEAD, TALL, FOOT = (
    34,
    22,
    96,
    20,
)  # of the bars: a week's width; room for numbers; the tallest bar; room for days


def hours_bars(weeks: Sequence[WeekOfHours], *, ident: str) -> SafeString:
    """A bar per week with a tick at the prescribed hours."""
    most = max((max(week.delivered, week.prescribed) for week in weeks), default=1) or 1
    width = max(len(weeks), 1) * STEP
    words = hours_words(weeks)
    root = svg(
        width, HEAD + TALL + FOOT, title=_("Hours by week"), desc=words, ident=ident, kind="chart-hours"
    )
    for number, week in enumerate(weeks):
        _draw_bar(root, week, number * STEP, TALL / most)
    return finished(root)


def _draw_bar(root: Element, week: WeekOfHours, x: float, scale: float) -> None:
    """One week's bar: its number in the row on top, so that the tick never runs through it."""
    foot, middle = HEAD + TALL, x + STEP / 2
    height, tick = week.delivered * scale, foot - week.prescribed * scale
    given, wanted = say_number(week.delivered), say_number(week.prescribed)
    kind = "bar" if week.delivered >= week.prescribed else "bar bar-short"
    bar = add(root, "rect", kind, x=x + 6, y=foot - height, width=STEP - 12, height=height, rx=2)
    sentence = _("{had} of {wanted} hours, week of {day}")
    add(bar, "title", "", sentence.format(had=given, wanted=wanted, day=say_date(week.starts)))
    add(root, "line", "chart-target", x1=x + 2, x2=x + STEP - 2, y1=tick, y2=tick)
    add(root, "text", "chart-number", given, x=middle, y=11, text_anchor="middle")
    day = f"{week.starts.month}/{week.starts.day}"
    add(root, "text", "chart-day", day, x=middle, y=foot + 15, text_anchor="middle")


def sparkline(values: Sequence[float], *, name: str, lowest: float, highest: float, ident: str) -> SafeString:
    """A line as small as a word, with its last value as a dot."""
    width, height, edge = 88, 22, 4
    each = ", ".join(say_number(value) for value in values) or _("no values yet")
    root = svg(width, height, title=name, desc=f"{name}: {each}.", ident=ident, kind="spark")
    root.set("width", str(width))
    root.set("height", str(height))
    span = (highest - lowest) or 1
    step = (width - 2 * edge) / max(len(values) - 1, 1)
    places = [
        (
            edge + number * step,
            height - edge - (min(max(value, lowest), highest) - lowest) / span * (height - 2 * edge),
        )
        for number, value in enumerate(values)
    ]
    for (x1, y1), (x2, y2) in pairwise(places):
        add(root, "line", "chart-line", x1=x1, y1=y1, x2=x2, y2=y2)
    if places:
        add(root, "circle", "chart-point", cx=places[-1][0], cy=places[-1][1], r=3)
    return finished(root)
