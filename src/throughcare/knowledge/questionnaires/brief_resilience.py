"""Brief Resilience Scale: the mean of six answers, three of them turned round; higher is better."""

from throughcare.knowledge.questionnaires.questionnaire import Band, Example, Licence, Questionnaire
from throughcare.knowledge.questionnaires.scales import bare_scale, rows
from throughcare.knowledge.questionnaires.sums import mean_of

QUESTIONNAIRE = Questionnaire(
    code="brief-resilience",
    title="Brief Resilience Scale",
    about="How well the person bounces back from stress.",
    items=rows(
        bare_scale(1, 5),
        ("Item 1: quickly", None),
        ("Item 2: stress (turned round)", None),
        ("Item 3: recovery time", None),
        ("Item 4: something bad (turned round)", None),
        ("Item 5: coming through", None),
        ("Item 6: setbacks (turned round)", None),
    ),
    recall="in general",
    score_parts=mean_of(6, reversed_items={2: 6, 4: 6, 6: 6}),
    missing_rule="No score with a missing answer.",
    bands=(Band("low", 1, 2.99), Band("normal", 3, 4.30), Band("high", 4.31, 5)),
    total_range=(1, 5),
    higher_is="better",
    licence=Licence(False, "The right to reproduce is not verified, so the wording is not shipped."),
    source="Smith 2008",
    examples=(
        Example("threes all over", (3,) * 6, {"total": 3, "band": "normal", "positive": None}),
        Example("the best", (5, 1, 5, 1, 5, 1), {"total": 5, "band": "high"}),
        Example("the worst", (1, 5, 1, 5, 1, 5), {"total": 1, "band": "low"}),
        Example("25 over six is 4.17, still normal", (5, 1, 5, 1, 4, 5), {"total": 4.17, "band": "normal"}),
        Example("26 over six is 4.33, high", (5, 1, 5, 1, 5, 5), {"total": 4.33, "band": "high"}),
        Example("17 over six is 2.83, low", (3, 3, 3, 3, 3, 4), {"total": 2.83, "band": "low"}),
        Example(
            "a missing answer: no score", (5, 1, 5, 1, 5, None), {"total": None, "missing": 1, "band": None}
        ),
    ),
)
