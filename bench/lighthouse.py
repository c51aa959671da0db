"""How fast and how open to all phone pages are: `./run python -m bench.lighthouse [--keep DIR] [--lighthouse PATH]`.

Tells the demo's story, serves it, and lets Lighthouse (an npm package, installed by hand) open five pages as a phone
on slow 4G. Prints a table; 1 when a page misses its target. Needs a Chromium; CHROME_PATH names another one.
"""

import argparse
import http.client
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

# Name in the report: route, and whether the patient of the demo is signed in.
PAGES = {
    "public front page": ("front_door", False),
    "ask for help": ("ask_for_help", False),
    "sign in": ("sign_in", False),
    "my week": ("my_week", True),
    "my safety plan": ("my_safety_plan", True),
}
PHONE = "Chrome on Android"
PATIENT = "patient@demo.riverbend.example"
TARGET_SCORE, TARGET_KB, TARGET_SECONDS = 95, 100, 1.5
TRIES = 3  # it loses the beginning of a page now and then (NO_NAVSTART) and asks to be run again
MISSING = (
    "Lighthouse is missing. Install it outside this repository (npm install lighthouse, Node.js 18.16 on) and give "
    "its path: --lighthouse FOLDER/node_modules/.bin/lighthouse"
)


def main() -> int:
    """Make the demo, serve it, ask Lighthouse about each page, print; 1 when a page misses its target."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", help="folder of a demo to keep; told once, measured often")
    parser.add_argument("--lighthouse", default="lighthouse", help="the program (default: as found in PATH)")
    parser.add_argument(
        "--runs", type=int, default=3, help="of each page; the middle one is printed (default: 3)"
    )
    options = parser.parse_args()
    program = shutil.which(options.lighthouse)
    if program is None:
        print(MISSING, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="throughcare-lighthouse-") as scratch:
        folder = Path(options.keep or scratch, "demo").resolve()
        tell_demo(folder)
        with served(folder) as origin:
            return report(origin, program, Path(scratch, "answer.json"), options.runs)


def tell_demo(folder: Path) -> None:
    """The demo's clinic in `folder`, and Django started on it."""
    from throughcare.faces.cli.demo import run

    run(argparse.Namespace(data=str(folder), port=0, no_serve=True, fresh=False))


@contextmanager
def served(folder: Path) -> "Iterator[str]":
    """The real server on a spare port: its origin."""
    from tests.postgres import spare_port

    port = spare_port()
    command = ["-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "1", "--blocking-threads", "4", "--log-level", "warning"]
    environment = {**os.environ, "THROUGHCARE_DATA": str(folder), "REQUESTS_A_MINUTE": "0"}
    server = subprocess.Popen([sys.executable, *command, "throughcare.wsgi:application"], env=environment)
    try:
        wait_until_ready(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def wait_until_ready(port: int, *, at_most_seconds: float = 60) -> None:
    """Returns when the server answers; raises OSError when it never does."""
    give_up_at = time.monotonic() + at_most_seconds
    while True:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", "/sign-in")
            connection.getresponse().read()
            return
        except OSError:
            if time.monotonic() > give_up_at:
                raise
            time.sleep(0.1)


def report(origin: str, program: str, answer: Path, runs: int) -> int:
    """Ask about every page and print the table; 1 when something misses its target."""
    from django.urls import reverse

    missed: list[str] = []
    print(f"\n{'page':18} {'performance':>12} {'accessibility':>14} {'kB':>6} {'usable after s':>15}")
    for name, (route, signed_in) in PAGES.items():
        cookie = patients_cookie() if signed_in else ""
        each = [ask(origin + reverse(route), program, answer, cookie=cookie) for _ in range(runs)]
        found = sorted(each, key=usable_after)[runs // 2]
        performance, accessibility = (
            round(100 * (found["categories"][category]["score"] or 0))
            for category in ("performance", "accessibility")
        )
        kilobytes = found["audits"]["total-byte-weight"]["numericValue"] / 1000
        seconds = usable_after(found)
        print(f"{name:18} {performance:12} {accessibility:14} {kilobytes:6.1f} {seconds:15.2f}")
        missed += [f"{name}: {words}" for words in failing(found)]
        if (
            min(performance, accessibility) < TARGET_SCORE
            or kilobytes > TARGET_KB
            or seconds > TARGET_SECONDS
        ):
            missed.append(name)
    print(f"missed: {'; '.join(missed)}" if missed else "every target met")
    return 1 if missed else 0


def ask(url: str, program: str, answer: Path, *, cookie: str) -> dict[str, Any]:
    """What Lighthouse finds on one page, opened as its phone does: simulated slow 4G, a processor four times slower."""
    command = [program, url, "--quiet", "--output=json", f"--output-path={answer}"]
    command += ["--only-categories=performance,accessibility", "--chrome-flags=--headless=new --no-sandbox"]
    if cookie:
        command.append("--extra-headers=" + json.dumps({"Cookie": cookie}))
    chromium = os.environ.get("CHROME_PATH") or shutil.which("chromium") or ""
    for tries_left in reversed(range(TRIES)):
        done = subprocess.run(command, check=not tries_left, env={**os.environ, "CHROME_PATH": chromium})
        if done.returncode == 0:
            break
    found: dict[str, Any] = json.loads(answer.read_text())
    if found["finalDisplayedUrl"] != url:
        raise RuntimeError(f"{url} led to another page: {found['finalDisplayedUrl']}")
    return found


def usable_after(found: dict[str, Any]) -> float:
    """Seconds until the page answers to a finger (time to interactive)."""
    return float(found["audits"]["interactive"]["numericValue"]) / 1000


def patients_cookie() -> str:
    """The cookie of a phone in which the demo's patient is signed in: of the kind that Lighthouse says it is."""
    from django.conf import settings
    from django.db import connection
    from tests.through_the_door import session_of

    cookie = f"{settings.SESSION_COOKIE_NAME}={session_of(PATIENT, PHONE)}"
    connection.close()
    return cookie


def failing(found: dict[str, Any]) -> list[str]:
    """The accessibility audits that a page fails, by their titles."""
    audits = (found["audits"][one["id"]] for one in found["categories"]["accessibility"]["auditRefs"])
    return [audit["title"] for audit in audits if audit["score"] == 0]


if __name__ == "__main__":
    sys.exit(main())
