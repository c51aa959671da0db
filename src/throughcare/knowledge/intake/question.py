"""What a question of the intake is: its wording, the kind of answer it takes, who asks it, what it feeds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "line", "text", "yes_no", "one", "many", "count", "phone", "email", "weekly_hours", "yes_no_unknown"
]
AskedBy = Literal["patient", "clinician", "both"]
Choices = tuple[tuple[str, str], ...]
Answer = str | int | list[str] | list[list[str | int]] | None
Answers = Mapping[str, Answer]

YES_NO: Choices = (("yes", "Yes"), ("no", "No"))
YES_NO_UNKNOWN: Choices = (("yes", "Yes"), ("no", "No"), ("unknown", "Not known"))
LONGEST_LINE, LONGEST_TEXT = 200, 4000
MOST = 999


@dataclass(frozen=True)
class Asked:
    """A question that is asked only after another one was answered with one of these."""

    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """One question.

    What an answer feeds: `detail` is the person's own record (name, phone …); `commitment` a kind of weekly
    commitment; `fact` a fact of the placement, with `means` telling which answer makes it true or false.
    """

    code: str
    wording: str
    kind: Kind
    choices: Choices = ()
    hint: str = ""
    asked_by: AskedBy = "both"
    when: Asked | None = None
    detail: str = ""
    commitment: str = ""
    fact: str = ""
    means: Mapping[str, bool] = field(default_factory=dict)
    most: int = MOST

    @property
    def offered(self) -> Choices:
        """The choices that the answer is one (or several) of; empty for free answers."""
        fixed = {"yes_no": YES_NO, "yes_no_unknown": YES_NO_UNKNOWN}
        return fixed.get(self.kind, self.choices)


@dataclass(frozen=True)
class Section:
    """A page of the intake: its questions, asked together."""

    code: str
    title: str
    questions: tuple[Question, ...]
    lead: str = ""
    asked_by: AskedBy = "both"

    def question(self, code: str) -> Question:
        """The question with this code. Raises `KeyError`."""
        return {question.code: question for question in self.questions}[code]
