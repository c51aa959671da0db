"""How a week got better while it was solved, drawn as SVG by a pure function."""

from collections.abc import Sequence
from itertools import pairwise
from xml.etree.ElementTree import Element

from django.utils.safestring import SafeString

from throughcare.faces.web.charts import add, finished, say_number, svg
from throughcare.pathway.timetable.runs.turns import Step

WIDTH, HEIGHT = 440, 190
LEFT, RIGHT, TOP, BOTTOM = 52, 16, 14, 28


def curve(steps: Sequence[Step], *, seconds: float, ident: str) -> SafeString:
    """The cost of the best week over time, with the proven bound below it; `seconds` is the whole limit."""
    root = svg(
        WIDTH, HEIGHT, title="Cost of the best week", desc=in_words(steps), ident=ident, kind="chart-scores"
    )
    highest = max((one.cost for one in steps), default=1) or 1
    lasts = max([seconds, *(one.seconds for one in steps)]) or 1
    _draw_frame(root, highest, lasts)
    if not steps:
        return finished(root)

    def place(after: float, cost: float) -> tuple[float, float]:
        x = LEFT + (WIDTH - LEFT - RIGHT) * after / lasts
        return x, TOP + (HEIGHT - TOP - BOTTOM) * (1 - max(cost, 0) / highest)

    # A better week is there from one moment to the next: stairs, not slopes.
    stairs = [place(steps[0].seconds, steps[0].cost)]
    for before, one in pairwise(steps):
        stairs += [place(one.seconds, before.cost), place(one.seconds, one.cost)]
    if len(stairs) > 1:
        add(root, "polyline", "chart-line", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in stairs))
    x, y = stairs[-1]
    add(root, "circle", "chart-point", cx=x, cy=y, r=4)
    bound = steps[-1].bound
    if bound is not None:
        _, y = place(0, bound)
        add(root, "line", "chart-target", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y)
        said = f"No week costs less than {say_number(round(bound))}"
        add(root, "text", "chart-target-name", said, x=LEFT + 5, y=max(y - 5, 11), text_anchor="start")
    return finished(root)


def _draw_frame(root: Element, highest: float, lasts: float) -> None:
    for value in (0.0, highest):
        y = TOP if value else HEIGHT - BOTTOM
        add(root, "text", "chart-scale", say_number(round(value)), x=LEFT - 7, y=y + 4, text_anchor="end")
    add(root, "line", "chart-axis", x1=LEFT, x2=WIDTH - RIGHT, y1=HEIGHT - BOTTOM, y2=HEIGHT - BOTTOM)
    for value in (0.0, lasts):
        x = LEFT if not value else WIDTH - RIGHT
        anchor = "start" if not value else "end"
        add(root, "text", "chart-day", f"{say_number(round(value))} s", x=x, y=HEIGHT - 8, text_anchor=anchor)


def in_words(steps: Sequence[Step]) -> str:
    """The curve in a sentence."""
    if not steps:
        return "No week was found yet."
    first, last = steps[0], steps[-1]
    said = f"After {say_number(round(last.seconds, 1))} seconds the best week costs {say_number(round(last.cost))}"
    return f"{said}; the first one cost {say_number(round(first.cost))}." if len(steps) > 1 else f"{said}."


def told(steps: Sequence[Step], most: int = 12) -> list[Step]:
    """Steps for the table: the first, the last, and some between."""
    if len(steps) <= most:
        return list(steps)
    gap = (len(steps) - 1) / (most - 1)
    return [steps[round(n * gap)] for n in range(most)]
