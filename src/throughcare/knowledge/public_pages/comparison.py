"""The kinds of care side by side, in plain words for someone who has to choose; hours come from the levels of care."""

from dataclasses import dataclass

from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.levels_of_care import ALL_DAY
from throughcare.knowledge.sentence import Sentence

NO_TREATMENT = "No treatment of its own"
DAY_AND_NIGHT = "Day and night"
FEWER = "Fewer than {most} hours"
OR_MORE = "{least} hours or more"
FROM_TO = "{least} to {most} hours"
HOURS = (NO_TREATMENT, DAY_AND_NIGHT, FEWER, OR_MORE, FROM_TO)


@dataclass(frozen=True)
class KindOfCare:
    """One kind of care as the public reads it. `level` is its row in the levels of care, if any."""

    title: str
    also: str
    level: str
    nights: str
    week: str
    life: str
    fits: str
    ours: bool = False

    @property
    def hours(self) -> Sentence:
        """Hours of treatment a week, for adults."""
        row = LEVELS.get(self.level)
        if row is None or row.hours_adult is None:
            return Sentence(NO_TREATMENT)
        least, most = row.hours_adult.least, row.hours_adult.most
        if least >= ALL_DAY.least:
            return Sentence(DAY_AND_NIGHT)
        if least == 0:
            return Sentence(FEWER, most=f"{most:g}")
        if most is None:
            return Sentence(OR_MORE, least=f"{least:g}")
        return Sentence(FROM_TO, least=f"{least:g}", most=f"{most:g}")


ROWS = (
    KindOfCare(
        "Hospital",
        "inpatient",
        "hospital",
        "In the hospital, for some days",
        "Doctors and nurses day and night, until you are safe.",
        "Work, school and family wait.",
        "Your life is in danger, or stopping could make you very ill.",
    ),
    KindOfCare(
        "Live-in treatment",
        "residential, rehab",
        "residential-3.5",
        "In the house, for some weeks or months",
        "Treatment every day. Staff are there at all hours.",
        "You are away from work, school and home.",
        "You can’t stay safe or sober where you live right now.",
    ),
    KindOfCare(
        "Day program",
        "partial hospitalization, PHP",
        "php",
        "At home",
        "Most of the day, on most days of the week.",
        "Hard to keep a job beside it.",
        "You need a lot of support by day, and home is safe at night.",
    ),
    KindOfCare(
        "Intensive outpatient",
        "IOP",
        "iop",
        "At home",
        "About three hours on three or more days or evenings.",
        "You can go on with work, school and children.",
        "Weekly visits are not enough, and home is safe.",
        ours=True,
    ),
    KindOfCare(
        "Weekly visits",
        "outpatient, counseling",
        "op",
        "At home",
        "An hour or two, once or twice a week.",
        "It takes little of your week.",
        "Things are mostly steady, or you step down from more care.",
    ),
    KindOfCare(
        "Sober living",
        "recovery residence, sober home",
        "",
        "In a shared home, for months",
        "House rules and company. Often together with an intensive outpatient program.",
        "You can work or go to school.",
        "Home makes it hard to stay sober, but you don’t need care at night.",
    ),
)
