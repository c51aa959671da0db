"""What went along with staying, for people at the same risk: counts of what happened, no proof of what helps. [ours]

Somebody is counted once in each band, at the first look in it. What was done is looked for in the seven days after the
look, and only those still there at the end of them are compared: whoever left at once could not be helped any more.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from throughcare.knowledge.slip_risk.features import values_of
from throughcare.knowledge.slip_risk.history import History
from throughcare.knowledge.slip_risk.model import BANDS, Model, band_of

WEEK = timedelta(days=7)
# The week of the help and three weeks after it.
FOLLOWED_DAYS = 28


@dataclass(frozen=True)
class Help:
    """One thing that a program does; `given` says whether it was, in the week from a day on."""

    code: str
    people: str
    given: Callable[[History, date], bool]


def _came_to(*kinds: str) -> Callable[[History, date], bool]:
    def given(history: History, on: date) -> bool:
        return any(one.minutes > 0 and one.kind in kinds for one in history.between(on, on + WEEK))

    return given


def _made_up(history: History, on: date) -> bool:
    return any(one.minutes > 0 and one.is_make_up for one in history.between(on, on + WEEK))


def _reached(history: History, on: date) -> bool:
    return any(one.reached and on <= one.day < on + WEEK for one in history.calls)


ROWS: tuple[Help, ...] = (
    Help("reached", "whom a call reached within a week", _reached),
    Help("made_up", "who made up a missed session within a week", _made_up),
    Help("one_to_one", "who had a one-to-one session within a week", _came_to("individual")),
    Help("family", "who had a family session within a week", _came_to("family", "multifamily")),
)
ALL: dict[str, Help] = {row.code: row for row in ROWS}


@dataclass(frozen=True)
class Helped:
    """For one band and one help: of those with it and of those without, how many were still coming three weeks on."""

    band: str
    code: str
    given: int
    given_stayed: int
    others: int
    others_stayed: int

    def said(self, *, smallest: int) -> str:
        """The counts in a sentence; empty when too few people are behind them."""
        if self.given < smallest or self.others < smallest:
            return ""
        return (
            f"Of {self.given} people at a similar risk {ALL[self.code].people}, {self.given_stayed} "
            f"({self.given_stayed / self.given:.0%}) were still coming three weeks later; of {self.others} "
            f"others, {self.others_stayed} ({self.others_stayed / self.others:.0%})."
        )


def what_helped(model: Model, histories: Iterable[History], *, until: date) -> tuple[Helped, ...]:
    """The counts for each band and each help."""
    counts = {(band, row.code): [0, 0, 0, 0] for _, band in BANDS for row in ROWS}
    for history in histories:
        counted: set[str] = set()
        for on, left in history.looks(days=FOLLOWED_DAYS, until=until):
            if history.gone is not None and history.gone <= on + WEEK:
                continue
            band = band_of(model.two_weeks(values_of(history, on)))
            if band in counted:
                continue
            counted.add(band)
            for row in ROWS:
                cell = counts[band, row.code]
                place = 0 if row.given(history, on) else 2
                cell[place] += 1
                cell[place + 1] += not left
    return tuple(Helped(band, code, *cell) for (band, code), cell in counts.items())
