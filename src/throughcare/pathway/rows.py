"""Reading rows without asking more of the database than is needed."""

from typing import TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


def only_row(rows: "QuerySet[Row] | list[Row]") -> Row | None:
    """The row of a query that finds one at most. `first()` would ask for an order, which costs more than the row."""
    return next(iter(rows[:1]), None)
