"""How the embedded database is set: what was acknowledged survives a kill and a power cut, and writers take turns."""

from django.db import connection

from throughcare.pathway.backup.sources import libpq_environment
from throughcare.postgres.base import DatabaseWrapper
from throughcare.settings import database


def test_what_is_acknowledged_on_the_embedded_database_outlives_the_power(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    options = database()["OPTIONS"]
    said = {one.strip() for one in options["init_command"].split(";")}
    assert {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL"} <= said
    assert options["transaction_mode"] == "IMMEDIATE", "two readers who both go on to write would fail"


def test_the_address_of_a_postgresql_waits_for_nobody_for_ever(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://clinic@db.example/clinic")
    told = DatabaseWrapper({**connection.settings_dict, **database()}).get_connection_params()
    for limit in ("lock_timeout=20000", "statement_timeout=3600000"):
        assert limit in told["options"]
    assert told["connect_timeout"] == 5


def test_behind_a_pooler_connections_bring_no_options_and_backups_go_to_the_server(monkeypatch, settings):
    direct = "postgres://clinic:word@db.example:5432/clinic?sslmode=verify-full"
    settings.DATABASE_DIRECT_URL = direct
    monkeypatch.setenv("DATABASE_URL", "postgres://clinic@pooler.example:6432/clinic")
    monkeypatch.setattr("throughcare.settings.DATABASE_DIRECT_URL", direct)
    told = DatabaseWrapper({**connection.settings_dict, **database()}).get_connection_params()
    assert told["host"] == "pooler.example" and "options" not in told
    past = libpq_environment()
    assert (past["PGHOST"], past["PGPORT"], past["PGSSLMODE"]) == ("db.example", "5432", "verify-full")
