"""One guard of the program, and where it stands."""

from dataclasses import dataclass

PATHWAY, WEB = "src/throughcare/pathway", "src/throughcare/faces/web"


@dataclass(frozen=True)
class Guard:
    """What it is in words, where it stands, what stands there without it, which tests should notice.

    `old` stands exactly once in its file; `new` is the same place without the guard, still a program that runs.
    """

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


def guard(name: str, file: str, old: str, new: str, *tests: str) -> Guard:
    """A guard with its tests in a row."""
    return Guard(name, file, old, new, tests)
