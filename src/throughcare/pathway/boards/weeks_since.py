"""Counting weeks in the database, on both engines."""

from datetime import date
from typing import Any

from django.db.models import DateField, Func, IntegerField, Value
from django.db.models.sql.compiler import SQLCompiler


class WeeksSince(Func):
    """Whole weeks from `monday` to a date column: 0 in the week that begins on it."""

    output_field = IntegerField()

    def __init__(self, day: str, monday: date) -> None:
        super().__init__(day, Value(monday, output_field=DateField()))

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **context: Any) -> Any:
        """Dates are text there."""
        template = "CAST((julianday(%(expressions)s)) / 7 AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, arg_joiner=") - julianday(", **context)

    def as_postgresql(self, compiler: SQLCompiler, connection: Any, **context: Any) -> Any:
        """Dates subtract to days there."""
        return self.as_sql(
            compiler, connection, template="((%(expressions)s) / 7)", arg_joiner=" - ", **context
        )
