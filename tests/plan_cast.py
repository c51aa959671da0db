"""People who were placed, admitted and planned for, for the tests of admission, care plans and reviews."""

from datetime import date, datetime
from uuid import UUID

from tests.cast import MONDAY, Cast, at
from throughcare.knowledge.planning.care_plans import (
    DoseLine,
    GoalDraft,
    InterventionDraft,
    ObjectiveDraft,
    PlanDraft,
    ProblemDraft,
)
from throughcare.pathway.care_plan.care_plan import sign_plan, start_plan, write_plan
from throughcare.pathway.episode.admission import admit_patient
from throughcare.records.assessments import Assessment
from throughcare.records.attendance import Attendance
from throughcare.records.episodes import Episode
from throughcare.records.measures import MeasureResponse
from throughcare.records.organizations import Site
from throughcare.records.people import Patient
from throughcare.records.placements import PlacementDecision
from throughcare.records.referrals import Referral
from throughcare.records.sessions import Appointment, Session

THREE_TIMES_THREE = (
    DoseLine("individual", 1, 60),
    DoseLine("multifamily", 1, 90),
    DoseLine("relapse-prevention", 2, 90),
    DoseLine("cbt", 1, 90),
    DoseLine("process", 1, 120),
)


def place_person(
    cast: Cast,
    *,
    given: str = "Ana",
    family: str = "Flores",
    born: date | None = date(1991, 5, 4),
    placed: str = "iop",
    stop: bool = False,
    held: bool = False,
    decided: bool = True,
    when: datetime | None = None,
) -> UUID:
    """An assessment with its placement decision; the assessment's public id.

    Rows are written directly: what is under test begins where the decision stands.
    """
    when = when or at(8, 30)
    said = {
        "organization_id": cast.organization,
        "recorded_by_id": cast.clinician.account,
        "recorded_at": when,
    }
    number = Patient.objects.filter(organization_id=cast.organization).count() + 1
    patient = Patient.objects.create(
        number=number,
        given_name=given,
        family_name=family,
        birth_date=born,
        **said,
    )
    site = Site.objects.get(uid=cast.site)
    referral = Referral.objects.create(patient=patient, site=site, source="phone", received_at=when, **said)
    assessment = Assessment.objects.create(
        patient=patient, referral=referral, site=site, opened_at=when, **said
    )
    if decided:
        decide(cast, assessment, placed=placed, stop=stop, held=held, when=when)
    return assessment.uid


def decide(
    cast: Cast,
    assessment: Assessment,
    *,
    placed: str = "iop",
    stop: bool = False,
    held: bool = False,
    when: datetime,
) -> None:
    """The placement decision of an assessment."""
    PlacementDecision.objects.create(
        organization_id=cast.organization,
        recorded_by_id=cast.clinician.account,
        recorded_at=when,
        assessment=assessment,
        facts={},
        indicated=placed,
        stop=stop,
        held=held,
        reasons=[],
        rule_version="test",
        placed=placed,
        practitioner_id=cast.clinician.practitioner,
        credential="LCSW",
        decided_at=when,
    )


def patient_of(assessment: UUID) -> UUID:
    """The patient of an assessment."""
    return Assessment.objects.get(uid=assessment).patient.uid


def admit(cast: Cast, *, when: datetime | None = None, track: str = "evening", **person) -> UUID:
    """An episode of someone placed and admitted; its public id."""
    when = when or at(9)
    assessment = place_person(cast, when=when, **person)
    return admit_patient(assessment, track=track, by=cast.clinician, at=when)


def nine_hours(*, objective: str = "My PHQ-9 score is 9 or lower by April 13, 2026.") -> PlanDraft:
    """A plan that may be signed at the IOP level: nine hours on three days."""
    return PlanDraft(
        problems=(
            ProblemDraft(
                "Drinks most evenings since the separation",
                (
                    GoalDraft(
                        "I want to be clear-headed when my boy wakes up.",
                        (
                            ObjectiveDraft(
                                objective,
                                "phq-9",
                                9,
                                date(2026, 4, 13),
                                (InterventionDraft("cbt", 1, "Thoughts before the first drink"),),
                            ),
                            ObjectiveDraft(
                                "I come to at least 80 % of my planned hours.",
                                "attendance",
                                80,
                                date(2026, 3, 30),
                            ),
                        ),
                    ),
                ),
            ),
        ),
        prescription=THREE_TIMES_THREE,
        hours_per_week=9,
        days_per_week=3,
        longest_day_hours=3,
        expected_weeks=10,
    )


def plan(cast: Cast, episode: UUID, *, when: datetime | None = None, draft: PlanDraft | None = None) -> UUID:
    """A plan written and signed by both; the version's public id."""
    when = when or at(11)
    version = start_plan(episode, by=cast.clinician, at=when)
    write_plan(version, draft or nine_hours(), by=cast.clinician, at=when)
    sign_plan(version, party="clinician", by=cast.clinician, at=when)
    sign_plan(version, party="patient", signed_name="Ana Flores", by=cast.clinician, at=when)
    return version


def attend(
    cast: Cast,
    episode: UUID,
    day: date,
    *,
    status: str = "present",
    minutes: int = 180,
    title: str = "Evening IOP",
) -> None:
    """A session of three hours on a day and how the person came; rows written directly."""
    found = Episode.objects.get(uid=episode)
    said = {"organization_id": cast.organization, "recorded_by_id": cast.clinician.account}
    said["recorded_at"] = at(21, day=day)
    session = Session.objects.create(
        site=found.site,
        session_type="process",
        title=title,
        capacity=12,
        local_day=day,
        starts_at=at(17, 30, day=day),
        ends_at=at(20, 30, day=day),
        **said,
    )
    seat = Appointment.objects.create(
        session=session,
        patient=found.patient,
        episode=found,
        local_day=day,
        planned_minutes=180,
        counts=True,
        **said,
    )
    Attendance.objects.create(
        session=session,
        patient=found.patient,
        appointment=seat,
        status=status,
        minutes=minutes if status in ("present", "late") else 0,
        planned_minutes=180,
        counts=True,
        local_day=day,
        **said,
    )


def measure(cast: Cast, episode: UUID, code: str, total: int, *, day: date = MONDAY, band: str = "") -> None:
    """A measure's total on a day; the row written directly."""
    found = Episode.objects.get(uid=episode)
    MeasureResponse.objects.create(
        organization_id=cast.organization,
        recorded_at=at(12, day=day),
        patient=found.patient,
        code=code,
        answers=[],
        mode="clinic",
        taken_at=at(12, day=day),
        total=total,
        band=band,
    )
