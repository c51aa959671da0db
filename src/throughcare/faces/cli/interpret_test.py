"""`throughcare interpret-test TEST.json`: says what a drug or alcohol test means. Needs no database."""

import argparse

from throughcare.faces.cli.exchange import WrongInput, print_answer, read_object
from throughcare.knowledge.drug_tests.from_json import WrongTest, meaning_as_json, sample_from_json
from throughcare.knowledge.drug_tests.interpreting import interpret


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file of one test."""
    parser.add_argument(
        "test",
        metavar="TEST.json",
        help='{"collected_at": "2026-03-02T10:00:00-05:00", "results": {"fentanyl": "pos"}, "definitive": false, '
        '"prescribed": ["buprenorphine"], "disclosed": [{"substance": "cannabis", "last_used_at": "2026-03-01"}], '
        '"earlier": [{"at": "2026-02-20T10:00:00-05:00", "unexpected": true}]}; - reads standard input',
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the meaning; raises `WrongInput` with what is wrong and where."""
    given = read_object(arguments.test)
    try:
        sample = sample_from_json(given)
    except WrongTest as wrong:
        raise WrongInput(f"{arguments.test}: {wrong}") from wrong
    print_answer(meaning_as_json(interpret(sample)))
    return 0
