"""The facts that a placement is made from; what isn't known is None and never counts as “no risk”."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from throughcare.knowledge.levels_of_care import ALL as LEVELS

Value = bool | int | float | str | None


class WrongFacts(ValueError):
    """The facts can't be used; the text names the key and says what would be right."""


@dataclass(frozen=True)
class Domains:
    """Ratings 0 (none) to 4 (unsafe without 24-hour care) of our six domains; None where not rated.

    W withdrawal and intoxication, P physical and pregnancy, M mind and harm, U use risk, H home and supports,
    E engagement and barriers.
    """

    W: int | None = None
    P: int | None = None
    M: int | None = None
    U: int | None = None
    H: int | None = None
    E: int | None = None


@dataclass(frozen=True)
class Cssrs:
    """Answers to the C-SSRS screener; None where not asked or not answered."""

    q1: bool | None = None
    q2: bool | None = None
    q3: bool | None = None
    q4: bool | None = None
    q5: bool | None = None
    q6: bool | None = None
    q6_within_3_months: bool | None = None


@dataclass(frozen=True)
class Facts:
    """What is known about a person when a level of care is looked for."""

    domains: Domains = Domains()
    c_ssrs: Cssrs = Cssrs()
    asq_acute: bool | None = None
    intent_and_plan_to_harm_other: bool | None = None
    ciwa_ar: int | None = None
    cows: int | None = None
    past_withdrawal_seizure_or_dt: bool | None = None
    heavy_use_now: bool | None = None
    daily_sedative_and_alcohol: bool | None = None
    delirium: bool | None = None
    overdose_now: bool | None = None
    medically_unstable: bool | None = None
    pregnant_and_in_withdrawal: bool | None = None
    group_impossible: bool | None = None
    overdoses_90_days: int | None = None
    use_days_per_week_despite_full_iop: float | None = None
    home_unsafe: bool | None = None
    safe_alternative: bool | None = None
    recovery_residence_accepted: bool | None = None
    coping_at_home: bool | None = None
    sober_support: bool | None = None
    current_level: str | None = None
    weeks_at_level: float | None = None
    attendance: float | None = None
    reliably_worse: bool | None = None
    unexpected_positives: int | None = None

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> "Facts":
        """The facts in the JSON object of `throughcare place`. Raises `WrongFacts`."""
        read: dict[str, Any] = {}
        for key, value in given.items():
            if key in NESTED:
                read[key] = read_nested(key, value)
            elif key in KEYS:
                read[key] = KEYS[key].read(key, value)
            else:
                raise WrongFacts(
                    f"{named(key)}: is not a fact we know; the keys are {', '.join([*NESTED, *KEYS])}"
                )
        return cls(**read)

    def value(self, key: str) -> Value:
        """The fact under a key such as `ciwa_ar`, `domains.U` or `c_ssrs.q4`. Raises `AttributeError`."""
        found: Any = self
        for part in key.split("."):
            found = getattr(found, part)
        return found  # type: ignore[no-any-return]  # the leaves are values


@dataclass(frozen=True)
class Kind:
    """What a fact's value must be: yes or no (no bounds), a number within bounds, or one of some words."""

    low: int | None = None
    high: int | None = None
    is_whole: bool = True
    words: tuple[str, ...] = ()

    @property
    def expected(self) -> str:
        """What would be right, in words."""
        if self.words:
            return f"one of {', '.join(self.words)}, or null"
        if self.low is None:
            return "true, false or null"
        return f"a {'whole ' if self.is_whole else ''}number from {self.low} to {self.high}, or null"

    def read(self, key: str, value: Any) -> Value:
        """The value, when it is right. Raises `WrongFacts`."""
        if value is None:
            return None
        if self.words:
            right = isinstance(value, str) and value in self.words
        elif self.low is None:
            right = isinstance(value, bool)
        else:
            right = self.is_number(value)
        if not right:
            raise WrongFacts(f"{key}: {self.expected} is expected, found {shown(value)}")
        return int(value) if self.low is not None and self.is_whole else value

    def is_number(self, value: Any) -> bool:
        """Whether it is a number within the bounds (NaN lies in none), and whole where it counts something."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        return self.low <= value <= self.high and not (self.is_whole and value != int(value))  # type: ignore[operator]


YES_OR_NO = Kind()
RATING = Kind(0, 4)

NESTED: dict[str, dict[str, Kind]] = {
    "domains": {field.name: RATING for field in fields(Domains)},
    "c_ssrs": {field.name: YES_OR_NO for field in fields(Cssrs)},
}
NUMBERS = {
    "ciwa_ar": Kind(0, 67),
    "cows": Kind(0, 48),
    "overdoses_90_days": Kind(0, 1000),
    "use_days_per_week_despite_full_iop": Kind(0, 7, is_whole=False),
    "current_level": Kind(words=tuple(LEVELS)),
    "weeks_at_level": Kind(0, 5000, is_whole=False),
    "attendance": Kind(0, 1, is_whole=False),
    "unexpected_positives": Kind(0, 1000),
}
KEYS: dict[str, Kind] = {
    field.name: NUMBERS.get(field.name, YES_OR_NO) for field in fields(Facts) if field.name not in NESTED
}


def read_nested(key: str, value: Any) -> Domains | Cssrs:
    """The object of ratings or of answers under this key. Raises `WrongFacts`."""
    kinds = NESTED[key]
    given = {} if value is None else value
    if not isinstance(given, Mapping):
        raise WrongFacts(f"{key}: an object with {', '.join(kinds)} is expected, found {shown(value)}")
    for name in given:
        if name not in kinds:
            raise WrongFacts(f"{key}.{named(name)}: is not known; the keys are {', '.join(kinds)}")
    read: dict[str, Any] = {name: kinds[name].read(f"{key}.{name}", found) for name, found in given.items()}
    return Domains(**read) if key == "domains" else Cssrs(**read)


def shown(value: Any) -> str:
    """A wrong value as it may be shown: short, and on one line."""
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:37]}…"


def named(key: str) -> str:
    """A key that we don't know as it may be shown: short, and on one line."""
    return key if key.isprintable() and 0 < len(key) <= 40 else shown(key)
