"""How the embedded database is set: what was acknowledged survives a kill and a power cut, and writers take turns."""

from throughcare.settings import database


def test_what_is_acknowledged_on_the_embedded_database_outlives_the_power(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    options = database()["OPTIONS"]
    said = {one.strip() for one in options["init_command"].split(";")}
    assert {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL"} <= said
    assert options["transaction_mode"] == "IMMEDIATE", "two readers who both go on to write would fail"


def test_the_address_of_a_postgresql_waits_for_nobody_for_ever(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://clinic@db.example/clinic")
    options = database()["OPTIONS"]
    assert "lock_timeout" in options["options"] and options["connect_timeout"]
