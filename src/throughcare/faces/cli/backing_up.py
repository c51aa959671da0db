"""What the commands about backups share: the place, its keys, how sizes are said."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from throughcare.faces.cli.exchange import WrongInput

if TYPE_CHECKING:
    from throughcare.pathway.backup.places import Place
    from throughcare.pathway.backup.sealing import BackupKeys


def add_place(parser: argparse.ArgumentParser, *flags: str) -> None:
    """Where the backups are."""
    parser.add_argument(
        *flags,
        dest="place",
        metavar="PLACE",
        help="folder of the backups, or s3://bucket/prefix (default: BACKUP_TO)",
    )


def place_named(arguments: argparse.Namespace) -> "Place":
    """The place that was named, once Django knows the settings."""
    from django.conf import settings

    from throughcare.pathway.backup.opening import open_place

    return open_place(str(arguments.place or settings.BACKUP_TO))


def backup_keys() -> "BackupKeys":
    """The keys of backups, once Django knows where they are."""
    from django.conf import settings

    from throughcare.pathway.backup.sealing import BackupKeys

    if not settings.BACKUP_KEYS:
        raise WrongInput(
            f"there are no keys for backups in {settings.BACKUP_KEYS_FILE}: run `throughcare make-keys` once, or put "
            "the ones back that the backups were made with"
        )
    return BackupKeys(settings.BACKUP_KEYS)


@contextmanager
def refusals_as_input() -> Iterator[None]:
    """A refusal of the program is a line on standard error."""
    from throughcare.pathway.cannot import Absent, Cannot

    try:
        yield
    except (Cannot, Absent) as refused:
        raise WrongInput(str(refused)) from None


def said(size: int) -> str:
    """Bytes in words."""
    return f"{size / 2**20:,.1f} MiB" if size < 2**30 else f"{size / 2**30:,.2f} GiB"
