"""GAD-7: anxiety in seven questions."""

from dataclasses import replace

from throughcare.knowledge.questionnaires.questionnaire import Band, Example, Licence, Questionnaire
from throughcare.knowledge.questionnaires.scales import HOW_OFTEN_IN_TWO_WEEKS, rows
from throughcare.knowledge.questionnaires.sums import summed

_ROWS = rows(
    HOW_OFTEN_IN_TWO_WEEKS,
    ("Nervous", "Feeling nervous, anxious or on edge", "69725-0"),
    ("Worry control", "Not being able to stop or control worrying", "68509-9"),
    ("Worry amount", "Worrying too much about different things", "69733-4"),
    ("Relaxing", "Trouble relaxing", "69734-2"),
    ("Restless", "Being so restless that it is hard to sit still", "69735-9"),
    ("Irritable", "Becoming easily annoyed or irritable", "69689-8"),
    ("Afraid", "Feeling afraid as if something awful might happen", "69736-7"),
)
# Sources disagree on the code of item 2's third answer, so it has none here; its wording is the same as elsewhere.
_SECOND_ANSWERS = tuple(
    replace(answer, loinc=None) if answer.value == 2 else answer for answer in HOW_OFTEN_IN_TWO_WEEKS
)

QUESTIONNAIRE = Questionnaire(
    code="gad-7",
    title="Generalized Anxiety Disorder scale (GAD-7)",
    about="How often seven signs of anxiety bothered the person.",
    items=tuple(replace(item, answers=_SECOND_ANSWERS) if item.number == 2 else item for item in _ROWS),
    recall="over the last 2 weeks",
    score_parts=summed(7, missing_allowed=1),
    missing_rule="With one of the seven missing, the mean times seven, rounded half up; with more, no score.",
    bands=(
        Band("minimal", 0, 4),
        Band("mild", 5, 9),
        Band("moderate", 10, 14),
        Band("severe", 15, 21),
    ),
    total_range=(0, 21),
    positive_from=10,
    case_from=8,
    reliable_change=4,
    licence=Licence(True, "No permission needed to reproduce, translate, display or distribute."),
    source="Spitzer, Kroenke, Williams, Löwe 2006; change and caseness NHS Talking Therapies manual",
    loinc_panel="69737-5",
    loinc_total="70274-6",
    examples=(
        Example(
            "eleven", (2, 2, 2, 2, 1, 1, 1), {"total": 11, "band": "moderate", "positive": True, "missing": 0}
        ),
        Example(
            "a case in England, not yet a positive screen",
            (2, 2, 2, 2, 0, 0, 0),
            {"total": 8, "positive": False},
        ),
        Example(
            "one missing: 9 over six items is 10.5, so 11",
            (2, 2, 2, 1, 1, 1, None),
            {"total": 11, "band": "moderate", "missing": 1, "prorated": True, "positive": True},
        ),
        Example(
            "two missing: no score",
            (3, 3, 3, 3, 3, None, None),
            {"total": None, "band": None, "missing": 2, "prorated": False, "positive": None},
        ),
    ),
)
