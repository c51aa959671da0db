"""One operation of a history: what somebody asked for, when, and what they were told, if anything."""

from collections.abc import Hashable
from dataclasses import dataclass

OK, REFUSED, UNKNOWN = "ok", "refused", "unknown"
READS = frozenset({"read", "all"})


@dataclass(frozen=True)
class Operation:
    """`began` and `ended` are seconds on one clock; `ended` is None when no answer ever came (`result` unknown).

    `saw` is the version that a writer had read. An `answer` of None says nothing beyond `result`.
    """

    thing: str
    verb: str
    began: float
    ended: float | None
    result: str
    value: str = ""
    saw: int = 0
    answer: Hashable = None
    by: int = 0

    @property
    def said(self) -> str:
        """The operation on one line."""
        until = f"{self.ended:.3f}" if self.ended is not None else "?"
        words = f"{self.verb} {self.value}".strip() + (f" after {self.saw}" if self.saw else "")
        return f"{self.began:.3f}–{until} #{self.by} {words} → {self.result} {self.answer or ''}".strip()


@dataclass(frozen=True)
class Thing:
    """Something that several people change at once: its kind names the rules it follows, `start` how it began."""

    name: str
    kind: str
    start: Hashable = ()
