"""`throughcare verify-draw PROOF.json`: works out every draw of a period again. Needs no database."""

import argparse

from throughcare.faces.cli.exchange import WrongInput, print_answer, read_object
from throughcare.knowledge.drug_tests.proof import WrongProof, proof_from_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The proof of one period, as the page of draws gives it."""
    parser.add_argument("proof", metavar="PROOF.json", help="from the page of draws; - reads standard input")


def run(arguments: argparse.Namespace) -> int:
    """Print whether every draw is as the seed gives it; 1 when one is not."""
    given = read_object(arguments.proof)
    try:
        proof = proof_from_json(given)
    except WrongProof as wrong:
        raise WrongInput(f"{arguments.proof}: {wrong}") from wrong
    found = proof.check()
    print_answer({"fair": not found, "draws": len(proof.drawn), "wrong": list(found)})
    return 1 if found else 0
