"""What reading a file of referrals yields: people who asked for help, or what is wrong and where."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from throughcare.pathway.people.people import PersonDetails

MOST_PROBLEMS = 20


@dataclass(frozen=True)
class Problem:
    """What is wrong, at which place of the file, and what would be right."""

    place: str
    because: str


class Unreadable(Exception):
    """A document can't be taken in; each problem names its place."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(f"{one.place}: {one.because}" for one in problems))
        self.problems = problems


@dataclass(frozen=True)
class ReferralReading:
    """One referral as a file tells it. `places` says where in the file each detail stands."""

    place: str
    person: PersonDetails
    external_id: str
    content: bytes
    media_type: str
    digest: str
    source: str = "health"
    asked_for_by: str = "provider"
    referrer_name: str = ""
    referrer_organization: str = ""
    referrer_phone: str = ""
    concerns: tuple[str, ...] = ()
    reason: str = ""
    best_times: str = ""
    received_date: date | None = None
    notes: tuple[str, ...] = ()
    places: dict[str, str] = field(default_factory=dict)


def shown(value: Any) -> str:
    """A value as an error message quotes it: short, on one line."""
    text = value if isinstance(value, str) else repr(value)
    text = " ".join(text.split())
    safe = "".join(char if char.isprintable() else "�" for char in text)
    return f"“{safe[:60]}…”" if len(safe) > 60 else f"“{safe}”"


def storable(text: str) -> bool:
    """Whether a text can be stored: no NUL, no half of a surrogate pair."""
    return "\x00" not in text and not any("\ud800" <= char <= "\udfff" for char in text)
