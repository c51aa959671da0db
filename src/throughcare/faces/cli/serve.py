"""`throughcare serve`: this installation's clinic. On an empty data folder it opens the first-run page."""

import argparse

from throughcare.faces.cli.installation import migrate, start_django, use_data_folder
from throughcare.faces.cli.serving import serve_until_stopped

# One process has one processor's work at a time: a clinic of 200 needs both of a small machine.
PROCESSES = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the data is and where to listen."""
    parser.add_argument("--data", help="data folder (default: throughcare-data, or THROUGHCARE_DATA)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: %(default)s)")
    parser.add_argument(
        "--processes",
        type=int,
        default=PROCESSES,
        help="server processes; more than there are processors gain nothing (default: %(default)s)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Migrate, then serve until stopped."""
    data = use_data_folder(arguments.data)
    start_django()
    print("Bringing the database up to date …", flush=True)
    migrate()
    print(f"Throughcare is at http://{arguments.host}:{arguments.port}/  (Ctrl+C ends it)", flush=True)
    return serve_until_stopped(data, host=arguments.host, port=arguments.port, processes=arguments.processes)
