"""Whose word a minor's records need: a table of states, for substance use and mental health apart. 42 CFR 2.14.

No row is verified yet: each shows its source, and staff are told to ask counsel until someone has.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

from throughcare.knowledge.verdict import Refused

SERVICES = ("substance_use", "mental_health")
MINORS = "42 CFR 2.14"
EVERYWHERE_ELSE = "*"


@dataclass(frozen=True)
class StateRow:
    """From which age a minor consents to this service alone (None: never), and from which age they are adult."""

    state: str
    service: str
    alone_from: int | None
    adult_at: int
    verified: bool
    source: str


@dataclass(frozen=True)
class StateRule:
    """Who speaks for this person: `adult`, `minor` (alone) or `both` (the minor and a guardian)."""

    who: Literal["adult", "minor", "both"]
    because: str
    source: str
    verified: bool

    @property
    def signers(self) -> frozenset[str]:
        """Who must sign a consent: the `signers` of `ConsentFacts`."""
        return frozenset({"patient", "guardian"}) if self.who == "both" else frozenset({"patient"})

    @property
    def parent(self) -> Refused:
        """What a parent who asks without a consent is answered, and why: a parent is never told by being one."""
        if self.who == "both":
            because = (
                "The minor must have signed as well before a parent is told anything, even that they came."
            )
        else:
            because = "Only the patient may let a parent know, even that they came. Neither confirm nor deny."
        return Refused(because, MINORS)


def _read_rows() -> Iterator[StateRow]:
    table = files("throughcare.knowledge").joinpath("data", "minor_consent.tsv").read_text(encoding="utf-8")
    for line in table.splitlines()[1:]:
        state, service, alone_from, adult_at, verified, source = line.split("\t")
        alone = None if alone_from == "-" else int(alone_from)
        yield StateRow(state, service, alone, int(adult_at), verified == "yes", source)


ROWS: dict[tuple[str, str], StateRow] = {(row.state, row.service): row for row in _read_rows()}


def state_rule(age: int, service: str, state: str) -> StateRule:
    """Who speaks for a person of this age about this service in this state (two letters).

    Raises `KeyError` for an unknown service; a state without a row of its own takes the default, where both sign.
    """
    row = ROWS.get((state.upper(), service)) or ROWS[EVERYWHERE_ELSE, service]
    if age >= row.adult_at:
        return StateRule("adult", "The patient is an adult and decides alone.", row.source, row.verified)
    if row.alone_from is not None and age >= row.alone_from:
        because = "The state lets this minor consent to care alone, so only the minor decides who is told."
        return StateRule("minor", because, row.source, row.verified)
    because = "The state asks for a guardian's consent to care, so the minor and a guardian both sign."
    return StateRule("both", because, row.source, row.verified)
