"""PCL-5: post-traumatic stress in twenty questions, in the four clusters of DSM-5."""

from dataclasses import replace

from throughcare.knowledge.questionnaires.questionnaire import (
    Answers,
    Band,
    Context,
    Example,
    Licence,
    Parts,
    Questionnaire,
)
from throughcare.knowledge.questionnaires.scales import rows, scale
from throughcare.knowledge.questionnaires.sums import summed

CLUSTERS = {"B": range(1, 6), "C": range(6, 8), "D": range(8, 15), "E": range(15, 21)}
# How many symptoms of each cluster a provisional diagnosis needs; an answer of 2 or more is a symptom.
SYMPTOMS_NEEDED = {"B": 1, "C": 1, "D": 2, "E": 2}
SYMPTOM = 2
_sum_of_twenty = summed(20, missing_allowed=4, subscales=CLUSTERS)


def provisional(answers: Answers) -> bool:
    """Whether the answers given already show enough symptoms in every cluster."""
    return all(
        sum((answers[number - 1] or 0) >= SYMPTOM for number in CLUSTERS[cluster]) >= needed
        for cluster, needed in SYMPTOMS_NEEDED.items()
    )


def _score_parts(answers: Answers, context: Context) -> Parts:
    parts = _sum_of_twenty(answers, context)
    return replace(parts, flags=("provisional_ptsd",) if provisional(answers) else ())


QUESTIONNAIRE = Questionnaire(
    code="pcl-5",
    title="PTSD Checklist for DSM-5 (PCL-5)",
    about="How much twenty signs of post-traumatic stress bothered the person.",
    items=rows(
        scale("Not at all", "A little bit", "Moderately", "Quite a bit", "Extremely"),
        ("Memories", "Repeated, disturbing, and unwanted memories of the stressful experience?"),
        ("Dreams", "Repeated, disturbing dreams of the stressful experience?"),
        (
            "Reliving",
            "Suddenly feeling or acting as if the stressful experience were actually happening again (as if you "
            "were actually back there reliving it)?",
        ),
        ("Upset at reminders", "Feeling very upset when something reminded you of the stressful experience?"),
        (
            "Physical reactions",
            "Having strong physical reactions when something reminded you of the stressful experience (for "
            "example, heart pounding, trouble breathing, sweating)?",
        ),
        (
            "Avoiding thoughts",
            "Avoiding memories, thoughts, or feelings related to the stressful experience?",
        ),
        (
            "Avoiding reminders",
            "Avoiding external reminders of the stressful experience (for example, people, places, conversations, "
            "activities, objects, or situations)?",
        ),
        ("Gaps in memory", "Trouble remembering important parts of the stressful experience?"),
        (
            "Negative beliefs",
            "Having strong negative beliefs about yourself, other people, or the world (for example, having "
            "thoughts such as: I am bad, there is something seriously wrong with me, no one can be trusted, the "
            "world is completely dangerous)?",
        ),
        ("Blame", "Blaming yourself or someone else for the stressful experience or what happened after it?"),
        (
            "Negative feelings",
            "Having strong negative feelings such as fear, horror, anger, guilt, or shame?",
        ),
        ("Loss of interest", "Loss of interest in activities that you used to enjoy?"),
        ("Distance", "Feeling distant or cut off from other people?"),
        (
            "Numbness",
            "Trouble experiencing positive feelings (for example, being unable to feel happiness or have loving "
            "feelings for people close to you)?",
        ),
        ("Anger", "Irritable behavior, angry outbursts, or acting aggressively?"),
        ("Risks", "Taking too many risks or doing things that could cause you harm?"),
        ("Alertness", "Being “superalert” or watchful or on guard?"),
        ("Startle", "Feeling jumpy or easily startled?"),
        ("Concentration", "Having difficulty concentrating?"),
        ("Sleep", "Trouble falling or staying asleep?"),
    ),
    recall="in the past month",
    score_parts=_score_parts,
    missing_rule="With up to four missing, the mean times twenty, rounded half up; with more, no score. "
    "A cluster has no sum when one of its items is missing.",
    bands=(
        Band("below the cut", 0, 30),
        Band("at the cut", 31, 33),
        Band("above the cut", 34, 80),
    ),
    total_range=(0, 80),
    # The National Center for PTSD gives 31–33; a screen takes the sensitive end.
    positive_from=31,
    # The older PCL's value for a meaningful change; the PCL-5's own is being settled.
    reliable_change=10,
    licence=Licence(True, "US Government (National Center for PTSD): public domain."),
    source="Weathers 2013; cut and change US Department of Veterans Affairs, National Center for PTSD",
    examples=(
        Example(
            "ones all over: no symptom reaches 2",
            (1,) * 20,
            {
                "total": 20,
                "subscales": {"B": 5, "C": 2, "D": 7, "E": 6},
                "band": "below the cut",
                "positive": False,
                "flags": (),
            },
        ),
        Example(
            "just the symptoms that a provisional diagnosis needs",
            (2, 0, 0, 0, 0, 2, 0, 2, 2, 0, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0),
            {"total": 12, "positive": False, "flags": ("provisional_ptsd",)},
        ),
        Example(
            "four missing: 32 over sixteen is 40",
            (2,) * 16 + (None,) * 4,
            {
                "total": 40,
                "missing": 4,
                "prorated": True,
                "positive": True,
                "subscales": {"B": 10, "C": 4, "D": 14, "E": None},
                "flags": ("provisional_ptsd",),
            },
        ),
        Example(
            "five missing: no score", (4,) * 15 + (None,) * 5, {"total": None, "band": None, "positive": None}
        ),
    ),
)
