"""WSAS: five areas of life; scoring only. Someone retired, or without work by choice, answers four."""

from throughcare.knowledge.questionnaires.questionnaire import (
    Answers,
    Band,
    Context,
    Example,
    Licence,
    Parts,
    Questionnaire,
    Reading,
)
from throughcare.knowledge.questionnaires.scales import bare_scale, rows
from throughcare.knowledge.questionnaires.sums import summed

NO_BANDS = "Out of 32: the work item does not apply, and the bands are made for five items."
_sum_of_five = summed(5)
_sum_of_four = summed(4)


def _score_parts(answers: Answers, context: Context) -> Parts:
    if not context.retired:
        return _sum_of_five(answers, context)
    parts = _sum_of_four(answers[1:], context)
    return Parts(
        total=parts.total,
        missing=parts.missing,
        reading=Reading(band=None, positive=None),
        notes=(NO_BANDS,),
    )


QUESTIONNAIRE = Questionnaire(
    code="wsas",
    title="Work and Social Adjustment Scale (WSAS)",
    about="How much the person's problem gets in the way of daily life.",
    items=rows(
        bare_scale(0, 8),
        ("Item 1: work", None),
        ("Item 2: home", None),
        ("Item 3: social leisure", None),
        ("Item 4: private leisure", None),
        ("Item 5: relationships", None),
    ),
    recall="now",
    score_parts=_score_parts,
    missing_rule="No score with a missing answer; with `retired` in the context, the work item is dropped.",
    bands=(Band("subclinical", 0, 9), Band("significant", 10, 20), Band("severe", 21, 40)),
    total_range=(0, 40),
    licence=Licence(False, "© Isaac Marks: ask for permission. Scoring only; the wording is not shipped."),
    source="Mundt 2002",
    examples=(
        Example("nine", (2, 2, 2, 2, 1), {"total": 9, "band": "subclinical", "positive": None}),
        Example("twenty", (4, 4, 4, 4, 4), {"total": 20, "band": "significant"}),
        Example("twenty-one", (5, 4, 4, 4, 4), {"total": 21, "band": "severe"}),
        Example(
            "retired", (None, 8, 8, 8, 8), {"total": 32, "band": None, "missing": 0}, Context(retired=True)
        ),
        Example("work not answered", (None, 8, 8, 8, 8), {"total": None, "missing": 1}),
    ),
)
