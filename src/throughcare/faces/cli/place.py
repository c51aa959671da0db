"""`throughcare place FACTS.json`: says which level of care the facts indicate, and why. Needs no database."""

import argparse

from throughcare.faces.cli.exchange import WrongInput, print_answer, read_object
from throughcare.knowledge.placement import Facts, WrongFacts, as_json, place


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file of facts."""
    parser.add_argument(
        "facts",
        metavar="FACTS.json",
        help='{"domains": {"M": 2, "U": 2}, "ciwa_ar": 6, …}; - reads standard input; absent or null: not known',
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the placement; raises `WrongInput` with what is wrong and where."""
    given = read_object(arguments.facts)
    try:
        facts = Facts.from_json(given)
    except WrongFacts as wrong:
        raise WrongInput(f"{arguments.facts}: {wrong}") from wrong
    print_answer(as_json(place(facts)))
    return 0
