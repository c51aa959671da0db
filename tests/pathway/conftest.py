"""What tests of the pathway may ask for."""

import pytest
from django.db import connection, connections


@pytest.fixture
def many_hands(transactional_db, tmp_path, monkeypatch):
    """Let threads reach the database that the test wrote: an SQLite in memory is first copied to a file."""

    def open_to_threads() -> None:
        if connection.vendor != "sqlite":
            return
        connection.ensure_connection()
        copy = connection.Database.connect(str(tmp_path / "race.sqlite3"))
        connection.connection.backup(copy)
        # An installation's file is WAL from its first migration; threads that switch it at once would meet a lock that
        # no time-out waits for.
        copy.execute("PRAGMA journal_mode=WAL")
        copy.close()
        settings = {**connections.settings["default"], "NAME": str(tmp_path / "race.sqlite3")}
        settings["OPTIONS"] = {**settings.get("OPTIONS", {}), "timeout": 60}
        monkeypatch.setitem(connections.settings, "default", settings)

    return open_to_threads
