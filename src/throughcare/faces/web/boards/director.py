"""The director's page: seven numbers, each with its definition, and how they move."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from throughcare.faces.web.boards.forms import SiteFilter
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.knowledge.outcomes import Outcome
from throughcare.pathway.boards.seven_numbers import Number, seven_numbers
from throughcare.pathway.clinic.filter_choices import site_choices

COLUMNS = (
    Column("Number"),
    Column("Now", numbers=True),
    Column("Week by week"),
    Column("Target"),
    Column("What it counts"),
    Column("Where the target comes from"),
)
# What the parts and wholes of a number are.
OF = {
    "kept_to_session_4": "people",
    "hours_attended": "hours",
    "weeks_at_minimum": "weeks of one person",
    "measures_returned": "measures",
    "kept_next_appointment": "discharges",
}
TONES = {True: "good", False: "watch", None: "plain"}
REACHED = {True: "reached", False: "not reached", None: "nobody to count yet"}


@dataclass(frozen=True)
class Tile:
    """One of the seven on top of the page."""

    title: str
    value: str
    unit: str
    note: str
    tone: str


@dataclass(frozen=True)
class Row:
    """A number with its definition; `weekly` in days or percent, `highest` the top of its drawing."""

    outcome: Outcome
    value: str
    of: str
    target: str
    weekly: tuple[float, ...]
    highest: float


def director(request: StaffRequest) -> HttpResponse:
    """Seven numbers of the last eight whole weeks."""
    form = SiteFilter(site_choices(by=request.actor), request.GET)
    found = seven_numbers(form.site(), by=request.actor, at=timezone.now())
    context = {
        "tiles": [_tile(numbers) for numbers in found.numbers],
        "rows": [_row(number) for numbers in found.numbers for number in numbers],
        "columns": COLUMNS,
        "form": form,
        "lead": f"{_day(found.since)} to {_day(found.until)}, eight whole weeks.",
    }
    return render(request, "boards/director.html", context)


def _tile(numbers: Sequence[Number]) -> Tile:
    first = numbers[0]
    if len(numbers) > 1:
        return _tile_of_several(numbers)
    value, _, unit = _words(first.outcome, first.value).partition(" ")
    return Tile(
        title=first.outcome.title,
        value=value,
        unit=unit,
        note=f"{_of(first)}. Target {_target(first.outcome)}: {REACHED[first.is_reached]}.",
        tone=TONES[first.is_reached],
    )


def _tile_of_several(numbers: Sequence[Number]) -> Tile:
    """Still in care: one number, told at several days."""
    first, days = numbers[0], ", ".join(str(one.outcome.within_days) for one in numbers)
    known = [one.is_reached for one in numbers if one.is_reached is not None]
    reached = all(known) if known else None
    values = " / ".join("–" if one.value is None else f"{100 * one.value:.0f}" for one in numbers)
    targets = " / ".join(f"{100 * one.outcome.target:.0f}" for one in numbers)
    return Tile(
        title=f"Still in care at {days} days",
        value=values if known else "–",
        unit="%" if known else "",
        note=f"{_of(first)} at {first.outcome.within_days} days. "
        f"Target at least {targets} %: {REACHED[reached]}.",
        tone=TONES[reached],
    )


def _row(number: Number) -> Row:
    is_days = number.outcome.unit == "days"
    weekly = tuple(value if is_days else round(100 * value) for value in number.weekly if value is not None)
    return Row(
        outcome=number.outcome,
        value=_words(number.outcome, number.value),
        of=_of(number),
        target=_target(number.outcome),
        weekly=weekly,
        highest=max(weekly, default=1) if is_days else 100,
    )


def _words(outcome: Outcome, value: float | None) -> str:
    if value is None:
        return "–"
    if outcome.unit == "days":
        return f"{value:g} day{'' if value == 1 else 's'}"
    return f"{round(100 * value, 1):g} %"


def _of(number: Number) -> str:
    if number.outcome.unit == "days":
        return f"Median of {number.whole:,} {'person' if number.whole == 1 else 'people'}"
    return f"{number.part:,} of {number.whole:,} {OF.get(number.outcome.code, 'people')}"


def _target(outcome: Outcome) -> str:
    bound = "at most" if outcome.better == "lower" else "at least"
    return f"{bound} {_words(outcome, outcome.target)}"


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
