"""DAST-10: problems with drugs other than alcohol, ten yes-or-no questions of which the third is turned round."""

from throughcare.knowledge.questionnaires.questionnaire import Band, Example, Licence, Questionnaire
from throughcare.knowledge.questionnaires.scales import NO_YES, rows
from throughcare.knowledge.questionnaires.sums import summed

QUESTIONNAIRE = Questionnaire(
    code="dast-10",
    title="Drug Abuse Screening Test (DAST-10)",
    about="How far use of drugs other than alcohol has brought problems.",
    items=rows(
        NO_YES,
        ("Item 1: non-medical use", None),
        ("Item 2: more than one", None),
        ("Item 3: stopping (yes means able)", None),
        ("Item 4: memory gaps", None),
        ("Item 5: guilt", None),
        ("Item 6: complaints", None),
        ("Item 7: family", None),
        ("Item 8: law", None),
        ("Item 9: withdrawal", None),
        ("Item 10: health", None),
    ),
    recall="in the past 12 months",
    score_parts=summed(10, reversed_items={3: 1}),
    missing_rule="No score with a missing answer.",
    bands=(
        Band("none", 0, 0),
        Band("low", 1, 2),
        Band("moderate", 3, 5),
        Band("substantial", 6, 8),
        Band("severe", 9, 10),
    ),
    total_range=(0, 10),
    positive_from=3,
    licence=Licence(
        False,
        "© Harvey Skinner and CAMH: non-commercial reproduction with credit; commercial use needs permission. "
        "The wording is not shipped: answers are recorded beside the site's own copy.",
    ),
    source="Skinner 1982; bands comorbidityguidelines.org.au; cut 3 as commonly used",
    loinc_panel="82666-9",
    loinc_total="82667-7",
    examples=(
        Example(
            "no problem: able to stop is a yes", (0, 0, 1, 0, 0, 0, 0, 0, 0, 0), {"total": 0, "band": "none"}
        ),
        Example(
            "item 3 is turned round: no counts one", (0,) * 10, {"total": 1, "band": "low", "positive": False}
        ),
        Example(
            "the most", (1, 1, 0, 1, 1, 1, 1, 1, 1, 1), {"total": 10, "band": "severe", "positive": True}
        ),
        Example("all yes", (1,) * 10, {"total": 9, "band": "severe"}),
        Example(
            "a missing answer: no score", (1, 1, None, 1, 1, 1, 1, 1, 1, 1), {"total": None, "missing": 1}
        ),
    ),
)
