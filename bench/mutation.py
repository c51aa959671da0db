"""Would we notice? `./run python -m bench.mutation [--only WORDS] [--list] [--allowed 1] [--no-first-run]`.

Takes each guard of `bench/guards/` out of a throw-away copy of the program, runs the tests that should notice, and
puts it back. Prints a line a guard; 1 when more than `--allowed` were missed, or when the tests fail with every guard
in place. Only a test that fails counts as noticing: a program that can't be loaded any more proves nothing.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.guards import GUARDS, Guard

HOUSE = Path(__file__).resolve().parents[1]
COPIED = ("src", "tests", "bench", "docs", "pyproject.toml", "README.md")
# pytest's own words for how a run ended.
PASSED, FAILED = 0, 1
LONGEST = 3_600


def main() -> int:
    """Copy, try each, count."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--only", default="", help="guards whose name or file holds one of these, with commas"
    )
    parser.add_argument("--list", action="store_true", help="name the guards and take none out")
    parser.add_argument("--allowed", type=int, default=1, help="how many may be missed")
    parser.add_argument(
        "--no-first-run", action="store_true", help="trust that the tests pass as things stand"
    )
    options = parser.parse_args()
    words = options.only.split(",")
    chosen = [one for one in GUARDS if any(part in f"{one.name} {one.file}" for part in words)]
    if options.list:
        for guard in chosen:
            print(f"{guard.name}  ({guard.file})")
        return 0
    with a_copy() as copy:
        if not options.no_first_run:
            whole, last = run_tests(copy, sorted({test for guard in chosen for test in guard.tests}))
            if whole != PASSED:
                print(f"With every guard in place the tests don't pass:\n{last}")
                return 1
        missed = [guard for guard in chosen if not is_noticed(guard, copy)]
    print(f"{len(chosen) - len(missed)} of {len(chosen)} guards are noticed when they are gone.")
    return 1 if len(missed) > options.allowed else 0


@contextmanager
def a_copy() -> Iterator[Path]:
    """The program and its tests as they stand in the working tree, in a folder that goes away again."""
    with tempfile.TemporaryDirectory(prefix="throughcare-mutation-") as folder:
        copy = Path(folder)
        for name in COPIED:
            here, ignored = HOUSE / name, shutil.ignore_patterns("__pycache__", "*.pyc")
            if here.is_dir():
                shutil.copytree(here, copy / name, ignore=ignored)
            else:
                shutil.copy(here, copy / name)
        yield copy


def is_noticed(guard: Guard, copy: Path) -> bool:
    """Take it out, run its tests, put it back; says how it went."""
    began, file = time.monotonic(), copy / guard.file
    before = file.read_text(encoding="utf-8")
    file.write_text(without(guard, before), encoding="utf-8")
    try:
        ended, words = run_tests(copy, guard.tests)
    finally:
        file.write_text(before, encoding="utf-8")
    noticed = ended == FAILED and "FAILED" in words
    by = re.search(r"^FAILED (?:\S+/)?(\S+)", words, re.MULTILINE)
    what = f"noticed by {by[1]}" if noticed and by else f"MISSED (pytest ended with {ended})"
    print(f"{guard.name}: {what}, {time.monotonic() - began:.0f} s", flush=True)
    return noticed


def without(guard: Guard, text: str) -> str:
    """The file's text without the guard. Raises `ValueError` when it doesn't stand there exactly once."""
    if text.count(guard.old) != 1:
        raise ValueError(f"{guard.name}: stands {text.count(guard.old)} times in {guard.file}")
    return text.replace(guard.old, guard.new)


def run_tests(copy: Path, tests: Iterable[str]) -> tuple[int, str]:
    """How pytest ended over these tests of the copy, and its last words."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"PYTHONPATH": f"{copy}/src:{copy}", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *tests, "-q", "-x", "-p", "no:cacheprovider", "--no-header"],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST,
    )
    return done.returncode, "\n".join((done.stdout + done.stderr).splitlines()[-30:])


if __name__ == "__main__":
    sys.exit(main())
