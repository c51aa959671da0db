"""What is written into a crisis's log: one row a kind, with what it needs and what it does."""

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Choice:
    """One answer of a kind that has a list; `to_hospital`: a visit is due after it. `ends_contact`: nobody to call."""

    code: str
    words: str
    to_hospital: bool = False
    ends_contact: bool = False


@dataclass(frozen=True)
class EntryKind:
    """One kind of entry. `asks_whom`: who was spoken to or took over; `needs_words`: what was said or found.

    `button` is what the desk's button says; without one the program writes it by itself.
    """

    code: str
    words: str
    button: str = ""
    whom: str = ""
    choices: tuple[Choice, ...] = ()
    question: str = ""
    needs_words: bool = False


REACHED = (
    Choice("person", "The person themself"),
    Choice("ward", "The ward or the ambulance that has them: they can't speak"),
)
TRIED = (
    Choice("call", "By phone"),
    Choice("text", "By text message"),
    Choice("other", "Another way"),
)
DISPOSITIONS = (
    Choice("home", "Stays where they are, with a plan and somebody near"),
    Choice("clinic", "Comes to us today"),
    Choice("mobile_crisis", "A mobile crisis team took over"),
    Choice("emergency_department", "Taken to an emergency department", to_hospital=True),
    Choice("hospital", "Admitted to a hospital", to_hospital=True),
    Choice("welfare_check", "Could not be reached: police or EMS look for them"),
    Choice("no_danger", "We spoke: no danger now"),
    Choice("died", "The person died", ends_contact=True),
)

KINDS: tuple[EntryKind, ...] = (
    EntryKind("reached", "Reached", "I reached them", choices=REACHED, question="Whom did you speak with?"),
    EntryKind("tried", "Tried to reach them", "I tried", choices=TRIED, question="How did you try?"),
    EntryKind("ems", "911 called", "I called 911", whom="Whom did you speak with?"),
    EntryKind(
        "mobile_crisis", "Mobile crisis called", "I called mobile crisis", whom="Whom did you speak with?"
    ),
    EntryKind("family", "Called somebody near to them", "I called somebody near", whom="Whom did you call?"),
    EntryKind("screened", "C-SSRS asked", "C-SSRS asked", needs_words=True),
    EntryKind("plan_checked", "Safety plan checked", "Safety plan checked"),
    EntryKind("outreach", "Outcome of the outreach", "What came of it", needs_words=True),
    EntryKind("answer", "Answer", "What we answered", needs_words=True),
    EntryKind(
        "disposition", "Disposition", "Disposition", choices=DISPOSITIONS, question="Where are they now?"
    ),
    EntryKind(
        "handoff", "Handed off", "Hand off to somebody named", whom="Who has it now? Name and function"
    ),
    EntryKind("visit", "Visit after the hospital", "They came for a visit"),
    EntryKind("note", "Note", "Note", needs_words=True),
    EntryKind("priority", "Priority raised", needs_words=True),
    EntryKind("told", "Told an emergency team: the medication list"),
    EntryKind("again", "They called for help again"),
    EntryKind("named", "Whose crisis it is was found out"),
)
ALL = MappingProxyType({kind.code: kind for kind in KINDS})
DISPOSITION = MappingProxyType({choice.code: choice for choice in DISPOSITIONS})


def choice_words(kind: str, choice: str) -> str:
    """The words of an answer; empty when the kind has no such answer."""
    return next((one.words for one in ALL[kind].choices if one.code == choice), "")
