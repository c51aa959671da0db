"""Answer scales and rows of items, so that an instrument's file reads like its form."""

from throughcare.knowledge.questionnaires.questionnaire import Answer, Item

Row = tuple[str, str | None] | tuple[str, str | None, str | None]
"""Our label, the instrument's wording or None, its LOINC code or None."""


def scale(*labels: str, start: int = 0) -> tuple[Answer, ...]:
    """Answers numbered upward from `start`."""
    return tuple(Answer(value, label) for value, label in enumerate(labels, start))


def valued(*pairs: tuple[int, str]) -> tuple[Answer, ...]:
    """Answers with their own values."""
    return tuple(Answer(value, label) for value, label in pairs)


def bare_scale(low: int, high: int) -> tuple[Answer, ...]:
    """Answers that show only their number, for instruments whose answer wording may not ship."""
    return tuple(Answer(value, str(value)) for value in range(low, high + 1))


def rows(answers: tuple[Answer, ...], *found: Row, first: int = 1, scored: bool = True) -> tuple[Item, ...]:
    """Items numbered from `first` that share one scale."""
    return tuple(
        Item(number, row[0], answers, text=row[1], loinc=row[2] if len(row) == 3 else None, scored=scored)
        for number, row in enumerate(found, first)
    )


# HL7 US Core's PHQ-9 gives these answer codes.
HOW_OFTEN_IN_TWO_WEEKS = (
    Answer(0, "Not at all", "LA6568-5"),
    Answer(1, "Several days", "LA6569-3"),
    Answer(2, "More than half the days", "LA6570-1"),
    Answer(3, "Nearly every day", "LA6571-9"),
)
HOW_DIFFICULT = (
    Answer(0, "Not difficult at all", "LA6572-7"),
    Answer(1, "Somewhat difficult", "LA6573-5"),
    Answer(2, "Very difficult", "LA6575-0"),
    Answer(3, "Extremely difficult", "LA6574-3"),
)
NO_YES = (Answer(0, "No", "LA32-8"), Answer(1, "Yes", "LA33-6"))
