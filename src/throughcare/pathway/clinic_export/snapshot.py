"""One moment of the database to read a whole clinic from, while everybody goes on writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read within is as it was at the first question; nobody waits, and nothing can be written.

    Within a transaction of the caller's, that one is the moment.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with _reading_sqlite():
            yield


@contextmanager
def _reading_sqlite() -> Iterator[None]:
    """The house begins every transaction as a writer, one at a time; this one only reads."""
    connection.ensure_connection()
    engine: Any = connection
    usual, engine.transaction_mode = engine.transaction_mode, "DEFERRED"
    try:
        with transaction.atomic():
            engine.transaction_mode = usual
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA query_only=ON")
            yield
    finally:
        engine.transaction_mode = usual
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only=OFF")
