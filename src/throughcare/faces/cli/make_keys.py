"""`throughcare make-keys`: the keys of an installation, made once, before its database is anywhere else."""

import argparse

from throughcare.faces.cli.installation import data_folder
from throughcare.faces.cli.key_files import make_key_files
from throughcare.keys import key_folder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the data is."""
    parser.add_argument("--data", help="data folder (default: throughcare-data, or THROUGHCARE_DATA)")


def run(arguments: argparse.Namespace) -> int:
    """Make what is missing, and say where it is."""
    data = data_folder(arguments.data)
    for file in make_key_files(data):
        print(f"made {file}")
    print(
        f"The keys are in {key_folder(data)}. Copy that folder to a safe place that is not where the database's "
        "backups are: without it nobody can read the records, with both anyone can."
    )
    return 0
