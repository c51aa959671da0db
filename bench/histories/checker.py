"""Whether one order of the operations explains everything that everybody was told. Pure: a history in, words out.

Each thing is looked at alone, which is enough: a history fits when its things do (Herlihy and Wing, 1990). The order
must keep what ended before something else began; an operation without an answer may have happened at any moment
since it began, or never. What is tried: the search of Wing and Gong with Lowe's memory of what was tried before.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf

from bench.histories.history import READS, REFUSED, UNKNOWN, Operation, Thing
from bench.histories.rules import RULES

# More than this for one thing and the search is given up, which counts as an anomaly: nothing was shown.
MOST_TRIED = 300_000
SHOWN = 12


@dataclass(frozen=True)
class Anomaly:
    """A thing whose history no order explains, with the operations around the one that fits nowhere."""

    thing: str
    because: str
    around: tuple[str, ...]

    def __str__(self) -> str:
        return "\n    ".join((f"{self.thing}: {self.because}", *self.around))


def check(things: Iterable[Thing], history: Iterable[Operation]) -> tuple[Anomaly, ...]:
    """The anomalies of a history, at most one a thing."""
    of: dict[str, list[Operation]] = defaultdict(list)
    for operation in history:
        if not (operation.result == UNKNOWN and operation.verb in READS):
            of[operation.thing].append(operation)
    found = (_Search(thing, of.pop(thing.name, [])).anomaly() for thing in things)
    wrong = [one for one in found if one is not None]
    wrong += [Anomaly(name, "nobody said that there is such a thing", ()) for name in of]
    return tuple(wrong)


class _Search:
    """The orders of one thing's operations, tried one after the other without trying the same twice."""

    def __init__(self, thing: Thing, operations: Sequence[Operation]) -> None:
        self.thing, self.step = thing, RULES[thing.kind]
        self.operations = sorted(self._possible(operations), key=lambda one: one.began)
        self.answered = self._bits(one.result != UNKNOWN for one in self.operations)
        self.whole = next((one.answer for one in operations if one.verb == "all"), None)
        self.furthest = 0

    def anomaly(self) -> Anomaly | None:
        """What is wrong, if no order fits."""
        start = (0, self.thing.start)
        waiting, seen = [start], {start}
        while waiting:
            done, state = waiting.pop()
            if done & self.answered == self.answered:
                return None
            if (done & self.answered).bit_count() > (self.furthest & self.answered).bit_count():
                self.furthest = done
            for further in self._next(done, state):
                if further not in seen:
                    seen.add(further)
                    waiting.append(further)
            if len(seen) > MOST_TRIED:
                return self._wrong("more orders than were tried; nothing is shown either way")
        return self._wrong("no order of what was acknowledged explains it")

    def _next(self, done: int, state: Hashable) -> Iterator[tuple[int, Hashable]]:
        """Each operation that may come next and whose answer fits; those without an answer are tried last."""
        open_ones = [(number, one) for number, one in enumerate(self.operations) if not done >> number & 1]
        latest = min((_end(one) for _, one in open_ones), default=inf)
        first = [pair for pair in open_ones if pair[1].began <= latest]
        for number, one in sorted(first, key=lambda pair: (pair[1].result != UNKNOWN, -_end(pair[1]))):
            new, result, answer = self.step(state, one)
            if one.result == UNKNOWN:
                fits = result != REFUSED and new != state
            else:
                fits = result == one.result and (None in (answer, one.answer) or answer == one.answer)
            if fits and self._leads_on(new):
                yield done | 1 << number, new

    def _leads_on(self, state: Hashable) -> bool:
        """Whether what was read at the end can still come of this state: a list only grows."""
        if not isinstance(self.whole, tuple) or not isinstance(state, tuple):
            return True
        return self.whole[: len(state)] == state

    def _possible(self, operations: Iterable[Operation]) -> Iterator[Operation]:
        """What never got an answer ends never."""
        for one in operations:
            yield replace(one, ended=None) if one.result == UNKNOWN else one

    def _wrong(self, because: str) -> Anomaly:
        left = [number for number in range(len(self.operations)) if not self.furthest >> number & 1]
        answered = [number for number in left if self.answered >> number & 1]
        at = min(answered, key=lambda number: _end(self.operations[number]), default=0)
        around = self.operations[max(0, at - SHOWN // 2) : at + SHOWN // 2]
        lines = (f"{'>' if one is self.operations[at] else ' '} {one.said}" for one in around)
        return Anomaly(f"{self.thing.kind} {self.thing.name}", because, tuple(lines))

    @staticmethod
    def _bits(flags: Iterable[bool]) -> int:
        return sum(1 << number for number, flag in enumerate(flags) if flag)


def _end(operation: Operation) -> float:
    return inf if operation.ended is None else operation.ended
