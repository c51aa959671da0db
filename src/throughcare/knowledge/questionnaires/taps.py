"""TAPS: tobacco, alcohol, prescription and other drugs. Part 1 asks how often; part 2 scores each substance apart.

Answers: part 1's five (alcohol has one question for men and one for women, the other stays null), then part 2's
twenty-five; or part 1's five alone. Part 2 skips a substance whose part 1 answer was never, and goes on to the next
substance after a no to its first question.
"""

from dataclasses import dataclass

from throughcare.knowledge.questionnaires.questionnaire import (
    Answers,
    Context,
    Example,
    Item,
    Licence,
    Number,
    Parts,
    Questionnaire,
    Reading,
)
from throughcare.knowledge.questionnaires.scales import NO_YES, rows, scale

NONE, PROBLEM, HIGHER = "no problem use", "problem use", "higher risk"


@dataclass(frozen=True)
class Substance:
    """A substance of part 2: its item numbers, and the part 1 items of which an answer above never opens it."""

    name: str
    numbers: tuple[int, ...]
    opened_by: tuple[int, ...]


SUBSTANCES = (
    Substance("tobacco", (6, 7, 8), (1,)),
    Substance("alcohol", (9, 10, 11, 12), (2, 3)),
    Substance("cannabis", (13, 14, 15), (4,)),
    Substance("cocaine or methamphetamine", (16, 17, 18), (4,)),
    Substance("heroin", (19, 20, 21), (4,)),
    Substance("prescription opioid", (22, 23, 24), (5,)),
    Substance("sedative", (25, 26, 27), (5,)),
    Substance("prescription stimulant", (28, 29, 30), (5,)),
)

ITEMS: tuple[Item, ...] = rows(
    scale("Never", "Less than monthly", "Monthly", "Weekly", "Daily or almost daily"),
    ("Tobacco", None, "96842-0"),
    ("Five or more drinks in a day (men)", None, "88037-7"),
    ("Four or more drinks in a day (women)", None, "75889-6"),
    ("Drugs", None, "96843-8"),
    ("Medicines not as prescribed", None, "96844-6"),
    scored=False,
) + rows(
    NO_YES,
    *(
        (f"{substance.name.capitalize()}: question {place}", None)
        for substance in SUBSTANCES
        for place in range(1, len(substance.numbers) + 1)
    ),
    first=6,
)


def _asked(substance: Substance, answers: Answers) -> Answers:
    """The substance's answers; those that the form skips count as no."""
    given = tuple(answers[number - 1] for number in substance.numbers)
    opening = [answers[number - 1] for number in substance.opened_by]
    never = any(value == 0 for value in opening) and not any(opening)
    if never or given[0] == 0:
        return tuple(value or 0 for value in given)
    return given


def _score_parts(answers: Answers, context: Context) -> Parts:
    subscales: dict[str, Number | None] = {}
    missing, surely, at_most = 0, 0, 0
    for substance in SUBSTANCES:
        asked = _asked(substance, answers)
        open_items = asked.count(None)
        known = sum(value or 0 for value in asked)
        subscales[substance.name] = None if open_items else known
        missing += open_items
        surely, at_most = max(surely, known), max(at_most, known + open_items)
    return Parts(total=None, missing=missing, subscales=subscales, reading=_read(surely, at_most))


def _read(surely: int, at_most: int) -> Reading:
    """The band of the worst substance; with answers missing, what is known so far and what it may be."""
    names = (NONE, PROBLEM, HIGHER)
    band, may_be = names[min(surely, 2)], names[min(at_most, 2)]
    if band == may_be:
        return Reading(band, positive=surely >= 1)
    return Reading(band if surely else None, positive=True if surely else None, may_be=may_be)


_NO_USE = (0,) * 5
QUESTIONNAIRE = Questionnaire(
    code="taps",
    title="Tobacco, Alcohol, Prescription medication and other Substance use tool (TAPS)",
    about="Which substances the person uses with risk, each scored apart.",
    items=ITEMS,
    recall="part 1 in the past 12 months, part 2 in the past 3 months",
    score_parts=_score_parts,
    missing_rule="No total. A substance with a missing answer has no score; a skipped question counts as no.",
    licence=Licence(
        False,
        "US National Institute on Drug Abuse; part 1 is public domain, but copies differ in its wording, so neither "
        "part's wording is shipped: answers are recorded beside the site's own copy.",
    ),
    source="McNeely 2016; codes HL7 US Core; 1 problem use, 2 or more higher risk",
    loinc_panel="96841-2",
    lengths=(5, 30),
    examples=(
        Example("uses nothing", _NO_USE, {"total": None, "band": NONE, "positive": False, "missing": 0}),
        Example(
            "one yes for tobacco",
            (4, None, 0, 0, 0, 1, 0, 0) + (None,) * 22,
            {"band": PROBLEM, "positive": True, "missing": 0},
        ),
        Example(
            "two for alcohol",
            (0, None, 3, 0, 0, None, None, None, 1, 1, 0, 0) + (None,) * 18,
            {"band": HIGHER, "positive": True, "missing": 0},
        ),
        Example(
            "part 2 not asked after drug use",
            (0, 0, None, 2, 0),
            {"band": None, "positive": None, "may_be": HIGHER, "missing": 9},
        ),
    ),
)
