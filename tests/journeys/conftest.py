"""What every journey may ask for: a clock, a browser, and people at a phone or a desk."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.cast import MORNING
from tests.journeys.clean import clean
from tests.journeys.walker import DESK, PHONE, Size, Walker

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Put the test database into a file when a journey will run.

    An SQLite in memory is one connection that all threads share: two requests at once would meet
    in one transaction, which never happens in a clinic.
    """
    from django.conf import settings

    database = settings.DATABASES["default"]
    if any(item.get_closest_marker("journey") for item in items) and "sqlite" in database["ENGINE"]:
        database.setdefault("TEST", {})["NAME"] = f"{os.environ['THROUGHCARE_DATA']}/journeys.sqlite3"
        # Nothing here outlives the run, so nothing waits for the disk.
        quick = database["OPTIONS"]["init_command"].replace("synchronous=FULL", "synchronous=OFF")
        database["OPTIONS"]["init_command"] = quick


class Clock:
    """The program's clock: set by the story, ticking on by itself."""

    def __init__(self, moment: datetime) -> None:
        self.set(moment)

    def set(self, moment: datetime) -> None:
        """It is this moment now."""
        self._moment, self._since = moment, time.monotonic()

    def __call__(self) -> datetime:
        """The moment that the program reads."""
        return (self._moment + timedelta(seconds=time.monotonic() - self._since)).astimezone(UTC)


@pytest.fixture
def clock(monkeypatch, settings) -> Clock:
    """The clock on the morning of Monday 2 March 2026; sessions last the whole story."""
    found = Clock(MORNING)
    monkeypatch.setattr("django.utils.timezone.now", found)
    settings.SESSION_COOKIE_AGE = 365 * 24 * 3600
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, once for all journeys."""
    if shutil.which(CHROMIUM) is None:
        pytest.skip("chromium is not installed")
    # Playwright keeps a loop in this thread; the database is used between its steps, never within one.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
    else:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture(scope="session", autouse=True)
def what_is_clean(tmp_path_factory, worker_id) -> None:
    """What one process examined, the other one need not."""
    if worker_id != "master":
        clean.file = tmp_path_factory.getbasetemp().parent / "clean-parts"


@pytest.fixture
def someone(cast, at_a_browser) -> Callable[..., Walker]:
    """Make a person of the cast at a browser of their own: `someone("felix@harbor.test", size=PHONE)`."""
    make: Callable[..., Walker] = at_a_browser
    return make


@pytest.fixture(scope="session", autouse=True)
def styles_are_kept():
    """A browser keeps styles and scripts from page to page, as it does from the real server."""
    from django.contrib.staticfiles import handlers

    serve = handlers.serve

    def kept(*asked, **more):
        answer = serve(*asked, **more)
        answer.headers["Cache-Control"] = "max-age=3600"
        return answer

    handlers.serve = kept
    yield
    handlers.serve = serve


@pytest.fixture
def at_a_browser(browser, live_server) -> Iterator[Callable[..., Walker]]:
    """Make a person at a browser of their own, also where nobody is known yet."""
    walkers: list[Walker] = []

    def make(
        email: str = "", *, size: Size = DESK, home: str = live_server.url, keeps: bool = False
    ) -> Walker:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            has_touch=size == PHONE,
            reduced_motion="reduce",
            base_url=home,
            # What a phone keeps is asked for where a journey is about it.
            service_workers="allow" if keeps else "block",
        )
        walker = Walker(context, home)
        walkers.append(walker)
        if email:
            walker.sign_in(email)
        return walker

    yield make
    for walker in walkers:
        walker.context.close()
    troubles = [line for walker in walkers for line in walker.troubles]
    assert troubles == [], "\n".join(troubles)
