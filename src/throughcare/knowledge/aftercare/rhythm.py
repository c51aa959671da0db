"""Aftercare for eighteen months: when somebody who left is asked how they are, and when a person calls them.

The rhythm is that of telephone monitoring after intensive outpatient care: every week for eight weeks, every two weeks
for the rest of the first year, then every month (McKay and others, 2010 and 2011). Whoever does worse is asked more
often, and a person calls whoever slips or falls silent. [ours]
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from throughcare.knowledge.aftercare.answers import CHECK_IN, follow_up, say_occasion
from throughcare.knowledge.program_settings import Number, value_of

FOLLOW_UPS = (
    "follow_up.first_days",
    "follow_up.second_days",
    "follow_up.third_days",
    "follow_up.fourth_days",
    "follow_up.fifth_days",
)
# Of the follow-ups, those that count as outcomes; the first is a hello.
OUTCOMES = FOLLOW_UPS[1:]
SETTINGS = (
    "aftercare.months",
    "aftercare.weekly_weeks",
    "aftercare.two_weekly_days",
    "aftercare.first_every",
    "aftercare.second_every",
    "aftercare.third_every",
    "aftercare.shaky_every",
    "aftercare.slipping_every",
    "aftercare.answer_days",
    "aftercare.silent_after",
    "aftercare.call_days",
    "aftercare.high_craving",
    "aftercare.low_mood",
    "aftercare.sudden_change",
    "follow_up.window_before_days",
    "follow_up.window_after_days",
    "follow_up.attempts",
    *FOLLOW_UPS,
)
# A stay that ended so is not followed.
NOT_FOLLOWED = frozenset({"deceased"})
# Whom a message may not reach, or would put at risk: a person decides how.
BY_PERSON_ONLY = frozenset({"incarcerated"})

# How a try at a call ended, and whether the call is over with it.
CALL_OUTCOMES: Mapping[str, tuple[str, bool]] = {
    "reached": ("Reached, and talked", True),
    "no_answer": ("No answer", False),
    "message_left": ("Left a neutral message", False),
    "wrong_number": ("The number is wrong", False),
    "back_in_care": ("Comes back into care", True),
    "not_wanted": ("Doesn't want to be called", True),
    "not_needed": ("No longer needed", True),
    "died": ("Has died", True),
}
ENDS: Mapping[str, str] = {
    "over": "The time of aftercare is over",
    "back_in_care": "Back in care",
    "asked": "Asked not to be asked any more",
    "died": "Died",
}


def until_date(left: date, own: Mapping[str, Number] | None = None) -> date:
    """The last day of aftercare for somebody who left on a day; months of thirty days and a half."""
    return left + timedelta(days=round(30.5 * value_of("aftercare.months", own)))


def days_between(left: date, day: date, standing: str, own: Mapping[str, Number] | None = None) -> int:
    """How many days lie between two check-ins around a day, for somebody who stands so."""
    gone = (day - left).days
    if gone < 7 * value_of("aftercare.weekly_weeks", own):
        usual = value_of("aftercare.first_every", own)
    elif gone < value_of("aftercare.two_weekly_days", own):
        usual = value_of("aftercare.second_every", own)
    else:
        usual = value_of("aftercare.third_every", own)
    worse = {"shaky": "aftercare.shaky_every", "slipping": "aftercare.slipping_every"}
    return int(min(usual, value_of(worse[standing], own)) if standing in worse else usual)


@dataclass(frozen=True)
class Asked:
    """One time that somebody was asked: when it was due, until when it counts; how they stood, and answered when."""

    occasion: str
    due: date
    closes: date
    standing: str = ""
    on: date | None = None

    @property
    def is_answered(self) -> bool:
        """Whether there is an answer."""
        return bool(self.standing)


@dataclass(frozen=True)
class Due:
    """One time to ask: from when on, on which day, and until when the answer counts."""

    occasion: str
    opens: date
    due: date
    closes: date


def next_due(
    left: date, until: date, asked: Sequence[Asked], *, today: date, own: Mapping[str, Number] | None = None
) -> tuple[Due, ...]:
    """What is to be asked today that was not asked yet: a follow-up whose window opened, and the next check-in.

    `asked` oldest first. A check-in that would fall into an open follow-up is left out: nobody is asked twice at once.
    """
    known = {one.occasion for one in asked}
    before = timedelta(days=int(value_of("follow_up.window_before_days", own)))
    after = timedelta(days=int(value_of("follow_up.window_after_days", own)))
    ups = []
    for key in FOLLOW_UPS:
        days = int(value_of(key, own))
        day = left + timedelta(days=days)
        opens = max(left + timedelta(days=1), day - before)
        if follow_up(days) not in known and opens <= today <= day + after and day <= until + after:
            ups.append(Due(follow_up(days), opens, day, day + after))
    if ups or today > until:
        return tuple(ups)
    if any(one.occasion != CHECK_IN and not one.is_answered and today <= one.closes for one in asked):
        return ()
    last = max((one.on or one.due for one in asked), default=left)
    standing = next((one.standing for one in reversed(asked) if one.standing), "steady")
    day = last + timedelta(days=days_between(left, today, standing, own))
    if day > today or any(one.due == today and one.occasion == CHECK_IN for one in asked):
        return ()
    closes = today + timedelta(days=int(value_of("aftercare.answer_days", own)))
    return (Due(CHECK_IN, today, today, closes),)


def tries_due(due: Due | Asked, *, today: date, own: Mapping[str, Number] | None = None) -> int:
    """How many messages should have gone out by today about one ask: a follow-up has its attempts, a check-in two."""
    if due.occasion == CHECK_IN:
        half = due.due + (due.closes - due.due) / 2
        return 1 + (today >= half)
    attempts = int(value_of("follow_up.attempts", own))
    opens = due.due - timedelta(days=int(value_of("follow_up.window_before_days", own)))
    step = (due.closes - opens) / attempts
    return min(attempts, 1 + sum(today >= opens + step * number for number in range(1, attempts)))


def silence(asked: Sequence[Asked], *, today: date, own: Mapping[str, Number] | None = None) -> str:
    """Why a person calls somebody who doesn't answer; empty while no one need. `asked` oldest first."""
    unanswered = 0
    for one in reversed(asked):
        if one.is_answered:
            break
        if one.closes < today:
            unanswered += 1
    most = int(value_of("aftercare.silent_after", own))
    if unanswered >= most:
        return f"Didn't answer {unanswered} times in a row."
    last = [one for one in asked if one.occasion != CHECK_IN and not one.is_answered and one.closes >= today]
    attempts = int(value_of("follow_up.attempts", own))
    for one in last:
        if today > one.due and tries_due(one, today=today, own=own) >= attempts:
            return f"{say_occasion(one.occasion)}: no answer to {attempts} messages."
    return ""
