"""Writes so many numbers with the program's own settings: `python -m tests.crashes.writer FILE COUNT SYNCHRONOUS`.

Each is told, with the moment, once the database said that it is kept.
"""

import sys
import time

from throughcare.sqlite import bring_along


def main(file: str, count: str, synchronous: str) -> None:
    """Write and tell."""
    bring_along()
    import sqlite3

    from throughcare.settings import DATABASES

    line = sqlite3.connect(file, isolation_level=None)
    line.executescript(DATABASES["default"]["OPTIONS"]["init_command"])
    if synchronous != "ours":
        line.execute(f"PRAGMA synchronous={synchronous}")
    for number in range(int(count)):
        line.execute("BEGIN IMMEDIATE")
        line.execute("INSERT INTO kept VALUES (?, ?)", (number, "words " * 200))
        line.execute("COMMIT")
        print(number, time.time(), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
