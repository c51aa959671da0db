"""WHODAS 2.0, twelve items, simple sum: scoring only."""

from throughcare.knowledge.questionnaires.questionnaire import Band, Example, Licence, Questionnaire
from throughcare.knowledge.questionnaires.scales import bare_scale, rows
from throughcare.knowledge.questionnaires.sums import summed

QUESTIONNAIRE = Questionnaire(
    code="whodas-12",
    title="WHO Disability Assessment Schedule 2.0, 12 items",
    about="How much difficulty the person had in daily life.",
    items=rows(
        bare_scale(0, 4),
        ("Item 1: standing", None),
        ("Item 2: household", None),
        ("Item 3: learning", None),
        ("Item 4: community", None),
        ("Item 5: emotions", None),
        ("Item 6: concentrating", None),
        ("Item 7: walking", None),
        ("Item 8: washing", None),
        ("Item 9: dressing", None),
        ("Item 10: strangers", None),
        ("Item 11: friendship", None),
        ("Item 12: work", None),
    ),
    recall="in the past 30 days",
    score_parts=summed(12, missing_allowed=1),
    missing_rule="One missing answer takes the mean of the others, the sum rounded half up; with more, no score.",
    # Steps of 20 % of 48.
    bands=(
        Band("none", 0, 9),
        Band("mild", 10, 19),
        Band("moderate", 20, 28),
        Band("severe", 29, 38),
        Band("extreme", 39, 48),
    ),
    total_range=(0, 48),
    licence=Licence(
        False,
        "© World Health Organization: electronic use needs WHO's written permission. Scoring only; the wording is not "
        "shipped.",
    ),
    source="Üstün 2010 (WHO); bands in steps of 20 % sphsoutcomes.net",
    examples=(
        Example("ones all over: 25 %", (1,) * 12, {"total": 12, "band": "mild", "positive": None}),
        Example("nine is under 20 %", (1,) * 9 + (0,) * 3, {"total": 9, "band": "none"}),
        Example(
            "one missing: 20 over eleven is 1.82; 21.82 becomes 22",
            (2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, None),
            {"total": 22, "missing": 1, "prorated": True, "band": "moderate"},
        ),
        Example(
            "two missing: no score", (4,) * 10 + (None, None), {"total": None, "missing": 2, "band": None}
        ),
    ),
)
