"""`throughcare reward SCHEME RESULTS.json`: says what a row of test results earns. Needs no database."""

import argparse

from throughcare.faces.cli.exchange import WrongInput, print_answer, read_object
from throughcare.knowledge.rewards.earning import WrongRewards
from throughcare.knowledge.rewards.from_json import earned_as_json, earned_from_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SCHEME, and the file of results."""
    parser.add_argument("scheme", metavar="SCHEME", help="prize-bowl, voucher or california")
    parser.add_argument(
        "results",
        metavar="RESULTS.json",
        help='{"results": ["N", "P", "dilute", "excused", "unexcused"], "year_to_date": 0}; - reads standard input',
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the awards; raises `WrongInput` with what is wrong and where."""
    given = read_object(arguments.results)
    try:
        earned = earned_from_json(arguments.scheme, given)
    except WrongRewards as wrong:
        place = "" if str(wrong).startswith("scheme") else f"{arguments.results}: "
        raise WrongInput(f"{place}{wrong}") from wrong
    print_answer(earned_as_json(earned))
    return 0
