"""Reading answers: checks what was given to a section and says it in words."""

import re
from collections.abc import Mapping

from throughcare.knowledge.intake.question import (
    LONGEST_LINE,
    LONGEST_TEXT,
    Answer,
    Answers,
    Question,
    Section,
)
from throughcare.knowledge.intake.weekly_hours import say_hours, spans


class CannotRead(ValueError):
    """An answer can't be taken: `because` says what would be right, `question` names which."""

    def __init__(self, because: str, question: str) -> None:
        super().__init__(because)
        self.because = because
        self.question = question


def read_section(section: Section, given: Mapping[str, object]) -> dict[str, Answer]:
    """The answers to keep: each on its question's scale, without blanks and without what was not asked.

    Raises `CannotRead`.
    """
    known = {question.code for question in section.questions}
    for code in given:
        if code not in known:
            raise CannotRead(f"“{section.title}” has no question “{code:.40}”.", code)
    read = {question.code: read_answer(question, given.get(question.code)) for question in section.questions}
    return {
        question.code: read[question.code]
        for question in section.questions
        if read[question.code] not in (None, "", []) and is_asked(question, read)
    }


def is_asked(question: Question, answers: Answers) -> bool:
    """Whether the other answers lead to this question."""
    return question.when is None or answers.get(question.when.question) in question.when.answers


def read_answer(question: Question, value: object) -> Answer:
    """One answer on its question's scale; None for a blank. Raises `CannotRead`."""
    if value is None or value == "" or value == []:
        return None
    if question.kind == "many":
        return _several(question, value)
    if question.kind == "weekly_hours":
        return _hours(question, value)
    if question.kind == "count":
        return _count(question, value)
    if not isinstance(value, str):
        raise CannotRead(f"“{question.wording}” takes words.", question.code)
    if question.offered:
        return _chosen(question, value)
    return _words(question, value)


def _words(question: Question, value: str) -> str:
    longest = LONGEST_TEXT if question.kind == "text" else LONGEST_LINE
    text = value.strip()
    if len(text) > longest:
        raise CannotRead(f"“{question.wording}” takes up to {longest} characters.", question.code)
    if not can_be_kept(text):
        raise CannotRead(f"“{question.wording}” holds a character that can’t be kept.", question.code)
    if question.kind == "email" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text):
        raise CannotRead("Enter an email address like name@example.org.", question.code)
    return text


def can_be_kept(text: str) -> bool:
    """Whether every database can store the text: no NUL, no half of a surrogate pair."""
    return "\x00" not in text and not any("\ud800" <= char <= "\udfff" for char in text)


def _chosen(question: Question, value: str) -> str:
    if value not in dict(question.offered):
        raise CannotRead(f"Choose one of the answers to “{question.wording}”.", question.code)
    return value


def _several(question: Question, value: object) -> list[str]:
    offered = [code for code, _ in question.offered]
    if not isinstance(value, list | tuple) or any(one not in offered for one in value):
        raise CannotRead(f"Choose from the answers to “{question.wording}”.", question.code)
    return [code for code in offered if code in value]


def _count(question: Question, value: object) -> int:
    if isinstance(value, str) and value.strip().isdecimal() and len(value) < 6:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= question.most:
        raise CannotRead(
            f"“{question.wording}” takes a whole number from 0 to {question.most}.", question.code
        )
    return value


def _hours(question: Question, value: object) -> list[list[str | int]]:
    try:
        found = spans(value)  # type: ignore[arg-type]  # whatever was sent: refused below when it is no list of rows
    except (TypeError, ValueError):
        raise CannotRead(
            f"“{question.wording}” takes a time from and a time to for each day, like 9:00 AM and 5:00 PM.",
            question.code,
        ) from None
    if any(span.starts == span.ends for span in found):
        raise CannotRead(f"“{question.wording}”: on one day both times are the same.", question.code)
    return [[span.weekday, f"{span.starts:%H:%M}", f"{span.ends:%H:%M}"] for span in found]


def say_answer(question: Question, value: Answer) -> str:
    """An answer in words; empty when there is none."""
    if value is None:
        return ""
    if question.kind == "weekly_hours" and isinstance(value, list):
        return say_hours(spans(value))
    titles = dict(question.offered)
    if isinstance(value, list):
        return ", ".join(titles.get(str(one), str(one)) for one in value)
    return titles.get(value, value) if isinstance(value, str) else str(value)


def facts_said(section: Section, answers: Answers) -> dict[str, bool | int]:
    """The placement facts that these answers give; what was not answered is absent."""
    found: dict[str, bool | int] = {}
    for question in section.questions:
        value = answers.get(question.code)
        if not question.fact or value is None:
            continue
        if question.kind == "count" and isinstance(value, int):
            found[question.fact] = value
        elif isinstance(value, str) and value in question.means:
            found[question.fact] = question.means[value]
    return found
