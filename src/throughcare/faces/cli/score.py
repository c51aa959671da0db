"""`throughcare score CODE ANSWERS.json`: scores a questionnaire's answers. Needs no database."""

import argparse
from typing import Any

from throughcare.faces.cli.exchange import WrongInput, print_answer, read_object
from throughcare.knowledge.questionnaires.questionnaire import Score
from throughcare.knowledge.questionnaires.scoring import CannotScore, score

CONTRACT = ("code", "total", "subscales", "band", "missing", "prorated", "critical", "positive")
"""The keys that others script against; `flags`, `may_be` and `notes` follow them."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """CODE, and the file of answers."""
    parser.add_argument("code", metavar="CODE", help="the questionnaire, such as phq-9")
    parser.add_argument(
        "answers",
        metavar="ANSWERS.json",
        help='{"answers": [2, 1, null, …], "context": {"sex": "female", "age": 34}}; - reads standard input',
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the score; raises `WrongInput` with what is wrong and where."""
    given = read_object(arguments.answers)
    if "answers" not in given:
        raise WrongInput(f'{arguments.answers}: answers: the key is missing; {{"answers": […]}} is expected')
    try:
        found = score(arguments.code, given["answers"], given.get("context"))
    except CannotScore as error:
        place = "" if error.where == "code" else f"{arguments.answers}: "
        raise WrongInput(f"{place}{error}") from error
    print_answer(as_json(found))
    return 0


def as_json(found: Score) -> dict[str, Any]:
    """The score under the keys of the command's contract, then the others."""
    return {
        **{key: getattr(found, key) for key in CONTRACT},
        "subscales": dict(found.subscales),
        "critical": list(found.critical),
        "flags": list(found.flags),
        "may_be": found.may_be,
        "notes": list(found.notes),
    }
