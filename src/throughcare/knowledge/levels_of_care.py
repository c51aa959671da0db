"""The levels of care, one row each: what a level is, its hours and how intense it is beside the others.

The level numbers are used as labels. The criteria behind them are licensed and are not here.
"""

from dataclasses import dataclass

EDITION_SETTING = "level.edition"
EDITIONS = {3: "ASAM 3rd", 4: "ASAM 4th"}
ASAM = "ASAM level labels, 3rd edition 2013 and 4th edition 2023"
OWN = "program default"


@dataclass(frozen=True)
class HoursBand:
    """Hours of treatment a week; `most` is None where the level has no upper bound."""

    least: float
    most: float | None


ALL_DAY = HoursBand(least=168, most=168)


@dataclass(frozen=True)
class LevelOfCare:
    """One level. A greater `rank` is more intense care; `on_ladder` levels are stepped through one by one."""

    code: str
    title: str
    about: str
    rank: int
    hours_adult: HoursBand | None
    hours_teen: HoursBand | None
    asam_3rd: str | None
    asam_4th: str | None
    source: str
    on_ladder: bool = True

    def label(self, edition: str) -> str:
        """The level's number in an edition of `EDITIONS`; empty where it has none."""
        return (self.asam_3rd if edition == EDITIONS[3] else self.asam_4th) or ""


ROWS = (
    LevelOfCare(
        code="op",
        title="Outpatient",
        about="Therapy and visits of fewer than nine hours a week.",
        rank=1,
        hours_adult=HoursBand(0, 9),
        hours_teen=HoursBand(0, 6),
        asam_3rd="1",
        asam_4th="1.5",
        source=ASAM,
    ),
    LevelOfCare(
        code="iop",
        title="Intensive outpatient",
        about="Nine to nineteen hours of treatment a week on at least three days; nights at home.",
        rank=2,
        hours_adult=HoursBand(9, 19),
        hours_teen=HoursBand(6, 19),
        asam_3rd="2.1",
        asam_4th="2.1",
        source=ASAM,
    ),
    LevelOfCare(
        code="iop+recovery-residence",
        title="Intensive outpatient with a recovery residence",
        about="Intensive outpatient care while living in a sober home with peers.",
        rank=3,
        hours_adult=HoursBand(9, 19),
        hours_teen=HoursBand(6, 19),
        asam_3rd="2.1",
        asam_4th="2.1",
        source="A recovery residence is an addition to a level, not a level",
        on_ladder=False,
    ),
    LevelOfCare(
        code="php",
        title="Partial hospitalization",
        about="Twenty or more hours of treatment a week; nights at home.",
        rank=4,
        hours_adult=HoursBand(20, None),
        hours_teen=HoursBand(20, None),
        asam_3rd="2.5",
        asam_4th="2.5",
        source=ASAM,
    ),
    LevelOfCare(
        code="residential-3.1",
        title="Low-intensity residential",
        about="A staffed home with treatment during the week; someone is there day and night.",
        rank=5,
        hours_adult=HoursBand(5, None),
        hours_teen=HoursBand(5, None),
        asam_3rd="3.1",
        asam_4th="3.1",
        source=ASAM,
    ),
    LevelOfCare(
        code="residential-3.5",
        title="High-intensity residential",
        about="Treatment every day in a place that is staffed day and night.",
        rank=6,
        hours_adult=HoursBand(20, None),
        hours_teen=HoursBand(20, None),
        asam_3rd="3.5",
        asam_4th="3.5",
        source=ASAM,
    ),
    LevelOfCare(
        code="withdrawal-management",
        title="Withdrawal management",
        about="Medically managed or ambulatory care until withdrawal is safe.",
        rank=7,
        hours_adult=None,
        hours_teen=None,
        asam_3rd="2-WM",
        asam_4th="2.7",
        source=OWN,
        on_ladder=False,
    ),
    LevelOfCare(
        code="psychiatric-inpatient",
        title="Psychiatric inpatient evaluation",
        about="Evaluation in a psychiatric hospital today.",
        rank=8,
        hours_adult=ALL_DAY,
        hours_teen=ALL_DAY,
        asam_3rd=None,
        asam_4th="4 psychiatric",
        source=OWN,
        on_ladder=False,
    ),
    LevelOfCare(
        code="hospital",
        title="Hospital",
        about="Medical care in a hospital, or clearance there today.",
        rank=9,
        hours_adult=ALL_DAY,
        hours_teen=ALL_DAY,
        asam_3rd="4",
        asam_4th="4",
        source=ASAM,
        on_ladder=False,
    ),
    LevelOfCare(
        code="emergency",
        title="Emergency evaluation",
        about="Emergency evaluation now; the person is not left alone.",
        rank=10,
        hours_adult=None,
        hours_teen=None,
        asam_3rd=None,
        asam_4th=None,
        source=OWN,
        on_ladder=False,
    ),
)

ALL: dict[str, LevelOfCare] = {row.code: row for row in ROWS}
LADDER = tuple(row for row in sorted(ROWS, key=lambda row: row.rank) if row.on_ladder)


def level(code: str) -> LevelOfCare:
    """The level with this code. Raises `KeyError`."""
    return ALL[code]


def next_up(code: str) -> LevelOfCare | None:
    """The next more intense level that a person steps up to, or None at the top of the ladder."""
    here = ALL[code].rank
    return next((row for row in LADDER if row.rank > here), None)


def next_down(code: str) -> LevelOfCare | None:
    """The next less intense level that a person steps down to, or None at the bottom of the ladder."""
    here = ALL[code].rank
    return next((row for row in reversed(LADDER) if row.rank < here), None)


def most_intense(*codes: str) -> str:
    """The code of the most intense of these levels."""
    return max(codes, key=lambda code: ALL[code].rank)
