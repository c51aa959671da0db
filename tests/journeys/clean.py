"""What the walkers found clean, so that neither it nor its like is examined again."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

SIZE = 12
MARK = SIZE * 2


def mark_of(words: str) -> str:
    """A mark by which words are known again."""
    return hashlib.blake2b(words.encode(), digest_size=SIZE).hexdigest()


class Clean:
    """Marks of what was found clean.

    Walkers in several processes tell each other through a file, when they have one in common.
    """

    def __init__(self) -> None:
        self.known: set[str] = set()
        self.file: Path | None = None
        self._read = 0

    def lacks(self, marks: Iterable[str]) -> set[str]:
        """Which of these marks are not known yet."""
        missing = set(marks) - self.known
        if missing and self.file and self.file.exists():
            with self.file.open(encoding="ascii") as told:
                told.seek(self._read)
                self.known.update(line for line in told.read().split("\n") if len(line) == MARK)
                self._read = max(0, told.tell() - MARK)  # the last line may have been half written
        return missing - self.known

    def add(self, marks: Iterable[str]) -> None:
        """These were found clean."""
        if self.file:
            with self.file.open("a", encoding="ascii") as told:
                told.write("".join(f"{mark}\n" for mark in sorted(set(marks) - self.known)))
        self.known.update(marks)


clean = Clean()
