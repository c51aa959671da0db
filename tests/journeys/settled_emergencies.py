"""What officers answer for: an emergency of everyone who treats, a notice, a paper, two colleagues in care."""

from datetime import datetime
from uuid import UUID

from tests.cast import Cast
from tests.referral_cast import patient_of, refer
from throughcare.pathway.people.people import PersonDetails
from throughcare.pathway.privacy.emergency import break_glass
from throughcare.pathway.privacy.legal import NewLegalRequest, hand_over_paper
from throughcare.records.emergencies import PrivacyNotice

TREAT = ("clinician", "facilitator", "case_manager", "nurse", "prescriber", "director")


def what_officers_answer_for(cast: Cast, *, at: datetime) -> dict[str, object]:
    """Each who treats opened Bo's record a moment ago; nobody opened Nia's."""
    bo, nia = (_colleague(cast, given, family) for given, family in (("Bo", "Lind"), ("Nia", "Bell")))
    opened = {role: _opened(cast, bo, role, at) for role in TREAT}
    subpoena = NewLegalRequest("subpoena", "Attorney Pell", "Ana Flores", "All records")
    return {
        "break_glass.patient": nia,
        **{f"{role}.emergency": emergency for role, emergency in opened.items()},
        "emergency": opened["nurse"],
        "notice": PrivacyNotice.objects.earliest("pk").uid,
        "paper": hand_over_paper(subpoena, by=cast.front_desk, at=at),
        "situation": "police",
    }


def _colleague(cast: Cast, given: str, family: str) -> UUID:
    return patient_of(refer(cast, PersonDetails(given, family, phone="212-555-0166")))


def _opened(cast: Cast, patient: UUID, role: str, at: datetime) -> UUID:
    words = "Fainted at the front door; what is known?"
    return break_glass(patient, reason="medical", nature=words, by=getattr(cast, role), at=at)
