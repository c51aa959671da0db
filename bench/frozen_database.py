"""`python -m bench.frozen_database`: PostgreSQL is stopped and not dead (SIGSTOP) under a real server.

A crowd opens pages, some press for help. Each is told within seconds, each call is on disk, and it is raised when the
database goes on.
"""

import argparse
import http.client
import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import psycopg

from bench.downtime import BACK_WITHIN_SECONDS, Broken, a_phone, ask, call, crises, entries
from bench.installation import an_installation
from bench.killed_server import Server

TOLD_WITHIN_SECONDS = 15.0
CROWD, CALLS = 40, 8


class Browser:
    """Asks one server with one person's cookies."""

    def __init__(self, port: int, cookies: dict[str, str]) -> None:
        self.port, self.cookies = port, cookies

    def ask(self, address: str, form: dict[str, str] | None = None) -> tuple[int, str, float]:
        """Status, text, seconds."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        began = time.monotonic()
        heads = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form is not None:
            heads["Content-Type"] = "application/x-www-form-urlencoded"
        line.request("GET" if form is None else "POST", address, urlencode(form) if form else None, heads)
        answer = line.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        line.close()
        return answer.status, text, time.monotonic() - began


def main() -> int:
    """Freeze, press, go on, count; 1 when a promise was broken."""
    parser = argparse.ArgumentParser(prog="bench.frozen_database", description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0, help="how long the crowd goes on asking")
    options = parser.parse_args()
    try:
        with an_installation(postgres=True) as folder:
            print(frozen(folder, options.seconds))
    except Broken as broken:
        print(f"BROKEN: {broken}")
        return 1
    return 0


def frozen(folder: Path, seconds: float) -> str:
    """All of it; the line to print."""
    from throughcare.pathway.crisis.kept_calls import kept_calls

    phone = a_phone()
    cookies = {name: one.value for name, one in phone.cookies.items()}
    with Server(folder) as server:
        browser = Browser(server.port, cookies)
        form = form_of(browser)
        with (
            frozen_processes(home_of(os.environ["DATABASE_URL"])),
            ThreadPoolExecutor(CROWD + CALLS) as crowd,
        ):
            until = time.monotonic() + seconds
            people = [crowd.submit(_look_on, browser, until) for _ in range(CROWD)]
            pressed = [crowd.submit(browser.ask, *call(form)) for _ in range(CALLS)]
            calls = [one.result() for one in pressed]
            pages = [page for one in people for page in one.result()]
            _, ready, took = browser.ask("/readyz")
            alive = browser.ask("/livez")
        ask(
            all(status == 503 and "Nobody has been paged yet" in text for status, text, _ in calls),
            "a call is lost",
        )
        ask(all(status == 503 for status, _, _ in pages), "a page was served by nobody")
        ask("does not answer" in ready, "it says that it is ready")
        ask(alive[0] == 200, "it does not say that it is alive")
        began = time.monotonic()
        while kept_calls():
            ask(
                time.monotonic() - began < BACK_WITHIN_SECONDS,
                "what was kept is not raised within 10 seconds",
            )
            time.sleep(0.1)
        back = time.monotonic() - began
        ask(crises() == 1 and entries() == CALLS - 1, f"{crises()} crises and {entries()} presses of {CALLS}")
    slowest_call, slowest = max(one[2] for one in calls), max(one[2] for one in pages)
    ask(slowest_call < TOLD_WITHIN_SECONDS, f"a call was told after {slowest_call:.1f} s")
    half = sorted(one[2] for one in pages)[len(pages) // 2]
    return (
        f"frozen: {CALLS} calls of {CALLS} kept, told within {slowest_call:.1f} s, raised {back:.1f} s after it went "
        f"on; {len(pages)} pages beside them, half within {half:.2f} s, slowest {slowest:.1f} s; /readyz {took:.1f} s"
    )


def form_of(browser: Browser) -> dict[str, str]:
    """What the open help page would send."""
    here, _ = call({})
    status, text, _ = browser.ask(here)
    ask(status == 200, f"the help page is answered {status}")
    return {
        name: found.group(1)
        for name in ("csrfmiddlewaretoken", "caller")
        if (found := re.search(rf'name="{name}" value="([^"]+)"', text))
    }


def _look_on(browser: Browser, until: float) -> list[tuple[int, str, float]]:
    found = []
    while time.monotonic() < until:
        found.append(browser.ask("/my/privacy"))
        time.sleep(0.5)
    return found


def home_of(address: str) -> Path:
    """The folder of the server at this address."""
    with psycopg.connect(address) as server:
        [home] = server.execute("SHOW data_directory").fetchall()[0]
    return Path(home)


@contextmanager
def frozen_processes(home: Path) -> Iterator[None]:
    """Every process of the server that lives in this folder stands still."""
    first = int((home / "postmaster.pid").read_text(encoding="ascii").split()[0])
    others = Path(f"/proc/{first}/task/{first}/children").read_text(encoding="ascii").split()
    numbers = [first, *map(int, others)]
    for number in numbers:
        os.kill(number, signal.SIGSTOP)
    try:
        yield
    finally:
        for number in numbers:
            os.kill(number, signal.SIGCONT)


if __name__ == "__main__":
    sys.exit(main())
