"""Questions that are asked again and again, compiled once.

Django takes several times as long to write a query as SQL as a database takes to answer it. The words of such a
question are always the same: whom and when are its arguments.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, wraps
from operator import itemgetter
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet, ValidationError
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Model, QuerySet, UUIDField
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
    get_related_populators,
)

from throughcare.records.among import Keys, as_argument

Given = ParamSpec("Given")
Row = TypeVar("Row")

# What may be an argument, and made-up ones by which its place in the SQL is found.
MADE_UP: dict[type, Callable[[int], Any]] = {
    int: lambda number: 7_000_000 + number,
    str: lambda number: f"argument {number}",
    UUID: lambda number: UUID(int=number),
    date: lambda number: date.fromordinal(700_000 + number),
    datetime: lambda number: datetime(2001, 2, 3, 4, 5, 6, number, UTC),
    Keys: lambda number: Keys((8_000_000 + number,)),
}

UUID_FIELD: "UUIDField[Any, Any]" = UUIDField()

# Of more arguments than this, each number of them would be a question of its own: Django writes it as it comes.
MANY = 12


def prepared(build: Callable[Given, QuerySet[Any, Row]]) -> Callable[Given, list[Row]]:
    """The rows of the query that `build` makes of its arguments; compiled once for their types when all are positional.

    What differs between two askings must be an argument; many numbers are one, as `Keys`. Arguments of other types than
    `MADE_UP` has, None among them, and ids written as text are asked the ordinary way. Rows are models with what
    `select_related` and `annotate` add (not `prefetch_related`) or, of a `values_list`, tuples.
    """

    @wraps(build)
    def ask(*given: Given.args, **named: Given.kwargs) -> list[Row]:
        kinds = tuple(type(one) for one in given)
        if named or len(given) > MANY or not MADE_UP.keys() >= set(kinds):
            return list(build(*given, **named))
        database = connections[DEFAULT_DB_ALIAS]  # found once: each look at `connection` finds it anew
        try:
            asked = question(database.vendor, kinds)
        except EmptyResultSet:  # among nothing, nothing is found
            return []
        return list(build(*given, **named)) if asked is None else asked.ask(given, database)

    @cache
    def question(vendor: str, kinds: tuple[type, ...]) -> _Question | None:
        try:
            return compiled(kinds)
        except ValidationError:  # an id written as text: Django has to read it each time
            return None

    def compiled(kinds: tuple[type, ...]) -> _Question:
        one, other = (_compiled(build, kinds, first) for first in (1, 1_001))
        # As they are written: what psycopg wraps for a column of JSON equals nothing but itself.
        if (one.sql, one.places, repr(one.constants)) != (other.sql, other.places, repr(other.constants)):
            raise AssertionError(f"{build.__name__} takes a value that is no argument")
        return one

    return ask


@dataclass(frozen=True)
class _Question:
    """SQL whose places are filled with an argument (by its number) or always the same, and how rows become models."""

    sql: str
    places: tuple[int | None, ...]
    constants: tuple[Any, ...]
    converters: tuple[tuple[int, Sequence[Any], Any], ...]
    shape: Callable[[list[Any]], Any]

    def ask(self, given: Sequence[Any], database: Any) -> list[Any]:
        """The rows for these arguments."""
        sent = [_sent(one, database) for one in given]
        filled = [
            always if place is None else sent[place]
            for place, always in zip(self.places, self.constants, strict=True)
        ]
        with database.cursor() as cursor:
            cursor.execute(self.sql, filled)
            rows: list[Any] = cursor.fetchall()
        if self.converters:
            rows = [self._converted(values, database) for values in rows]
        return rows if self.shape is tuple and not self.converters else [self.shape(one) for one in rows]

    def _converted(self, row: Sequence[Any], database: Any) -> list[Any]:
        values = list(row)
        for place, converters, expression in self.converters:
            for convert in converters:
                values[place] = convert(values[place], expression, database)
        return values


def _compiled(build: Callable[..., QuerySet[Any, Any]], kinds: tuple[type, ...], first: int) -> _Question:
    given = [MADE_UP[kind](first + number) for number, kind in enumerate(kinds)]
    rows = build(*given)
    compiler = rows.query.get_compiler(connection=connection)
    sql, params = compiler.as_sql()
    sent = [_sent(one, connection) for one in given]
    places = tuple(sent.index(one) if one in sent else None for one in params)
    if set(range(len(given))) - set(places):
        raise AssertionError(f"{build.__name__} does something with an argument before it asks")
    converters = compiler.get_converters([column[0] for column in compiler.select or ()])
    return _Question(
        sql=sql,
        places=places,
        constants=tuple(one if place is None else None for one, place in zip(params, places, strict=True)),
        converters=tuple((place, found[0], found[1]) for place, found in converters.items()),
        shape=_shape(rows, compiler),
    )


def _shape(rows: QuerySet[Any, Any], compiler: Any) -> Callable[[list[Any]], Any]:
    """What a row becomes: a model with what belongs to it, a tuple, or the one value of a flat list."""
    kind = rows._iterable_class  # Django says nowhere else what a query yields
    if kind is ValuesListIterable:
        return tuple
    if kind is FlatValuesListIterable:
        return itemgetter(0)
    if kind is not ModelIterable:
        raise AssertionError("only models and lists of values can be prepared")
    klass = compiler.klass_info
    own = klass["select_fields"]
    columns = slice(own[0], own[-1] + 1)
    names = [column[0].target.attname for column in compiler.select[columns]]
    added = tuple(compiler.annotation_col_map.items())
    # The stubs are those of a later Django.
    related = get_related_populators(klass, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]

    def model(values: list[Any]) -> Model:
        row: Model = rows.model.from_db(DEFAULT_DB_ALIAS, names, values[columns])
        for one in related:
            one.populate(values, row)
        for name, place in added:
            setattr(row, name, values[place])
        return row

    return model


def _sent(value: Any, database: Any) -> Any:
    """A value as the database's driver takes it."""
    kind = type(value)
    if kind is int or kind is str:
        return value
    if kind is UUID:
        return UUID_FIELD.get_db_prep_value(value, database)
    if kind is datetime:
        return database.ops.adapt_datetimefield_value(value)
    if kind is date:
        return database.ops.adapt_datefield_value(value)
    return as_argument(value, database)
