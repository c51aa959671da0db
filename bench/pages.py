"""How fast the pages are in a large clinic: `./run python -m bench.pages [--patients 5000] [--postgres] [--keep DIR]`.

Makes the clinic, starts the real server, comes in signed in, asks each page many times, and prints p50,
p95, the server's processor time and queries a page, the time until it answers, and its memory. The claim: p95 at most
100 ms, ready within 3 s, at most 250 MB.
"""

import argparse
import http.client
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

# Name in the report: route, and what follows the address.
PAGES = {
    "census": ("census", ""),
    "census by hours": ("census", "?sort=-hours"),
    "census by PHQ-9": ("census", "?sort=-phq9"),
    "census by review": ("census", "?sort=review"),
    "census overdue": ("census", "?show=overdue"),
    "today": ("today", ""),
    "patient": ("patient", ""),
    "session": ("session", ""),
    "director": ("director", ""),
}
ACCOUNT = "bench@clinic.test"
TARGET_MS, TARGET_READY_S, TARGET_MB = 100, 3, 250
TICK = os.sysconf("SC_CLK_TCK")


def main() -> int:
    """Build, serve, measure, print; 1 when a page misses its target."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--patients", type=int, default=5000)
    parser.add_argument("--weeks", type=int, default=104)
    parser.add_argument("--requests", type=int, default=100, help="per page")
    parser.add_argument(
        "--postgres", action="store_true", help="on a PostgreSQL of its own instead of SQLite"
    )
    parser.add_argument("--keep", help="data folder to build in and keep; built once, measured often")
    options = parser.parse_args()
    with ExitStack() as until_done:
        folder = options.keep or until_done.enter_context(
            tempfile.TemporaryDirectory(prefix="throughcare-bench-")
        )
        if options.postgres:
            from tests.postgres import a_postgres

            os.environ["DATABASE_URL"] = until_done.enter_context(a_postgres())
        return measure(Path(folder), options)


def measure(folder: Path, options: argparse.Namespace) -> int:
    """The whole measurement on one data folder."""
    from throughcare.faces.cli.installation import data_folder, migrate, start_django
    from throughcare.faces.cli.key_files import make_key_files

    make_key_files(data_folder(str(folder)))
    start_django()
    migrate()
    from throughcare.records.organizations import Organization

    if not Organization.objects.exists():
        build(options)
    urls = page_urls()
    counts = query_counts(urls)
    with_server = Server(folder)
    try:
        return report(urls, counts, with_server, options.requests)
    finally:
        with_server.stop()


def build(options: argparse.Namespace) -> None:
    """Write the clinic in one transaction."""
    from django.db import connection, transaction

    from bench.big_clinic import BigClinic

    began = time.monotonic()
    with transaction.atomic():
        BigClinic(options.patients, options.weeks, datetime.now(UTC).date()).build()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"built in {time.monotonic() - began:.0f} s")


def page_urls() -> dict[str, str]:
    """The address of each page to ask."""
    from django.urls import reverse

    from throughcare.records.episodes import Episode
    from throughcare.records.sessions import Session

    episode = Episode.objects.filter(ended_at__isnull=True).order_by("admitted_at").first()
    session = (
        Session.objects.filter(group__isnull=False, ends_at__lt=datetime.now(UTC))
        .order_by("-starts_at")
        .first()
    )
    assert episode and session
    subjects: dict[str, list[Any]] = {"patient": [episode.patient.uid], "session": [session.uid]}
    urls = {
        name: reverse(route, args=subjects.get(route, [])) + query for name, (route, query) in PAGES.items()
    }
    # The latest day with groups: on a Sunday today's page is empty.
    return urls | {"today": f"{urls['today']}?day={session.local_day}"}


def query_counts(urls: dict[str, str]) -> dict[str, int]:
    """Queries a page, session and sign-in included."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from tests.through_the_door import login_with_both_factors

    from throughcare.records.people import Account

    client = Client()
    login_with_both_factors(client, Account.objects.get_by_natural_key(ACCOUNT))
    counts = {}
    for name, url in urls.items():
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = client.get(url)
        assert answer.status_code == 200, f"{name}: {answer.status_code}"
        counts[name] = len(queries)
    connection.close()
    return counts


