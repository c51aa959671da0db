"""What every test may ask for."""

import gc
import os
import tempfile
from pathlib import Path

import hypothesis
import pytest

# Before Django loads: tests never touch a data folder of the person who runs them.
os.environ["THROUGHCARE_DATA"] = tempfile.mkdtemp(prefix="throughcare-tests-")
os.environ.setdefault("SECRET_KEY", "for tests only; no data of anyone is behind it")

from django.conf import settings as program_settings

from tests.cast import Cast
from tests.remembered import recall_cast

# The plugin that starts Django reads the settings before this file is read.
program_settings.DATA = Path(os.environ["THROUGHCARE_DATA"])
program_settings.DOWNTIME_FOLDER = program_settings.DATA / "downtime"
# Tests ask faster than any client may; those of the limit say so themselves.
program_settings.REQUESTS_A_MINUTE = 0

# How long a machine takes to make up an example says nothing about the program.
hypothesis.settings.register_profile(
    "house", suppress_health_check=[hypothesis.HealthCheck.too_slow], deadline=None
)
hypothesis.settings.load_profile("house")

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


# What starts processes of its own on the engine that is under test, without a database of this process.
ON_EVERY_ENGINE = (
    "tests/crashes/",
    "tests/faces/cli/test_processes.py",
    "tests/faces/worker/",
    "tests/upgrades/",
)


def pytest_addoption(parser):
    """The second engine needs no test that no engine changes."""
    parser.addoption("--only-with-database", action="store_true", help="leave out what asks for no database")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Leave out what asks for no database, when told so."""
    if config.getoption("--only-with-database"):
        kept = [one for one in items if asks_for_database(one)]
        config.hook.pytest_deselected(items=[one for one in items if one not in set(kept)])
        items[:] = kept


def asks_for_database(item) -> bool:
    """Whether an engine may change what this test sees."""
    asks = item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(item.fixturenames)
    return bool(asks) or item.nodeid.startswith(ON_EVERY_ENGINE)


def pytest_collection_finish():
    """What was collected stays until the end: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)  # as throughcare/wsgi.py does


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Hash passwords cheaply: tests sign in a lot and guard nothing."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True, scope="session")
def tables_may_be_emptied():
    """Between tests whole tables are emptied; the triggers that forbid it are down for that moment only."""
    from django.db import connection

    from throughcare.records.append_only import lowering, raising

    # On the class: beside a browser's loop Django makes a connection of its own.
    operations = type(connection.ops)
    empty = operations.execute_sql_flush

    def emptied(self, statements):
        with self.connection.cursor() as cursor:
            for sentence in lowering(self.connection.vendor):
                cursor.execute(sentence)
        empty(self, statements)
        with self.connection.cursor() as cursor:
            for sentence in raising(self.connection.vendor):
                cursor.execute(sentence)

    operations.execute_sql_flush = emptied
    yield
    operations.execute_sql_flush = empty


@pytest.fixture(autouse=True)
def both_factors(monkeypatch):
    """`client.force_login` signs in as people do, with a second step, for as long as the story takes."""
    from tests.through_the_door import login_with_both_factors

    monkeypatch.setattr("django.test.Client.force_login", login_with_both_factors)


@pytest.fixture
def cast(db) -> Cast:
    """The clinic with its staff, on the morning of Monday 2 March 2026."""
    return recall_cast()


@pytest.fixture
def shared_data() -> Path:
    """The folder with material that is read in place; the test skips where it is absent."""
    if not (SHARED / "data").exists():
        pytest.skip("the shared material (../shared/data) is not beside this checkout")
    return SHARED / "data"
