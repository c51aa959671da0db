"""The schemes of rewards: what each step pays, and where that comes from.

A step counts the negatives in a row from 0. Money is in cents here, so that sums are exact.
"""

from collections.abc import Callable
from dataclasses import dataclass

DOLLAR = 100


@dataclass(frozen=True)
class Scheme:
    """One scheme. `pays(step, place, run)`: draws or cents for the negative at this step.

    `place` counts all results from 0 and `run` the negatives in a row with this one. `places`: how many tests the
    scheme has, None: no end. `cap_key`: the setting of its yearly cap; `fixed_cap` holds without any setting.
    """

    code: str
    title: str
    about: str
    source: str
    pays: Callable[[int, int, int], int]
    draws: bool = False
    places: int | None = None
    weeks: int = 12
    tests_per_week: int = 2
    cap_key: str = "reward.grant_cap"
    fixed_cap: int | None = None
    climbs_until: int | None = None


def _bowl(step: int, place: int, run: int) -> int:
    return step + 1


def _voucher(step: int, place: int, run: int) -> int:
    bonus = 10 * DOLLAR if run % 3 == 0 else 0
    return 250 + 125 * step + bonus


CLIMB = 24  # two a week for twelve weeks
_AFTERWARDS = (*[15 * DOLLAR] * 6, *[10 * DOLLAR] * 5, 21 * DOLLAR)


def _california(step: int, place: int, run: int) -> int:
    if place >= CLIMB:
        return _AFTERWARDS[place - CLIMB]
    return 10 * DOLLAR + 150 * (step // 2)


ROWS = (
    Scheme(
        "prize-bowl",
        "Prize bowl",
        "One slip for the first negative, one more for each in a row; half of the slips win.",
        "ACF clearinghouse; 500 slips, $2.22 a draw on average",
        _bowl,
        draws=True,
    ),
    Scheme(
        "voucher",
        "Vouchers",
        "$2.50 for the first negative, $1.25 more for each in a row, and $10 for every three in a row.",
        "Voucher design of the first trials of contingency management",
        _voucher,
        tests_per_week=3,
    ),
    Scheme(
        "california",
        "California's program",
        "24 weeks. $10 at first, $1.50 more after every two negatives, up to $26.50; later $15, $10 and $21.",
        "California Recovery Incentives; $599 at most in a year",
        _california,
        places=CLIMB + len(_AFTERWARDS),
        weeks=24,
        cap_key="reward.california_cap",
        fixed_cap=599 * DOLLAR,
        climbs_until=CLIMB,
    ),
)
ALL: dict[str, Scheme] = {row.code: row for row in ROWS}
SCHEME_CHOICES = tuple((row.code, f"{row.title}: {row.about}") for row in ROWS)

# What may be handed over. There is no cash, and nothing that pays for what is tested for.
HANDED = {
    "gift_card": "Gift card (no alcohol, tobacco, firearms or lottery)",
    "prize": "Prize from the cabinet",
    "transport": "Bus or ride pass",
    "groceries": "Grocery voucher",
}
