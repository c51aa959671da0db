"""`throughcare export-clinic`: everything of a clinic in a folder, once two people stand for it."""

import argparse
import os
import subprocess
import sys
from pathlib import Path
from uuid import UUID

from throughcare.faces.cli.exchange import WrongInput
from throughcare.faces.cli.installation import check_keys, start_django, use_data_folder

# A process of its own: it draws what two other faces know how to draw.
COMMAND = (sys.executable, "-m", "throughcare.faces.clinic_export")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the data is, which request, where to."""
    parser.add_argument("--data", help="data folder (default: throughcare-data, or THROUGHCARE_DATA)")
    parser.add_argument("--request", required=True, help="the id of the export, as Clinic, Export shows it")
    parser.add_argument("--to", required=True, metavar="FOLDER", help="a folder that is not there yet")


def run(arguments: argparse.Namespace) -> int:
    """Start whoever takes it, wait, and give back what it says."""
    try:
        request = UUID(arguments.request)
    except ValueError:
        raise WrongInput("the request is an id such as Clinic, Export shows") from None
    use_data_folder(arguments.data)
    start_django()
    check_keys()
    target = Path(arguments.to).resolve()
    return subprocess.run([*COMMAND, str(request), str(target)], env=dict(os.environ), check=False).returncode
