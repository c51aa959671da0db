"""What a clinic puts on its community calendar: kinds of event, whom they are for, and on which days they come round.

Nobody is listed anywhere: whoever says they come is a number to the host, and a community name at most.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from throughcare.knowledge.verdict import Allowed, Refused, Verdict

PRIVATE = "42 CFR 2.13: who is in treatment is nobody's to tell"
LONGEST_NAME = 30


@dataclass(frozen=True)
class EventKind:
    """One kind of event; `outside`: others run it, and the clinic tells them nobody's name."""

    code: str
    title: str
    about: str
    outside: bool = False


EVENT_KINDS: dict[str, EventKind] = {
    row.code: row
    for row in (
        EventKind("own", "At the clinic", "Open evenings, talks and meals of the clinic."),
        EventKind("alumni", "Alumni", "For people who finished the program, and who soon will."),
        EventKind("mutual_help", "Mutual help", "Meetings run by people in recovery.", outside=True),
        EventKind("art", "Art and music", "Making things, hearing things.", outside=True),
        EventKind("sport", "Sport and outdoors", "Moving, alone or together.", outside=True),
        EventKind("work", "Work and learning", "Jobs, courses, volunteering.", outside=True),
        EventKind("workshop", "Workshop", "One skill, one evening."),
    )
}

# Whom an event is for: the roles of the accounts that find it.
AUDIENCES: dict[str, tuple[str, frozenset[str]]] = {
    "everyone": ("Everyone in the program and alumni", frozenset({"patient", "alumnus"})),
    "alumni": ("Alumni", frozenset({"alumnus"})),
    "patients": ("People in the program", frozenset({"patient"})),
}

# How often it comes round: weeks between two times, 0 for once.
REPEATS: dict[str, tuple[str, int]] = {
    "once": ("Once", 0),
    "weekly": ("Every week", 1),
    "second_week": ("Every second week", 2),
    "fourth_week": ("Every fourth week", 4),
}


@dataclass(frozen=True)
class EventDays:
    """On which days an event takes place; `off` are days on which it doesn't."""

    first_day: date
    repeats: str = "once"
    until_date: date | None = None
    off: frozenset[date] = frozenset()

    def between(self, first: date, last: date) -> Iterator[date]:
        """Its days from `first` to `last`, both included."""
        weeks = REPEATS[self.repeats][1]
        end = min(last, self.until_date or last) if weeks else min(last, self.first_day)
        day = self.first_day
        while day <= end:
            if day >= first and day not in self.off:
                yield day
            day += timedelta(weeks=weeks or 1)

    def is_on(self, day: date) -> bool:
        """Whether it takes place on this day."""
        return next(self.between(day, day), None) is not None


NO_NAME = "Write the name you want to go by here."
LONG_NAME = "Choose a name of at most 30 letters."
WHOLE_NAME = "Leave your family name out. It would tell others who you are."
NUMBER_NAME = "Leave phone numbers and addresses out of the name."


def check_name(name: str, *, family_name: str) -> Verdict:
    """Whether a community name may be borne: short, and without the family name, which would name the person."""
    said = " ".join(name.split())
    if not said:
        return Refused(NO_NAME, cite=PRIVATE)
    if len(said) > LONGEST_NAME:
        return Refused(LONG_NAME, cite=PRIVATE)
    if family_name.strip() and family_name.strip().casefold() in said.casefold():
        return Refused(WHOLE_NAME, cite=PRIVATE)
    if "@" in said or sum(letter.isdigit() for letter in said) > 4:
        return Refused(NUMBER_NAME, cite=PRIVATE)
    return Allowed()
