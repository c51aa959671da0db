"""`throughcare arm`: let a restored system send again. Say who you are; it stays written."""

import argparse
import sys
from datetime import UTC, datetime

from throughcare.faces.cli.backing_up import refusals_as_input
from throughcare.faces.cli.exchange import WrongInput
from throughcare.faces.cli.installation import check_keys, start_django, use_data_folder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the data is, who arms it, and what becomes of what waited."""
    parser.add_argument("--data", help="data folder (default: throughcare-data, or THROUGHCARE_DATA)")
    parser.add_argument("--by", required=True, metavar="NAME", help="who arms it")
    parser.add_argument(
        "--send-what-waited",
        action="store_true",
        help="send the messages that waited in the backup too, though the lost system may have sent them",
    )
    parser.add_argument("--yes", action="store_true", help="don't ask whether the lost system is off")


def run(arguments: argparse.Namespace) -> int:
    """Ask, arm, and say what became of what waited."""
    use_data_folder(arguments.data)
    start_django()
    check_keys()
    from throughcare.pathway.backup.arming import arm

    if not arguments.yes:
        ask()
    with refusals_as_input():
        armed = arm(operator=arguments.by, send_what_waited=arguments.send_what_waited, at=datetime.now(UTC))
    print(
        f"Armed: messages leave again. {armed.set_aside} that waited in the backup are set aside, {armed.left} go out. "
        "What people wrote here meanwhile goes out now; crises that nobody has taken climb on."
    )
    return 0


def ask() -> None:
    """Two systems that send are two pages for one crisis, and two truths."""
    print("Is the lost system off for good, so that only this one sends? [y/N] ", end="", flush=True)
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise WrongInput("nothing was armed; answer y when the other system is off")
