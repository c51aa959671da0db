"""Mixes of sessions that add up to a week, to start a prescription from. [ours]

Three hours a day on three to five days is the norm of the field; the mixes keep one individual session a week
and family work in each.
"""

from dataclasses import dataclass

from throughcare.knowledge.planning.care_plans import DoseLine


@dataclass(frozen=True)
class SessionMix:
    """A week's sessions with the hours and days they make up."""

    code: str
    title: str
    level: str
    hours: float
    days: int
    longest_day_hours: float
    lines: tuple[DoseLine, ...]


ALONE = DoseLine("individual", 1, 60)
FAMILIES = DoseLine("multifamily", 1, 90)

NINE = (
    ALONE,
    FAMILIES,
    DoseLine("relapse-prevention", 2, 90),
    DoseLine("cbt", 1, 90),
    DoseLine("process", 1, 120),
)
TWELVE = (*NINE, DoseLine("dbt-skills", 1, 120), DoseLine("mindfulness", 1, 60))
FIFTEEN = (*TWELVE, DoseLine("communication-anger", 1, 60), DoseLine("psychoeducation", 2, 60))

ROWS = (
    SessionMix(
        "op-3",
        "3 hours on 2 days",
        "op",
        3,
        2,
        2,
        (ALONE, DoseLine("multifamily", 0.5, 90), DoseLine("relapse-prevention", 1, 75)),
    ),
    SessionMix(
        "iop-6",
        "6 hours: 3 days of 2 hours, for teenagers",
        "iop",
        6,
        3,
        2,
        (ALONE, FAMILIES, DoseLine("cbt", 2, 60), DoseLine("process", 1, 90)),
    ),
    SessionMix("iop-9", "9 hours: 3 days of 3 hours", "iop", 9, 3, 3, NINE),
    SessionMix("iop-12", "12 hours: 4 days of 3 hours", "iop", 12, 4, 3, TWELVE),
    SessionMix("iop-15", "15 hours: 5 days of 3 hours", "iop", 15, 5, 3, FIFTEEN),
    SessionMix(
        "php-20",
        "20 hours: 5 days of 4 hours",
        "php",
        20,
        5,
        4,
        (
            DoseLine("individual", 2, 60),
            FAMILIES,
            DoseLine("prescriber", 1, 30),
            DoseLine("dbt-skills", 2, 120),
            DoseLine("cbt", 3, 60),
            DoseLine("relapse-prevention", 3, 60),
            DoseLine("process", 3, 60),
            DoseLine("psychoeducation", 3, 60),
        ),
    ),
)

ALL: dict[str, SessionMix] = {row.code: row for row in ROWS}


def mixes_for(level: str) -> tuple[SessionMix, ...]:
    """The mixes that belong to a level; a recovery residence changes nothing about the sessions."""
    return tuple(row for row in ROWS if row.level == level.split("+")[0])
