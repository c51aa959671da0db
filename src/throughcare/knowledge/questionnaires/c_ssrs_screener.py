"""C-SSRS screener: six yes-or-no questions on suicidal thoughts and behavior, and how recent the behavior was.

The tier is what the answers already show: answers can only raise it. Missing answers never mean no risk. When
nothing is positive and something needed is missing, there is no tier; `may_be` says how high the missing answers
could take it. Mapping: Columbia's posted triage, with question 4 as high (SPiER has it as moderate).
"""

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

TIERS = ("none", "low", "moderate", "high")
CONTRADICTION = "Question 7 says within 3 months while question 6 says no: ask both again."


def tier(answers: Answers) -> str:
    """The tier that the yes answers show."""
    thoughts, active, method, intent, plan, behavior, recent = (value == 1 for value in answers)
    if intent or plan or (behavior and recent):
        return "high"
    if method or behavior:
        return "moderate"
    return "low" if thoughts or active else "none"


def unanswered(answers: Answers) -> tuple[int, ...]:
    """The numbers of the unanswered questions; a no to 2 makes 3–5 needless, and a no to 6 makes 7 needless."""
    needed = {1, 2, 6} | (set() if answers[1] == 0 else {3, 4, 5}) | (set() if answers[5] == 0 else {7})
    return tuple(number for number in sorted(needed) if answers[number - 1] is None)


def not_asked(answers: Answers) -> frozenset[int]:
    """The questions that a no has made needless."""
    after_two = {3, 4, 5} if answers[1] == 0 else set()
    return frozenset(after_two | ({7} if answers[5] == 0 else set()))


def _score_parts(answers: Answers, context: Context) -> Parts:
    contradiction = answers[5] == 0 and answers[6] == 1
    open_items = unanswered(answers)
    # A yes in place of every open answer gives the highest tier that the person may be in.
    doubtful = {*open_items, 6} if contradiction else set(open_items)
    worst = tier(tuple(1 if number in doubtful else value for number, value in enumerate(answers, 1)))
    shown = tier(answers)
    if shown != "none":
        reading = Reading(shown, positive=True, may_be=worst if worst != shown else None)
    elif doubtful:
        reading = Reading(None, positive=None, may_be=worst)
    else:
        reading = Reading("none", positive=False)
    return Parts(
        total=None,
        missing=len(open_items),
        reading=reading,
        notes=(CONTRADICTION,) if contradiction else (),
    )


QUESTIONNAIRE = Questionnaire(
    code="c-ssrs-screener",
    title="Columbia Suicide Severity Rating Scale, screener",
    about="Whether the person has suicidal thoughts, intent, a plan or behavior.",
    items=rows(
        NO_YES,
        ("Question 1: wish", None, "93246-7"),
        ("Question 2: thoughts", None, "93247-5"),
        ("Question 3: method", None, "93248-3"),
        ("Question 4: intent", None, "93249-1"),
        ("Question 5: plan", None, "93250-9"),
        ("Question 6: behavior", None, "93267-3"),
        ("Question 7: was it within 3 months", None, "93269-9"),
    ),
    recall="thoughts in the past month; behavior in the whole life and the past 3 months",
    score_parts=_score_parts,
    not_asked=not_asked,
    missing_rule="No total. After a no to question 2, 3 to 5 are not asked; after a no to 6, neither is 7. "
    "Other missing answers never mean no risk.",
    critical=(
        Critical(3, 1, "Thoughts with a method: a clinician the same day."),
        Critical(4, 1, "Intent: not left alone, emergency evaluation."),
        Critical(5, 1, "A plan: not left alone, emergency evaluation."),
        Critical(
            6, 1, "Suicidal behavior: a clinician the same day; emergency evaluation when within 3 months."
        ),
    ),
    licence=Licence(
        False,
        "© Research Foundation for Mental Hygiene: free, but register with the Columbia Lighthouse Project, keep the "
        "wording unchanged and its notice. The wording is not shipped: use the registered copy.",
    ),
    source="Posner 2011; Columbia Lighthouse Project triage; codes SPiER and HL7 US Behavioral Health Profiles",
    loinc_panel="93373-9",
    loinc_total="93374-7",
    examples=(
        Example(
            "all no",
            (0, 0, None, None, None, 0, None),
            {"total": None, "band": "none", "missing": 0, "positive": False, "may_be": None, "critical": ()},
        ),
        Example("a wish alone is low", (1, 0, None, None, None, 0, None), {"band": "low", "positive": True}),
        Example(
            "questions 1 to 3", (1, 1, 1, 0, 0, 0, None), {"band": "moderate", "critical": (3,), "missing": 0}
        ),
        Example("intent is high", (1, 1, 1, 1, 0, 0, None), {"band": "high", "critical": (3, 4)}),
        Example("a plan is high", (1, 1, 0, 0, 1, 0, None), {"band": "high", "critical": (5,)}),
        Example("behavior long ago", (0, 0, None, None, None, 1, 0), {"band": "moderate", "critical": (6,)}),
        Example(
            "behavior within 3 months", (0, 0, None, None, None, 1, 1), {"band": "high", "critical": (6,)}
        ),
        Example(
            "behavior, not known when",
            (0, 0, None, None, None, 1, None),
            {"band": "moderate", "may_be": "high", "missing": 1},
        ),
        Example(
            "nothing positive, question 6 not asked",
            (0, 0, None, None, None, None, None),
            {"band": None, "positive": None, "may_be": "high", "missing": 2},
        ),
        Example(
            "a wish, and no more asked", (1,) + (None,) * 6, {"band": "low", "may_be": "high", "missing": 6}
        ),
        Example(
            "recent behavior that did not happen",
            (0, 0, 0, 0, 0, 0, 1),
            {"band": None, "may_be": "high", "positive": None},
        ),
    ),
)
