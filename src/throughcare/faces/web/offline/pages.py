"""What a phone may keep: one list. Add a line for a page of yours that must open without a connection.

A page of a person is kept only where they said “this is my own phone”, sealed under a key that is gone when they sign
out. A page that says nothing of anyone is kept on every phone on which somebody signed in.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from throughcare.knowledge.exercises.library import ALL as EXERCISES


@dataclass(frozen=True)
class OfflinePage:
    """One route. `own`: it says something of the person. `each`: what its address takes, once for each page."""

    route: str
    own: bool = True
    each: Callable[[], Iterable[str]] = lambda: ("",)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Its addresses; none while the route isn't there."""
        try:
            return tuple(reverse(self.route, args=[one] if one else []) for one in self.each())
        except NoReverseMatch:
            return ()


OFFLINE_PAGES: tuple[OfflinePage, ...] = (
    OfflinePage("no_connection", own=False),
    OfflinePage("help_without_connection", own=False),
    OfflinePage("plan_on_this_phone", own=False),
    OfflinePage("my_daily"),
    OfflinePage("my_week"),
    OfflinePage("my_handover"),
    OfflinePage("my_plan"),
    OfflinePage("my_practice"),
    OfflinePage("my_exercises"),
    OfflinePage("my_exercise", each=lambda: EXERCISES),
)


def kept_addresses(*, own: bool) -> tuple[str, ...]:
    """The addresses that a phone may keep: those of a person, or those that say nothing of anyone."""
    return tuple(address for page in OFFLINE_PAGES if page.own is own for address in page.addresses)
