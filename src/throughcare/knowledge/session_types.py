"""The kinds of session a program offers, one row each, and which of them count as hours of treatment.

Hours count what ASAM calls skilled treatment services. Meetings that peers lead, coordination without the
patient and the assessment before admission are care, but they are not hours of the week.
"""

from dataclasses import dataclass
from typing import Literal

Modality = Literal["group", "individual", "family", "prescriber", "education", "workshop", "case_management"]

COUNSELING, EDUCATION, MULTIFAMILY = "group.max.counseling", "group.max.education", "group.max.multifamily"
RATIOS = {COUNSELING: "ratio.counseling", EDUCATION: "ratio.education", MULTIFAMILY: "ratio.multifamily"}

SKILLED = "ASAM: skilled treatment services"
MATRIX = "SAMHSA Matrix IOP manuals"
MEDICARE = "42 CFR 410.44"
DEFAULT = "program default"


@dataclass(frozen=True)
class SessionType:
    """One kind of session; `capacity_setting` names the program setting that bounds a group's size."""

    code: str
    title: str
    modality: Modality
    minutes: int
    capacity_setting: str | None
    skill: str
    source: str
    counts_as_clinical_hours: bool = True
    snomed: str | None = None

    @property
    def ratio_setting(self) -> str:
        """The program setting that says how many patients one staff member may lead."""
        return RATIOS.get(self.capacity_setting or COUNSELING, "ratio.counseling")


def group(
    code: str, title: str, minutes: int, skill: str, *, source: str = SKILLED, snomed: str = "76168009"
) -> SessionType:
    """A counseling group; without a code of its own it is SNOMED CT group therapy."""
    return SessionType(code, title, "group", minutes, COUNSELING, skill, source, snomed=snomed)


ROWS = (
    group("cbt", "Cognitive behavioral therapy", 60, "cbt", snomed="228557008"),
    group("dbt-skills", "DBT skills", 120, "dbt", snomed="405780009"),
    group(
        "relapse-prevention",
        "Relapse prevention",
        60,
        "relapse-prevention",
        source=MATRIX,
        snomed="720177001",
    ),
    group("early-recovery", "Early recovery skills", 60, "relapse-prevention", source=MATRIX),
    group("process", "Process group", 60, "process"),
    group("mindfulness", "Mindfulness", 60, "mindfulness"),
    group("art-therapy", "Art therapy", 60, "art-therapy", source=MEDICARE),
    group("communication-anger", "Communication and anger", 60, "cbt", source="SAMHSA Anger Management"),
    group("stress-reduction", "Stress reduction", 60, "mindfulness"),
    group("womens", "Women's group", 60, "process"),
    group("trauma-skills", "Trauma skills", 120, "trauma"),
    SessionType(
        "psychoeducation", "Psychoeducation", "education", 60, EDUCATION, "psychoeducation", MEDICARE
    ),
    SessionType("family-education", "Family education", "education", 90, EDUCATION, "family", MATRIX),
    SessionType("vocational", "Vocational workshop", "workshop", 60, EDUCATION, "vocational", DEFAULT),
    SessionType(
        "multifamily", "Multifamily group", "family", 90, MULTIFAMILY, "family", MEDICARE, snomed="108313002"
    ),
    SessionType(
        "individual", "Individual therapy", "individual", 60, None, "therapy", MEDICARE, snomed="18512000"
    ),
    SessionType("family", "Family session", "family", 60, None, "family", MEDICARE, snomed="108313002"),
    SessionType("prescriber", "Prescriber visit", "prescriber", 30, None, "prescribing", SKILLED),
    SessionType(
        code="case-management",
        title="Case management",
        modality="case_management",
        minutes=30,
        capacity_setting=None,
        skill="case-management",
        source="H0006 is billed apart from the program day",
        counts_as_clinical_hours=False,
        snomed="425604002",
    ),
    SessionType(
        code="intake",
        title="Intake visit",
        modality="individual",
        minutes=90,
        capacity_setting=None,
        skill="assessment",
        source="An assessment comes before admission and is billed apart",
        counts_as_clinical_hours=False,
    ),
    SessionType(
        code="alumni",
        title="Alumni group",
        modality="group",
        minutes=60,
        capacity_setting=EDUCATION,
        skill="peer-support",
        source="Self-help and alumni meetings are not treatment hours",
        counts_as_clinical_hours=False,
        snomed="711281004",
    ),
    SessionType(
        code="mutual-help",
        title="Peer and mutual-help meeting",
        modality="group",
        minutes=60,
        capacity_setting=EDUCATION,
        skill="peer-support",
        source="Self-help and alumni meetings are not treatment hours",
        counts_as_clinical_hours=False,
        snomed="711281004",
    ),
)

ALL: dict[str, SessionType] = {row.code: row for row in ROWS}


def session_type(code: str) -> SessionType:
    """The session type with this code. Raises `KeyError`."""
    return ALL[code]