class Server:
    """The real server on a spare port, and one signed-in connection to it."""

    def __init__(self, folder: Path) -> None:
        from tests.postgres import spare_port

        self.port = spare_port()
        began = time.monotonic()
        command = ["-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port)]
        command += [
            "--workers",
            "1",
            "--blocking-threads",
            "4",
            "--log-level",
            "warning",
            "throughcare.wsgi:application",
        ]
        environment = {**os.environ, "THROUGHCARE_DATA": str(folder), "REQUESTS_A_MINUTE": "0"}
        self.process = subprocess.Popen([sys.executable, *command], env=environment)
        self.cookies: dict[str, str] = {}
        while True:
            try:
                self.ask("/sign-in")
                break
            except OSError:
                if time.monotonic() - began > 30:
                    raise
                time.sleep(0.02)
        self.ready_after = time.monotonic() - began
        self.cpu_to_start = self.cpu_ms() / 1000
        self.sign_in()

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str, float]:
        """One request: status, body, seconds."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        connection.request("POST" if form is not None else "GET", path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        took = time.perf_counter() - began
        for value in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = value.partition("=")
            self.cookies[name] = rest.split(";")[0]
        connection.close()
        return answer.status, text, took

    def sign_in(self) -> None:
        """The cookie of a browser in which the account with every role is signed in, both steps done."""
        from django.conf import settings
        from django.db import connection
        from tests.through_the_door import session_of

        self.cookies[settings.SESSION_COOKIE_NAME] = session_of(ACCOUNT, "")
        connection.close()

    def processes(self) -> list[Path]:
        """The server's processes under /proc."""
        children = subprocess.run(
            ["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True
        ).stdout.split()
        found = [Path(f"/proc/{pid}") for pid in (str(self.process.pid), *children)]
        return [process for process in found if process.exists()]

    def resident_mb(self) -> float:
        """The largest resident size among the server's processes."""
        sizes = [
            re.search(r"VmRSS:\s+(\d+)", (process / "status").read_text()) for process in self.processes()
        ]
        return max(int(size[1]) / 1024 for size in sizes if size)

    def cpu_ms(self) -> float:
        """Processor time that the server has used so far: what a noisy neighbor can't stretch."""
        ticks = 0
        for process in self.processes():
            fields = (process / "stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks * 1000 / TICK

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait()


def report(urls: dict[str, str], counts: dict[str, int], server: Server, requests: int) -> int:
    """Ask every page and print the table; 1 when something misses its target."""
    missed = []
    print(f"\n{conditions()}\n")
    print(f"{'page':18} {'p50 ms':>8} {'p95 ms':>8} {'cpu ms':>8} {'queries':>8} {'kB':>6}")
    for name, url in urls.items():
        for _ in range(5):
            server.ask(url)
        before = server.cpu_ms()
        answers = [server.ask(url) for _ in range(requests)]
        cpu = (server.cpu_ms() - before) / requests
        assert all(status == 200 for status, _, _ in answers)
        times = sorted(took * 1000 for _, _, took in answers)
        p50, p95 = statistics.median(times), times[max(0, -(-len(times) * 95 // 100) - 1)]
        if p95 > TARGET_MS:
            missed.append(f"{name}: {p95:.0f} ms")
        print(f"{name:18} {p50:8.1f} {p95:8.1f} {cpu:8.1f} {counts[name]:8} {len(answers[0][1]) / 1024:6.0f}")
    ready, resident = server.ready_after, server.resident_mb()
    print(
        f"\nready to serve after {ready:.2f} s ({server.cpu_to_start:.2f} s of processor time); "
        f"{resident:.0f} MB resident in the largest process"
    )
    if ready > TARGET_READY_S:
        missed.append(f"ready after {ready:.1f} s")
    if resident > TARGET_MB:
        missed.append(f"{resident:.0f} MB resident")
    print(f"missed: {'; '.join(missed)}" if missed else "every target met")
    return 1 if missed else 0


def yardstick_ms() -> float:
    """Processor time of a million additions here and now: tells a busy or slow machine from a slow page."""
    began, total = time.process_time(), 0
    for number in range(1_000_000):
        total += number
    return (time.process_time() - began) * 1000


def conditions() -> str:
    """Engine, versions, processors, size of the clinic and the day: what the numbers hold for."""
    import platform

    import django
    from django.db import connection

    from throughcare.records.episodes import Episode
    from throughcare.records.people import Patient

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT 'SQLite ' || sqlite_version()")
        else:
            cursor.execute("SELECT 'PostgreSQL ' || current_setting('server_version')")
        engine = cursor.fetchone()[0]
    people = (
        f"{Patient.objects.count():,} patients, {Episode.objects.filter(ended_at=None).count():,} in care"
    )
    versions = f"Python {platform.python_version()}, Django {django.get_version()}"
    connection.close()
    machine = (
        f"{os.cpu_count()} processors (load {os.getloadavg()[0]:.1f}, "
        f"a million additions in {yardstick_ms():.0f} ms)"
    )
    return f"{datetime.now(UTC):%Y-%m-%d}: {engine}, {versions}, {machine}, {people}"


if __name__ == "__main__":
    sys.exit(main())
