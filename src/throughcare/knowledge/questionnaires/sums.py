"""The arithmetic that many instruments share: sums, reversed items, and totals filled up for missing answers."""

from collections.abc import Iterable, Mapping

from throughcare.knowledge.questionnaires.questionnaire import Answers, Context, Number, Parts, ScoreParts


def filled_up(total: int, *, answered: int, items: int) -> int:
    """The mean of the answered items times `items`, rounded half up (15 over 8 of 9 items is 16.875, so 17)."""
    return (2 * total * items + answered) // (2 * answered)


def part(answers: Answers, numbers: Iterable[int]) -> int | None:
    """The sum of the items with these numbers; None when one of them is missing."""
    total = 0
    for number in numbers:
        value = answers[number - 1]
        if value is None:
            return None
        total += value
    return total


def turned(answers: Answers, reversed_items: Mapping[int, int]) -> Answers:
    """The answers with some items reversed. `reversed_items`: item number → lowest plus highest value of its scale."""
    return tuple(
        value if value is None or number not in reversed_items else reversed_items[number] - value
        for number, value in enumerate(answers, 1)
    )


def summed(
    items: int,
    *,
    missing_allowed: int = 0,
    reversed_items: Mapping[int, int] | None = None,
    subscales: Mapping[str, Iterable[int]] | None = None,
) -> ScoreParts:
    """A rule that adds the first `items` answers, filling up for at most `missing_allowed` missing ones."""
    named = {name: tuple(numbers) for name, numbers in (subscales or {}).items()}

    def score_parts(answers: Answers, context: Context) -> Parts:
        scored = turned(answers[:items], reversed_items or {})
        present = [value for value in scored if value is not None]
        missing = items - len(present)
        total = None
        if present and missing <= missing_allowed:
            total = filled_up(sum(present), answered=len(present), items=items)
        return Parts(
            total=total,
            missing=missing,
            prorated=missing > 0 and total is not None,
            subscales={name: part(scored, numbers) for name, numbers in named.items()},
        )

    return score_parts


def mean_of(items: int, *, reversed_items: Mapping[int, int]) -> ScoreParts:
    """A rule that takes the mean of all `items` answers, to two decimals; none when one is missing."""

    def score_parts(answers: Answers, context: Context) -> Parts:
        scored = turned(answers[:items], reversed_items)
        total = part(scored, range(1, items + 1))
        mean: Number | None = None if total is None else round(total / items, 2)
        return Parts(total=mean, missing=sum(value is None for value in scored))

    return score_parts
