"""`throughcare rotate-keys`: a new key for words; everything is sealed anew under it, while the clinic works on."""

import argparse
import re
import sys
from pathlib import Path

from throughcare.faces.cli.exchange import WrongInput
from throughcare.faces.cli.installation import start_django, use_data_folder
from throughcare.faces.cli.key_files import write_key_file
from throughcare.keys import INDEX, keyring, new_key


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the data is."""
    parser.add_argument("--data", help="data folder (default: throughcare-data, or THROUGHCARE_DATA)")


def run(arguments: argparse.Namespace) -> int:
    """Add a key unless an earlier run was cut off, seal anew, and say what became of the older keys."""
    data = use_data_folder(arguments.data)
    start_django()
    from django.utils import timezone

    from throughcare.pathway.keys_at_rest import keys_in_use, seal_anew
    from throughcare.pathway.privacy.own_work import note_sealing

    if keys_in_use():
        print(f"Going on with sealing under “{keyring().newest}” …", flush=True)
    else:
        add_key(data)
    rows = seal_anew(_show)
    note_sealing(at=timezone.now())
    print(f"{rows:,} rows are sealed anew under “{keyring().newest}”.")
    _say_what_is_left(keys_in_use())
    return 0


def add_key(data: Path) -> None:
    """Put a new key first on the ring, in its file and for this process. Raises `WrongInput` when there is no file."""
    from django.conf import settings

    file: Path = settings.FIELD_KEYS_FILE
    line = new_key(next_name(list(keyring().words)))
    if not file.exists() or file.read_text(encoding="utf-8").strip() != settings.FIELD_KEYS.strip():
        raise WrongInput(
            "the keyring is not in a file here. Put a new line first in FIELD_KEYS, restart everything, and run this "
            f"again with `--data {data}`: it goes on from there. A line that may be used: {line}"
        )
    text = f"{line}\n{settings.FIELD_KEYS.strip()}\n"
    write_key_file(file, text)
    settings.FIELD_KEYS = text
    print(
        f"“{keyring().newest}” is the newest key now, in {file}. Copy the file to where you keep its safe copy."
    )


def next_name(names: list[str]) -> str:
    """The name after these: k1, k2, k3 …"""
    numbers = [int(name[1:]) for name in names if re.fullmatch(r"k\d+", name)]
    return f"k{max(numbers, default=0) + 1}"


def _show(table: str, rows: int) -> None:
    if sys.stdout.isatty():
        print(f"\r{rows:>9,} rows  {table:40}", end="", flush=True)


def _say_what_is_left(needed: set[str]) -> None:
    ring = keyring()
    for name in list(ring.words)[1:]:
        if name in needed:
            print(f"“{name}” is still needed: something was written under it meanwhile. Run this again.")
        else:
            print(
                f"“{name}” is needed by nothing in the database. Restart `serve` and `worker`; when "
                "`throughcare check` says the same, its line may leave the ring. Backups made until today "
                "need it: keep it with them."
            )
    print(f"“{INDEX}” stays as it is for ever.")
