"""`throughcare worker`: due work without a server beside it."""

import argparse
import os
import sys

from throughcare.faces.cli.installation import check_keys, check_sqlite, start_django, use_data_folder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the data is."""
    parser.add_argument("--data", help="data folder (default: throughcare-data, or THROUGHCARE_DATA)")


def run(arguments: argparse.Namespace) -> int:
    """Become the worker, if the keys are those of the database."""
    use_data_folder(arguments.data)
    start_django()
    check_sqlite()
    check_keys()
    os.execv(sys.executable, [sys.executable, "-m", "throughcare.faces.worker"])  # noqa: S606
