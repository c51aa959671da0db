"""Letters with the least words: how often someone came, or that they were here. Both leave only by consent."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.privacy.desk import open_patient
from throughcare.pathway.privacy.telling import Item, Telling, To
from throughcare.pathway.release.day_items import CAME, CAME_IN_PART, day_word, days_expected, weekday
from throughcare.pathway.release.items import whose_record
from throughcare.pathway.release.packet import prepare_telling
from throughcare.pathway.release.paper import Wording
from throughcare.pathway.release.whose import Whose, say_date

KIND = "attendance"


@dataclass(frozen=True)
class LetterKind:
    """One letter: what it is called on screen, its title on paper, and what it says."""

    code: str
    words: str
    title: str
    about: str


ROWS = (
    LetterKind(
        "attendance",
        "Attendance letter",
        "Attendance",
        "On how many of the days they were expected someone came. For a court, a school or an employer.",
    ),
    LetterKind(
        "neutral",
        "Letter that says only that they were here",
        "Confirmation",
        "The days on which someone was here, and not what for. The statement of the law that must go along names "
        "42 CFR part 2.",
    ),
)
ALL = {row.code: row for row in ROWS}


@dataclass(frozen=True)
class NewLetter:
    """Which letter, to whom, for what, about which days, and how it leaves."""

    letter: str
    to: To
    purpose: str
    first: date
    last: date
    method: str
    contact: str = ""


def prepare_letter(patient: UUID, new: NewLetter, *, by: Actor, at: datetime) -> UUID:
    """Prepare a letter. Raises `Cannot` without a consent for it, or when there is nothing to say."""
    if new.letter not in ALL:
        raise Cannot("Choose a letter.", field="letter")
    if new.last < new.first:
        raise Cannot("The last day lies before the first.", field="last")
    found = open_patient(patient, kind=KIND, by=by, at=at)
    whose = whose_record(found, as_of=at)
    if new.last > whose.today:
        raise Cannot("The last day has not come yet.", field="last")
    items, sentences = (_attended if new.letter == "attendance" else _was_here)(whose, new)
    telling = Telling(new.to, new.purpose, new.method, items)
    wording = Wording(ALL[new.letter].title, new.contact, sentences)
    return prepare_telling(found.uid, telling, wording, by=by, at=at)


def _days(whose: Whose, new: NewLetter) -> dict[date, str]:
    """Each day of the period on which they were expected, with its word. Excused days are left out."""
    days = days_expected(whose, first=new.first).items()
    found = {day: day_word([row.status for row in rows]) for day, rows in days if day <= new.last}
    return {day: word for day, word in found.items() if word != "Excused"}


def _attended(whose: Whose, new: NewLetter) -> tuple[tuple[Item, ...], tuple[str, ...]]:
    days = _days(whose, new)
    if not days:
        raise Cannot("They were expected on no day of this period.", field="first")
    came = sum(word in (CAME, CAME_IN_PART) for word in days.values())
    expected = "1 day" if len(days) == 1 else f"{len(days)} days"
    sentence = (
        f"From {say_date(new.first)} to {say_date(new.last)}, {whose.patient.given_name} "
        f"{whose.patient.family_name} was expected on {expected} and came on {came}."
    )
    # Both ends are weighed, so that a consent for a period covers the whole of what is counted.
    items = (
        Item(KIND, f"From {say_date(new.first)}", new.first),
        Item(KIND, f"To {say_date(new.last)}", new.last, (sentence,)),
    )
    return items, (sentence,)


def _was_here(whose: Whose, new: NewLetter) -> tuple[tuple[Item, ...], tuple[str, ...]]:
    here = [day for day, word in _days(whose, new).items() if word in (CAME, CAME_IN_PART)]
    if not here:
        raise Cannot("They came on no day of this period.", field="first")
    named = f"{whose.patient.given_name} {whose.patient.family_name}".strip()
    sentence = f"{named} had an appointment with us and was here on:"
    return (
        tuple(Item(KIND, weekday(day), day, ("Was here",)) for day in here),
        (sentence, *(weekday(day) for day in here)),
    )
