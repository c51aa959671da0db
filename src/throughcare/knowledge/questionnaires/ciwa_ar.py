"""CIWA-Ar: alcohol withdrawal, ten signs rated by a clinician."""

from throughcare.knowledge.questionnaires.questionnaire import (
    Answer,
    Band,
    Example,
    Item,
    Licence,
    Questionnaire,
)
from throughcare.knowledge.questionnaires.scales import scale
from throughcare.knowledge.questionnaires.sums import summed


def anchored(none: str, one: str, four: str, seven: str) -> tuple[Answer, ...]:
    """A 0–7 scale on which the form describes only 0, 1, 4 and 7."""
    named = {0: none, 1: one, 4: four, 7: seven}
    return tuple(Answer(value, named.get(value, str(value))) for value in range(8))


def sensed(none: str, what: str) -> tuple[Answer, ...]:
    """The 0–7 scale of the three disturbances of the senses."""
    return scale(
        none,
        f"very mild {what}",
        f"mild {what}",
        f"moderate {what}",
        "moderately severe hallucinations",
        "severe hallucinations",
        "extremely severe hallucinations",
        "continuous hallucinations",
    )


ITEMS = (
    Item(
        1,
        "Nausea and vomiting",
        anchored(
            "no nausea and no vomiting",
            "mild nausea with no vomiting",
            "intermittent nausea with dry heaves",
            "constant nausea, frequent dry heaves and vomiting",
        ),
        text="Ask “Do you feel sick to your stomach? Have you vomited?” Observation.",
    ),
    Item(
        2,
        "Tremor",
        anchored(
            "no tremor",
            "not visible, but can be felt fingertip to fingertip",
            "moderate, with patient’s arms extended",
            "severe, even with arms not extended",
        ),
        text="Arms extended and fingers spread apart. Observation.",
    ),
    Item(
        3,
        "Paroxysmal sweats",
        anchored(
            "no sweat visible",
            "barely perceptible sweating, palms moist",
            "beads of sweat obvious on forehead",
            "drenching sweats",
        ),
        text="Observation.",
    ),
    Item(
        4,
        "Anxiety",
        anchored(
            "no anxiety, at ease",
            "mild anxious",
            "moderately anxious, or guarded, so anxiety is inferred",
            "equivalent to acute panic states as seen in severe delirium or acute schizophrenic reactions",
        ),
        text="Ask “Do you feel nervous?” Observation.",
    ),
    Item(
        5,
        "Agitation",
        anchored(
            "normal activity",
            "somewhat more than normal activity",
            "moderately fidgety and restless",
            "paces back and forth during most of the interview, or constantly thrashes about",
        ),
        text="Observation.",
    ),
    Item(
        6,
        "Tactile disturbances",
        sensed("none", "itching, pins and needles, burning or numbness"),
        text="Ask “Have you any itching, pins and needles sensations, any burning, any numbness, or do you feel bugs "
        "crawling on or under your skin?” Observation.",
    ),
    Item(
        7,
        "Auditory disturbances",
        sensed("not present", "harshness or ability to frighten"),
        text="Ask “Are you more aware of sounds around you? Are they harsh? Do they frighten you? Are you hearing "
        "anything that is disturbing to you? Are you hearing things you know are not there?” Observation.",
    ),
    Item(
        8,
        "Visual disturbances",
        sensed("not present", "sensitivity"),
        text="Ask “Does the light appear to be too bright? Is its color different? Does it hurt your eyes? Are you "
        "seeing anything that is disturbing to you? Are you seeing things you know are not there?” Observation.",
    ),
    Item(
        9,
        "Headache, fullness in head",
        scale(
            "not present",
            "very mild",
            "mild",
            "moderate",
            "moderately severe",
            "severe",
            "very severe",
            "extremely severe",
        ),
        text="Ask “Does your head feel different? Does it feel like there is a band around your head?” Do not rate "
        "for dizziness or lightheadedness. Otherwise, rate severity.",
    ),
    Item(
        10,
        "Orientation and clouding of sensorium",
        scale(
            "oriented and can do serial additions",
            "cannot do serial additions or is uncertain about date",
            "disoriented for date by no more than 2 calendar days",
            "disoriented for date by more than 2 calendar days",
            "disoriented for place/or person",
        ),
        text="Ask “What day is this? Where are you? Who am I?”",
    ),
)

QUESTIONNAIRE = Questionnaire(
    code="ciwa-ar",
    title="Clinical Institute Withdrawal Assessment for Alcohol, revised (CIWA-Ar)",
    about="How severe alcohol withdrawal is now.",
    items=ITEMS,
    recall="now",
    score_parts=summed(10),
    missing_rule="No score with a missing rating.",
    # Sources disagree (8/15, 10/20); these are the bands of ASAM's 2020 guideline.
    bands=(Band("mild", 0, 9), Band("moderate", 10, 18), Band("severe", 19, 67)),
    total_range=(0, 67),
    licence=Licence(True, "Not copyrighted; may be used freely."),
    source="Sullivan 1989; bands ASAM alcohol withdrawal guideline 2020",
    examples=(
        Example("six", (1, 1, 1, 2, 1, 0, 0, 0, 0, 0), {"total": 6, "band": "mild", "positive": None}),
        Example("nine is mild", (2, 2, 2, 3, 0, 0, 0, 0, 0, 0), {"total": 9, "band": "mild"}),
        Example("ten is moderate", (2, 2, 3, 3, 0, 0, 0, 0, 0, 0), {"total": 10, "band": "moderate"}),
        Example("eighteen is moderate", (4, 4, 4, 4, 2, 0, 0, 0, 0, 0), {"total": 18, "band": "moderate"}),
        Example("nineteen is severe", (4, 4, 4, 4, 2, 1, 0, 0, 0, 0), {"total": 19, "band": "severe"}),
        Example("the most", (7, 7, 7, 7, 7, 7, 7, 7, 7, 4), {"total": 67, "band": "severe"}),
        Example(
            "a missing rating: no score", (7, 7, 7, 7, 7, 7, 7, 7, 7, None), {"total": None, "missing": 1}
        ),
    ),
)
