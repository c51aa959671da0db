"""The field for hours of a week: a time from and a time to for each weekday."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_time

from throughcare.knowledge.tracks import WEEKDAYS

Row = list[str | int]


class WeeklyHoursInput(forms.Widget):
    """Seven rows of two times; its value is a list of `[weekday, from, to]`, the rows left empty left out."""

    template_name = "intake/weekly_hours.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The rows with what was given."""
        context = super().get_context(name, value, attrs)
        given = {row[0]: row for row in value or []}
        ident = context["widget"]["attrs"].get("id", name)
        context["widget"]["rows"] = [
            {
                "day": day,
                "from_name": f"{name}-{number}-from",
                "to_name": f"{name}-{number}-to",
                # The first input carries the id that an error links to.
                "from_id": f"{ident}_0" if number == 0 else f"{ident}-{number}-from",
                "to_id": f"{ident}-{number}-to",
                "from": given[number][1] if number in given else "",
                "to": given[number][2] if number in given else "",
            }
            for number, day in enumerate(WEEKDAYS)
        ]
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[Row]:
        """The rows of which at least one time was given."""
        rows: list[Row] = []
        for number in range(7):
            starts = str(data.get(f"{name}-{number}-from", "")).strip()
            ends = str(data.get(f"{name}-{number}-to", "")).strip()
            if starts or ends:
                rows.append([number, starts, ends])
        return rows

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether the week was not on the page at all."""
        return not any(f"{name}-{number}-from" in data for number in range(7))


class WeeklyHours(forms.Field):
    """Hours of a week, as rows of a weekday (0 is Monday) and two times like 07:00."""

    widget = WeeklyHoursInput

    def clean(self, value: Any) -> list[Row]:
        """The rows with both times read. Raises `ValidationError` naming each day that is half filled in."""
        wrong = []
        rows: list[Row] = []
        for number, starts, ends in value or []:
            first, last = _time(str(starts)), _time(str(ends))
            if first is None or last is None:
                wrong.append(
                    f"{WEEKDAYS[int(number)]}: fill in both times, like 9:00 AM and 5:00 PM, or leave both empty"
                )
            else:
                rows.append([number, f"{first:%H:%M}", f"{last:%H:%M}"])
        if wrong:
            raise ValidationError(wrong)
        return rows


def _time(text: str) -> time | None:
    try:
        return parse_time(text)
    except ValueError:
        return None
