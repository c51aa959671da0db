"""The model: a weight for each number, kept as JSON, read by anyone. Predicting takes no package."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, isfinite
from typing import Any

from throughcare.knowledge.slip_risk.features import ALL, Values

VERSION = "throughcare-slip-risk/1"
MOST_REASONS = 3
# Two-week risks from which a band begins, with its word.
BANDS: tuple[tuple[float, str], ...] = ((0.0, "low"), (0.05, "some"), (0.10, "raised"), (0.20, "high"))
NOTICED = 0.02


class WrongModel(ValueError):
    """What is kept is no model that this version can read; the text says why."""


@dataclass(frozen=True)
class Term:
    """One number's part: its mean and spread in the clinic's history, and what a spread more weighs."""

    code: str
    mean: float
    spread: float
    weight: float

    def part(self, values: Values) -> float:
        """What it adds to the logarithm of the odds; nothing when the number isn't known."""
        value = values.get(self.code)
        return 0.0 if value is None else self.weight * (value - self.mean) / self.spread


@dataclass(frozen=True)
class Reason:
    """One fact that weighs: its sentence, and by how much it raises or lowers the odds."""

    code: str
    said: str
    weight: float

    @property
    def raises(self) -> bool:
        """Whether it speaks for dropping out."""
        return self.weight > 0


@dataclass(frozen=True)
class Model:
    """The weights of one fit; `week_after` is added for the second of the two weeks."""

    intercept: float
    week_after: float
    terms: tuple[Term, ...]

    def week(self, values: Values, *, ahead: int = 0) -> float:
        """The risk of the next seven days or, one ahead, of the seven after them for who is still there then."""
        odds = self.intercept + ahead * self.week_after + sum(term.part(values) for term in self.terms)
        return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))

    def two_weeks(self, values: Values) -> float:
        """The risk of the next fourteen days."""
        return 1 - (1 - self.week(values)) * (1 - self.week(values, ahead=1))

    def reasons(self, values: Values) -> tuple[Reason, ...]:
        """The three facts that weigh most, the heaviest first."""
        parts = sorted(((term.part(values), term.code) for term in self.terms), key=lambda one: -abs(one[0]))
        return tuple(
            Reason(code, ALL[code].say(value), weight)
            for weight, code in parts[:MOST_REASONS]
            if abs(weight) >= NOTICED and (value := values.get(code)) is not None
        )

    def as_json(self) -> dict[str, Any]:
        """Everything there is to the model."""
        return {
            "version": VERSION,
            "intercept": self.intercept,
            "week_after": self.week_after,
            "terms": [
                {"code": one.code, "mean": one.mean, "spread": one.spread, "weight": one.weight}
                for one in self.terms
            ],
        }


def band_of(risk: float) -> str:
    """The word of a two-week risk."""
    return next(word for least, word in reversed(BANDS) if risk >= least)


def read_model(kept: Mapping[str, Any]) -> Model:
    """The model that `as_json` wrote. Raises `WrongModel`."""
    if kept.get("version") != VERSION:
        raise WrongModel(f"The model is of version {kept.get('version')!r}; this program reads {VERSION}.")
    terms = tuple(
        Term(str(one["code"]), float(one["mean"]), float(one["spread"]), float(one["weight"]))
        for one in kept["terms"]
    )
    unknown = [one.code for one in terms if one.code not in ALL]
    intercept, week_after = float(kept["intercept"]), float(kept["week_after"])
    numbers = [intercept, week_after, *(n for one in terms for n in (one.mean, one.spread, one.weight))]
    if unknown or not all(isfinite(n) for n in numbers) or any(one.spread <= 0 for one in terms):
        raise WrongModel(f"The model can't be read: {', '.join(unknown) or 'a number is wrong'}.")
    return Model(intercept, week_after, terms)
