"""Pages when a million patients share the tables: `./run python -m bench.load_sizes [--people 5000] [--times 200]`.

Part (c) of the load, on a PostgreSQL of its own. The pages of one clinic of 5,000 people are asked, then 199 more
organizations of that size are written beside it (patients, referrals, episodes, stays, care teams: copied in the
database, each with its own keys), and
the same pages are asked again. The promise: p95 at most one and a half times as long.
"""

import argparse
import sys
import time
from pathlib import Path
from typing import Any

from bench.installation import an_installation

MOST_TIMES, AT_LEAST_MS = 1.5, 10.0
ASKED = ("staff", "patients")


def main() -> int:
    """Ask, write the others, ask again; 1 when a page grew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=5_000)
    parser.add_argument("--weeks", type=int, default=104)
    parser.add_argument("--times", type=int, default=200, help="how many clinics of this size in the end")
    parser.add_argument("--requests", type=int, default=60, help="of each page")
    options = parser.parse_args()
    with an_installation(postgres=True) as folder:
        return compare(folder, options)


def compare(folder: Path, options: argparse.Namespace) -> int:
    """Both measurements, and what grew."""
    from bench.load import Load

    options.part = "c"
    load = Load(folder, options)
    small = measured(load, options.requests)
    began = time.monotonic()
    rows = multiply(options.times)
    print(f"{rows:,} patients in the tables, written in {time.monotonic() - began:.0f} s", flush=True)
    large = measured(load, options.requests)
    grew = []
    print(f"{'p95 ms':22} {'one clinic':>11} {'all':>9} {'times':>6}")
    for name, before in small.items():
        times = max(large[name], AT_LEAST_MS) / max(before, AT_LEAST_MS)
        print(f"{name:22} {before:11.0f} {large[name]:9.0f} {times:6.2f}")
        if times > MOST_TIMES:
            grew.append(f"{name} {times:.2f} times")
    print(f"grew: {'; '.join(grew)}" if grew else "no page grew with the others' rows")
    return 1 if grew else 0


def measured(load: Any, requests: int) -> dict[str, float]:
    """p95 in ms of each page, asked one after another."""
    from bench.load import percent
    from bench.load_traffic import AUTOSAVE, KINDS, Line

    found = {}
    with load.processes(1) as processes:
        line, traffic = Line(processes.port), load.traffic(processes)
        for kind in [one for one in KINDS if one.who in ASKED and one.name != AUTOSAVE]:
            times = []
            for number in range(requests + 5):
                began = time.monotonic()
                traffic._one(line, began, kind, number)
                times.append((time.monotonic() - began) * 1_000)
            found[kind.name] = percent(sorted(times[5:]), 95)
    if traffic.wrong:
        raise RuntimeError(f"answers were wrong: {traffic.wrong[:3]}")
    return found


def multiply(times: int) -> int:
    """Write so many clinics less one beside the one that is there; how many patients there are then."""
    from django.db import connection

    from throughcare.records.episodes import CareTeamMember, Episode, Stay
    from throughcare.records.organizations import Organization, Site
    from throughcare.records.people import Patient, Practitioner
    from throughcare.records.referrals import Referral

    copied = (Organization, Site, Practitioner, Patient, Referral, Episode, Stay, CareTeamMember)
    with connection.cursor() as cursor:
        for model in copied:
            columns = [one.column for one in model._meta.concrete_fields]
            values = ", ".join(value_of(one, copied) for one in model._meta.concrete_fields)
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) "  # names of our own tables
                f"SELECT {values} FROM {model._meta.db_table} AS one, generate_series(1, %s) AS copy",
                [times - 1],
            )
        cursor.execute("ANALYZE")
    count = Patient.objects.count()
    connection.close()
    return count


def value_of(column: Any, copied: tuple[type, ...]) -> str:
    """A column of a copy: keys moved by as much as their table is long, public ids anew, all else as it was."""
    apart = 10_000_000
    name = f"one.{column.column}"
    if column.primary_key or (column.is_relation and column.related_model in copied):
        return f"{name} + copy * {apart}"
    if column.unique and column.get_internal_type() == "UUIDField":
        return "gen_random_uuid()"
    if column.is_relation and column.unique:
        return "NULL"
    if column.unique and column.get_internal_type() in ("CharField", "TextField"):
        return f"{name} || copy::text"
    return name


if __name__ == "__main__":
    sys.exit(main())
