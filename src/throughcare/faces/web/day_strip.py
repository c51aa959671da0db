"""Daily check-ins as a row of squares, one a day."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from django.utils.dateformat import format as date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .charts import add, finished, say_date, svg

SIDE, GAP, FOOT = 24, 4, 16
STRONG = 7


class DaySquare(Protocol):
    """What a square shows of a day: whether somebody spoke, whether they used, their craving and mood."""

    @property
    def on(self) -> date:
        """The day."""
        ...

    @property
    def said(self) -> bool:
        """Whether anything was said."""
        ...

    @property
    def used(self) -> bool:
        """Whether use was told."""
        ...

    @property
    def craving(self) -> int | None:
        """From 0 to 10."""
        ...

    @property
    def mood(self) -> int | None:
        """From 0 to 10."""
        ...


def days_words(days: Sequence[DaySquare]) -> str:
    """The row in one sentence."""
    said = sum(day.said for day in days)
    used = [date_format(day.on, _("M j")) for day in days if day.used]
    strong = [day for day in days if day.craving is not None and day.craving >= STRONG]
    parts = [_("{said} of the last {days} days.").format(said=said, days=len(days))]
    parts += [_("Use told on {days}.").format(days=", ".join(used))] if used else []
    if strong:
        sentence = ngettext(
            "Craving {level} or more on {n} day.", "Craving {level} or more on {n} days.", len(strong)
        )
        parts.append(sentence.format(level=STRONG, n=len(strong)))
    return " ".join(parts)


def draw_days(days: Sequence[DaySquare], *, ident: str) -> SafeString:
    """A square a day with its craving in it; a cross marks told use, an empty square a day without a word."""
    width = max(len(days), 1) * (SIDE + GAP)
    root = svg(
        width,
        SIDE + FOOT,
        title=_("Daily check-ins"),
        desc=days_words(days),
        ident=ident,
        kind="strip day-strip",
    )
    root.set("width", str(width))
    root.set("height", str(SIDE + FOOT))
    for number, day in enumerate(days):
        x = number * (SIDE + GAP)
        box = add(root, "g", f"square square-{_tone(day)}")
        add(box, "title", "", _title(day))
        add(box, "rect", "square-box", x=x + 0.5, y=0.5, width=SIDE - 1, height=SIDE - 1, rx=3)
        if day.craving is not None:
            add(box, "text", "day-number", str(day.craving), x=x + SIDE / 2, y=SIDE - 7, text_anchor="middle")
        elif day.used:
            add(box, "path", "square-sign", d=f"M{x + 7} 7L{x + 17} 17M{x + 17} 7L{x + 7} 17")
        letter = date_format(day.on, "D")[0].upper()
        add(root, "text", "chart-day", letter, x=x + SIDE / 2, y=SIDE + 13, text_anchor="middle")
    return finished(root)


def _tone(day: DaySquare) -> str:
    if not day.said:
        return "plain"
    if day.used:
        return "wrong"
    return "watch" if day.craving is not None and day.craving >= STRONG else "calm"


def _title(day: DaySquare) -> str:
    if not day.said:
        return _("{day}: nothing said").format(day=say_date(day.on))
    parts = [
        _("drank or used") if day.used else "",
        _("craving {number}").format(number=day.craving) if day.craving is not None else "",
        _("mood {number}").format(number=day.mood) if day.mood is not None else "",
    ]
    return f"{say_date(day.on)}: {', '.join(part for part in parts if part) or _('checked in')}"
