"""The long form of gates G2 and G3, `./run python -m bench.prober [--keep DIR]`: every address, every role, tricks.

Builds a review fixture, asks in two processes, prints what was asked and what was wrong; exit 1 when anything was.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

HOUSE = Path(__file__).resolve().parents[1]
# Tricks need someone who signed in and may do something.
NOBODY = frozenset({"anonymous", "suspended", "logged_out", "without_factor", "without_role"})


def main() -> int:
    """Build, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--keep", type=Path, help="a fixture that is there, or where to keep the one that is made"
    )
    folder = parser.parse_args().keep or Path(tempfile.mkdtemp(prefix="throughcare-prober-"))
    if not (folder / "roles.json").exists():
        run("throughcare.faces.cli.main", "review-fixture", "--out", str(folder)).wait()
    roles = [*json.loads((folder / "roles.json").read_text(encoding="utf-8"))]
    tasks = [*roles, "tricks:addresses", *(f"tricks:{role}" for role in roles if role not in NOBODY)]
    began = time.monotonic()
    halves = [run("tests.prober", str(folder), *tasks[half::2], stdout=subprocess.PIPE) for half in (0, 1)]
    reports: list[dict[str, Any]] = [json.loads(one.communicate()[0]) for one in halves]
    took = time.monotonic() - began
    cells: Counter[str] = sum((Counter(one["cells"]) for one in reports), Counter())
    wrong = sorted(line for one in reports for line in one["wrong"])
    print("\n".join(wrong))
    print(
        f"{sum(one['asked'] for one in reports)} questions in {took:.0f} s as {len(roles)} roles: {dict(cells)}; "
        f"{len(wrong)} wrong"
    )
    return 1 if wrong else 0


def run(module: str, *words: str, stdout: int | None = None) -> "subprocess.Popen[str]":
    """A process of this environment."""
    return subprocess.Popen([sys.executable, "-m", module, *words], cwd=HOUSE, stdout=stdout, text=True)


if __name__ == "__main__":
    sys.exit(main())
