"""`python -m bench.clinic_export [--postgres] [--into ENGINE] [--short]`: a clinic goes out and comes in equal.

A clinic of 200 people over a year is exported by the command that an operator runs and read into an empty installation,
by default on the other engine. Every table must be equal by rows and digest, every book must hold, and at least 10,000
FHIR resources must be written a minute (trust.md 1.3).
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from bench.installation import an_installation
from throughcare.keys import key_folder

A_MINUTE = 10_000
Figure = tuple[str, str, bool]


def main() -> int:
    """Export, read in, print; 1 when a promise is broken."""
    parser = argparse.ArgumentParser(prog="bench.clinic_export", description=__doc__)
    parser.add_argument("--postgres", action="store_true", help="the clinic is on PostgreSQL")
    parser.add_argument("--into", choices=("sqlite", "postgres"), help="default: the other engine")
    parser.add_argument("--short", action="store_true", help="20 people over 12 weeks; no figure a minute")
    options = parser.parse_args()
    into = options.into or ("sqlite" if options.postgres else "postgres")
    people, weeks = (20, 12) if options.short else (200, 52)
    with an_installation(postgres=options.postgres) as folder:
        request = build(people, weeks)
        figures = list(out_and_in(folder, request, into=into, timed=not options.short))
    print(
        f"\n{people} people over {weeks} weeks, {'PostgreSQL' if options.postgres else 'SQLite'} into {into}"
    )
    for what, figure, well in figures:
        print(f"{'well' if well else 'BROKEN':7} {what:40} {figure}")
    return 0 if all(well for _, _, well in figures) else 1


def build(people: int, weeks: int) -> UUID:
    """The clinic, and an export that two of its staff stand for."""
    from django.db import transaction

    from bench.big_clinic import BigClinic
    from throughcare.pathway.accounts import actor_for
    from throughcare.pathway.actor import the_program
    from throughcare.pathway.clinic.founding import NewStaff, hire
    from throughcare.pathway.clinic_export.asking import answer_export, ask_for_export
    from throughcare.records.organizations import Organization, Site
    from throughcare.records.people import Account

    now = datetime.now(UTC)
    with transaction.atomic():
        BigClinic(people, weeks, now.date(), say=lambda _: None).build()
    organization = Organization.objects.get().pk
    site = Site.objects.order_by("pk").first()
    assert site is not None
    two = []
    for role in ("admin", "compliance"):
        email = f"{role}@bench.test"
        staff = NewStaff("Bench", role, email, (role,))
        hire(site.uid, staff, password=None, by=the_program(organization), at=now)
        two.append(actor_for(Account.objects.with_email(email).get().pk))
    asks, allows = two
    assert asks is not None and allows is not None
    request = ask_for_export(reason="A figure for the README", by=asks, at=now)
    answer_export(request, yes=True, words="", by=allows, at=now)
    return request


def out_and_in(folder: Path, request: UUID, *, into: str, timed: bool) -> Iterator[Figure]:
    """Both commands, and what they say."""
    with ExitStack() as until_done:
        place = Path(until_done.enter_context(tempfile.TemporaryDirectory(prefix="throughcare-bench-")))
        out = place / "out"
        written = command("export-clinic", "--data", folder, "--request", request, "--to", out)
        rate = written["resources"] / written["seconds"] * 60
        yield (
            "exported",
            f"{written['rows']:,} rows, {written['people']} people, {written['size'] / 1e6:.0f} MB, "
            f"{written['seconds']:.1f} s",
            True,
        )
        yield "FHIR resources a minute", f"{rate:,.0f}", rate >= A_MINUTE or not timed
        checked = subprocess.run(
            ["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=out, capture_output=True, check=False
        )
        yield "sha256sum -c", "every file" if checked.returncode == 0 else "differs", checked.returncode == 0
        new = place / "new"
        shutil.copytree(key_folder(folder), key_folder(new))
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        if into == "postgres":
            from tests.postgres import a_postgres

            environment["DATABASE_URL"] = until_done.enter_context(a_postgres())
        read = command("import-clinic", "--data", new, out, environment=environment)
        equal = read["equal"] and read["rows"] == written["rows"]
        yield "read in, compared, books followed", f"{read['rows']:,} rows, {read['seconds']:.1f} s", equal
        yield "the book of accesses", "; ".join(read["books"]), read["equal"]


def command(*words: object, environment: dict[str, str] | None = None) -> dict[str, Any]:
    """What a command of the program answers in JSON. Raises with its own words when it refuses."""
    done = subprocess.run(
        [sys.executable, "-m", "throughcare.faces.cli.main", *map(str, words)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip().splitlines()[-1] if done.stderr else done.stdout)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


if __name__ == "__main__":
    sys.exit(main())
