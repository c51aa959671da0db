"""How well the model says what comes: predicted against seen, the Brier score, and the area under the curve. [ours]"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from throughcare.knowledge.slip_risk.features import values_of
from throughcare.knowledge.slip_risk.history import History
from throughcare.knowledge.slip_risk.model import BANDS, Model, band_of

FORESEEN_DAYS = 14


@dataclass(frozen=True)
class Foreseen:
    """One prediction, and what came of it in two weeks."""

    stay: int
    on: date
    risk: float
    dropped_out: bool
    groups: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class BandCheck:
    """The predictions of one band: how many, what they came to on average, and how many dropped out."""

    band: str
    least: float
    looks: int
    predicted: float
    dropped_out: int

    @property
    def seen(self) -> float:
        """The share that dropped out."""
        return self.dropped_out / self.looks


@dataclass(frozen=True)
class Check:
    """Predictions against what came. `brier_of_average` is what saying the average to everyone would score.

    `auc` is the chance that somebody who dropped out had the higher risk of two; None when all or none did.
    """

    first: date | None
    last: date | None
    looks: int
    dropped_out: int
    brier: float
    brier_of_average: float
    auc: float | None
    bands: tuple[BandCheck, ...]


def foresee(model: Model, histories: Iterable[History], *, first: date, until: date) -> list[Foreseen]:
    """What the model says of every look from a day on whose two weeks were over before `until`."""
    return [
        Foreseen(history.key, on, model.two_weeks(values_of(history, on)), outcome, history.groups)
        for history in histories
        for on, outcome in history.looks(days=FORESEEN_DAYS, until=until)
        if on >= first
    ]


def check(found: Sequence[Foreseen]) -> Check:
    """Predictions against what came of them."""
    happened, count = sum(one.dropped_out for one in found), len(found)
    average = happened / count if count else 0.0
    days = [one.on for one in found]
    return Check(
        first=min(days, default=None),
        last=max(days, default=None),
        looks=count,
        dropped_out=happened,
        brier=sum((one.risk - one.dropped_out) ** 2 for one in found) / count if count else 0.0,
        brier_of_average=average * (1 - average),
        auc=area(found),
        bands=bands(found),
    )


def bands(found: Sequence[Foreseen]) -> tuple[BandCheck, ...]:
    """The predictions by band, the lowest first; empty bands are left out."""
    within: dict[str, list[Foreseen]] = {word: [] for _, word in BANDS}
    for one in found:
        within[band_of(one.risk)].append(one)
    return tuple(
        BandCheck(
            band=word,
            least=least,
            looks=len(those),
            predicted=sum(one.risk for one in those) / len(those),
            dropped_out=sum(one.dropped_out for one in those),
        )
        for least, word in BANDS
        if (those := within[word])
    )


def area(found: Sequence[Foreseen]) -> float | None:
    """The area under the curve, by ranks; ties count half."""
    happened = sum(one.dropped_out for one in found)
    others = len(found) - happened
    if not happened or not others:
        return None
    ranks, place = 0.0, 0
    for _, tied in groupby(sorted(found, key=lambda one: one.risk), key=lambda one: one.risk):
        those = list(tied)
        ranks += sum(one.dropped_out for one in those) * (place + (len(those) + 1) / 2)
        place += len(those)
    return (ranks - happened * (happened + 1) / 2) / (happened * others)
