"""`throughcare prune-backups`: let old backups go. For whoever keeps the place; never less than a month of days."""

import argparse
from datetime import UTC, datetime, timedelta

from throughcare.faces.cli.backing_up import add_place, backup_keys, place_named, refusals_as_input, said
from throughcare.faces.cli.installation import data_folder, load_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where, and how long what stays."""
    parser.add_argument("--data", help="data folder, for the keys beside it (default: throughcare-data)")
    add_place(parser, "--from")
    parser.add_argument(
        "--keep-all-days", type=int, default=7, help="days of which every backup stays (default: %(default)s)"
    )
    parser.add_argument(
        "--keep-full-days",
        type=int,
        default=90,
        help="days of which the first backup of each stays (default: %(default)s)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Let go what is older than was asked."""
    data_folder(arguments.data)
    load_django()
    from throughcare.pathway.backup.pruning import prune

    with refusals_as_input():
        pruned = prune(
            place_named(arguments),
            backup_keys(),
            keep_all=timedelta(days=arguments.keep_all_days),
            keep_full=timedelta(days=arguments.keep_full_days),
            at=datetime.now(UTC),
        )
    print(f"{pruned.backups} backups are gone, {said(pruned.bytes)} are free. The chain of manifests stays.")
    return 0
