"""`throughcare import-clinic`: read an export into an empty installation, on either engine, and prove it equal."""

import argparse
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from throughcare.faces.cli.backing_up import refusals_as_input
from throughcare.faces.cli.exchange import WrongInput, print_answer
from throughcare.faces.cli.installation import data_folder, migrate, start_django
from throughcare.faces.cli.key_files import missing_keys
from throughcare.keys import key_folder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """From where, to where."""
    parser.add_argument("--data", help="empty data folder (default: throughcare-data, or THROUGHCARE_DATA)")
    parser.add_argument("folder", help="the folder of the export")


def run(arguments: argparse.Namespace) -> int:
    """Read it in, compare, follow the books of accesses; 0 when all is equal."""
    data = data_folder(arguments.data)
    if missing_keys(data):
        raise WrongInput(
            f"the clinic's keys are not in {key_folder(data)}: put their safe copy there first (field-keys and the "
            "others). Without the line “index” of field-keys no book of accesses can be verified"
        )
    start_django()
    migrate()
    from throughcare.pathway.clinic_export.reading_in import read_clinic
    from throughcare.pathway.privacy.chain import verify_every_chain

    began = time.monotonic()
    with refusals_as_input():
        found = read_clinic(
            Path(arguments.folder), at=datetime.now(UTC), say=lambda words: print(words, file=sys.stderr)
        )
    books = verify_every_chain(at=datetime.now(UTC))
    equal = all(one.broken_at is None for one in books)
    print_answer(
        {
            "clinic": found.clinic,
            "made_at": found.made_at.isoformat(),
            "rows": found.rows,
            "tables": found.tables,
            "files": found.files,
            "seconds": round(time.monotonic() - began, 2),
            "books": [one.in_words() for one in books],
            "equal": equal,
            "held": True,
        }
    )
    return 0 if equal else 1
