"""`throughcare import-referrals [--data DIR] [--site NAME] FILE…`: takes in FHIR R4 bundles and CSV tables."""

import argparse
import os
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from throughcare.faces.cli.exchange import WrongInput, print_answer

LARGEST = 200 * 1024 * 1024


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The data folder, the site, and the files."""
    parser.add_argument("--data", metavar="DIR", help="the data folder (default: throughcare-data here)")
    parser.add_argument(
        "--site", metavar="NAME", default="", help="the site they are for (default: the first)"
    )
    parser.add_argument("files", metavar="FILE", nargs="+", help=".json, .json.gz, .ndjson or .csv")


def run(arguments: argparse.Namespace) -> int:
    """Import each file and print what was taken in, what was there already and what was refused, and where."""
    _start_django(arguments.data)
    from django.utils import timezone

    from throughcare.pathway.referral.referral_import import ImportReport, RefusedPart, import_document

    by, site = _site(arguments.site)
    by = replace(by, surface="command")
    report = ImportReport()
    for number, name in enumerate(arguments.files, start=1):
        print(f"{number}/{len(arguments.files)} {name}", file=sys.stderr, flush=True)
        try:
            content = _read(name)
        except OSError as error:
            report += ImportReport(
                refused=(RefusedPart(name, "the file", f"can't be read: {error.strerror}"),)
            )
            continue
        report += import_document(name, content, site=site, by=by, at=timezone.now())
    _say(report)
    print_answer(_as_json(report))
    return 0


def _start_django(data: str | None) -> None:
    if data is not None:
        if not Path(data).is_dir():
            raise WrongInput(
                f"{data}: no such data folder; `throughcare serve --data {data}` sets a clinic up in it"
            )
        os.environ["THROUGHCARE_DATA"] = data
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughcare.settings")
    import django

    django.setup()


def _site(name: str) -> tuple[Any, Any]:
    from django.db import DatabaseError

    from throughcare.pathway.clinic.front_door import site_named, site_names

    try:
        found, names = site_named(name), site_names()
    except DatabaseError as error:
        raise WrongInput("no clinic is set up here; run `throughcare serve` and set one up first") from error
    if found is not None:
        return found
    if names:
        raise WrongInput(f"--site {name}: no such site; this clinic has {', '.join(names)}")
    raise WrongInput("no clinic is set up here; run `throughcare serve` and set one up first")


def _read(name: str) -> bytes:
    """At most a byte more than the limit: what is larger is refused by its size, not by the memory it takes."""
    with Path(name).open("rb") as file:
        return file.read(LARGEST + 1)


def _say(report: Any) -> None:
    print(
        f"{len(report.taken_in)} taken in, {len(report.already)} there already, {len(report.refused)} refused",
        file=sys.stderr,
    )


def _as_json(report: Any) -> dict[str, Any]:
    def line(one: Any) -> dict[str, Any]:
        return {key: value if isinstance(value, int) else _plain(value) for key, value in asdict(one).items()}

    return {key: [line(one) for one in getattr(report, key)] for key in ("taken_in", "already", "refused")}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else str(value)
