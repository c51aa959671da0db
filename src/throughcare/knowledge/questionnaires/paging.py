"""A questionnaire one question at a time: which question comes next, and the answers that its pages add up to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from throughcare.knowledge.questionnaires.questionnaire import Answer, Answers, Questionnaire

Given = Mapping[str, int | None]
"""By the name of a step what was answered; None: asked and skipped."""


@dataclass(frozen=True)
class Step:
    """One question on its page. `name` is `3`, or `7a` for a part; `wording` falls back on our own label."""

    name: str
    number: int
    wording: str
    answers: tuple[Answer, ...]
    is_wording: bool


def steps(
    questionnaire: Questionnaire, given: Given, wording: Mapping[str, str] | None = None
) -> tuple[Step, ...]:
    """The questions that are asked, given these answers, in order; `wording` by item number goes before our own."""
    needless = questionnaire.not_asked(answers_of(questionnaire, given))
    own = wording or {}
    found = []
    for item in questionnaire.items:
        if item.number in needless:
            continue
        text = own.get(str(item.number)) or item.text
        said = text or item.label
        if not item.parts:
            found.append(Step(str(item.number), item.number, said, item.answers, text is not None))
        for part in item.parts:
            found.append(
                Step(
                    f"{item.number}{part.letter}",
                    item.number,
                    f"{said} {part.label}",
                    item.answers,
                    text is not None,
                )
            )
    return tuple(found)


def next_step(
    questionnaire: Questionnaire, given: Given, wording: Mapping[str, str] | None = None
) -> Step | None:
    """The first question that was neither answered nor skipped; None when all were."""
    return next((one for one in steps(questionnaire, given, wording) if one.name not in given), None)


def answers_of(questionnaire: Questionnaire, given: Given) -> Answers:
    """One value for each item, in the instrument's order; None for whatever has none."""
    return tuple(given.get(str(item.number)) for item in questionnaire.items)


def handed_in(questionnaire: Questionnaire, given: Given) -> tuple[Answers, dict[str, Any]]:
    """The answers without what an earlier answer made needless, and the parts beside them."""
    needless = questionnaire.not_asked(answers_of(questionnaire, given))
    kept = {name: value for name, value in given.items() if name not in {str(number) for number in needless}}
    parts = {
        name: value
        for item in questionnaire.items
        for part in item.parts
        if (value := kept.get(name := f"{item.number}{part.letter}")) is not None
    }
    return answers_of(questionnaire, kept), ({"parts": parts} if parts else {})


def may_answer_alone(questionnaire: Questionnaire, wording: Mapping[str, str] | None = None) -> bool:
    """Whether every question can be shown to the person: its wording ships, or the clinic entered its licensed copy."""
    own = wording or {}
    return questionnaire.licence.text_may_ship or all(
        own.get(str(item.number)) for item in questionnaire.items
    )
