"""What is known of one instrument, and what a score of it says. Each instrument is one file beside this one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Number = int | float
Answers = tuple[int | None, ...]
"""One value per item in the instrument's order and own scale; None is a missing answer."""


@dataclass(frozen=True)
class Answer:
    """One answer that an item allows."""

    value: int
    label: str
    loinc: str | None = None


@dataclass(frozen=True)
class ItemPart:
    """A part of an item that is recorded apart and never scored (BAM 7A–7G); it takes its item's answers."""

    letter: str
    label: str


@dataclass(frozen=True)
class Item:
    """One question. `label` is ours and always present; `text` is the instrument's wording, where we may ship it."""

    number: int
    label: str
    answers: tuple[Answer, ...]
    text: str | None = None
    loinc: str | None = None
    scored: bool = True
    parts: tuple[ItemPart, ...] = ()
    # Another value that callers may send for the same answer: (sent, meant).
    also: tuple[tuple[int, int], ...] = ()

    @property
    def values(self) -> tuple[int, ...]:
        """The values on the instrument's own scale."""
        return tuple(answer.value for answer in self.answers)


@dataclass(frozen=True)
class Band:
    """A named stretch of the total, both ends included."""

    name: str
    low: Number
    high: Number


@dataclass(frozen=True)
class Critical:
    """An answer that a clinician must see whatever the total is."""

    item: int
    at_least: int
    because: str


@dataclass(frozen=True)
class Licence:
    """Who owns the wording, and whether it may be shipped with this program."""

    text_may_ship: bool
    note: str


@dataclass(frozen=True)
class Context:
    """What a score may depend on besides the answers; None is not known."""

    sex: Literal["female", "male"] | None = None
    age: Number | None = None
    retired: bool | None = None


@dataclass(frozen=True)
class Reading:
    """What the answers say, band and screen; `may_be` is how high the unanswered items could take the band."""

    band: str | None
    positive: bool | None
    may_be: str | None = None


@dataclass(frozen=True)
class Parts:
    """What an instrument's rule makes of the answers. Without a `reading`, band and cut are read from the total."""

    total: Number | None
    missing: int
    prorated: bool = False
    subscales: Mapping[str, Number | None] = field(default_factory=dict)
    reading: Reading | None = None
    flags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Score:
    """A scored questionnaire. `missing` counts answers that the score lacked; `critical` holds item numbers."""

    code: str
    total: Number | None
    subscales: Mapping[str, Number | None]
    band: str | None
    missing: int
    prorated: bool
    critical: tuple[int, ...]
    positive: bool | None
    flags: tuple[str, ...] = ()
    may_be: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Example:
    """A worked example: these answers give this score. `expected` holds fields of `Score`. The tests run every one."""

    about: str
    answers: Answers
    expected: Mapping[str, object]
    context: Context = Context()


ScoreParts = Callable[[Answers, Context], Parts]
NotAsked = Callable[[Answers], frozenset[int]]
"""The numbers of the items that the answers given so far make needless."""


def all_asked(answers: Answers) -> frozenset[int]:
    """Nothing is needless."""
    return frozenset()


@dataclass(frozen=True)
class Questionnaire:
    """One instrument: its items, how it is scored and read, who owns it, and examples that are its tests."""

    code: str
    title: str
    about: str
    items: tuple[Item, ...]
    recall: str
    score_parts: ScoreParts
    missing_rule: str
    licence: Licence
    source: str
    examples: tuple[Example, ...]
    bands: tuple[Band, ...] = ()
    total_range: tuple[Number, Number] | None = None
    positive_from: Number | None = None
    case_from: Number | None = None
    reliable_change: Number | None = None
    higher_is: Literal["worse", "better"] = "worse"
    critical: tuple[Critical, ...] = ()
    loinc_panel: str | None = None
    loinc_total: str | None = None
    # How many answers may come; empty means one for each item.
    lengths: tuple[int, ...] = ()
    not_asked: NotAsked = all_asked

    @property
    def accepted_lengths(self) -> tuple[int, ...]:
        """How many answers may come."""
        return self.lengths or (len(self.items),)

    def band_of(self, total: Number) -> str | None:
        """The name of the band that holds `total`."""
        return next((band.name for band in self.bands if band.low <= total <= band.high), None)
