"""A thing that a medication makes due: what, because of what, by which day, and whose it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

# Two things that don't go together: something happened, or they stand on one list. Answered on the person's page.
HAPPENED, INTERACTION = "happened", "interaction"
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

    @property
    def is_to_answer(self) -> bool:
        """Whether a prescriber or nurse answers it in words."""
        return self.what in (HAPPENED, INTERACTION)

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
