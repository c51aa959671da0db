"""Questions that are asked again and again, compiled once.

Django takes several times as long to write a query as SQL as a database takes to answer it. The words of such a
question are always the same: whom and when are its arguments.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet, ValidationError
from django.db import connection
from django.db.models import Model, QuerySet, UUIDField
from django.db.models.query import get_related_populators

Given = ParamSpec("Given")
Row = TypeVar("Row", bound=Model)

# What may be an argument, and made-up ones by which its place in the SQL is found.
MADE_UP: dict[type, Callable[[int], Any]] = {
    int: lambda number: 7_000_000 + number,
    str: lambda number: f"argument {number}",
    UUID: lambda number: UUID(int=number),
    date: lambda number: date.fromordinal(700_000 + number),
    datetime: lambda number: datetime(2001, 2, 3, 4, 5, 6, number, UTC),
}

# Of more arguments than this, each number of them would be a question of its own: Django writes it as it comes.
MANY = 12


def prepared(build: Callable[Given, QuerySet[Row]]) -> Callable[Given, list[Row]]:
    """The rows of the query that `build` makes of its arguments; compiled once for their types when all are positional.

    What differs between two askings must be an argument. Arguments of other types than `MADE_UP` has, None among them,
    and ids written as text are asked the ordinary way.
    """

    @wraps(build)
    def ask(*given: Given.args, **named: Given.kwargs) -> list[Row]:
        kinds = tuple(type(one) for one in given)
        if named or len(given) > MANY or not MADE_UP.keys() >= set(kinds):
            return list(build(*given, **named))
        try:
            asked = question(connection.vendor, kinds)
        except EmptyResultSet:  # among nothing, nothing is found
            return []
        return list(build(*given, **named)) if asked is None else asked.ask(given)

    @cache
    def question(vendor: str, kinds: tuple[type, ...]) -> _Question | None:
        try:
            return compiled(kinds)
        except ValidationError:  # an id written as text: Django has to read it each time
            return None

    def compiled(kinds: tuple[type, ...]) -> _Question:
        one, other = (_compiled(build, kinds, first) for first in (1, 1_001))
        if (one.sql, one.places, one.constants) != (other.sql, other.places, other.constants):
            raise AssertionError(f"{build.__name__} takes a value that is no argument")
        return one

    return ask


@dataclass(frozen=True)
class _Question:
    """SQL whose places are filled with an argument (by its number) or always the same, and how rows become models."""

    sql: str
    places: tuple[int | None, ...]
    constants: tuple[Any, ...]
    model: type[Model]
    names: tuple[str, ...]
    columns: slice
    converters: tuple[tuple[int, Sequence[Any], Any], ...]
    related: Sequence[Any]

    def ask(self, given: Sequence[Any]) -> list[Any]:
        """The rows for these arguments."""
        sent = [_sent(one) for one in given]
        filled = [
            always if place is None else sent[place]
            for place, always in zip(self.places, self.constants, strict=True)
        ]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, filled)
            return [self._row(list(values)) for values in cursor.fetchall()]

    def _row(self, values: list[Any]) -> Model:
        for place, converters, expression in self.converters:
            for convert in converters:
                values[place] = convert(values[place], expression, connection)
        row = self.model.from_db(connection.alias, self.names, values[self.columns])
        for one in self.related:
            one.populate(values, row)
        return row


def _compiled(build: Callable[..., QuerySet[Any]], kinds: tuple[type, ...], first: int) -> _Question:
    given = [MADE_UP[kind](first + number) for number, kind in enumerate(kinds)]
    rows = build(*given)
    compiler = rows.query.get_compiler(connection=connection)
    sql, params = compiler.as_sql()
    sent = [_sent(one) for one in given]
    places = tuple(sent.index(one) if one in sent else None for one in params)
    if set(range(len(given))) - set(places):
        raise AssertionError(f"{build.__name__} does something with an argument before it asks")
    select, klass = compiler.select or (), compiler.klass_info or {}
    own = klass["select_fields"]
    converters = compiler.get_converters([column[0] for column in select])
    return _Question(
        sql=sql,
        places=places,
        constants=tuple(one if place is None else None for one, place in zip(params, places, strict=True)),
        model=rows.model,
        names=tuple(column[0].target.attname for column in select[own[0] : own[-1] + 1]),
        columns=slice(own[0], own[-1] + 1),
        converters=tuple((place, found[0], found[1]) for place, found in converters.items()),
        # The stubs are those of a later Django.
        related=get_related_populators(klass, select, connection.alias),  # type: ignore[call-arg]
    )


def _sent(value: Any) -> Any:
    """A value as the database's driver takes it."""
    if isinstance(value, UUID):
        return UUIDField().get_db_prep_value(value, connection)
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value
