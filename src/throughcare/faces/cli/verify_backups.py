"""`throughcare verify-backups`: read a place through; exit 0 when every bit is as it was written, 1 when not."""

import argparse

from throughcare.faces.cli.backing_up import add_place, backup_keys, place_named, refusals_as_input, said
from throughcare.faces.cli.installation import data_folder, load_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the keys and the backups are."""
    parser.add_argument("--data", help="data folder, for the keys beside it (default: throughcare-data)")
    add_place(parser, "--from")
    parser.add_argument("--all", action="store_true", help="read every backup, not only the newest")


def run(arguments: argparse.Namespace) -> int:
    """Follow the chain, read the pieces."""
    data_folder(arguments.data)
    load_django()
    from throughcare.pathway.backup.sealing import Broken
    from throughcare.pathway.backup.verifying import verify

    with refusals_as_input():
        try:
            read = verify(place_named(arguments), backup_keys(), every=arguments.all)
        except Broken as broken:
            print(f"NOT SOUND: {broken}")
            return 1
    print(f"{read.manifests} manifests in an unbroken chain; {read.backups} read whole, {said(read.bytes)}.")
    return 0 if read.manifests else 1
