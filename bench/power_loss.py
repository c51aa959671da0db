"""`python -m bench.power_loss`: the power goes at 2,000 moments of a clinic at work on the embedded database.

A real server works off the forms of seven flows while `strace` records every write, cut and sync of its database
files. Each crash point is the disk as it may be found afterwards: all that was synced, and of what was not, every part
by chance, in any order and torn at sectors. The program's own SQLite opens that disk: it must be whole, hold every form
whose answer had arrived, and each form once or not at all. `--without-syncs` takes every sync for a lie of the disk: it
must lose answers, or this bench could not tell.
"""

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from bench.disk_after_power_loss import Disk, Event, read_trace
from bench.installation import an_installation
from bench.killed_server import Server
from bench.rows_on_disk import rows_on_disk
from bench.sending_again import Sender

if TYPE_CHECKING:
    from tests.crashes.stage import Sent

DATABASE = "throughcare.sqlite3"
SYSTEM_CALLS = "pwrite64,write,pwritev,fsync,fdatasync,ftruncate,unlink,openat"
ROUNDS = {False: 12, True: 2}
POINTS = {False: 2_000, True: 60}


def main() -> int:
    """Record, replay, print the figures; 1 when an answered form was lost or a database broke."""
    parser = argparse.ArgumentParser(prog="bench.power_loss", description=__doc__)
    parser.add_argument("--points", type=int)
    parser.add_argument("--short", action="store_true", help="60 crash points")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without-syncs", action="store_true", help="a disk that lies: must lose answers")
    options = parser.parse_args()
    if shutil.which("strace") is None:
        parser.error("strace is not installed")
    os.environ.setdefault("SECRET_KEY", "for a bench only; no data of anyone is behind it")
    points = options.points or POINTS[options.short]
    with an_installation(postgres=False) as folder, tempfile.TemporaryDirectory() as place:
        before, forms, events = record(folder, Path(place), rounds=ROUNDS[options.short])
        return replay(before, forms, events, points=points, seed=options.seed, lies=options.without_syncs)


def record(
    folder: Path, place: Path, *, rounds: int
) -> tuple[bytes, "list[tuple[Sent, float]]", list[Event]]:
    """The database before, the forms with the moment of each answer, and what the server did to its files."""
    from django.db import connections
    from tests.crashes.stage import FLOWS, Stage

    stage = Stage()
    forms = [
        stage.next(flow) for flow in FLOWS for _ in range(1 if flow in ("publish", "medication") else rounds)
    ]
    random.Random(1).shuffle(forms)
    sender = Sender(0)
    for form in forms:
        sender.sign_in(form.account)
    with connections["default"].cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connections.close_all()
    before = (folder / DATABASE).read_bytes()
    trace = place / "trace"
    # The names are looked for by the tracer, so that nothing but the database's own files is slowed down or written.
    names = [part for end in ("", "-wal", "-journal") for part in ("-P", str(folder / f"{DATABASE}{end}"))]
    asked = (
        "strace",
        "-f",
        "--seccomp-bpf",
        "-ttt",
        "-y",
        "-xx",
        "-s",
        "10000000",
        "-e",
        f"trace={SYSTEM_CALLS}",
    )
    answered = []
    with Server(folder, *asked, *names, "-P", str(folder), "-o", str(trace)) as server:
        sender.port = server.port
        for form in forms:
            status = sender.send(form)
            if status != 302:
                raise RuntimeError(f"{form.flow} was answered {status}")
            answered.append((form, time.time()))
    return before, answered, read_trace(trace, folder)


def replay(
    before: bytes,
    forms: "list[tuple[Sent, float]]",
    events: list[Event],
    *,
    points: int,
    seed: int,
    lies: bool,
) -> int:
    """Find the disk at so many moments, and look at what is on it."""
    dice, found = random.Random(seed), Counter[str]()
    from_first = next(number for number, event in enumerate(events) if event.kind == "write")
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None) as place:
        for _ in range(points):
            end = dice.randrange(from_first, len(events) + 1)
            disk = Disk({DATABASE: before}, events[:end], dice=dice, lies=lies)
            disk.write_to(Path(place))
            moment = events[end - 1].at
            for word in look(Path(place) / DATABASE, forms, moment):
                found[word] += 1
    kinds = Counter(event.kind for event in events)
    print(f"{len(forms)} forms answered; {kinds['write']} writes, {kinds['sync']} syncs, {kinds['cut']} cuts")
    print(
        f"crash points {points}: losing answered forms {found['lost']}, half or doubled {found['half']}, ",
        end="",
    )
    print(f"corrupt {found['corrupt']}; a form kept before its answer in {found['early']}")
    broken = found["lost"] + found["half"] + found["corrupt"]
    print(f"fewer than {3 / points:.1e} of such moments do harm (95 %)" if not broken else "BROKEN")
    return 1 if broken else 0


def look(path: Path, forms: "list[tuple[Sent, float]]", moment: float) -> set[str]:
    """What is wrong with a database that was found so: `corrupt`, `lost`, `half`; and `early`, which is not wrong."""
    import sqlite3

    from tests.crashes.stage import FLOWS

    line = sqlite3.connect(path)
    said = set()
    try:
        if line.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            return {"corrupt"}
        keys = {key for (key,) in line.execute("SELECT key FROM records_submission WHERE location <> ''")}
        for form, at in forms:
            is_kept = form.fields["once"].replace("-", "") in keys
            if is_kept and at > moment:
                said.add("early")
            if not is_kept and at <= moment:
                said.add("lost")
            rows = rows_on_disk(line, form)
            if rows != (FLOWS[form.flow][1] if is_kept else (0,) * len(rows)):
                said.add("half")
    except sqlite3.DatabaseError:
        return {"corrupt"}
    finally:
        line.close()
    return said


if __name__ == "__main__":
    sys.exit(main())
