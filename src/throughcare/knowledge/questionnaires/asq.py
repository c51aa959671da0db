"""ASQ: four questions on suicide, and a fifth on right now for anyone who says yes."""

from throughcare.knowledge.questionnaires.questionnaire import (
    Answers,
    Context,
    Critical,
    Example,
    Licence,
    Parts,
    Questionnaire,
    Reading,
)
from throughcare.knowledge.questionnaires.scales import NO_YES, rows

NEGATIVE, NON_ACUTE, ACUTE = "negative", "non-acute positive", "acute positive"


def _read(answers: Answers) -> Reading:
    first_four, now = answers[:4], answers[4]
    if now == 1:
        return Reading(ACUTE, positive=True)
    if 1 in first_four:
        return Reading(NON_ACUTE, positive=True) if now == 0 else Reading(None, positive=True, may_be=ACUTE)
    if None in first_four:
        return Reading(None, positive=None, may_be=NON_ACUTE if now == 0 else ACUTE)
    return Reading(NEGATIVE, positive=False)


def not_asked(answers: Answers) -> frozenset[int]:
    """Whether there are thoughts right now is asked after any yes."""
    return frozenset({5}) if answers[:4] == (0, 0, 0, 0) else frozenset()


def _score_parts(answers: Answers, context: Context) -> Parts:
    first_four = answers[:4]
    asks_now = any(value != 0 for value in first_four)
    missing = sum(value is None for value in first_four) + (asks_now and answers[4] is None)
    return Parts(total=None, missing=missing, reading=_read(answers))


QUESTIONNAIRE = Questionnaire(
    code="asq",
    title="Ask Suicide-Screening Questions (ASQ)",
    about="Whether the person needs a suicide risk assessment, and whether at once.",
    items=rows(
        NO_YES,
        ("Wished to be dead", "In the past few weeks, have you wished you were dead?"),
        (
            "Better off",
            "In the past few weeks, have you felt that you or your family would be better off if you were dead?",
        ),
        ("Thoughts", "In the past week, have you been having thoughts about killing yourself?"),
        ("Attempt, ever", "Have you ever tried to kill yourself?"),
        ("Right now", "Are you having thoughts of killing yourself right now?"),
    ),
    recall="the past few weeks, the whole life, and now",
    score_parts=_score_parts,
    not_asked=not_asked,
    missing_rule="No total. Question 5 is asked after any yes. A missing answer never makes the screen negative.",
    critical=(
        Critical(1, 1, "A yes: a brief suicide safety assessment."),
        Critical(2, 1, "A yes: a brief suicide safety assessment."),
        Critical(3, 1, "A yes: a brief suicide safety assessment."),
        Critical(4, 1, "A yes: a brief suicide safety assessment."),
        Critical(5, 1, "Thoughts right now: not left alone, full evaluation at once."),
    ),
    licence=Licence(True, "US National Institute of Mental Health: public domain."),
    source="Horowitz 2012; NIMH ASQ toolkit",
    examples=(
        Example(
            "all no",
            (0, 0, 0, 0, None),
            {"band": "negative", "positive": False, "missing": 0, "critical": ()},
        ),
        Example(
            "a yes, not now",
            (1, 0, 0, 0, 0),
            {"band": "non-acute positive", "positive": True, "critical": (1,)},
        ),
        Example(
            "a yes, and now",
            (0, 0, 1, 0, 1),
            {"band": "acute positive", "positive": True, "critical": (3, 5)},
        ),
        Example(
            "a yes, now not asked",
            (0, 0, 0, 1, None),
            {"band": None, "positive": True, "may_be": "acute positive", "missing": 1},
        ),
        Example("one not answered", (0, 0, None, 0, None), {"band": None, "positive": None, "missing": 2}),
    ),
)
