"""PHQ-A: the PHQ-9 as adolescents are asked it, with four unscored questions after it."""

from throughcare.knowledge.questionnaires.questionnaire import (
    Band,
    Critical,
    Example,
    Licence,
    Questionnaire,
)
from throughcare.knowledge.questionnaires.scales import HOW_DIFFICULT, HOW_OFTEN_IN_TWO_WEEKS, NO_YES, rows
from throughcare.knowledge.questionnaires.sums import summed

ITEMS = (
    rows(
        HOW_OFTEN_IN_TWO_WEEKS,
        ("Mood", "Feeling down, depressed, irritable, or hopeless?"),
        ("Interest", "Little interest or pleasure in doing things?"),
        ("Sleep", "Trouble falling asleep, staying asleep, or sleeping too much?"),
        ("Appetite", "Poor appetite, weight loss, or overeating?"),
        ("Energy", "Feeling tired, or having little energy?"),
        (
            "Self-worth",
            "Feeling bad about yourself – or feeling that you are a failure, or that you have let yourself or "
            "your family down?",
        ),
        ("Concentration", "Trouble concentrating on things like school work, reading, or watching TV?"),
        (
            "Movement",
            "Moving or speaking so slowly that other people could have noticed? Or the opposite – being so "
            "fidgety or restless that you were moving around a lot more than usual?",
        ),
        (
            "Self-harm thoughts",
            "Thoughts that you would be better off dead, or of hurting yourself in some way?",
        ),
    )
    + rows(
        NO_YES,
        (
            "Sad most days this year",
            "In the past year have you felt depressed or sad most days, even if you felt okay sometimes?",
        ),
        first=10,
        scored=False,
    )
    + rows(
        HOW_DIFFICULT,
        (
            "Difficulty",
            "If you are experiencing any of the problems on this form, how difficult have these problems made it "
            "for you to do your work, take care of things at home or get along with other people?",
        ),
        first=11,
        scored=False,
    )
    + rows(
        NO_YES,
        (
            "Serious thoughts this month",
            "Has there been a time in the past month when you have had serious thoughts about ending your life?",
        ),
        (
            "Attempt, ever",
            "Have you EVER, in your WHOLE LIFE, tried to kill yourself or made a suicide attempt?",
        ),
        first=12,
        scored=False,
    )
)

QUESTIONNAIRE = Questionnaire(
    code="phq-a",
    title="PHQ-9 modified for adolescents (PHQ-A), ages 11 to 17",
    about="How often nine signs of depression bothered a young person.",
    items=ITEMS,
    recall="during the past 2 weeks",
    score_parts=summed(9, missing_allowed=2),
    missing_rule="With one or two of the nine missing, the mean times nine, rounded half up; with more, no score.",
    bands=(
        Band("minimal", 0, 4),
        Band("mild", 5, 9),
        Band("moderate", 10, 14),
        Band("moderately severe", 15, 19),
        Band("severe", 20, 27),
    ),
    total_range=(0, 27),
    positive_from=10,
    reliable_change=6,
    critical=(
        Critical(9, 1, "Thoughts of death or self-harm: use a suicide risk tool the same day."),
        Critical(12, 1, "Serious thoughts of ending life this month: use a suicide risk tool the same day."),
        Critical(13, 1, "A suicide attempt at some time: use a suicide risk tool the same day."),
    ),
    licence=Licence(True, "Free to use; known in the field, not re-read at its source."),
    source="Johnson, Harris, Spitzer, Williams 2002, modified; read and changed as the PHQ-9",
    loinc_total="89204-2",
    lengths=(9, 10, 11, 12, 13),
    examples=(
        Example("nine answers are enough", (1,) * 9, {"total": 9, "band": "mild", "critical": (9,)}),
        Example(
            "an attempt at some time is critical whatever the total",
            (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
            {"total": 0, "band": "minimal", "critical": (13,), "missing": 0, "positive": False},
        ),
        Example(
            "two missing: 9 over seven items is 11.57, so 12",
            (2, 2, 1, 1, 1, 1, 1, None, None, 1, 2, 1, 0),
            {"total": 12, "missing": 2, "prorated": True, "critical": (12,), "band": "moderate"},
        ),
        Example(
            "three missing: no score", (1, 1, 1, 1, 1, 1, None, None, None), {"total": None, "missing": 3}
        ),
    ),
)
