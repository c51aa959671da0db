"""The random draw: from which days, how often, and how anyone can work it out again once the seed is shown.

Days are weekdays, whether the person has a session or not, so that no day is safe and no day says anything.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from throughcare.knowledge.fair_chance import in_chance_order, keeps_its_word
from throughcare.knowledge.program_settings import Number, value_of

EPOCH = date(2024, 1, 1)  # a Monday; periods of four weeks are counted from it
PERIOD_WEEKS = 4
MIDDLE_FROM_WEEK, LATER_FROM_WEEK = 5, 13
OFTEN = {
    "by_week": "By the week of the stay, and twice a week while rewards are earned",
    "first": "As in the first weeks",
    "middle": "As in the middle of the stay",
    "later": "As in later months",
}


@dataclass(frozen=True)
class Ask:
    """What a draw is asked: so many days of these, for weeks that begin on a Monday; one of them by `not_after`."""

    ticket: str
    first_day: date
    weeks: int
    count: int
    candidates: tuple[date, ...]
    not_after: date | None = None
    own_mark: str = ""


@dataclass(frozen=True)
class Drawn:
    """A draw with the days that came of it, as written down; `until`: the day on which the person left the draw."""

    ask: Ask
    days: tuple[date, ...]
    until: date | None = None

    def days_to_ask(self, *, asked: Sequence[date]) -> tuple[date, ...]:
        """The days on which the person was to be asked; on the day of leaving it may have been done or not."""
        if self.until is None:
            return self.days
        return tuple(day for day in self.days if day < self.until or (day == self.until and day in asked))


def first_of_period(day: date) -> date:
    """The Monday on which the four weeks of a day begin."""
    return day - timedelta(days=(day - EPOCH).days % (7 * PERIOD_WEEKS))


def mark_of(word: str) -> str:
    """The fingerprint of a person's own word; the word itself is kept by them."""
    return sha256(" ".join(word.split()).lower().encode()).hexdigest() if word.strip() else ""


def phase_of(often: str, *, week_of_stay: int, earns_rewards: bool) -> str:
    """How often a person is drawn in a week of their stay (from 1): first, middle or later."""
    if often != "by_week":
        return often
    if earns_rewards or week_of_stay < MIDDLE_FROM_WEEK:
        return "first"
    return "middle" if week_of_stay < LATER_FROM_WEEK else "later"


def how_many(phase: str, own: Mapping[str, Number] | None = None) -> tuple[int, int]:
    """How many days are drawn, from how many weeks; none of one week where the program draws none."""
    if phase == "later":
        count = int(value_of("drug_test.per_four_weeks_later", own))
        return (0, 1) if count == 0 else (max(1, count // PERIOD_WEEKS), max(1, PERIOD_WEEKS // count))
    return int(value_of(f"drug_test.per_week_{phase}", own)), 1


def candidate_days(
    first_day: date, weeks: int, *, not_before: date, closed: AbstractSet[date] = frozenset()
) -> tuple[date, ...]:
    """The open weekdays of these weeks, from a day on."""
    days = (first_day + timedelta(days=number) for number in range(7 * weeks))
    return tuple(day for day in days if day.weekday() < 5 and day >= not_before and day not in closed)


def latest_day(last: date | None, phase: str, own: Mapping[str, Number] | None = None) -> date | None:
    """The day by which the next test must be. Two in four weeks can't keep the gap of one a week: it has its own."""
    if last is None:
        return None
    key = "drug_test.longest_gap_days_later" if phase == "later" else "drug_test.longest_gap_days"
    return last + timedelta(days=int(value_of(key, own)))


def draw_days(seed: str, ask: Ask) -> tuple[date, ...]:
    """The days that the seed draws, in order. The longest gap decides the first of them where it must."""
    if not ask.candidates:
        return ()
    label = f"{ask.ticket}|{ask.own_mark}|{ask.first_day.isoformat()}"
    order = in_chance_order(ask.candidates, seed=seed, label=label)
    if ask.not_after is not None and ask.count:
        within = [day for day in order if day <= ask.not_after] or [min(ask.candidates)]
        order = [within[0], *(day for day in order if day != within[0])]
    return tuple(sorted(order[: ask.count]))


def check_period(
    seed: str,
    commitment: str,
    drawn: Iterable[Drawn],
    *,
    asked_on: Mapping[str, Sequence[date]] | None = None,
) -> tuple[str, ...]:
    """What is wrong with a period whose seed is shown; empty: nobody was picked on and nobody spared.

    `asked_on`: ticket → days on which the person was in fact asked at random.
    """
    if not keeps_its_word(seed, commitment):
        return ("The seed is not the one whose hash was published before.",)
    wrong = []
    for one in drawn:
        right = draw_days(seed, one.ask)
        if right != one.days:
            wrong.append(
                f"Ticket {one.ask.ticket}, week of {one.ask.first_day}: the seed draws {_say(right)}, "
                f"and {_say(one.days)} were written down."
            )
            continue
        if asked_on is None:
            continue
        end = one.ask.first_day + timedelta(days=7 * one.ask.weeks)
        was = tuple(sorted(day for day in asked_on.get(one.ask.ticket, ()) if one.ask.first_day <= day < end))
        if was != one.days_to_ask(asked=was):
            wrong.append(
                f"Ticket {one.ask.ticket}, week of {one.ask.first_day}: drawn were {_say(one.days)}, "
                f"asked was on {_say(was)}."
            )
    return tuple(wrong)


def _say(days: Sequence[date]) -> str:
    return ", ".join(day.isoformat() for day in days) or "no day"
