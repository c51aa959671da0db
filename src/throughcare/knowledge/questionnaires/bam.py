"""BAM: the Brief Addiction Monitor, seventeen items on use, risk and protection in 30 days; each scale apart, no total.

This is the form with five answers per item (0–4). Items 7A–7G say which drugs; they are kept apart from item 7.
"""

from throughcare.knowledge.questionnaires.questionnaire import (
    Answer,
    Answers,
    Context,
    Example,
    Item,
    ItemPart,
    Licence,
    Parts,
    Questionnaire,
    Reading,
)
from throughcare.knowledge.questionnaires.scales import scale, valued
from throughcare.knowledge.questionnaires.sums import part

SUBSCALES = {
    "use": (4, 5, 6),
    "risk": (1, 2, 3, 8, 11, 15),
    "protective": (9, 10, 12, 13, 14, 16),
}
SCORED = frozenset(number for numbers in SUBSCALES.values() for number in numbers)

DAYS = scale("0 days", "1–3 days", "4–8 days", "9–15 days", "16–30 days")
HEALTH = scale("Excellent", "Very good", "Good", "Fair", "Poor")
AMOUNT = scale("Not at all", "Slightly", "Moderately", "Considerably", "Extremely")
# The form counts a yes as 4, so that the item weighs as much as the others; callers may send 1 for it.
INCOME = valued((0, "No"), (4, "Yes"))

DRUGS = (
    ItemPart("A", "Cannabis"),
    ItemPart("B", "Sedatives or tranquilizers"),
    ItemPart("C", "Cocaine or crack"),
    ItemPart("D", "Other stimulants"),
    ItemPart("E", "Opioids"),
    ItemPart("F", "Inhalants"),
    ItemPart("G", "Other drugs"),
)


Scale = tuple[Answer, ...]
Also = tuple[tuple[int, int], ...]


def _item(
    number: int,
    label: str,
    text: str | None,
    answers: Scale,
    *,
    parts: tuple[ItemPart, ...] = (),
    also: Also = (),
) -> Item:
    return Item(number, label, answers, text=text, scored=number in SCORED, parts=parts, also=also)


ITEMS = (
    _item(1, "Physical health", "In the past 30 days, would you say your physical health has been?", HEALTH),
    _item(
        2,
        "Sleep trouble",
        "In the past 30 days, how many nights did you have trouble falling asleep or staying asleep?",
        DAYS,
    ),
    _item(
        3,
        "Upset most of the day",
        "In the past 30 days, how many days have you felt depressed, anxious, angry or very upset throughout most "
        "of the day?",
        DAYS,
    ),
    _item(4, "Any alcohol", "In the past 30 days, how many days did you drink ANY alcohol?", DAYS),
    _item(
        5,
        "Heavy drinking",
        "In the past 30 days, how many days did you have at least 5 drinks (if you are a man) or at least 4 drinks "
        "(if you are a woman)?",
        DAYS,
    ),
    _item(
        6,
        "Drug use",
        "In the past 30 days, how many days did you use any illegal/street drugs or abuse any prescription "
        "medications?",
        DAYS,
    ),
    _item(7, "Days of use of each kind of drug", None, DAYS, parts=DRUGS),
    _item(
        8,
        "Craving",
        "In the past 30 days, how much were you bothered by cravings or urges to drink alcohol or use drugs?",
        AMOUNT,
    ),
    _item(
        9,
        "Confidence",
        "How confident are you in your ability to be completely abstinent (clean) from alcohol and drugs in the "
        "next 30 days?",
        AMOUNT,
    ),
    _item(
        10,
        "Self-help meetings",
        "In the past 30 days, how many days did you attend self-help meetings like AA or NA to support your "
        "recovery?",
        DAYS,
    ),
    _item(11, "Days in risky situations, or with risky people", None, DAYS),
    _item(12, "Faith", "Does your religion or spirituality help support your recovery?", AMOUNT),
    _item(
        13,
        "Work, school or volunteering",
        "In the past 30 days, how many days did you spend much of the time at work, school, or doing volunteer "
        "work?",
        DAYS,
    ),
    _item(
        14,
        "Enough income",
        "Do you have enough income (from legal sources) to pay for necessities such as housing, transportation, "
        "food and clothing for yourself and your dependents?",
        INCOME,
        also=((1, 4),),
    ),
    _item(
        15,
        "Arguments",
        "In the past 30 days, how much have you been bothered by arguments or problems getting along with any "
        "family members or friends?",
        AMOUNT,
    ),
    _item(16, "Days with family or friends who support recovery", None, DAYS),
    _item(
        17,
        "Satisfied with progress",
        "How satisfied are you with your progress toward achieving your recovery goals?",
        AMOUNT,
    ),
)


def _score_parts(answers: Answers, context: Context) -> Parts:
    subscales = {name: part(answers, numbers) for name, numbers in SUBSCALES.items()}
    use, risk, protective = subscales["use"], subscales["risk"], subscales["protective"]
    flags = (
        *(("use",) if use is not None and use >= 1 else ()),
        *(("risk",) if risk is not None and risk >= 12 else ()),
        *(("protective",) if protective is not None and protective <= 12 else ()),
    )
    missing = sum(answers[number - 1] is None for number in SCORED)
    return Parts(
        total=None,
        missing=missing,
        subscales=dict(subscales),
        reading=Reading(band=None, positive=None),
        flags=flags,
    )


QUESTIONNAIRE = Questionnaire(
    code="bam",
    title="Brief Addiction Monitor (BAM)",
    about="Use, risks and protections over 30 days; read the items, there is no total.",
    items=ITEMS,
    recall="in the past 30 days",
    score_parts=_score_parts,
    missing_rule="A scale has no score when one of its items is missing. Items 7 and 17 are not scored.",
    licence=Licence(
        True,
        "US Department of Veterans Affairs: public domain. Copies differ in small words of items 11 and 16, and item 7 "
        "is a heading over 7A–7G, so these three carry our own words only.",
    ),
    source="Cacciola 2013; flags (use ≥ 1, risk ≥ 12, protective ≤ 12) as vendors print them",
    examples=(
        Example(
            "some of each",
            (2, 3, 2, 1, 0, 2, None, 2, 2, 1, 2, 1, 3, 4, 1, 2, 2),
            {
                "total": None,
                "subscales": {"use": 3, "risk": 12, "protective": 13},
                "band": None,
                "missing": 0,
                "positive": None,
                "flags": ("use", "risk"),
            },
        ),
        Example(
            "one alcohol item missing takes away the use scale only",
            (0, 0, 0, None, 0, 0, None, 0, 4, 4, 0, 4, 4, 4, 0, 4, 4),
            {"subscales": {"use": None, "risk": 0, "protective": 24}, "missing": 1, "flags": ()},
        ),
        Example(
            "a yes to item 14 sent as 1 counts 4",
            (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0),
            {"subscales": {"use": 0, "risk": 0, "protective": 4}, "flags": ("protective",)},
        ),
        Example(
            "the most of everything",
            (4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4),
            {"subscales": {"use": 12, "risk": 24, "protective": 24}, "flags": ("use", "risk")},
        ),
    ),
)
