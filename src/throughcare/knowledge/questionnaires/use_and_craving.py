"""Use and craving in the last week: two questions in the program's own words, read one by one, without a total."""

from throughcare.knowledge.questionnaires.questionnaire import (
    Answers,
    Context,
    Critical,
    Example,
    Licence,
    Parts,
    Questionnaire,
)
from throughcare.knowledge.questionnaires.scales import bare_scale, rows


def _score_parts(answers: Answers, context: Context) -> Parts:
    return Parts(
        total=None,
        missing=sum(value is None for value in answers),
        subscales={"days of use": answers[0], "craving": answers[1]},
    )


QUESTIONNAIRE = Questionnaire(
    code="use-and-craving",
    title="Use and craving this week",
    about="On how many of the last seven days the person drank or used, and their strongest craving.",
    items=rows(
        bare_scale(0, 7),
        ("Days of use", "In the last 7 days, on how many days did you drink alcohol or use drugs?"),
    )
    + rows(
        bare_scale(0, 10),
        (
            "Craving",
            "In the last 7 days, how strong was your strongest craving? 0 is none, 10 the strongest you can imagine.",
        ),
        first=2,
    ),
    recall="over the last 7 days",
    score_parts=_score_parts,
    missing_rule="Each question is read by itself; a missing one stays missing.",
    critical=(
        Critical(2, 9, "Craving of 9 or 10: call today, and make an individual visit within 48 hours."),
    ),
    licence=Licence(True, "The program's own words."),
    source="program default: §3.2 asks for use days and craving 0-10 every week",
    examples=(
        Example(
            "two days, craving four",
            (2, 4),
            {"total": None, "subscales": {"days of use": 2, "craving": 4}, "missing": 0, "critical": ()},
        ),
        Example("nothing", (0, 0), {"subscales": {"days of use": 0, "craving": 0}, "critical": ()}),
        Example("a craving of eight is not yet critical", (0, 8), {"critical": ()}),
        Example("a craving of nine is", (7, 9), {"critical": (2,)}),
        Example("craving alone", (None, 3), {"missing": 1, "subscales": {"days of use": None, "craving": 3}}),
    ),
)
