"""`throughcare review-fixture`: a clinic of made-up people for reviewers, everyone signed in, every id listed."""

import argparse
import gc
import logging
from datetime import UTC, datetime
from pathlib import Path

from throughcare.faces.cli.exchange import WrongInput
from throughcare.faces.cli.installation import migrate, start_django, use_data_folder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the fixture goes."""
    parser.add_argument("--out", required=True, help="folder to make; its data folder must not exist yet")


def run(arguments: argparse.Namespace) -> int:
    """Build the clinic, sign everyone in, write the four files."""
    out = Path(arguments.out).resolve()
    if (out / "data").exists():
        raise WrongInput(f"{out / 'data'} exists already; choose another folder with --out")
    out.mkdir(parents=True, exist_ok=True, mode=0o700)
    # The file by which the program knows a clinic for reviewers, whose tools ask faster than people do.
    (use_data_folder(str(out / "data")) / "review").touch()
    start_django()
    migrate()
    print("Building a clinic for reviewers (about a minute) …", flush=True)
    make(out)
    print(f"roles.json, routes.json, ids.json and policy.json are in {out}.")
    print(f"The cookies hold on the server that this starts: throughcare serve --data {out / 'data'}")
    return 0


def make(out: Path) -> None:
    """The clinic in the database that Django uses, and the files about it in `out`."""
    from throughcare.faces.cli.review.build import build
    from throughcare.faces.cli.review.doors import sign_everyone_in
    from throughcare.faces.cli.review.files import write_files
    from throughcare.faces.cli.review.walk import Walk

    gc.set_threshold(100_000)  # tens of thousands of short queries: the collector finds little and costs much
    logging.getLogger("django.request").setLevel(
        logging.CRITICAL
    )  # pages that refuse are what the walk expects
    fixture = build(now=datetime.now(UTC))
    doors = sign_everyone_in(fixture)
    write_files(out, fixture, doors, Walk(fixture, doors).walk())
