"""What can become of a planned session, each with its own status and its own sentence to those concerned. [ours]

Three acts are kept apart: one occurrence for everyone, one occurrence for one person, and the rest of a series.
"""

from dataclasses import dataclass

ONCE, SERIES, SEAT = "once", "series", "seat"
MOVED, GROUP, CLOSED, EMPTY = "moved", "group", "closed", "empty"
COVERED, COVER = "covered", "cover"


@dataclass(frozen=True)
class Act:
    """One act: the key of its status word, what the button says, and what it leaves alone."""

    code: str
    status: str
    title: str
    leaves: str


ACTS = {
    act.code: act
    for act in (
        Act(ONCE, "canceled", "One session is canceled", "Only this one. Later ones stay as they are."),
        Act(SEAT, "not_this_time", "One person does not come once", "The session is held for the others."),
        Act(SERIES, "series_ended", "A series ends", "What was held before stays as it was."),
        Act(COVER, "covered", "Cover for someone away", "Sessions on other days stay as they are."),
        Act(COVERED, "covered", "Someone else leads a session", "The people, the time and the place stay."),
        Act(MOVED, "moved", "A session is moved", "Later ones stay at their time."),
        Act(GROUP, "group_ended", "A group's time ends", "What was held before stays as it was."),
        Act(CLOSED, "closed", "The clinic is closed", "Other days stay as they are."),
        Act(EMPTY, "canceled", "Nobody is expected any more", "Other sessions stay as they are."),
    )
}


def status_of(how: str) -> str:
    """The key of the status word of a session or seat that was taken away in this way."""
    return ACTS[how].status if how in ACTS else "canceled"


def say_once(what: str, when: str) -> str:
    """One session is canceled for everyone."""
    return f"{what} on {when} is canceled. Your other sessions stay."


def say_seat(what: str, when: str) -> str:
    """One person is not expected this once."""
    return f"You are not expected at {what} on {when}. Your other sessions stay."


def say_series(what: str, when: str, later: int) -> str:
    """A session and all later ones of its series are canceled."""
    rest = f" and the {later} after it are" if later > 1 else " and the one after it are" if later else " is"
    return f"{what} on {when}{rest} canceled. The series ends."


def say_moved(what: str, when: str, to: str, *, place: str = "", led_by: str = "") -> str:
    """A session is held at another time."""
    where = f", {place}" if place else ""
    leads = f" {led_by} leads it." if led_by else ""
    return f"{what} on {when} is moved to {to}{where}.{leads}"


def say_covered(what: str, when: str, *, led_by: str, instead_of: str) -> str:
    """Someone else leads it, or those who lead it anyway do so alone."""
    return f"{what} on {when} is led by {led_by}, without {instead_of}."
