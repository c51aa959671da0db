"""`throughcare collect-backups`: copy new backups to where the clinic's own program can't touch them. Needs no keys."""

import argparse

from throughcare.faces.cli.backing_up import add_place, place_named, refusals_as_input, said
from throughcare.faces.cli.installation import load_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """From where, to where."""
    add_place(parser, "--from")
    parser.add_argument(
        "--to", dest="target", required=True, metavar="PLACE", help="folder of the copies, or s3://…"
    )
    parser.add_argument("--compare", action="store_true", help="read all of both again and compare")


def run(arguments: argparse.Namespace) -> int:
    """Copy what is new; 1 when what was copied earlier is gone or another one where it came from."""
    load_django()
    from throughcare.pathway.backup.collecting import collect
    from throughcare.pathway.backup.opening import open_place

    with refusals_as_input():
        done = collect(place_named(arguments), open_place(arguments.target), compare=arguments.compare)
    print(f"{done.added} new, {said(done.bytes)}.")
    for name in done.changed[:20]:
        print(f"GONE OR CHANGED where it came from: {name}. The copy here stays as it was.")
    return 1 if done.changed else 0
