"""What a person is told of between visits, and when: they choose the way, the hours, and what they don't want to hear.

Every one of these says only that something waits (`outward_words.py`). Nobody is called or texted between nine in the
evening and eight in the morning unless they say so: 47 CFR 64.1200(c)(1) sets these hours for calls that nobody asked
for, and a phone that lights up at night tells others. What is urgent, and what is about signing in, goes at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

CITE = "47 CFR 64.1200(c)(1)"
QUIET_FROM, QUIET_UNTIL = time(21), time(8)
EMAIL, TEXT, NONE = "email", "text", "none"
WAYS: Mapping[str, str] = {
    EMAIL: "By e-mail",
    TEXT: "By text message",
    NONE: "Not at all: I look for myself",
}


@dataclass(frozen=True)
class Notice:
    """Something of which a person may be told; `plain` is how they choose it."""

    code: str
    plain: str


ROWS = (
    Notice("session_soon", "Before a session: the day before, and two hours before"),
    Notice("week_changed", "When something changes in my week"),
    Notice("seat_waits", "When a seat or a make-up waits for my answer"),
)
ALL: Mapping[str, Notice] = {row.code: row for row in ROWS}


@dataclass(frozen=True)
class Wishes:
    """How somebody wants to be told. Hours are local; both None: at any hour. `links`: where sign-in links may go."""

    way: str = EMAIL
    quiet_from: time | None = None
    quiet_until: time | None = None
    off: tuple[str, ...] = ()
    links: tuple[str, ...] = (EMAIL, TEXT)

    def wants(self, code: str) -> bool:
        """Whether they want to be told of this; what isn't on the list can't be switched off."""
        return code not in ALL or (self.way != NONE and code not in self.off)

    def tell_at(self, local: datetime) -> datetime:
        """The next moment (wall clock) at which they may be told: this one, or the end of their quiet hours."""
        begins, ends = self.quiet_from, self.quiet_until
        if begins is None or ends is None or begins == ends or not _within(local.time(), begins, ends):
            return local
        day = local.date() if local.time() < ends else local.date() + timedelta(days=1)
        return local.replace(
            year=day.year,
            month=day.month,
            day=day.day,
            hour=ends.hour,
            minute=ends.minute,
            second=0,
            microsecond=0,
        )


def _within(now: time, begins: time, ends: time) -> bool:
    return begins <= now < ends if begins < ends else now >= begins or now < ends
