"""Letters with the least words: how often someone came, when they were here, or that they were. By consent alone.

What the person is handed themselves needs none, and no statement goes along.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from throughcare.knowledge.attendance import ALL as STATUSES
from throughcare.knowledge.back_at_work import FARTHEST_AHEAD, LONGEST, MOST_A_WEEK, LessAWeek
from throughcare.knowledge.credentials import ALL as CREDENTIALS
from throughcare.knowledge.hours import number
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.privacy.desk import open_patient
from throughcare.pathway.privacy.telling import Item, Telling, To
from throughcare.pathway.release.day_items import (
    CAME,
    CAME_IN_PART,
    clock_on_paper,
    day_word,
    days_expected,
    weekday,
)
from throughcare.pathway.release.items import whose_record
from throughcare.pathway.release.packet import prepare_telling
from throughcare.pathway.release.paper import Wording
from throughcare.pathway.release.whose import Whose, say_date
from throughcare.records.attendance import Attendance
from throughcare.records.sessions import Session

KIND = "attendance"


@dataclass(frozen=True)
class LetterKind:
    """One letter: what it is called on screen, its title on paper, and what it says.

    `follows`: its words follow from what is on record; the words of any other are somebody's judgment.
    """

    code: str
    words: str
    title: str
    about: str
    follows: bool = True


ROWS = (
    LetterKind(
        "attendance",
        "Attendance letter",
        "Attendance",
        "On how many of the days they were expected someone came, and how many hours that was. For a court.",
    ),
    LetterKind(
        "times",
        "Letter with the days and hours they were here",
        "Confirmation",
        "When someone was here, and not what for; no word of days they didn't come. For an employer or a school.",
    ),
    LetterKind(
        "neutral",
        "Letter that says only that they were here",
        "Confirmation",
        "The days on which someone was here, and not what for. The statement of the law that must go along names "
        "42 CFR part 2.",
    ),
    LetterKind(
        "back",
        "Return-to-work letter",
        "Confirmation",
        "From which day someone can be back at work or school (the day in “From”), or for how much a week "
        "until when, and nothing of why they were away or where. A clinician says so. For an employer or a school.",
        follows=False,
    ),
)
ALL = {row.code: row for row in ROWS}


@dataclass(frozen=True)
class NewLetter:
    """Which letter, to whom, for what, about which days, and how it leaves; `less`: back with fewer hours or days."""

    letter: str
    to: To
    purpose: str
    first: date
    last: date
    method: str
    contact: str = ""
    less: LessAWeek | None = None


def prepare_letter(patient: UUID, new: NewLetter, *, by: Actor, at: datetime) -> UUID:
    """Prepare a letter. Raises `Cannot` without a consent for it, or when there is nothing to say."""
    if new.letter not in ALL:
        raise Cannot("Choose a letter.", field="letter")
    if new.last < new.first:
        raise Cannot("The last day lies before the first.", field="last")
    found = open_patient(patient, kind=KIND, by=by, at=at)
    whose = whose_record(found, as_of=at)
    if ALL[new.letter].follows and new.last > whose.today:
        raise Cannot("The last day has not come yet.", field="last")
    if not ALL[new.letter].follows and not is_clinician(by):
        raise Cannot("Who can be back at work is said by a clinician. Ask one to prepare it.", field="letter")
    items, sentences = SAYS[new.letter](whose, new)
    # On paper that they hand on themselves stands their name, not what they are here.
    to = replace(new.to, name=_named(whose)) if new.to.recipient_class == "patient" else new.to
    telling = Telling(to, new.purpose, new.method, items)
    wording = Wording(ALL[new.letter].title, new.contact, sentences)
    return prepare_telling(found.uid, telling, wording, by=by, at=at)


def sentences_of(whose: Whose, letter: str, first: date, last: date) -> tuple[str, ...]:
    """What a letter would say to anyone, for a look before it is prepared; empty when there is nothing to say."""
    to = To("patient", "")
    try:
        return SAYS[letter](whose, NewLetter(letter, to, "", first, last, ""))[1]
    except Cannot:
        return ()


def _days(whose: Whose, new: NewLetter) -> dict[date, list[Attendance]]:
    """Each day of the period on which they were expected, with what stands of it. Excused days are left out."""
    days = days_expected(whose, first=new.first).items()
    found = {day: rows for day, rows in days if day <= new.last}
    return {day: rows for day, rows in found.items() if _word(rows) != "Excused"}


def _word(rows: list[Attendance]) -> str:
    return day_word([row.status for row in rows])


def _attended(whose: Whose, new: NewLetter) -> tuple[tuple[Item, ...], tuple[str, ...]]:
    days = _days(whose, new)
    if not days:
        raise Cannot("They were expected on no day of this period.", field="first")
    came = sum(_word(rows) in (CAME, CAME_IN_PART) for rows in days.values())
    hours = number(round(sum(row.minutes for rows in days.values() for row in rows) / 60, 2))
    expected = "1 day" if len(days) == 1 else f"{len(days)} days"
    sentence = (
        f"From {say_date(new.first)} to {say_date(new.last)}, {_named(whose)} was expected on {expected} "
        f"and came on {came}: {hours} hour{'' if hours == '1' else 's'} in all."
    )
    # Both ends are weighed, so that a consent for a period covers the whole of what is counted.
    items = (
        Item(KIND, f"From {say_date(new.first)}", new.first),
        Item(KIND, f"To {say_date(new.last)}", new.last, (sentence,)),
    )
    return items, (sentence,)


def _was_here(whose: Whose, new: NewLetter) -> tuple[tuple[Item, ...], tuple[str, ...]]:
    here = _here(whose, new)
    return (
        tuple(Item(KIND, weekday(day), day, ("Was here",)) for day in here),
        (f"{_named(whose)} had an appointment with us and was here on:", *(weekday(day) for day in here)),
    )


def _at_times(whose: Whose, new: NewLetter) -> tuple[tuple[Item, ...], tuple[str, ...]]:
    here = _here(whose, new)
    sessions = Session.objects.in_bulk({row.session_id for rows in here.values() for row in rows})
    said = {}
    for day, rows in here.items():
        came = [row for row in rows if STATUSES[row.status].minutes_count]
        begins = min(sessions[row.session_id].starts_at + timedelta(minutes=row.late_minutes) for row in came)
        ends = max(
            sessions[row.session_id].ends_at - timedelta(minutes=row.left_early_minutes) for row in came
        )
        said[day] = f"{clock_on_paper(begins, whose.zone)} to {clock_on_paper(ends, whose.zone)}"
    lines = (f"{weekday(day)}, {times}" for day, times in said.items())
    return (
        tuple(Item(KIND, weekday(day), day, (f"Was here from {times}",)) for day, times in said.items()),
        (f"{_named(whose)} had appointments with us and was here on:", *lines),
    )


def _here(whose: Whose, new: NewLetter) -> dict[date, list[Attendance]]:
    here = {day: rows for day, rows in _days(whose, new).items() if _word(rows) in (CAME, CAME_IN_PART)}
    if not here:
        raise Cannot("They came on no day of this period.", field="first")
    return here


def _back(whose: Whose, new: NewLetter) -> tuple[tuple[Item, ...], tuple[str, ...]]:
    _check_return(new, today=whose.today)
    sentence = f"{_named(whose)} can be back at work or school from {weekday(new.first)}."
    if new.less is not None:
        sentence = (
            f"{_named(whose)} can be at work or school for up to {new.less.words} "
            f"from {weekday(new.first)} to {weekday(new.last)}."
        )
    # Said today, whenever the day is: a consent is weighed for what is told now.
    return (Item(KIND, "Back at work or school", whose.today, (sentence,)),), (sentence,)


def _check_return(new: NewLetter, *, today: date) -> None:
    if new.first > today + FARTHEST_AHEAD:
        raise Cannot(f"Choose a day within the next {FARTHEST_AHEAD.days} days.", field="first")
    if new.less is None:
        return
    if not 1 <= new.less.most <= MOST_A_WEEK[new.less.unit]:
        raise Cannot(f"A week has 1 to {MOST_A_WEEK[new.less.unit]} {new.less.unit} of work.", field="most")
    if new.last > new.first + LONGEST:
        raise Cannot(f"Choose a last day within {LONGEST.days} days of the first.", field="last")


def is_clinician(by: Actor) -> bool:
    """Whether `by` has a credential with which they sign clinical notes without a second hand."""
    held = CREDENTIALS.get(by.credential)
    return held is not None and held.may_sign_clinical_note and not held.needs_cosignature


def _named(whose: Whose) -> str:
    return f"{whose.patient.given_name} {whose.patient.family_name}".strip()


SAYS = {"attendance": _attended, "times": _at_times, "neutral": _was_here, "back": _back}
