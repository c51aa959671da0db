"""A clinic whose truth is known: who stops coming follows from missed hours, craving and the first weeks alone."""

from datetime import date, timedelta
from math import exp
from random import Random

from throughcare.knowledge.slip_risk.features import values_of
from throughcare.knowledge.slip_risk.history import Answered, Call, Expected, History

BEGINS = date(2024, 1, 1)
TODAY = date(2026, 1, 5)
DAYS = (0, 2, 3)
WEEKS = 10


def true_weekly(values: dict[str, float | None]) -> float:
    """The risk of the coming week, as this clinic really is."""
    missed = 0.2 if values["missed_hours"] is None else values["missed_hours"]
    craving = 4.0 if values["craving"] is None else values["craving"]
    odds = -5.2 + 4.0 * missed + 0.25 * craving + 0.8 * (values["beginning"] or 0.0)
    return 1 / (1 + exp(-odds))


def clinic(stays: int, *, seed: int = 6) -> list[History]:
    """So many stays, spread over two years; about a third drop out, those of the last weeks are in care."""
    dice = Random(seed)
    span = (TODAY - BEGINS).days
    return [a_stay(key, BEGINS + timedelta(days=span * key // stays), dice) for key in range(stays)]


def a_stay(key: int, admitted: date, dice: Random) -> History:
    """One stay, week by week, until the person drops out, completes ten weeks, or today comes."""
    careless, wanting = dice.random() * 0.5, dice.random() * 8
    groups = (("age", dice.choice(["18 to 25", "26 to 39"])), ("sex", dice.choice(["female", "male"])))
    history = History(key, admitted, groups=groups)
    for week in range(WEEKS):
        on = admitted + timedelta(days=7 * week)
        if on >= TODAY:
            return history
        known = values_of(history, on)
        if history.is_looked_at(on) and dice.random() < true_weekly(known):
            ended = history.seen_days[-1] + timedelta(days=21)
            gone = History(**{**parts(history), "ended": ended, "dropped_out": True})
            return gone if ended < TODAY else history
        history = a_week(history, on, careless, wanting, dice)
    ended = admitted + timedelta(days=7 * WEEKS)
    return History(**{**parts(history), "ended": ended}) if ended < TODAY else history


def a_week(history: History, on: date, careless: float, wanting: float, dice: Random) -> History:
    """Three sessions, each missed or not; a craving told at each; now and then a call."""
    days = [on + timedelta(days=n) for n in DAYS if on + timedelta(days=n) < TODAY]
    came = [dice.random() >= careless for _ in days]
    if days and not any(came):
        came[-1] = True
    sessions = tuple(
        Expected(day, "present" if there else "no_show", 180 if there else 0, 180)
        for day, there in zip(days, came, strict=True)
    )
    told = tuple(
        Answered(day, float(min(10, max(0, round(wanting + dice.gauss(0, 1))))))
        for day, there in zip(days, came, strict=True)
        if there
    )
    calls = (Call(on + timedelta(days=1), dice.random() < 0.5),) if dice.random() < 0.3 else ()
    more = parts(history)
    more["sessions"] = history.sessions + sessions
    more["cravings"] = history.cravings + told
    more["calls"] = history.calls + calls
    return History(**more)


def parts(history: History) -> dict:
    """What a history is made of."""
    return {name: getattr(history, name) for name in History.__dataclass_fields__}
