"""The power goes while the embedded database is written: what was told as kept is there (`bench.power_loss`: long)."""

import os
import random
import shutil
import subprocess
import sys

import pytest
from bench.disk_after_power_loss import Disk, read_trace

pytestmark = [
    pytest.mark.skipif(shutil.which("strace") is None, reason="strace records the writes"),
    pytest.mark.skipif(
        bool(os.environ.get("DATABASE_URL")), reason="the embedded database is what is tried here"
    ),
]
COUNT, POINTS = 25, 80
CALLS = "pwrite64,write,pwritev,fsync,fdatasync,ftruncate,unlink,openat"


def recorded(folder, synchronous):
    import sqlite3

    path = folder / "kept.sqlite3"
    line = sqlite3.connect(path)
    line.executescript("PRAGMA journal_mode=WAL; CREATE TABLE kept (number INTEGER PRIMARY KEY, words TEXT)")
    line.close()
    before = path.read_bytes()
    files = [part for end in ("", "-wal", "-journal") for part in ("-P", f"{path}{end}")]
    tracer = ["strace", "-f", "-ttt", "-y", "-xx", "-s", "1000000", "-e", f"trace={CALLS}", *files]
    run = subprocess.run(
        [
            *tracer,
            *("-P", str(folder), "-o", str(folder / "trace")),
            *(sys.executable, "-m", "tests.crashes.writer", str(path), str(COUNT), synchronous),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode and not run.stdout:
        pytest.skip(f"nothing may be traced here: {run.stderr[-200:]}")
    told = [(int(number), float(at)) for number, at in (row.split() for row in run.stdout.splitlines())]
    assert len(told) == COUNT, run.stderr
    return before, told, read_trace(folder / "trace", folder)


def lost_at(before, told, events, *, folder, dice):
    """How many told numbers a disk doesn't hold that was found at some moment; -1 when it is corrupt."""
    import sqlite3

    end = dice.randrange(1, len(events) + 1)
    Disk({"kept.sqlite3": before}, events[:end], dice=dice).write_to(folder)
    line = sqlite3.connect(folder / "kept.sqlite3")
    try:
        if line.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            return -1
        there = {number for (number,) in line.execute("SELECT number FROM kept")}
    finally:
        line.close()
    return len({number for number, at in told if at <= events[end - 1].at} - there)


@pytest.mark.parametrize(("synchronous", "loses"), [("ours", False), ("NORMAL", True)])
def test_what_was_told_as_kept_is_there_and_a_database_that_does_not_wait_for_the_disk_loses_it(
    tmp_path, synchronous, loses
):
    found = tmp_path / "found"
    found.mkdir()
    record, dice = recorded(tmp_path, synchronous), random.Random(1)
    lost = [lost_at(*record, folder=found, dice=dice) for _ in range(POINTS)]
    assert -1 not in lost
    assert any(lost) == loses
