"""A value of a JSON file that knows where it stands, so that whatever is wrong with it can be said."""

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

# What JSON calls the types of Python.
WORDS = {
    dict: "an object",
    list: "a list",
    str: "text",
    bool: "true or false",
    int: "a number",
    float: "a number",
}
# No number of a week is larger; far larger ones would only overflow something.
LARGEST = 1_000_000


class ProblemError(ValueError):
    """A problem or a plan can't be read; `where` is a path such as `sites[0].patients[3].avail[2]`."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}" if where else why)
        self.where, self.why = where, why


@dataclass(frozen=True)
class Value:
    """A JSON value and its path."""

    it: Any
    where: str

    def wrong(self, why: str) -> ProblemError:
        """The error that says what is wrong with this value."""
        return ProblemError(self.where, why)

    def _expected(self, what: str) -> ProblemError:
        found = "null" if self.it is None else WORDS.get(type(self.it), "something else")
        return self.wrong(f"{what} is expected, found {found}")

    def has(self, name: str) -> bool:
        """Whether an object has this key with something other than null."""
        return self.object().get(name) is not None

    def key(self, name: str) -> "Value":
        """The value of a key that must be there."""
        if name not in self.object():
            raise ProblemError(self._path(name), "the key is missing")
        return Value(self.it[name], self._path(name))

    def or_else(self, name: str, other: Any) -> "Value":
        """The value of a key, or `other` where it is absent."""
        return Value(self.object().get(name, other), self._path(name))

    def _path(self, name: str) -> str:
        shown = name if name.isidentifier() else repr(name)
        return f"{self.where}.{shown}" if self.where else shown

    def object(self) -> dict[str, Any]:
        """The value as an object."""
        if not isinstance(self.it, dict):
            raise self._expected("an object")
        return self.it

    def fields(self) -> Iterator[tuple[str, "Value"]]:
        """The keys of an object with their values."""
        for name, value in self.object().items():
            yield name, Value(value, self._path(name))

    def items(self, length: int | None = None) -> Iterator["Value"]:
        """The items of a list."""
        if not isinstance(self.it, list):
            raise self._expected("a list")
        if length is not None and len(self.it) != length:
            raise self.wrong(f"a list of {length} is expected, found {len(self.it)}")
        for place, value in enumerate(self.it):
            yield Value(value, f"{self.where}[{place}]")

    def text(self) -> str:
        """The value as text that isn't empty."""
        if not isinstance(self.it, str):
            raise self._expected("text")
        if not self.it:
            raise self.wrong("empty text names nothing")
        return self.it

    def among(self, known: Collection[str], what: str) -> str:
        """The value as one of the names that are known; `what` they are, such as “a type”."""
        if self.text() not in known:
            raise self.wrong(f"{self.it!r} is not {what} of this site")
        return str(self.it)

    def whole(self, low: int = 0, high: int = LARGEST) -> int:
        """The value as a whole number within bounds."""
        if not isinstance(self.it, int) or isinstance(self.it, bool):
            raise self._expected("a whole number")
        if not low <= self.it <= high:
            raise self.wrong(f"a whole number from {low} to {high} is expected")
        return self.it

    def number(self, low: float = 0, high: float = LARGEST) -> float:
        """The value as a number within bounds."""
        if not isinstance(self.it, int | float) or isinstance(self.it, bool):
            raise self._expected("a number")
        if not (isinstance(self.it, int) or math.isfinite(self.it)) or not low <= self.it <= high:
            raise self.wrong(f"a number from {low:.4g} to {high} is expected")
        return self.it

    def ticks(self, periods: int) -> frozenset[int]:
        """The value as a list of periods of a day."""
        return frozenset(one.whole(0, periods - 1) for one in self.items())

    def moment(self, days: int = LARGEST, periods: int = LARGEST) -> tuple[int, int]:
        """The value as a day and a period."""
        day, tick = self.items(2)
        return day.whole(0, days - 1), tick.whole(0, periods - 1)


def once(values: Iterator[Value], what: str) -> Iterator[Value]:
    """Objects of a list whose `id` no other has."""
    seen: set[str] = set()
    for value in values:
        name = value.key("id").text()
        if name in seen:
            raise value.key("id").wrong(f"{what} {name!r} is listed twice")
        seen.add(name)
        yield value
