"""AUDIT: drinking in ten questions, its wording not shipped."""

from throughcare.knowledge.questionnaires.questionnaire import (
    Answers,
    Band,
    Context,
    Example,
    Item,
    Licence,
    Parts,
    Questionnaire,
)
from throughcare.knowledge.questionnaires.scales import bare_scale, rows, valued
from throughcare.knowledge.questionnaires.sums import summed

ZERO_TWO_FOUR = valued((0, "0"), (2, "2"), (4, "4"))
SKIPPED_BY_NON_DRINKERS = range(2, 9)
_sum_of_ten = summed(
    10, subscales={"consumption": range(1, 4), "dependence": range(4, 7), "harm": range(7, 11)}
)


def _score_parts(answers: Answers, context: Context) -> Parts:
    # Someone who never drinks goes from item 1 to item 9.
    never = answers[0] == 0
    asked = tuple(
        0 if never and value is None and number in SKIPPED_BY_NON_DRINKERS else value
        for number, value in enumerate(answers, 1)
    )
    return _sum_of_ten(asked, context)


ITEMS: tuple[Item, ...] = rows(
    bare_scale(0, 4),
    ("Item 1: how often", None, "68518-0"),
    ("Item 2: how much", None, "68519-8"),
    ("Item 3: six or more", None, "68520-6"),
    ("Item 4: stopping", None),
    ("Item 5: expectations", None),
    ("Item 6: mornings", None),
    ("Item 7: guilt", None),
    ("Item 8: memory", None),
) + rows(ZERO_TWO_FOUR, ("Item 9: injury", None), ("Item 10: concern of others", None), first=9)

QUESTIONNAIRE = Questionnaire(
    code="audit",
    title="Alcohol Use Disorders Identification Test (AUDIT)",
    about="How much the person drinks, and what drinking does to them.",
    items=ITEMS,
    recall="in the past year",
    score_parts=_score_parts,
    missing_rule="No score with a missing answer; someone who never drinks (item 1) is not asked items 2 to 8.",
    bands=(
        Band("low risk", 0, 7),
        Band("hazardous", 8, 15),
        Band("harmful", 16, 19),
        Band("possible dependence", 20, 40),
    ),
    total_range=(0, 40),
    positive_from=8,
    licence=Licence(
        False,
        "© World Health Organization: non-commercial reproduction. The wording is not shipped: answers are recorded "
        "beside the site's own copy.",
    ),
    source="Babor 2001 (WHO); no reliable change value is asserted",
    loinc_total="75624-7",
    examples=(
        Example(
            "twenty-two",
            (3, 3, 3, 2, 2, 1, 2, 2, 2, 2),
            {
                "total": 22,
                "band": "possible dependence",
                "positive": True,
                "subscales": {"consumption": 9, "dependence": 5, "harm": 8},
            },
        ),
        Example(
            "seven is low risk",
            (3, 2, 2, 0, 0, 0, 0, 0, 0, 0),
            {"total": 7, "band": "low risk", "positive": False},
        ),
        Example("the most", (4,) * 10, {"total": 40, "band": "possible dependence"}),
        Example("never drinks, not asked on", (0,) + (None,) * 7 + (0, 2), {"total": 2, "missing": 0}),
        Example(
            "a missing answer: no score", (2, None, 2, 0, 0, 0, 0, 0, 0, 0), {"total": None, "missing": 1}
        ),
    ),
)
