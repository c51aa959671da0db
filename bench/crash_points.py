"""`python -m bench.crash_points`: seven flows, the program killed at each step of them (trust.md 5.2).

A step is each mark in the code (written and not yet kept; kept and not yet answered) and, with `--statements`, also
each question that a flow puts to the database. After every death there is nothing of the form in any table, or all of
it; sent again, it is there once.
"""

import argparse
import os
import sys
from typing import Any

from bench.installation import an_installation

KILLED = -9


def main() -> int:
    """Kill, print a line for each flow; 1 when something was lost, doubled or half."""
    parser = argparse.ArgumentParser(prog="bench.crash_points", description=__doc__)
    parser.add_argument("--statements", action="store_true", help="before each question to the database too")
    parser.add_argument("--postgres", action="store_true")
    options = parser.parse_args()
    os.environ.setdefault("SECRET_KEY", "for a bench only; no data of anyone is behind it")
    with an_installation(postgres=options.postgres):
        from tests.crashes.flows import deaths

        good = []
        for told in deaths(statements=options.statements):
            good.append(_holds(told))
            if options.statements:
                good.append(_holds_everywhere(told))
    print(f"{sum(good)} of {len(good)} hold")
    return 0 if all(good) else 1


def _holds(told: dict[str, Any]) -> bool:
    rows = told["rows"]
    died, counted, stands = told["kept"]
    holds = (
        told["written"] == [KILLED, [0] * len(rows), {}]
        and (died, counted) == (KILLED, rows)
        and stands.get("records_submission") == 1
        and told["again"] == [302, rows, {}]
    )
    print(f"{told['flow']:<12} two marks              {'holds' if holds else told}", flush=True)
    return holds


def _holds_everywhere(told: dict[str, Any]) -> bool:
    # Two pictures only: nothing at all, and everything.
    holds = len(told["left"]) == 2 and told["left"][0] == {} and told["counted"] == told["rows"]
    deaths = told["statements"] - 1
    print(f"{told['flow']:<12} {deaths:>4} deaths at questions {'holds' if holds else told}", flush=True)
    return holds


if __name__ == "__main__":
    sys.exit(main())
