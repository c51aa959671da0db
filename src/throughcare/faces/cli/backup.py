"""`throughcare backup`: the clinic as it is now, sealed, into a place of backups; with `--every`, again and again."""

import argparse
import signal
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from throughcare.faces.cli.backing_up import add_place, backup_keys, place_named, refusals_as_input, said
from throughcare.faces.cli.installation import check_keys, start_django, use_data_folder
from throughcare.knowledge.backups import BACKUP, BY_HAND

if TYPE_CHECKING:
    from throughcare.pathway.backup.taking import Taker


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the data is, where the backups go, how often."""
    parser.add_argument("--data", help="data folder (default: throughcare-data, or THROUGHCARE_DATA)")
    add_place(parser, "--to")
    parser.add_argument("--full", action="store_true", help="take one that stands on no earlier one")
    parser.add_argument("--every", type=int, metavar="SECONDS", help="go on, one each so many seconds")


def run(arguments: argparse.Namespace) -> int:
    """Take one backup, or one after another until stopped."""
    data = use_data_folder(arguments.data)
    start_django()
    check_keys()
    from throughcare.pathway.backup.taking import Taker

    with refusals_as_input():
        taker = Taker(place_named(arguments), backup_keys())
        take(taker, data, full=arguments.full, beat=BACKUP if arguments.every else BY_HAND)
        if arguments.every:
            go_on(taker, data, arguments.every)
    return 0


def take(taker: "Taker", data: Path, *, full: bool = False, beat: str = BACKUP) -> None:
    """One backup, said in a line."""
    from throughcare.pathway.due_work import record_beat

    began = time.monotonic()
    backup = taker.take(data, at=datetime.now(UTC), full=full)
    record_beat(beat, at=backup.manifest.taken_at)
    kind = "full" if backup.is_full else f"on {backup.manifest.begun_with}"
    print(
        f"Backup {backup.manifest.number} ({kind}): as of {backup.manifest.taken_at:%Y-%m-%d %H:%M:%S} UTC, "
        f"{sum(backup.manifest.contents.rows.values()):,} rows, {said(backup.written)} new, "
        f"{time.monotonic() - began:.1f} s.",
        flush=True,
    )


def go_on(taker: "Taker", data: Path, seconds: int) -> None:
    """One each so many seconds until a signal."""
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    while not ended.wait(seconds):
        take(taker, data)
