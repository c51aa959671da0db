"""AUDIT-C: drinking in three questions; the cut depends on sex."""

from dataclasses import replace

from throughcare.knowledge.questionnaires.questionnaire import (
    Answer,
    Answers,
    Context,
    Example,
    Item,
    Licence,
    Parts,
    Questionnaire,
    Reading,
)
from throughcare.knowledge.questionnaires.scales import scale
from throughcare.knowledge.questionnaires.sums import summed

CUT = {"female": 3, "male": 4}
HOW_MANY = (
    Answer(0, "1 or 2", "LA15694-5"),
    Answer(1, "3 or 4", "LA15695-2"),
    Answer(2, "5 or 6", "LA18930-0"),
    Answer(3, "7 to 9", "LA18931-8"),
    Answer(4, "10 or more", "LA18932-6"),
)
HOW_OFTEN_SIX = (
    Answer(0, "Never", "LA6270-8"),
    Answer(1, "Less than monthly", "LA18933-4"),
    Answer(2, "Monthly", "LA18876-5"),
    Answer(3, "Weekly", "LA18891-4"),
    Answer(4, "Daily or almost daily", "LA18934-2"),
)
_sum_of_three = summed(3)


def _positive(total: int | float, sex: str | None) -> bool | None:
    """With sex not known, only what holds for both sexes is said."""
    if sex is not None:
        return total >= CUT[sex]
    if min(CUT.values()) <= total < max(CUT.values()):
        return None
    return total >= max(CUT.values())


def _score_parts(answers: Answers, context: Context) -> Parts:
    # Someone who never drinks is not asked how much.
    asked: Answers = tuple(0 if value is None else value for value in answers) if answers[0] == 0 else answers
    parts = _sum_of_three(asked, context)
    if parts.total is None:
        return replace(parts, reading=Reading(band=None, positive=None))
    positive = _positive(parts.total, context.sex)
    band = None if positive is None else "positive" if positive else "negative"
    notes = (
        ()
        if positive is not None
        else ("A total of 3 is positive for a woman and not for a man: sex is not known.",)
    )
    return replace(parts, reading=Reading(band, positive), notes=notes)


QUESTIONNAIRE = Questionnaire(
    code="audit-c",
    title="AUDIT-C alcohol screen",
    about="How often and how much the person drank.",
    items=(
        Item(
            1,
            "How often",
            scale(
                "Never",
                "Monthly or less",
                "2 to 4 times a month",
                "2 to 3 times a week",
                "4 or more times a week",
            ),
            text="How often did you have a drink containing alcohol in the past year?",
            loinc="68518-0",
        ),
        Item(
            2,
            "How much",
            HOW_MANY,
            text="How many drinks containing alcohol did you have on a typical day when you were drinking in the "
            "past year?",
            loinc="68519-8",
        ),
        Item(
            3,
            "Six or more",
            HOW_OFTEN_SIX,
            text="How often did you have six or more drinks on one occasion in the past year?",
            loinc="68520-6",
        ),
    ),
    recall="in the past year",
    score_parts=_score_parts,
    missing_rule="No score with a missing answer; someone who never drinks (item 1) is not asked items 2 and 3.",
    total_range=(0, 12),
    licence=Licence(True, "Public domain."),
    source="Bush 1998; cuts 4 for men and 3 for women as the US Department of Veterans Affairs uses them",
    loinc_panel="72109-2",
    loinc_total="75626-2",
    examples=(
        Example(
            "three is positive for a woman", (1, 1, 1), {"total": 3, "positive": True}, Context(sex="female")
        ),
        Example("three is not for a man", (1, 1, 1), {"total": 3, "positive": False}, Context(sex="male")),
        Example(
            "three says nothing with sex not known", (1, 1, 1), {"total": 3, "positive": None, "band": None}
        ),
        Example(
            "four is positive for everyone", (2, 1, 1), {"total": 4, "positive": True, "band": "positive"}
        ),
        Example(
            "two is negative for everyone", (1, 1, 0), {"total": 2, "positive": False, "band": "negative"}
        ),
        Example(
            "a missing answer: no score",
            (2, None, 1),
            {"total": None, "band": None, "positive": None, "missing": 1},
        ),
        Example("never drinks, not asked on", (0, None, None), {"total": 0, "positive": False, "missing": 0}),
    ),
)
