"""The numbers that the model weighs, one row each: what is counted, within which bounds, and how it reads. [ours]

Each looks at what was known before the day. Unknown is None and weighs nothing. Age, sex, language, payer, diagnosis,
medications and anybody's words are not among them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, log

from throughcare.knowledge.slip_risk.history import AWAY_DAYS, Expected, History

TWO_WEEKS, FOUR_WEEKS = timedelta(days=14), timedelta(days=28)
WEEK = timedelta(days=7)
LATE = frozenset({"late", "left_early", "late_and_left_early"})
FEW = 3
EARLY_WEEKS = 2

Values = Mapping[str, float | None]


@dataclass(frozen=True)
class Feature:
    """One number about a person on a day; `low` and `high` are where it is cut off, `say` its sentence."""

    code: str
    about: str
    low: float
    high: float
    of: Callable[[History, date], float | None]
    say: Callable[[float], str]

    def value(self, history: History, on: date) -> float | None:
        """The number, within its bounds."""
        found = self.of(history, on)
        return None if found is None else min(max(found, self.low), self.high)


def values_of(history: History, on: date) -> dict[str, float | None]:
    """Every number about a person, as known before this day."""
    return {one.code: one.value(history, on) for one in ROWS}


def _weeks_from(time_in_care: float) -> float:
    return exp(time_in_care) - 1


def _planned(sessions: Sequence[Expected]) -> int:
    return sum(one.planned for one in sessions if one.status != "cancelled_by_program")


def _missed_between(history: History, first: date, end: date) -> float | None:
    sessions = history.between(first, end)
    planned = _planned(sessions)
    came = sum(min(one.minutes, one.planned) for one in sessions)
    return max(0.0, 1 - came / planned) if planned else None


def missed_hours(history: History, on: date) -> float | None:
    """The share of planned hours that was missed in two weeks."""
    return _missed_between(history, on - TWO_WEEKS, on)


def falling_off(history: History, on: date) -> float | None:
    """How much more was missed in the last week than in the week before it."""
    now, before = _missed_between(history, on - WEEK, on), _missed_between(history, on - TWO_WEEKS, on - WEEK)
    return None if now is None or before is None else now - before


def _count(history: History, on: date, statuses: frozenset[str]) -> float:
    return float(sum(one.status in statuses for one in history.between(on - TWO_WEEKS, on)))


def no_shows(history: History, on: date) -> float:
    """No-shows in two weeks."""
    return _count(history, on, frozenset({"no_show"}))


def excused(history: History, on: date) -> float:
    """Sessions in two weeks that the person called off."""
    return _count(history, on, frozenset({"excused"}))


def late(history: History, on: date) -> float:
    """Sessions in two weeks to which the person came late, or left before the end."""
    return _count(history, on, LATE)


def days_away(history: History, on: date) -> float:
    """Days since the person was last there."""
    return float((on - history.last_seen(on)).days)


def craving(history: History, on: date) -> float | None:
    """The mean of the last three cravings told in two weeks."""
    told = [one.value for one in history.cravings if on - TWO_WEEKS <= one.day < on][-FEW:]
    return sum(told) / len(told) if told else None


def depression(history: History, on: date) -> float | None:
    """The last PHQ-9 of four weeks."""
    found = [one.value for one in history.scores if on - FOUR_WEEKS <= one.day < on]
    return found[-1] if found else None


def getting_worse(history: History, on: date) -> float | None:
    """Points of the PHQ-9 above the first one."""
    found = [one.value for one in history.scores if one.day < on]
    return found[-1] - found[0] if len(found) > 1 else None


def unanswered(history: History, on: date) -> float:
    """Questionnaires due in four weeks that were not answered by now."""
    asked = [one for one in history.asked if on - FOUR_WEEKS <= one.due < on]
    return float(sum(one.answered is None or one.answered >= on for one in asked))


def not_reached(history: History, on: date) -> float:
    """Attempts in two weeks that did not reach the person."""
    return float(sum(not one.reached for one in history.calls if on - TWO_WEEKS <= one.day < on))


def made_up(history: History, on: date) -> float:
    """Missed sessions made up in two weeks."""
    return float(sum(one.is_make_up and one.minutes > 0 for one in history.between(on - TWO_WEEKS, on)))


def hours_asked(history: History, on: date) -> float | None:
    """Hours planned in the last week."""
    planned = _planned(history.between(on - WEEK, on))
    return planned / 60 if planned else None


def time_in_care(history: History, on: date) -> float:
    """The logarithm of the weeks since admission: most of what changes, changes early."""
    return log(1 + (on - history.admitted).days / 7)


def beginning(history: History, on: date) -> float:
    """Whether these are the first two weeks."""
    return float((on - history.admitted).days < 7 * EARLY_WEEKS)


def _times(number: float, one: str, many: str) -> str:
    return one if round(number) == 1 else many.format(n=f"{number:.0f}")


def _say_missed(share: float) -> str:
    if share < 0.005:
        return "Came to all planned hours of the last two weeks."
    return f"Missed {share:.0%} of the planned hours of the last two weeks."


def _say_falling(change: float) -> str:
    if abs(change) < 0.05:
        return "Came to as much of last week as of the week before."
    return (
        f"Missed {abs(change):.0%} {'more' if change > 0 else 'less'} of last week than of the week before."
    )


def _say_away(days: float) -> str:
    return (
        _times(days, "Was last here yesterday.", "Was last here {n} days ago.") if days else "Was here today."
    )


def _say_change(points: float) -> str:
    if not points:
        return "PHQ-9 as at the beginning."
    return f"PHQ-9 {abs(points):.0f} points {'above' if points > 0 else 'below'} the first one."


def _say_weeks(time: float) -> str:
    return f"Is in week {int(_weeks_from(time) + 1e-9) + 1} of care."


ROWS: tuple[Feature, ...] = (
    Feature("missed_hours", "Share of planned hours missed in 14 days", 0, 1, missed_hours, _say_missed),
    Feature("falling_off", "Missed in the last week, less the week before", -1, 1, falling_off, _say_falling),
    Feature(
        "no_shows",
        "No-shows in 14 days",
        0,
        6,
        no_shows,
        lambda n: (
            _times(n, "1 no-show in two weeks.", "{n} no-shows in two weeks.")
            if n
            else "No no-show in two weeks."
        ),
    ),
    Feature(
        "excused",
        "Sessions called off in 14 days",
        0,
        6,
        excused,
        lambda n: (
            _times(n, "Called off 1 session in two weeks.", "Called off {n} sessions in two weeks.")
            if n
            else "Called nothing off in two weeks."
        ),
    ),
    Feature(
        "late",
        "Late, or left early, in 14 days",
        0,
        6,
        late,
        lambda n: (
            _times(n, "Late or gone early once in two weeks.", "Late or gone early {n} times in two weeks.")
            if n
            else "On time, to the end, for two weeks."
        ),
    ),
    Feature("days_away", "Days since last here", 0, AWAY_DAYS, days_away, _say_away),
    Feature(
        "craving",
        "Craving, mean of the last three check-ins of 14 days",
        0,
        10,
        craving,
        lambda n: f"Craving {n:.0f} of 10 at the last check-ins.",
    ),
    Feature(
        "depression",
        "PHQ-9, the last of 28 days",
        0,
        27,
        depression,
        lambda n: f"PHQ-9 of {n:.0f} last time.",
    ),
    Feature("getting_worse", "PHQ-9 against the first", -27, 27, getting_worse, _say_change),
    Feature(
        "unanswered",
        "Questionnaires not answered in 28 days",
        0,
        4,
        unanswered,
        lambda n: (
            _times(n, "1 questionnaire not answered.", "{n} questionnaires not answered.")
            if n
            else "Answered every questionnaire."
        ),
    ),
    Feature(
        "not_reached",
        "Attempts in 14 days that did not reach them",
        0,
        5,
        not_reached,
        lambda n: (
            _times(n, "1 call did not reach them.", "{n} calls did not reach them.")
            if n
            else "Every call reached them."
        ),
    ),
    Feature(
        "made_up",
        "Missed sessions made up in 14 days",
        0,
        4,
        made_up,
        lambda n: (
            _times(n, "Made up 1 missed session.", "Made up {n} missed sessions.")
            if n
            else "Made up no session."
        ),
    ),
    Feature(
        "hours_asked",
        "Hours planned in the last 7 days",
        0,
        25,
        hours_asked,
        lambda n: f"Is asked for {n:.0f} hours a week.",
    ),
    Feature("time_in_care", "Weeks since admission (logarithm)", 0, 6, time_in_care, _say_weeks),
    Feature(
        "beginning",
        "In the first 14 days",
        0,
        1,
        beginning,
        lambda n: "Is in the first two weeks." if n else "Is past the first two weeks.",
    ),
)

ALL: dict[str, Feature] = {row.code: row for row in ROWS}
