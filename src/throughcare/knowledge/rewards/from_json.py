"""The JSON of `throughcare reward`: read with a sentence about whatever is wrong, and answered."""

from collections.abc import Mapping
from decimal import Decimal
from math import isfinite
from typing import Any

from throughcare.knowledge.rewards.earning import Earned, WrongRewards, earn


def earned_from_json(scheme: str, given: Mapping[str, Any]) -> Earned:
    """What the results of a JSON object earn. Raises `WrongRewards`."""
    results = given.get("results")
    if not isinstance(results, list) or not all(isinstance(one, str) for one in results):
        raise WrongRewards('results: a list such as ["N", "P", "dilute"] is expected')
    so_far = _cents(given.get("year_to_date"), "year_to_date")
    return earn(scheme, results, cents_this_year=so_far or 0, cap_cents=_cents(given.get("cap"), "cap"))


def earned_as_json(earned: Earned) -> dict[str, Any]:
    """The answer under the keys of the command's contract: money, or draws for a prize bowl."""
    if earned.scheme.draws:
        awards: list[float] = [one.draws for one in earned.awards]
        total: float = earned.draws
    else:
        awards = [_dollars(one.cents) for one in earned.awards]
        total = _dollars(earned.cents)
    return {
        "awards": awards,
        "total": total,
        "capped": earned.capped,
        "because": [one.because for one in earned.awards],
    }


def _dollars(cents: int) -> float:
    return cents // 100 if cents % 100 == 0 else cents / 100


def _cents(given: object, where: str) -> int | None:
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, int | float) or not isfinite(given) or given < 0:
        raise WrongRewards(f"{where}: a sum of dollars is expected, found {given!r:.20}")
    return int((Decimal(str(given)) * 100).to_integral_value())
