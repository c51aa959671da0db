"""CUDIT-R: cannabis in eight questions."""

from throughcare.knowledge.questionnaires.questionnaire import Band, Example, Licence, Questionnaire
from throughcare.knowledge.questionnaires.scales import bare_scale, rows, valued
from throughcare.knowledge.questionnaires.sums import summed

QUESTIONNAIRE = Questionnaire(
    code="cudit-r",
    title="Cannabis Use Disorder Identification Test, revised (CUDIT-R)",
    about="How much the person uses cannabis, and what it does to them.",
    items=rows(
        bare_scale(0, 4),
        ("Item 1: how often", None),
        ("Item 2: hours", None),
        ("Item 3: stopping", None),
        ("Item 4: expectations", None),
        ("Item 5: time", None),
        ("Item 6: memory", None),
        ("Item 7: hazard", None),
    )
    + rows(valued((0, "0"), (2, "2"), (4, "4")), ("Item 8: cutting down", None), first=8),
    recall="in the past 6 months",
    score_parts=summed(8),
    missing_rule="No score with a missing answer.",
    bands=(Band("below hazardous", 0, 7), Band("hazardous", 8, 11), Band("possible disorder", 12, 32)),
    total_range=(0, 32),
    positive_from=8,
    licence=Licence(
        False, "To be cited; the right to reproduce is not verified, so the wording is not shipped."
    ),
    source="Adamson 2010",
    examples=(
        Example(
            "seven", (1, 1, 1, 1, 1, 1, 1, 0), {"total": 7, "band": "below hazardous", "positive": False}
        ),
        Example("eight", (2, 2, 1, 1, 0, 0, 0, 2), {"total": 8, "band": "hazardous", "positive": True}),
        Example("twelve", (2, 2, 1, 1, 1, 1, 2, 2), {"total": 12, "band": "possible disorder"}),
        Example("the most", (4,) * 8, {"total": 32}),
        Example("a missing answer: no score", (4, 4, 4, 4, 4, 4, 4, None), {"total": None, "missing": 1}),
    ),
)
