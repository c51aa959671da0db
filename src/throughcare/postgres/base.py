"""Django's backend for PostgreSQL, with an end to waiting (decision 36)."""

import threading
import time
from collections.abc import Generator
from typing import Any, TypeVar

import psycopg
from django.conf import settings
from django.db.backends.postgresql import base

from throughcare.postgres import do_people_wait, patience

Answer = TypeVar("Answer")
# A connection that lives says so at once.
ALIVE_WITHIN_SECONDS = 3.0
# Whoever waits for somebody else's row is told before the question itself is given up.
BEFORE_GIVING_UP_SECONDS = 2.0
LONGEST_LOCK_SECONDS = 20.0
LOOKS_AGAIN_SECONDS = 2.0


class Away:
    """Whether the server was found not to answer a moment ago. One then tries again; the others are told at once."""

    def __init__(self) -> None:
        self._lock, self._until = threading.Lock(), float("-inf")

    def refuse_or_try(self, seconds: float) -> bool:
        """Refuse while it is away; who comes after that tries, and the others wait for nothing meanwhile.

        True for who tries whether it is back.
        """
        with self._lock:
            if self.is_so():
                raise psycopg.OperationalError("the database did not answer a moment ago")
            if self._until < 0:
                return False
            self._until = time.monotonic() + seconds
            return True

    def is_so(self) -> bool:
        """Whether it is not worth asking now."""
        return do_people_wait() and time.monotonic() < self._until

    def found(self) -> None:
        """It did not answer."""
        self._until = time.monotonic() + LOOKS_AGAIN_SECONDS

    def over(self) -> None:
        """It answers."""
        self._until = float("-inf")


AWAY = Away()


class Connection(psycopg.Connection[Any]):
    """Gives up on a server that does not answer, and closes: what it would say later is nobody's answer."""

    patience: float | None = None

    def wait(
        self, gen: Generator[Any, Any, Answer], interval: float = 0.1, timeout: float | None = None
    ) -> Answer:
        """The answer. Raises `OperationalError` when there is none in time."""
        try:
            return super().wait(gen, interval, self.patience if timeout is None else timeout)
        except psycopg.errors._WaitTimeout:
            self.pgconn.finish()
            AWAY.found()
            raise psycopg.OperationalError("the database does not answer") from None


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, whose connections have an end to waiting, here and at the server."""

    def get_connection_params(self) -> dict[str, Any]:
        """With the server's own limits, so that it does not go on with what nobody waits for; the address wins.

        A pooler's connections belong to nobody: it takes no options, and the role has them (docs/operate.md).
        """
        told: dict[str, Any] = super().get_connection_params()
        if settings.DATABASE_DIRECT_URL:
            return told
        lock = min(LONGEST_LOCK_SECONDS, patience() - BEFORE_GIVING_UP_SECONDS)
        told["options"] = (
            f"-c statement_timeout={int(patience() * 1000)} -c lock_timeout={int(lock * 1000)} "
            f"{told.get('options', '')}"
        )
        return told

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection:
        """One that gives up in time."""
        seconds = float(conn_params["connect_timeout"]) + ALIVE_WITHIN_SECONDS
        is_doubted = AWAY.refuse_or_try(seconds)
        self.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
        try:
            connection = Connection.connect(**conn_params)
        except psycopg.errors.ConnectionTimeout:
            AWAY.found()
            raise
        if is_doubted:
            # A pooler in between takes connections whatever became of the server.
            connection.patience = ALIVE_WITHIN_SECONDS
            connection.execute("SELECT 1")
            connection.rollback()
        # A second after the server's own limit: what ends there leaves the connection whole.
        connection.patience = patience() + 1
        AWAY.over()
        return connection

    def is_usable(self) -> bool:
        """Whether it still answers, asked with less patience than a question."""
        connection = self.connection
        if connection is None or AWAY.is_so():
            return False
        kept, connection.patience = connection.patience, ALIVE_WITHIN_SECONDS
        try:
            return bool(super().is_usable())
        finally:
            connection.patience = kept
