"""`python -m bench.restore [--postgres] [--short] [--gigabytes N]`: a clinic is lost and put back (trust.md R1, G11).

A clinic of 200 people is backed up, works on while backups are taken, and is lost together with the first place of its
backups. From the copy that was collected it is restored by the commands that an operator runs: counts, hashes and books
of accesses must be equal, workers with a provider beside them must send nothing, and once armed they must send.
`--gigabytes` streams so much through packing and reading and prints the memory that it took.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.installation import an_installation
from throughcare.knowledge.backups import MOST_LOST as OLDEST
from throughcare.knowledge.backups import RESTORED_WITHIN

if TYPE_CHECKING:
    from throughcare.pathway.backup.taking import Taker

GOAL, MOST_LOST = RESTORED_WITHIN.total_seconds(), OLDEST.total_seconds()
MEMORY = 256
WAITING = 50
WORKS_SECONDS = 20


def main() -> int:
    """Lose it, restore it, print; 1 when a promise is broken."""
    parser = argparse.ArgumentParser(prog="bench.restore", description=__doc__)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--short", action="store_true", help="20 people over 12 weeks")
    parser.add_argument("--gigabytes", type=float, default=0)
    options = parser.parse_args()
    figures: list[tuple[str, str, bool]] = []
    with an_installation(postgres=options.postgres) as folder:
        people, weeks = (20, 12) if options.short else (200, 52)
        build(people, weeks)
        figures += lose_and_restore(folder)
        if options.gigabytes:
            figures.append(stream(options.gigabytes))
    print(f"\n{people} people over {weeks} weeks, {'PostgreSQL' if options.postgres else 'SQLite'}")
    for what, figure, well in figures:
        print(f"{'well' if well else 'BROKEN':7} {what:48} {figure}")
    return 0 if all(well for _, _, well in figures) else 1


def build(people: int, weeks: int) -> None:
    """The clinic, a book of accesses, and urgent messages that nobody has sent yet."""
    from django.db import transaction

    from bench.big_clinic import BigClinic
    from throughcare.pathway.message.outbox import Recipient, put_message
    from throughcare.pathway.privacy.own_work import note_own_work
    from throughcare.records.organizations import Organization
    from throughcare.records.people import Patient

    now = datetime.now(UTC)
    with transaction.atomic():
        BigClinic(people, weeks, now.date(), say=lambda _: None).build()
        organization = Organization.objects.get().pk
        for patient in Patient.objects.values_list("pk", flat=True):
            note_own_work("bench", "identity", {patient}, organization=organization, at=now)
        for n in range(WAITING):
            to = Recipient(phone=f"+1212555{n:04d}")
            said = {"subject": "Paged", "words": "Sign in.", "ways": ("text",)}
            put_message(to, key=f"bench {n}", urgent=True, organization=organization, at=now, **said)  # type: ignore[arg-type]


def lose_and_restore(folder: Path) -> Iterator[tuple[str, str, bool]]:
    """The whole story; each figure with whether it keeps its promise."""
    from throughcare.faces.cli import drill
    from throughcare.faces.cli.backing_up import said
    from throughcare.keys import key_folder, new_keyring
    from throughcare.pathway.backup.collecting import collect
    from throughcare.pathway.backup.places import Folder
    from throughcare.pathway.backup.sealing import BackupKeys
    from throughcare.pathway.backup.taking import Taker
    from throughcare.pathway.backup.verifying import verify

    ring = new_keyring("b1")
    (key_folder(folder) / "backup-keys").write_text(ring, encoding="utf-8")
    with ExitStack() as until_done:
        places = Path(until_done.enter_context(tempfile.TemporaryDirectory(prefix="throughcare-bench-")))
        place, copy = Folder(places / "first"), Folder(places / "copy")
        taker = Taker(place, BackupKeys(ring))
        first = timed(lambda: taker.take(folder, at=datetime.now(UTC)))
        yield (
            "first backup",
            f"{first[0]:.1f} s, {said(first[1].written)} of {said(first[1].manifest.database.size)}",
            True,
        )
        ages, written = go_on(taker, folder)
        yield (
            "age of the newest when the next is there (30 s apart)",
            f"{30 + max(ages):.1f} s",
            30 + max(ages) <= MOST_LOST,
        )
        yield "new bytes of a backup after a few writes", said(max(written)), True
        collect(place, copy)
        shutil.rmtree(place.root)
        read = timed(lambda: verify(copy, taker.keys, every=True))
        yield "every backup read through", f"{read[1].backups} in {read[0]:.1f} s", read[1].backups == 6
        new = until_done.enter_context(drill._database(argparse.Namespace(into=None)))
        environment = {**os.environ, **drill._keys(folder), **new}
        target = places / "restored"
        restored = timed(lambda: drill._restored(target, copy.root, environment))
        answer = restored[1]
        yield (
            "restored, compared, books followed",
            f"{restored[0]:.1f} s, {answer['rows']:,} rows",
            restored[0] <= GOAL,
        )
        differences = answer["differences"] or ["none"]
        yield "differences in rows, hashes, books", "; ".join(differences), answer["equal"] and answer["held"]
        yield from sends_nothing(target, environment)


def go_on(taker: "Taker", folder: Path) -> tuple[list[float], list[int]]:
    """Five backups, a few writes before each: how long each took, and what each added."""
    from throughcare.pathway.due_work import record_beat

    ages, written = [], []
    for n in range(5):
        for m in range(20):
            record_beat(f"bench {n} {m}", at=datetime.now(UTC))
        seconds, backup = timed(lambda: taker.take(folder, at=datetime.now(UTC)))
        ages.append(seconds)
        written.append(backup.written)
    return ages, written


def sends_nothing(target: Path, environment: dict[str, str]) -> Iterator[tuple[str, str, bool]]:
    """Real workers beside a real provider: held they send nothing, armed they send what waited."""
    heard: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def log_message(self, format: str, *arguments: object) -> None:
            pass

        def do_POST(self) -> None:
            heard.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.send_response(201)
            self.end_headers()
            self.wfile.write(b'{"sid": "SM1", "status": "queued"}')

    provider = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=provider.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{provider.server_address[1]}"
    ways = {"SMS_URL": address, "SMS_ACCOUNT": "AC0", "SMS_TOKEN": "bench", "SMS_FROM": "+12125550000"}
    environment = {**environment, **ways, "THROUGHCARE_DATA": str(target), "LOG_LEVEL": "CRITICAL"}
    environment["ALARM_TO"] = "+12125559999"
    try:
        work(environment)
        yield f"messages sent in {WORKS_SECONDS} s while held ({WAITING} wait)", str(len(heard)), heard == []
        command = [sys.executable, "-m", "throughcare.faces.cli.main", "arm", "--yes", "--by", "Bench"]
        subprocess.run([*command, "--send-what-waited"], env=environment, check=True, capture_output=True)
        work(environment)
        left = {n for n in range(WAITING) if any(f"1212555{n:04d}" in one for one in heard)}
        yield "of those, once armed with the wish to send them", str(len(left)), len(left) == WAITING
    finally:
        provider.shutdown()


def work(environment: dict[str, str]) -> None:
    """Both lanes for a while."""
    worker = subprocess.Popen([sys.executable, "-m", "throughcare.faces.worker"], env=environment)
    time.sleep(WORKS_SECONDS)
    worker.terminate()
    worker.wait(30)


def stream(gigabytes: float) -> tuple[str, str, bool]:
    """So much through packing and reading, in a process of its own, and the most memory that it held."""
    with tempfile.TemporaryDirectory(prefix="throughcare-bench-") as folder:
        code = f"from bench.restore import stream_here; stream_here({folder!r}, {gigabytes!r})"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    mebibytes, seconds = done.stdout.split()
    return f"memory for {gigabytes} GB", f"{mebibytes} MiB, {seconds} s", float(mebibytes) < MEMORY


def stream_here(folder: str, gigabytes: float) -> None:
    """Pack random bytes and read them back; print MiB of memory and seconds."""
    from throughcare.keys import new_keyring
    from throughcare.pathway.backup.packs import Packing, unpacked
    from throughcare.pathway.backup.pieces import by_pages
    from throughcare.pathway.backup.places import Folder
    from throughcare.pathway.backup.sealing import BackupKeys

    began = time.monotonic()
    keys, place, dice = BackupKeys(new_keyring("b1")), Folder(Path(folder)), random.Random(1)
    packing = Packing(place, keys, {})
    kept = packing.stream((dice.randbytes(2**20) for _ in range(int(gigabytes * 1024))), by_pages)
    packing.flush()
    assert sum(len(block) for block in unpacked(place, keys, kept)) == kept.size
    # Of this process alone: getrusage begins with what the parent held when it forked.
    told = Path("/proc/self/status").read_text(encoding="utf-8")
    most = int(told.split("VmHWM:")[1].split()[0]) / 1024
    print(f"{most:.0f} {timedelta(seconds=time.monotonic() - began).total_seconds():.0f}")


def timed(do: Any) -> tuple[float, Any]:
    """How long it took, and what it gave."""
    began = time.monotonic()
    given = do()
    return time.monotonic() - began, given


if __name__ == "__main__":
    sys.exit(main())
