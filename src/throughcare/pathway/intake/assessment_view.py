"""An assessment as the clinician's page shows it: who said what, what is rated, what is due, what is missing."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from throughcare.knowledge.credentials import may_sign_clinical_note
from throughcare.knowledge.intake.domains import ROWS as DOMAINS
from throughcare.knowledge.intake.domains import Domain
from throughcare.knowledge.intake.sections import (
    ASKED_BY_THE_CLINICIAN,
    ASKED_OF_THE_PATIENT,
    RISK_TOOLS,
    SECTIONS,
)
from throughcare.knowledge.intake.signing import signing_verdicts
from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.questionnaires.library import find
from throughcare.knowledge.verdict import Refused, Verdict, first_refusal
from throughcare.pathway.actor import Actor
from throughcare.pathway.episode.banner import display_name
from throughcare.pathway.intake.domain_ratings import newest_ratings
from throughcare.pathway.intake.intake_answers import SectionView, open_assessment_row, sections_said
from throughcare.pathway.intake.intake_week import track_notes
from throughcare.pathway.intake.placement_facts import latest_by_code
from throughcare.pathway.measure.measure_view import MeasureView, short_title, view_measures
from throughcare.pathway.measure.risk_due import RiskDue, risk_tool_due
from throughcare.pathway.measure.tiers import NOBODY, tiers_of
from throughcare.pathway.prepared import prepared
from throughcare.pathway.privacy import may_access
from throughcare.pathway.rows import only_row
from throughcare.records.assessments import Assessment, DomainRating, IntakeInvitation
from throughcare.records.measures import MeasureResponse
from throughcare.records.placements import PlacementDecision


@dataclass(frozen=True)
class DomainView:
    """One domain: its rating with the evidence for it, and how often it was rated (`version`)."""

    domain: Domain
    rating: int | None
    evidence: str
    rated_by: str
    rated_at: datetime | None
    version: int

    @property
    def words(self) -> str:
        """What the rating says."""
        return "" if self.rating is None else self.domain.ratings[self.rating]


@dataclass(frozen=True)
class InstrumentView:
    """One questionnaire of the intake with its newest answers, if any."""

    code: str
    title: str
    about: str
    by_patient: bool
    measure: MeasureView | None


@dataclass(frozen=True)
class InvitationView:
    """The newest link: when it was made, until when it holds, whether it is open."""

    sent_at: datetime
    expires_at: datetime
    is_open: bool


@dataclass(frozen=True)
class AssessmentView:
    """Everything on the assessment's page. `against_signing` are sentences; empty when it may be signed."""

    uid: UUID
    patient: UUID
    patient_name: str
    referral: UUID
    time_zone: str
    opened_at: datetime
    signed_at: datetime | None
    signed_by: str
    invitation: InvitationView | None
    sections: tuple[SectionView, ...]
    domains: tuple[DomainView, ...]
    instruments: tuple[InstrumentView, ...]
    risk_due: RiskDue | None
    tier: str
    track_notes: tuple[str, ...]
    placed: str
    may_write: Verdict
    against_signing: tuple[str, ...]

    def section(self, code: str) -> SectionView:
        """One of its sections."""
        return next(view for view in self.sections if view.section.code == code)

    def domain(self, code: str) -> DomainView:
        """One of its domains."""
        return next(view for view in self.domains if view.domain.code == code)


def assessment_view(assessment: UUID, *, by: Actor, at: datetime) -> AssessmentView:
    """The assessment with all that was said, rated and measured."""
    row = open_assessment_row(assessment, by=by, at=at)
    sections = sections_said(row, [section.code for section in SECTIONS])
    ratings, counts = newest_ratings(row)
    measures = view_measures(_measures(row.patient_id))
    since_opening = [measure for measure in measures if measure.taken_at >= row.opened_at]
    screened = {measure.code for measure in since_opening if measure.band}
    signature = getattr(row, "signature", None)
    verdicts = signing_verdicts(rated=set(ratings), is_screened=bool(screened & set(RISK_TOOLS)))
    decision = only_row(_newest_placement(row.pk))
    return AssessmentView(
        uid=row.uid,
        patient=row.patient.uid,
        patient_name=display_name(row.patient),
        referral=row.referral.uid,
        time_zone=row.site.time_zone,
        opened_at=row.opened_at,
        signed_at=signature.signed_at if signature else None,
        signed_by=_signer(row),
        invitation=_invitation(row, at=at),
        sections=tuple(sections.values()),
        domains=tuple(_domain(domain, ratings.get(domain.code), counts) for domain in DOMAINS),
        instruments=_instruments(since_opening),
        risk_due=risk_tool_due(measures, zone=row.site.time_zone, at=at),
        tier=tiers_of([row.patient_id], at=at).get(row.patient_id, NOBODY).tier,
        track_notes=track_notes(sections),
        placed=LEVELS[decision.placed].title if decision else "",
        may_write=may_access("assessment", by=by, verb="change"),
        against_signing=_sentences(may_sign(by), *verdicts),
    )


@prepared
def _measures(patient: int) -> QuerySet[MeasureResponse]:
    rows = MeasureResponse.objects.select_related("patient", "recorded_by", "corrects").filter(
        patient=patient, retired_at__isnull=True
    )
    return rows.order_by("-taken_at", "-pk")


@prepared
def _newest_placement(assessment: int) -> QuerySet[PlacementDecision]:
    return PlacementDecision.objects.filter(assessment=assessment).order_by("-decided_at", "-pk")[:1]


def may_sign(by: Actor) -> Verdict:
    """Whether someone's role and credential let them sign assessments."""
    return first_refusal(
        may_access("assessment", by=by, verb="change"), may_sign_clinical_note(by.credential)
    )


def _sentences(*verdicts: Verdict) -> tuple[str, ...]:
    return tuple(verdict.because for verdict in verdicts if isinstance(verdict, Refused))


def _signer(row: Assessment) -> str:
    signature = getattr(row, "signature", None)
    if signature is None:
        return ""
    who = signature.practitioner
    return f"{who.given_name} {who.family_name}, {signature.credential}"


def _invitation(row: Assessment, *, at: datetime) -> InvitationView | None:
    newest = only_row(_newest_invitation(row.pk))
    if newest is None:
        return None
    return InvitationView(
        newest.recorded_at, newest.expires_at, newest.ended_at is None and newest.expires_at > at
    )


@prepared
def _newest_invitation(assessment: int) -> QuerySet[IntakeInvitation]:
    return IntakeInvitation.objects.filter(assessment=assessment).order_by("-recorded_at", "-pk")[:1]


def _domain(domain: Domain, rating: DomainRating | None, counts: dict[str, int]) -> DomainView:
    return DomainView(
        domain=domain,
        rating=rating.rating if rating else None,
        evidence=rating.evidence if rating else "",
        rated_by=rating.recorded_by.name if rating and rating.recorded_by else "",
        rated_at=rating.recorded_at if rating else None,
        version=counts.get(domain.code, 0),
    )


def _instruments(measures: list[MeasureView]) -> tuple[InstrumentView, ...]:
    """The intake's own questionnaires in their order, then whatever else was taken."""
    latest = latest_by_code(measures)
    order = (*ASKED_OF_THE_PATIENT, *ASKED_BY_THE_CLINICIAN)
    codes = [*order, *(code for code in latest if code not in order)]
    return tuple(
        InstrumentView(
            code=code,
            title=short_title(find(code)),
            about=find(code).about,
            by_patient=code in ASKED_OF_THE_PATIENT and find(code).licence.text_may_ship,
            measure=latest.get(code),
        )
        for code in codes
    )
