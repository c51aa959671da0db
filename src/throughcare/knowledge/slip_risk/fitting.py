"""Finding the weights: logistic regression on person-weeks, by scikit-learn, loaded only here and only when asked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from throughcare.knowledge.slip_risk.features import ROWS, Values, values_of
from throughcare.knowledge.slip_risk.history import History
from throughcare.knowledge.slip_risk.model import Model, Term

# How strongly weights are held back (the inverse, as scikit-learn has it): a few hundred stays carry fifteen weights.
STRENGTH = 0.5
ROUNDS = 1000
DIGITS = 10


class CannotFit(ValueError):
    """There is nothing to learn from; the text says what is lacking."""


@dataclass(frozen=True)
class PersonWeek:
    """One week of one stay: what was known at the look before it, and whether the person dropped out in it.

    `ahead` is 0 for the week that begins with the look, 1 for the week after, where the person was still there then.
    """

    stay: int
    on: date
    ahead: int
    values: Values
    dropped_out: bool


def person_weeks(histories: Iterable[History], *, until: date) -> list[PersonWeek]:
    """Every week after a look that ended before a day, in the order of days."""
    rows = [
        row
        for history in histories
        for on, left in history.looks(days=7, until=until)
        for row in _weeks(history, on, left, until=until)
    ]
    return sorted(rows, key=lambda row: (row.on, row.stay, row.ahead))


def _weeks(history: History, on: date, left: bool, *, until: date) -> Iterator[PersonWeek]:
    values = values_of(history, on)
    yield PersonWeek(history.key, on, 0, values, left)
    if left or on + timedelta(days=14) > until:
        return
    later = history.drops_out_within(14, on)
    if later is not None:
        yield PersonWeek(history.key, on, 1, values, later)


def fit(rows: Sequence[PersonWeek]) -> Model:
    """The weights that these weeks come to; the same rows give the same weights. Raises `CannotFit`."""
    happened = sum(row.dropped_out for row in rows)
    if not happened or happened == len(rows):
        raise CannotFit("Somebody has to have dropped out, and somebody not.")
    from sklearn.linear_model import LogisticRegression  # three seconds and 100 MB: only when asked

    scales = [_scale(code, rows) for code in (feature.code for feature in ROWS)]
    known = [scale for scale in scales if scale is not None]
    table = [
        [row.ahead, *(_standard(row.values.get(code), mean, spread) for code, mean, spread in known)]
        for row in rows
    ]
    fitted = LogisticRegression(C=STRENGTH, max_iter=ROUNDS).fit(table, [row.dropped_out for row in rows])
    week_after, *weights = (round(float(weight), DIGITS) for weight in fitted.coef_[0])
    return Model(
        intercept=round(float(fitted.intercept_[0]), DIGITS),
        week_after=week_after,
        terms=tuple(Term(*scale, weight) for scale, weight in zip(known, weights, strict=True)),
    )


def _scale(code: str, rows: Sequence[PersonWeek]) -> tuple[str, float, float] | None:
    """The mean and the spread of a number where it is known; None when it never differs."""
    found = [value for row in rows if (value := row.values.get(code)) is not None]
    if len(found) < 2:
        return None
    mean = sum(found) / len(found)
    spread = (sum((value - mean) ** 2 for value in found) / len(found)) ** 0.5
    return (code, round(mean, DIGITS), round(spread, DIGITS)) if spread > 1e-6 else None


def _standard(value: float | None, mean: float, spread: float) -> float:
    return 0.0 if value is None else (value - mean) / spread
