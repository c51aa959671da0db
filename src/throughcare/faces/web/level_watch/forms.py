"""The form of a seat held at the next level."""

from collections.abc import Sequence
from typing import Any

from throughcare.faces.web.fields import Date, Select, Text
from throughcare.faces.web.form import Form


class HoldForm(Form):
    """At which level, where, and until when."""

    place = Text(
        "Or where else the seat is",
        hint="Which program or clinic, and who promised it",
        optional=True,
    )
    until_date = Date(
        "Until",
        hint="The seat is free again the day after, without anybody doing anything",
        missing="Choose the last day on which the seat is held",
    )
    field_order = ("level", "group", "place", "until_date")

    def __init__(
        self,
        *args: Any,
        levels: Sequence[tuple[str, str]],
        groups: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"] = Select("Level", levels, missing="Choose the level")
        self.fields["group"] = Select(
            "Group here",
            [("", "None of them"), *groups],
            hint="The place counts as taken for everybody else",
            optional=True,
        )
        self.order_fields(self.field_order)
