"""What a row of test results earns: steps, the reset after a lapse, the way back, and the yearly cap.

A lapse (positive or unexcused) pays nothing; the next negative pays the base again, and after two negatives the person
is back at the step they had earned. Dilute pays nothing and the row of negatives waits; so it does for excused.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from throughcare.knowledge.rewards.schemes import ALL, Scheme

# What a result may be, and the word for staff.
MARKS = {
    "N": "Negative",
    "P": "Positive",
    "dilute": "Dilute",
    "excused": "Excused",
    "unexcused": "Missed or refused",
}
LAPSES = frozenset({"P", "unexcused"})
NEGATIVES_BACK = 2


class WrongRewards(ValueError):
    """What is wrong with the results, and where; one line."""


@dataclass(frozen=True)
class Award:
    """What one result earned: draws of a prize bowl, or cents. `capped`: the cap took something from it."""

    draws: int = 0
    cents: int = 0
    capped: bool = False
    because: str = ""


@dataclass(frozen=True)
class Earned:
    """The awards, one for each result, in order."""

    scheme: Scheme
    awards: tuple[Award, ...]

    @property
    def capped(self) -> bool:
        """Whether the cap took something from any of them."""
        return any(one.capped for one in self.awards)

    @property
    def draws(self) -> int:
        """All draws together."""
        return sum(one.draws for one in self.awards)

    @property
    def cents(self) -> int:
        """All money together, in cents."""
        return sum(one.cents for one in self.awards)


@dataclass
class _Row:
    """Where the person stands: the next step, the best step before a lapse, negatives in a row since."""

    step: int = 0
    best: int = 0
    run: int = 0

    def lapse(self) -> None:
        self.best = max(self.best, self.step)
        self.step = self.run = 0

    def success(self) -> None:
        self.step += 1
        self.run += 1
        if self.run == NEGATIVES_BACK and self.best:
            # The step of the last reward before the lapse, not the one after it.
            self.step, self.best = max(self.step, self.best - 1), 0


def earn(
    scheme: str, results: Sequence[str], *, cents_this_year: int = 0, cap_cents: int | None = None
) -> Earned:
    """What the results earn in their order. Raises `WrongRewards` for an unknown scheme or result.

    `cents_this_year` was earned already; `cap_cents` is the most in a year, where the scheme has no lower one.
    """
    known = ALL.get(scheme)
    if known is None:
        raise WrongRewards(f"scheme: {scheme!r:.30} is none of {', '.join(ALL)}")
    caps = [cap for cap in (known.fixed_cap, cap_cents) if cap is not None]
    left = max(0, min(caps) - cents_this_year) if caps else None
    row, awards = _Row(), []
    for place, result in enumerate(results):
        award = _award(known, row, place, result, left)
        if left is not None:
            left -= award.cents
        awards.append(award)
    return Earned(known, tuple(awards))


def _award(scheme: Scheme, row: _Row, place: int, result: str, left: int | None) -> Award:
    if result not in MARKS:
        raise WrongRewards(f"results: number {place + 1}: {result!r:.20} is none of {', '.join(MARKS)}")
    if scheme.places is not None and place >= scheme.places:
        return Award(because=f"{scheme.title} has {scheme.places} tests; this one comes after them.")
    if result in LAPSES:
        row.lapse()
        return Award(because=f"{MARKS[result]}: nothing this time. The next negative pays the base again.")
    if result != "N":
        again = " Collect again within 48 hours." if result == "dilute" else ""
        return Award(because=f"{MARKS[result]}: nothing this time; the row of negatives waits.{again}")
    base_again = bool(row.best) and row.run == 0
    back = bool(row.best) and row.run == NEGATIVES_BACK - 1
    full = scheme.pays(row.step, place, row.run + 1)
    row.success()
    word = _word(scheme, place, row.run, base_again=base_again, back=back)
    return _capped(scheme, full, left, word)


def _word(scheme: Scheme, place: int, run: int, *, base_again: bool, back: bool) -> str:
    if scheme.climbs_until is not None and place >= scheme.climbs_until:
        return "Negative: the fixed sum of the later weeks."
    if base_again:
        return "Negative: the base again after a lapse."
    if back:
        return "Negative, two in a row after a lapse: the next one pays the earlier step again."
    return "Negative." if run == 1 else f"Negative, {run} in a row."


def _capped(scheme: Scheme, full: int, left: int | None, word: str) -> Award:
    if scheme.draws:
        if left is not None and left <= 0:
            return Award(capped=True, because=f"{word} The yearly cap is reached: no draws.")
        return Award(draws=full, because=word)
    if left is None or full <= left:
        return Award(cents=full, because=word)
    return Award(cents=left, capped=True, because=f"{word} The yearly cap leaves {money(left)}.")


def money(cents: int) -> str:
    """Cents in words: $11.50."""
    return f"${Decimal(cents) / 100:,.2f}"


def within_cap(cents: int, *, this_year: int, cap_cents: int) -> int:
    """Of these cents those that the yearly cap leaves."""
    return max(0, min(cents, cap_cents - this_year))
