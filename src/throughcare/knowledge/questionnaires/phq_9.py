"""PHQ-9: depression in nine questions, with an unscored tenth on how hard it makes life."""

from throughcare.knowledge.questionnaires.questionnaire import (
    Answers,
    Band,
    Critical,
    Example,
    Licence,
    Questionnaire,
)
from throughcare.knowledge.questionnaires.scales import HOW_DIFFICULT, HOW_OFTEN_IN_TWO_WEEKS, rows
from throughcare.knowledge.questionnaires.sums import summed

BANDS = (
    Band("minimal", 0, 4),
    Band("mild", 5, 9),
    Band("moderate", 10, 14),
    Band("moderately severe", 15, 19),
    Band("severe", 20, 27),
)

ITEMS = rows(
    HOW_OFTEN_IN_TWO_WEEKS,
    ("Interest", "Little interest or pleasure in doing things", "44250-9"),
    ("Mood", "Feeling down, depressed, or hopeless", "44255-8"),
    ("Sleep", "Trouble falling or staying asleep, or sleeping too much", "44259-0"),
    ("Energy", "Feeling tired or having little energy", "44254-1"),
    ("Appetite", "Poor appetite or overeating", "44251-7"),
    (
        "Self-worth",
        "Feeling bad about yourself — or that you are a failure or have let yourself or your family down",
        "44258-2",
    ),
    (
        "Concentration",
        "Trouble concentrating on things, such as reading the newspaper or watching television",
        "44252-5",
    ),
    (
        "Movement",
        "Moving or speaking so slowly that other people could have noticed? Or the opposite — being so fidgety "
        "or restless that you have been moving around a lot more than usual",
        "44253-3",
    ),
    (
        "Self-harm thoughts",
        "Thoughts that you would be better off dead or of hurting yourself in some way",
        "44260-8",
    ),
) + rows(
    HOW_DIFFICULT,
    (
        "Difficulty",
        "If you checked off any problems, how difficult have these problems made it for you to do your work, "
        "take care of things at home, or get along with other people?",
        "69722-7",
    ),
    first=10,
    scored=False,
)


def not_asked(answers: Answers) -> frozenset[int]:
    """How hard the problems make life is asked of those who have any."""
    return frozenset({10}) if answers[:9] == (0,) * 9 else frozenset()


QUESTIONNAIRE = Questionnaire(
    code="phq-9",
    title="Patient Health Questionnaire (PHQ-9)",
    about="How often nine signs of depression bothered the person.",
    items=ITEMS,
    recall="over the last 2 weeks",
    score_parts=summed(9, missing_allowed=2),
    not_asked=not_asked,
    missing_rule="With one or two of the nine missing, the mean times nine, rounded half up; with more, no score.",
    bands=BANDS,
    total_range=(0, 27),
    positive_from=10,
    case_from=10,
    reliable_change=6,
    critical=(Critical(9, 1, "Thoughts of death or self-harm: use a suicide risk tool the same day."),),
    licence=Licence(True, "No permission needed to reproduce, translate, display or distribute."),
    source="Kroenke, Spitzer, Williams 2001; item codes HL7 US Core; change and caseness NHS Talking Therapies manual",
    loinc_panel="44249-1",
    loinc_total="44261-6",
    lengths=(9, 10),
    examples=(
        Example(
            "every item two but the last",
            (2, 2, 2, 2, 2, 2, 2, 2, 1),
            {
                "total": 17,
                "band": "moderately severe",
                "missing": 0,
                "prorated": False,
                "critical": (9,),
                "positive": True,
            },
        ),
        Example(
            "eight answered, sum 15: 16.875 becomes 17",
            (2, 2, 2, 2, 2, 2, 2, 1, None),
            {"total": 17, "band": "moderately severe", "missing": 1, "prorated": True, "critical": ()},
        ),
        Example(
            "six answered: no score, but item 9 still counts",
            (3, 3, 3, 3, 3, None, None, None, 1),
            {
                "total": None,
                "band": None,
                "missing": 3,
                "prorated": False,
                "critical": (9,),
                "positive": None,
            },
        ),
        Example(
            "the difficulty item changes nothing",
            (2, 2, 2, 2, 2, 2, 1, 1, 0, 3),
            {"total": 14, "band": "moderate", "missing": 0, "critical": (), "positive": True},
        ),
        Example("nothing", (0,) * 9, {"total": 0, "band": "minimal", "positive": False}),
        Example("everything", (3,) * 9, {"total": 27, "band": "severe", "critical": (9,)}),
    ),
)
