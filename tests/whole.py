"""Everything that must pass, in one command: `./run tests`, or `./run tests PART …` for some of it."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.postgres import FOR_TESTS, a_postgres

HOUSE = Path(__file__).resolve().parent.parent
# Tests of floors that import no Django (import-linter holds that), and of the source and its words: no engine changes
# them. Of the rest, what asks for no database is left out on PostgreSQL too (tests/conftest.py).
NO_DATABASE = ("knowledge", "timetable", "building", "languages", "journeys", "prober")
DEBIAN_PACKAGES = {"chromium": "chromium", "postgresql": "pg_ctlcluster"}


def main(names: Sequence[str]) -> int:
    """Run the named parts, or all of them; 0 when every one passed."""
    unknown = set(names) - set(PARTS)
    if unknown:
        print(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}", file=sys.stderr)
        return 2
    install_what_is_missing()
    results = {name: run_part(name) for name in names or WHOLE}
    print(
        "\n"
        + "\n".join(
            f"{name:9} {'passed' if ok else 'FAILED'} in {took:.0f} s" for name, (ok, took) in results.items()
        )
    )
    return 0 if all(ok for ok, _ in results.values()) else 1


def run_part(name: str) -> tuple[bool, float]:
    """One part: whether it passed, and its seconds."""
    print(f"\n== {name}", flush=True)
    began = time.monotonic()
    return PARTS[name](), time.monotonic() - began


def install_what_is_missing() -> None:
    """A browser for the journeys and PostgreSQL, from Debian's packages."""
    missing = [package for package, command in DEBIAN_PACKAGES.items() if shutil.which(command) is None]
    if not missing:
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        sys.exit(f"The tests need {' and '.join(missing)}. Install: apt-get install {' '.join(missing)}")
    print(f"Installing {' and '.join(missing)} …", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=quiet)
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing],
        check=True,
        env=quiet,
        stdout=subprocess.DEVNULL,
    )


def tool(*words: str, environment: dict[str, str] | None = None) -> bool:
    """Run a tool of this environment in the house; whether it was content."""
    command = [str(Path(sys.executable).parent / words[0]), *words[1:]]
    return subprocess.run(command, cwd=HOUSE, env={**os.environ, **(environment or {})}).returncode == 0


def lint() -> bool:
    """Style, and that the formatter has nothing to say."""
    return all([tool("ruff", "check", "--quiet", "."), tool("ruff", "format", "--check", "--quiet", ".")])


def types() -> bool:
    """Types, strictly."""
    return tool("mypy")


def floors() -> bool:
    """Imports only point down."""
    return tool("lint-imports")


def sqlite() -> bool:
    """Every test but the journeys on SQLite; the prober among them, so that no processor waits for it."""
    return tool("pytest", "-n", "2", "--ignore=tests/journeys", environment={"DATABASE_URL": ""})


def postgres() -> bool:
    """The same on PostgreSQL, in a folder and on a port of its own, but for what no engine changes."""
    beside = [f"--ignore=tests/{floor}" for floor in NO_DATABASE]
    with a_postgres(*FOR_TESTS) as url:
        return tool(
            "pytest",
            "-n",
            "2",
            "--only-with-database",
            *beside,
            environment={"DATABASE_URL": url},
        )


def guards() -> bool:
    """The review fixture, and every address asked as every role."""
    return tool("pytest", "-m", "prober", environment={"DATABASE_URL": ""})


def journeys() -> bool:
    """The program walked in a real browser; what failed is walked once more by itself, and both are told."""
    if walk():
        return True
    print(
        "\n== what failed, once more: a failure above that does not come back wants a look all the same",
        flush=True,
    )
    return walk("--last-failed", "--last-failed-no-failures", "none")


def walk(*which: str) -> bool:
    """These journeys, or all."""
    return tool(
        "pytest",
        "-n",
        "2",
        "--dist",
        "worksteal",  # they take from seconds to minutes: whoever is done early takes from the other
        "tests/journeys",
        *which,
        environment={"DATABASE_URL": "", "DJANGO_ALLOW_ASYNC_UNSAFE": "1"},
    )


PARTS: dict[str, Callable[[], bool]] = {
    part.__name__: part for part in (lint, types, floors, sqlite, postgres, guards, journeys)
}

# What `sqlite` holds already is not run by itself.
WHOLE = tuple(name for name in PARTS if name != "guards")

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
