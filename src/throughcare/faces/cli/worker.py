"""`throughcare worker`: due work without a server beside it."""

import argparse
import os
import sys

from throughcare.faces.cli.installation import use_data_folder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the data is."""
    parser.add_argument("--data", help="data folder (default: throughcare-data, or THROUGHCARE_DATA)")


def run(arguments: argparse.Namespace) -> int:
    """Become the worker."""
    use_data_folder(arguments.data)
    os.execv(sys.executable, [sys.executable, "-m", "throughcare.faces.worker"])  # noqa: S606
