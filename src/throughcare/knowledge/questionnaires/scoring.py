"""Scoring: answers in, a `Score` out, or `CannotScore` with what is wrong and where."""

from collections.abc import Mapping, Sequence
from typing import Literal

from throughcare.knowledge.questionnaires.library import CannotFind, find
from throughcare.knowledge.questionnaires.questionnaire import (
    Answers,
    Context,
    Item,
    Number,
    Parts,
    Questionnaire,
    Reading,
    Score,
)

OLDEST = 130
READABLE = 10**9


class CannotScore(ValueError):
    """The input can't be scored: `what` is wrong, and `where`."""

    def __init__(self, what: str, where: str) -> None:
        super().__init__(f"{where}: {what}")
        self.what = what
        self.where = where


def score(
    code: str, answers: Sequence[object], context: Mapping[str, object] | Context | None = None
) -> Score:
    """Score `answers` (whole numbers on the instrument's own scale; None = missing). Raises `CannotScore`."""
    try:
        questionnaire = find(code)
    except CannotFind as error:
        raise CannotScore(str(error), "code") from error
    known = context if isinstance(context, Context) else context_from(context)
    given = checked_answers(questionnaire, answers)
    parts = questionnaire.score_parts(given, known)
    reading = parts.reading or read_total(questionnaire, parts)
    return Score(
        code=questionnaire.code,
        total=parts.total,
        subscales=parts.subscales,
        band=reading.band,
        missing=parts.missing,
        prorated=parts.prorated,
        critical=critical_items(questionnaire, given),
        positive=reading.positive,
        flags=parts.flags,
        may_be=reading.may_be,
        notes=parts.notes,
    )


def read_total(questionnaire: Questionnaire, parts: Parts) -> Reading:
    """The band that holds the total, and whether it reaches the screening cut; nothing without a total."""
    if parts.total is None:
        return Reading(band=None, positive=None)
    cut = questionnaire.positive_from
    return Reading(questionnaire.band_of(parts.total), None if cut is None else parts.total >= cut)


def critical_items(questionnaire: Questionnaire, answers: Answers) -> tuple[int, ...]:
    """The numbers of the items whose answer a clinician must see, whether or not there is a total."""
    found = []
    for critical in questionnaire.critical:
        value = answers[critical.item - 1]
        if value is not None and value >= critical.at_least:
            found.append(critical.item)
    return tuple(found)


def checked_answers(questionnaire: Questionnaire, answers: Sequence[object]) -> Answers:
    """The answers, each on its item's scale and one for each item. Raises `CannotScore` naming the item."""
    if not isinstance(answers, list | tuple):
        raise CannotScore(f"a list is expected, found {shown(answers)}", "answers")
    lengths = questionnaire.accepted_lengths
    if len(answers) not in lengths:
        expected = " or ".join(str(length) for length in lengths)
        raise CannotScore(f"{questionnaire.code} takes {expected} answers, found {len(answers)}", "answers")
    given = [checked(item, value) for item, value in zip(questionnaire.items, answers, strict=False)]
    return tuple(given + [None] * (len(questionnaire.items) - len(given)))


def checked(item: Item, value: object) -> int | None:
    """One answer, on its item's scale. Raises `CannotScore`."""
    if value is None:
        return None
    where = f"item {item.number}"
    # True and False are integers to Python; a form that sends them has not been mapped to the scale.
    if isinstance(value, bool) or not isinstance(value, int):
        raise CannotScore(f"a whole number or null is expected, found {shown(value)}", where)
    meant = dict(item.also).get(value, value)
    if meant not in item.values:
        allowed = ", ".join(str(allowed) for allowed in item.values)
        raise CannotScore(f"{shown(value)} is not on its scale ({allowed})", where)
    return meant


def context_from(given: Mapping[str, object] | None) -> Context:
    """The context in `given`; keys that no score uses are left alone. Raises `CannotScore`."""
    if given is None:
        return Context()
    if not isinstance(given, Mapping):
        raise CannotScore(f"an object is expected, found {shown(given)}", "context")
    retired = given.get("retired")
    if retired is not None and not isinstance(retired, bool):
        raise CannotScore(f"true, false or null is expected, found {shown(retired)}", "context.retired")
    return Context(sex=_sex(given.get("sex")), age=_age(given.get("age")), retired=retired)


def _sex(value: object) -> Literal["female", "male"] | None:
    if value is None:
        return None
    if value == "female":
        return "female"
    if value == "male":
        return "male"
    raise CannotScore(f'"female", "male" or null is expected, found {shown(value)}', "context.sex")


def _age(value: object) -> Number | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise CannotScore(f"a number of years or null is expected, found {shown(value)}", "context.age")
    # Written so that not-a-number, which compares false to everything, is refused too.
    if not 0 <= value <= OLDEST:
        raise CannotScore(f"an age from 0 to {OLDEST} is expected, found {shown(value)}", "context.age")
    return value


def shown(value: object) -> str:
    """A value in a few words, safe to print on one line."""
    if isinstance(value, bool):
        return str(value).lower()
    # An integer of thousands of digits can't be turned into text.
    if isinstance(value, int) and abs(value) >= READABLE:
        return "a number far off the scale"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        return f"{value!a:.40}"
    names = {list: "a list", tuple: "a list", dict: "an object", type(None): "null"}
    return names.get(type(value), type(value).__name__)
