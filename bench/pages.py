"""How fast the pages are in a large clinic: `./run python -m bench.pages [--patients 5000] [--postgres] [--keep DIR]`.

Makes the clinic, starts the real server, signs in, asks each page many times over one connection, and prints p50,
p95, queries a page, the time until the server answers, and the server's memory. The claim: p95 at most 100 ms.
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

PAGES = ("census", "today", "patient", "session_room", "director")
TARGET_MS = 100


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
    from throughcare.faces.cli.installation import migrate, start_django, use_data_folder

    use_data_folder(str(folder))
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
    subjects: dict[str, list[Any]] = {"patient": [episode.patient.uid], "session_room": [session.uid]}
    return {name: reverse(name, args=subjects.get(name, [])) for name in PAGES}


def query_counts(urls: dict[str, str]) -> dict[str, int]:
    """Queries a page, session and sign-in included."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from throughcare.records.people import Account

    client = Client()
    client.force_login(Account.objects.get(email="bench@clinic.test"))
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
        environment = {**os.environ, "THROUGHCARE_DATA": str(folder)}
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
        """Sign in as the account with every role."""
        _, page, _ = self.ask("/sign-in")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token
        form = {
            "csrfmiddlewaretoken": token[1],
            "email": "bench@clinic.test",
            "password": "a password for measuring",
        }
        status, _, _ = self.ask("/sign-in", form)
        assert status == 302, status

    def resident_mb(self) -> float:
        """The largest resident size among the server's processes."""
        children = subprocess.run(
            ["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True
        ).stdout.split()
        sizes = []
        for pid in [str(self.process.pid), *children]:
            status = Path(f"/proc/{pid}/status")
            if status.exists():
                found = re.search(r"VmRSS:\s+(\d+)", status.read_text())
                sizes.append(int(found[1]) / 1024 if found else 0.0)
        return max(sizes)

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait()


def report(urls: dict[str, str], counts: dict[str, int], server: Server, requests: int) -> int:
    """Ask every page and print the table."""
    slow = []
    print(f"\n{'page':14} {'p50 ms':>8} {'p95 ms':>8} {'queries':>8} {'kB':>6}")
    for name, url in urls.items():
        for _ in range(5):
            server.ask(url)
        answers = [server.ask(url) for _ in range(requests)]
        assert all(status == 200 for status, _, _ in answers)
        times = sorted(took * 1000 for _, _, took in answers)
        p50, p95 = statistics.median(times), times[int(len(times) * 0.95) - 1]
        if p95 > TARGET_MS:
            slow.append(name)
        print(f"{name:14} {p50:8.1f} {p95:8.1f} {counts[name]:8} {len(answers[0][1]) / 1024:6.0f}")
    print(
        f"\nready to serve after {server.ready_after:.2f} s; {server.resident_mb():.0f} MB resident in the largest process"
    )
    if slow:
        print(f"slower than {TARGET_MS} ms at p95: {', '.join(slow)}")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
