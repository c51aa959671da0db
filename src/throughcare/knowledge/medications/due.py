"""A thing that a medication makes due: what, because of what, by which day, and whose it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

OVERDUE, TODAY, SOON, LATER = "overdue", "due_today", "due_soon", "due_later"


@dataclass(frozen=True)
class Due:
    """One thing due. `about` is the medication's thread as text, empty for the whole list; `what` its kind."""

    what: str
    title: str
    because: str
    due_date: date
    owner: str
    cite: str
    about: str = ""

    def state(self, today: date, *, ahead: int) -> str:
        """overdue, due_today, due_soon within `ahead` days, or due_later."""
        days = (self.due_date - today).days
        if days < 0:
            return OVERDUE
        if days == 0:
            return TODAY
        return SOON if days <= ahead else LATER

    def is_shown(self, today: date, *, ahead: int) -> bool:
        """Whether it is time to say it: overdue, today, or at most `ahead` days before."""
        return self.state(today, ahead=ahead) != LATER


def in_order(dues: Iterable[Due]) -> tuple[Due, ...]:
    """The earliest first; on one day by what they are."""
    return tuple(sorted(dues, key=lambda one: (one.due_date, one.what, one.title)))
