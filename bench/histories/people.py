"""The ten who ask: random operations, what they were told, and asking again when nobody answered."""

import json
import random
import socket
import threading
import time
from collections import Counter
from collections.abc import Sequence
from itertools import count
from typing import Any
from uuid import UUID

from bench.histories.clinic import Place
from bench.histories.history import UNKNOWN, Operation

PATIENCE = 60.0
WRITES = {
    "plan": ("save",),
    "dose": ("change",),
    "marks": ("mark",),
    "note": ("write", "write", "sign"),
    "consent": ("tell", "tell", "tell", "tell", "revoke"),
    "crisis": ("take",),
    "pair": ("order", "stop"),
}
READ_SHARE, ASKS_AGAIN = 0.3, 0.5
_minutes, _tokens = count(1), count(1)


class Gone(Exception):
    """The server went away before it answered."""


class Line:
    """A connection that is made again when the server is back."""

    def __init__(self, address: str) -> None:
        self.address, self.lines = address, None

    def ask(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Send and wait for the answer. Raises `Gone` when none came."""
        try:
            lines = self.lines or self._connect()
            lines.write(json.dumps(asked).encode() + b"\n")
            lines.flush()
            answer = lines.readline()
        except OSError:
            answer = b""
        if not answer.endswith(b"\n"):
            self.lines = None
            raise Gone
        return dict(json.loads(answer))

    def _connect(self) -> Any:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                connection = socket.socket(socket.AF_UNIX)
                connection.connect(self.address)
                connection.settimeout(PATIENCE)
                self.lines = connection.makefile("rwb")
                return self.lines
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.01)


class Person(threading.Thread):
    """One of the ten. `history` is what they were told."""

    def __init__(self, number: int, run: "Run") -> None:
        super().__init__(name=f"person {number}", daemon=True)
        self.number, self.run_of = number, run
        self.dice = random.Random(run.seed * 1_000 + number)
        self.line = Line(run.address)
        self.history: list[Operation] = []
        self.saw: dict[str, int] = {}
        self.troubles: Counter[str] = Counter()

    def run(self) -> None:
        """Until as many operations as the run wants are done by all together."""
        while next(self.run_of.left) < self.run_of.operations:
            kind = self.dice.choice(sorted(self.run_of.accounts))
            place = self.dice.choice([one for one in self.run_of.places if one.thing.kind == kind])
            read = self.dice.random() < READ_SHARE
            self.do(place, "read" if read else self.dice.choice(WRITES[place.thing.kind]))
            self.run_of.done += 1

    def do(self, place: Place, verb: str) -> None:
        """One operation, asked again under its key when it got no answer, every other time."""
        account = self.dice.choice(self.run_of.accounts[place.thing.kind])
        value = "" if verb in ("read", "all") else self._value(place, verb, account)
        saw = self.saw.get(place.thing.name, _first(place))
        said = {"kind": place.thing.kind, "verb": verb, "value": value, "saw": saw, "account": account}
        asked = {**said, **place.ids, "key": str(UUID(int=self.dice.getrandbits(128), version=4))}
        began = time.monotonic()
        told = self._told(asked)
        while told["result"] == UNKNOWN and self.dice.random() < ASKS_AGAIN:
            told = self._told(asked)
            if told["result"] == "refused":
                # Its first try may have been kept and answered to nobody: this refusal would be about the second.
                told = {"result": UNKNOWN}
        ended = None if told["result"] == UNKNOWN else time.monotonic()
        answer = _frozen(told.get("answer"))
        self._remember(place, verb, answer)
        self.history.append(
            Operation(place.thing.name, verb, began, ended, told["result"], value, saw, answer, self.number)
        )

    def _told(self, asked: dict[str, Any]) -> dict[str, Any]:
        try:
            told = self.line.ask(asked)
        except Gone:
            return {"result": UNKNOWN}
        if told["result"] != "ok":
            self.troubles[f"{asked['verb']}: {told.get('because', '')}"] += 1
        return told

    def _value(self, place: Place, verb: str, account: int) -> str:
        """What is written: never the same twice, so that every reading says which writing it saw."""
        number = next(_tokens)
        if place.thing.kind == "marks":
            return str(next(self.run_of.minutes[place.thing.name]))
        if verb == "take":
            return str(account)
        if verb == "order":
            return self.run_of.ordered(place.thing.name, f"{self.dice.choice('ab')}:{number}")
        if verb == "stop":
            return self.run_of.one_ordered(place.thing.name, self.dice)
        return "" if verb in ("sign", "revoke") else f"w{number}"

    def _remember(self, place: Place, verb: str, answer: Any) -> None:
        """Which version stands as far as this person knows."""
        if place.thing.kind in ("plan", "dose", "note") and verb == "read" and answer:
            self.saw[place.thing.name] = answer[0]
        elif verb in ("save", "change", "write") and answer:
            self.saw[place.thing.name] = answer


class Run:
    """What the ten share: the places, how many operations are left, what was ordered so far."""

    def __init__(
        self,
        places: Sequence[Place],
        accounts: dict[str, list[int]],
        address: str,
        seed: int,
        operations: int,
    ) -> None:
        self.places, self.accounts, self.address = places, accounts, address
        self.seed, self.operations = seed, operations
        self.left, self.done = count(), 0
        self.minutes = {place.thing.name: count(1) for place in places}
        self._ordered: dict[str, list[str]] = {}

    def ordered(self, name: str, value: str) -> str:
        """Remember that it was ordered."""
        self._ordered.setdefault(name, []).append(value)
        return value

    def one_ordered(self, name: str, dice: random.Random) -> str:
        """One of the latest that was ordered, or what nobody ever ordered."""
        return dice.choice(self._ordered.get(name, ["a:0"])[-3:])


def _first(place: Place) -> int:
    start = place.thing.start
    if place.thing.kind == "note":
        return int(start[0])  # type: ignore[index]
    return len(start) if place.thing.kind in ("plan", "dose") else 0  # type: ignore[arg-type]


def _frozen(answer: Any) -> Any:
    return tuple(_frozen(one) for one in answer) if isinstance(answer, list) else answer
