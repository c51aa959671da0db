"""People at intake: Ben of the second acceptance scenario, and Dev of the fourth."""

from datetime import date, datetime
from uuid import UUID

from tests.cast import Cast, at
from throughcare.pathway.actor import Actor
from throughcare.pathway.intake.assessment import answer_section, open_assessment, rate_domain
from throughcare.pathway.measure.measure import record_measure
from throughcare.pathway.people.people import PersonDetails
from throughcare.pathway.referral.referral import NewReferral, receive_referral
from throughcare.records.assessments import Assessment
from throughcare.records.people import Patient

BEN = PersonDetails(
    "Ben", "Adler", birth_date=date(1984, 6, 1), sex="male", phone="212-555-0141", language="en"
)
DEV = PersonDetails("Dev", "Rao", birth_date=date(1996, 2, 29), sex="male", phone="212-555-0166")

AUDIT_22 = [4, 3, 3, 2, 2, 1, 2, 1, 2, 2]
CIWA_6 = [1, 1, 1, 2, 1, 0, 0, 0, 0, 0]
PHQ_14 = [2, 2, 2, 2, 2, 2, 1, 1, 0]
GAD_11 = [2, 2, 2, 2, 1, 1, 1]
ALL_NO = [0, 0, None, None, None, 0, None]
BEN_RATED = {"W": 0, "P": 1, "M": 2, "U": 2, "H": 1, "E": 1}
SEVEN_TO_THREE = [[day, "07:00", "15:00"] for day in range(5)]
CALM_CHECKLIST = {
    "intent_and_plan_to_harm_other": "no",
    "medically_unstable": "no",
    "delirium": "no",
    "overdose_now": "no",
    "group_impossible": "no",
    "past_withdrawal_seizure_or_dt": "no",
    "heavy_use_now": "no",
    "daily_sedative_and_alcohol": "no",
    "pregnant_and_in_withdrawal": "no",
    "overdoses_90_days": 0,
    "use_days_per_week_despite_full_iop": 0,
    "home_unsafe": "no",
    "sober_support": "yes",
}


def refer(cast: Cast, person: PersonDetails, *, reason: str = "", when: datetime | None = None) -> UUID:
    """The person asks for help on Monday morning; the referral."""
    return receive_referral(
        NewReferral(cast.site, person, reason=reason), by=cast.admissions, at=when or at(8, 30)
    )


def assess(cast: Cast, person: PersonDetails, *, reason: str = "") -> UUID:
    """The person's assessment, opened by the clinician at nine."""
    return open_assessment(refer(cast, person, reason=reason), by=cast.clinician, at=at(9))


def patient_of(assessment: UUID) -> Patient:
    """Whose assessment it is."""
    return Assessment.objects.select_related("patient").get(uid=assessment).patient


def measure(
    assessment: UUID, code: str, answers: list[int | None], *, by: Actor, when: datetime | None = None
):
    """A questionnaire asked in the assessment."""
    return record_measure(
        patient_of(assessment).uid,
        code,
        answers,
        mode="clinician",
        by=by,
        at=when or at(10),
        assessment=assessment,
    )


def ben(cast: Cast) -> UUID:
    """Ben, 41, as far as the moment before his placement: measured, rated, hours of work confirmed."""
    assessment = assess(cast, BEN, reason="Drinking too much")
    who = cast.clinician
    for code, answers in (
        ("audit", AUDIT_22),
        ("ciwa-ar", CIWA_6),
        ("phq-9", PHQ_14),
        ("gad-7", GAD_11),
        ("c-ssrs-screener", ALL_NO),
    ):
        measure(assessment, code, answers, by=who)
    for code, rating in BEN_RATED.items():
        rate_domain(
            assessment,
            code,
            rating=rating,
            evidence=f"Heard in the interview ({code}).",
            by=who,
            at=at(10, 30),
        )
    work = {"works": "yes", "work_kind": "Warehouse", "work_hours": SEVEN_TO_THREE}
    answer_section(assessment, "work", work, said_by="clinician", by=who, at=at(10, 40), seen_version=0)
    answer_section(
        assessment, "checklist", CALM_CHECKLIST, said_by="clinician", by=who, at=at(10, 45), seen_version=0
    )
    return assessment
