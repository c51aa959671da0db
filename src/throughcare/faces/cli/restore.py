"""`throughcare restore`: put a backup into an empty place. What is restored sends nothing until `throughcare arm`."""

import argparse
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from throughcare.faces.cli.backing_up import add_place, backup_keys, place_named, refusals_as_input
from throughcare.faces.cli.exchange import WrongInput, print_answer
from throughcare.faces.cli.installation import data_folder, migrate, start_django
from throughcare.faces.cli.key_files import missing_keys
from throughcare.keys import key_folder

if TYPE_CHECKING:
    from throughcare.pathway.backup.manifests import Manifest


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """From where, to where, and which backup."""
    parser.add_argument("--data", help="empty data folder (default: throughcare-data, or THROUGHCARE_DATA)")
    add_place(parser, "--from")
    parser.add_argument("--number", type=int, help="the backup of this number (default: the newest)")
    parser.add_argument("--until", help="the last one taken until this moment, such as 2026-03-02T14:00Z")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """Restore, compare, follow the book of accesses; 0 when all is equal, 1 when something is not."""
    data = data_folder(arguments.data)
    if missing_keys(data):
        raise WrongInput(
            f"the clinic's keys are not in {key_folder(data)}: put their safe copy there first (field-keys, "
            "backup-keys, secret-key). Nothing can be read without them"
        )
    start_django()
    began = time.monotonic()
    with refusals_as_input():
        manifest, differences = _put_back(arguments, data)
    migrate()
    answer = _answer(manifest, differences, time.monotonic() - began)
    if arguments.json:
        print_answer(answer)
    else:
        _say(answer)
    return 0 if answer["equal"] else 1


def _put_back(arguments: argparse.Namespace, data: Path) -> "tuple[Manifest, list[str]]":
    from throughcare.pathway.backup.manifests import chosen
    from throughcare.pathway.backup.restoring import restore

    place, keys = place_named(arguments), backup_keys()
    manifest = chosen(place, keys, number=arguments.number, until=_moment(arguments.until))
    return manifest, restore(place, keys, manifest, data, at=datetime.now(UTC))


def _moment(words: str | None) -> datetime | None:
    if words is None:
        return None
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        raise WrongInput(f"“{words}” is not a moment such as 2026-03-02T14:00Z") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _answer(manifest: "Manifest", differences: list[str], seconds: float) -> dict[str, Any]:
    from throughcare.pathway.holding import is_held
    from throughcare.pathway.privacy.chain import verify_every_chain

    books = verify_every_chain(at=datetime.now(UTC))
    return {
        "backup": manifest.number,
        "taken_at": manifest.taken_at.isoformat(),
        "rows": sum(manifest.contents.rows.values()),
        "bytes": manifest.database.size,
        "files": len(manifest.files),
        "seconds": round(seconds, 2),
        "differences": differences,
        "books": [one.in_words() for one in books],
        "equal": not differences and all(one.broken_at is None for one in books),
        "held": is_held(),
    }


def _say(answer: dict[str, Any]) -> None:
    print(
        f"Backup {answer['backup']}, as of {answer['taken_at']}: {answer['rows']:,} rows and {answer['files']} files "
        f"are back after {answer['seconds']} s."
    )
    for line in (*answer["differences"], *answer["books"]):
        print(line)
    if answer["equal"]:
        print("Every count, every hash and the books of accesses are as they were.")
    print(
        "It is held: pages can be read and written, and nothing is sent. Look at it, make sure that the lost system is "
        "off for good, then run `throughcare arm`."
    )
