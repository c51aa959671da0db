"""CORE-10: distress in ten statements, on the form's own values: the two kindly worded ones count down."""

from throughcare.knowledge.questionnaires.questionnaire import Band, Critical, Example, Licence, Questionnaire
from throughcare.knowledge.questionnaires.scales import rows, scale, valued
from throughcare.knowledge.questionnaires.sums import summed

UPWARD = scale("Not at all", "Only occasionally", "Sometimes", "Often", "Most or all of the time")
DOWNWARD = valued(
    (4, "Not at all"),
    (3, "Only occasionally"),
    (2, "Sometimes"),
    (1, "Often"),
    (0, "Most or all of the time"),
)

QUESTIONNAIRE = Questionnaire(
    code="core-10",
    title="Clinical Outcomes in Routine Evaluation (CORE-10)",
    about="How distressed the person was.",
    items=rows(UPWARD, ("Tension", "I have felt tense, anxious or nervous"))
    + rows(
        DOWNWARD,
        ("Support", "I have felt I have someone to turn to for support when needed"),
        ("Coping", "I have felt able to cope when things go wrong"),
        first=2,
    )
    + rows(
        UPWARD,
        ("Talking", "Talking to people has felt too much for me"),
        ("Panic", "I have felt panic or terror"),
        ("Plans to die", "I made plans to end my life"),
        ("Sleep", "I have had difficulty getting to sleep or staying asleep"),
        ("Despair", "I have felt despairing or hopeless"),
        ("Unhappy", "I have felt unhappy"),
        ("Unwanted images", "Unwanted images or memories have been distressing me"),
        first=4,
    ),
    recall="over the last week",
    score_parts=summed(10, missing_allowed=1),
    missing_rule="With one of the ten missing, the mean times ten, rounded half up; with more, no score.",
    bands=(
        Band("healthy", 0, 5),
        Band("low", 6, 10),
        Band("mild", 11, 14),
        Band("moderate", 15, 19),
        Band("moderate to severe", 20, 24),
        Band("severe", 25, 40),
    ),
    total_range=(0, 40),
    positive_from=11,
    case_from=11,
    reliable_change=6,
    critical=(Critical(6, 1, "Plans to end life: use a suicide risk tool the same day."),),
    licence=Licence(True, "© CORE System Trust, CC BY-ND, software included: verbatim and with credit."),
    source="Barkham 2013; bands, cut and change as known in the field, not re-read",
    examples=(
        Example("nothing", (0,) * 10, {"total": 0, "band": "healthy", "positive": False, "critical": ()}),
        Example(
            "eleven is a case",
            (2, 1, 1, 1, 1, 0, 2, 1, 1, 1),
            {"total": 11, "band": "mild", "positive": True},
        ),
        Example("plans are critical", (0, 0, 0, 0, 0, 1, 0, 0, 0, 0), {"total": 1, "critical": (6,)}),
        Example(
            "one missing: 14 over nine is 15.56, so 16",
            (2, 2, 2, 2, 2, 0, 2, 1, 1, None),
            {"total": 16, "missing": 1, "prorated": True, "band": "moderate"},
        ),
        Example("two missing: no score", (4, 4, 4, 4, 4, 4, 4, 4, None, None), {"total": None, "missing": 2}),
    ),
)
