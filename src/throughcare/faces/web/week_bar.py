"""One week's hours as a bar: what was had, made up, is to come or could be made up, against what was prescribed."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .charts import add, finished, say_number, svg

WIDTH, HEIGHT, TOP, TALL, FOOT = 320, 60, 18, 24, 56
SWATCH = 12


@dataclass(frozen=True)
class BarOfWeek:
    """A week in hours. `came` leaves out what was `made_up`; `open` could still be made up of what is missing."""

    prescribed: float
    planned: float
    came: float
    made_up: float
    to_come: float
    open: float

    @property
    def missing(self) -> float:
        """Hours that nothing planned will bring, and nothing left in the week can."""
        return max(0.0, self.prescribed - self.came - self.made_up - self.to_come - self.open)


@dataclass(frozen=True)
class PartOfBar:
    """One part of the bar: its class, its words, its hours."""

    kind: str
    words: str
    hours: float


def parts_of(week: BarOfWeek) -> tuple[PartOfBar, ...]:
    """The parts from left to right; what is none is left out."""
    every = (
        PartOfBar("bar-came", _("You came"), week.came),
        PartOfBar("bar-made-up", _("Made up"), week.made_up),
        PartOfBar("bar-to-come", _("Still to come"), week.to_come),
        PartOfBar("bar-open", _("You can still make up"), week.open),
        PartOfBar("bar-missing", _("Missing"), week.missing),
    )
    return tuple(part for part in every if part.hours > 0)


def bar_words(week: BarOfWeek) -> str:
    """The bar in one sentence."""
    said = ", ".join(f"{part.words.lower()} {say_number(part.hours)}" for part in parts_of(week)) or _(
        "nothing yet"
    )
    said = f"{said[0].upper()}{said[1:]}"
    if not week.prescribed:
        return f"{said}."
    return _("{parts} of {wanted} h.").format(parts=said, wanted=say_number(week.prescribed))


def week_bar(week: BarOfWeek, *, ident: str) -> SafeString:
    """The parts side by side, with a mark at the prescribed hours."""
    root = svg(
        WIDTH, HEIGHT, title=_("Hours of the week"), desc=bar_words(week), ident=ident, kind="chart-week"
    )
    parts = parts_of(week)
    most = max(week.prescribed, sum(part.hours for part in parts)) or 1
    add(root, "rect", "meter-track", x=0, y=TOP, width=WIDTH, height=TALL, rx=3)
    for part, x, width in _placed(parts, most):
        box = add(root, "rect", part.kind, x=x, y=TOP, width=width, height=TALL)
        add(box, "title", "", f"{part.words}: {say_number(part.hours)} h")
        if width > SWATCH + 4:
            add(
                root,
                "text",
                "chart-number",
                say_number(part.hours),
                x=x + width / 2,
                y=FOOT,
                text_anchor="middle",
            )
    if week.prescribed:
        x = min(WIDTH - 1, WIDTH * week.prescribed / most)
        add(root, "line", "chart-target", x1=x, x2=x, y1=TOP - 5, y2=TOP + TALL + 5)
        said = _("{hours} h in your plan").format(hours=say_number(week.prescribed))
        add(root, "text", "chart-number", said, x=min(x, WIDTH), y=11, text_anchor="end")
    return finished(root)


def _placed(parts: tuple[PartOfBar, ...], most: float) -> Iterator[tuple[PartOfBar, float, float]]:
    x = 0.0
    for part in parts:
        width = WIDTH * part.hours / most
        yield part, x, width
        x += width


def swatch(kind: str) -> SafeString:
    """A small square in the colour and pattern of a part, for the words beside the bar."""
    root = svg(SWATCH, SWATCH, title="", desc="", ident="", kind="swatch")
    for child in list(root):
        root.remove(child)
    for name in ("role", "aria-labelledby"):
        del root.attrib[name]
    root.set("aria-hidden", "true")
    root.set("width", str(SWATCH))
    root.set("height", str(SWATCH))
    add(root, "rect", kind, x=1, y=1, width=SWATCH - 2, height=SWATCH - 2)
    return finished(root)
