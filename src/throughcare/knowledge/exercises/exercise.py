"""One guided exercise: its steps in order, and what may be written in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from throughcare.knowledge.verdict import Allowed, Refused, Verdict

TOP = 10
LONGEST_ANSWER = 1000
NO_NUMBER = f"Choose a number from 0 to {TOP}."
LONG_ANSWER = f"Shorten this to {LONGEST_ANSWER} characters."
FieldKind = Literal["words", "scale"]


@dataclass(frozen=True)
class Step:
    """One step: its words. `seconds` is how long it lasts, 0 for as long as one likes.

    `ask` is the code of what may be written here, with its `kind`; a scale goes from 0 (`low`) to 10 (`high`).
    """

    words: str
    seconds: int = 0
    ask: str = ""
    kind: FieldKind = "words"
    low: str = ""
    high: str = ""


@dataclass(frozen=True)
class Exercise:
    """One exercise. `when` says what it is good for, `care` when to stop or to ask someone.

    The steps from `round_from` on come `rounds` times. `skill` is its name in the practice log.
    """

    code: str
    title: str
    skill: str
    when: str
    minutes: int
    care: str
    steps: tuple[Step, ...]
    source: str
    licence: str
    verified: str
    effective_date: date
    rounds: int = 1
    round_from: int = 0

    @property
    def asks(self) -> tuple[Step, ...]:
        """The steps in which something may be written."""
        return tuple(step for step in self.steps if step.ask)

    @property
    def sentences(self) -> tuple[str, ...]:
        """Every text that a person reads."""
        ends = (end for step in self.asks for end in (step.low, step.high) if end)
        return (self.title, self.skill, self.when, self.care, *(step.words for step in self.steps), *ends)


def clean_answers(exercise: Exercise, said: Mapping[str, str]) -> dict[str, str]:
    """What was written, by field and trimmed; empty ones and what the exercise doesn't ask are left out."""
    found = {step.ask: said.get(step.ask, "").replace("\x00", "").strip() for step in exercise.asks}
    return {code: words for code, words in found.items() if words}


def check_answers(exercise: Exercise, answers: Mapping[str, str]) -> Verdict:
    """Whether these cleaned answers may be kept."""
    for step in exercise.asks:
        said = answers.get(step.ask, "")
        if step.kind == "scale" and said and said not in map(str, range(TOP + 1)):
            return Refused(NO_NUMBER)
        if len(said) > LONGEST_ANSWER:
            return Refused(LONG_ANSWER)
    return Allowed()
