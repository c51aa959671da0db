"""Rows whose column is among many numbers, sent as one argument: the words of the question stay the same."""

import json
from typing import Any

from django.db.models import Field, ForeignKey, Lookup


class Keys(tuple[int, ...]):
    """Numbers to look up with `column__among=Keys(...)`."""

    __slots__ = ()


AMONG_JSON = "(SELECT value FROM json_each(%s))"


@ForeignKey.register_lookup
@Field.register_lookup
class Among(Lookup):
    """`column__among=Keys(...)`: as `in`, with one argument instead of one for each number."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """As SQLite takes it: a list in JSON."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} IN {AMONG_JSON}", [*params, as_argument(self.rhs, connection)]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """As PostgreSQL takes it: an array."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*params, as_argument(self.rhs, connection)]


def as_argument(keys: Keys, connection: Any) -> Any:
    """The numbers as the database's driver takes them."""
    return list(keys) if connection.vendor == "postgresql" else json.dumps(list(keys))
