"""Placement: what the facts indicate, and where a licensed clinician places the person. Both stay."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.credentials import may_confirm_placement
from throughcare.knowledge.intake.placing import GAP_REASONS, WHAT_TO_DO, check_placing, field_of_refusal
from throughcare.knowledge.intake.reading import can_be_kept
from throughcare.knowledge.intake.sections import SECTIONS
from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.placement import Placement, as_json, place
from throughcare.knowledge.verdict import Refused, Verdict, first_refusal
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot, require
from throughcare.pathway.episode.banner import display_name
from throughcare.pathway.intake.domain_ratings import newest_ratings
from throughcare.pathway.intake.intake_answers import SectionView, open_assessment_row, sections_said
from throughcare.pathway.intake.intake_week import track_notes
from throughcare.pathway.intake.placement_facts import FactLine, GatheredFacts, gather_facts
from throughcare.pathway.measure.measure_view import view_measures
from throughcare.pathway.prepared import prepared
from throughcare.pathway.privacy import may_access
from throughcare.pathway.program_settings import numbers
from throughcare.records.assessments import Assessment
from throughcare.records.measures import MeasureResponse
from throughcare.records.placements import PlacementDecision

SETTINGS = (
    "placement.not_progressing_weeks",
    "placement.not_progressing_attendance",
    "placement.not_progressing_tests",
)


@dataclass(frozen=True)
class ReasonView:
    """A reason with the facts it used, and under a STOP what to do."""

    code: str
    because: str
    cite: str
    facts: tuple[FactLine, ...]
    what_to_do: tuple[str, ...]


@dataclass(frozen=True)
class DecisionView:
    """One decision: indicated and placed side by side, with the reason for a gap."""

    uid: UUID
    indicated_title: str
    placed: str
    placed_title: str
    gap: str
    override_text: str
    decided_by: str
    decided_at: datetime
    rule_version: str


@dataclass(frozen=True)
class WeighedPlacement:
    """What the table says of an assessment's facts now, with every fact's origin, and the decisions so far."""

    assessment: UUID
    patient: UUID
    patient_name: str
    time_zone: str
    placement: Placement
    gathered: GatheredFacts
    indicated_title: str
    indicated_about: str
    reasons: tuple[ReasonView, ...]
    missing: tuple[FactLine, ...]
    alternatives: tuple[str, ...]
    track_notes: tuple[str, ...]
    decisions: tuple[DecisionView, ...]
    may_decide: Verdict


def weigh_placement(assessment: UUID, *, by: Actor, at: datetime) -> WeighedPlacement:
    """Weigh the facts of an assessment as they stand; nothing is stored."""
    row = open_assessment_row(assessment, by=by, at=at, kind="placement")
    sections = _sections(row)
    gathered, placement = _weigh(row, sections, at=at)
    level = LEVELS.get(placement.indicated or "")
    return WeighedPlacement(
        assessment=row.uid,
        patient=row.patient.uid,
        patient_name=display_name(row.patient),
        time_zone=row.site.time_zone,
        placement=placement,
        gathered=gathered,
        indicated_title=level.title if level else "",
        indicated_about=level.about if level else "",
        reasons=_reasons(placement, gathered),
        missing=tuple(gathered.line(key) for key in placement.missing_facts),
        alternatives=tuple(LEVELS[code].title for code in placement.alternatives),
        track_notes=track_notes(sections),
        decisions=_decisions(row),
        may_decide=may_decide_placement(by),
    )


def may_decide_placement(by: Actor) -> Verdict:
    """Whether someone may decide placements: by role and by credential."""
    return first_refusal(may_access("placement", by=by, verb="change"), may_confirm_placement(by.credential))


@transaction.atomic
def decide_placement(
    assessment: UUID,
    *,
    placed: str,
    override_code: str = "",
    override_text: str = "",
    by: Actor,
    at: datetime,
) -> UUID:
    """Place the person, as a licensed clinician; elsewhere than indicated only with a code and a text.

    Raises `Cannot` with its field: `placed`, `override_code` or `override_text`.
    """
    row = open_assessment_row(assessment, by=by, at=at, verb="change", kind="placement")
    require(may_confirm_placement(by.credential))
    if by.practitioner is None:
        raise Cannot("A placement is decided by a practitioner. Ask a licensed clinician.")
    Assessment.objects.select_for_update().get(pk=row.pk)
    gathered, placement = _weigh(row, _sections(row), at=at)
    if not can_be_kept(override_text):
        raise Cannot("The text holds a character that can’t be kept.", field="override_text")
    verdict = check_placing(placement, placed, code=override_code, text=override_text)
    if isinstance(verdict, Refused):
        field = field_of_refusal(placement, placed, code=override_code)
        raise Cannot(verdict.because, cite=verdict.cite, field=field)
    elsewhere = placed != placement.indicated
    return PlacementDecision.objects.create(
        organization_id=row.organization_id,
        recorded_by_id=by.account,
        recorded_at=at,
        assessment=row,
        placed=placed,
        override_code=override_code if elsewhere else "",
        override_text=override_text.strip() if elsewhere else "",
        practitioner_id=by.practitioner,
        credential=by.credential,
        decided_at=at,
        **_as_columns(placement, gathered),
    ).uid


def _as_columns(placement: Placement, gathered: GatheredFacts) -> dict[str, Any]:
    said = as_json(placement)
    return {
        "facts": dict(gathered.given),
        "indicated": placement.indicated or "",
        "stop": placement.stop,
        "held": placement.held,
        "reasons": said["reasons"],
        "also": said["also"],
        "missing_facts": said["missing_facts"],
        "contraindications": said["contraindications"],
        "alternatives": said["alternatives"],
        "rule_version": placement.rule_version,
    }


def _sections(row: Assessment) -> dict[str, SectionView]:
    return sections_said(row, [section.code for section in SECTIONS])


def _weigh(
    row: Assessment, sections: dict[str, SectionView], *, at: datetime
) -> tuple[GatheredFacts, Placement]:
    """The facts since the assessment was opened, and what the table says of them with the program's numbers."""
    measures = view_measures(_measures(row.patient_id, row.opened_at))
    ratings, _ = newest_ratings(row)
    gathered = gather_facts(ratings, measures, sections)
    own = numbers(*SETTINGS, organization=row.organization_id, on=local_day(at, row.site.time_zone))
    return gathered, place(gathered.facts, own=own)


@prepared
def _measures(patient: int, since: datetime) -> QuerySet[MeasureResponse]:
    rows = MeasureResponse.objects.select_related("patient", "recorded_by", "corrects").filter(
        patient=patient, retired_at__isnull=True, taken_at__gte=since
    )
    return rows.order_by("-taken_at", "-pk")


def _reasons(placement: Placement, gathered: GatheredFacts) -> tuple[ReasonView, ...]:
    return tuple(
        ReasonView(
            code=reason.code,
            because=reason.because,
            cite=reason.cite,
            facts=tuple(gathered.line(key) for key in reason.facts),
            what_to_do=WHAT_TO_DO.get(reason.code, ()),
        )
        for reason in placement.reasons
    )


def _decisions(row: Assessment) -> tuple[DecisionView, ...]:
    """Every decision, the newest first."""
    return tuple(
        DecisionView(
            uid=decision.uid,
            indicated_title=LEVELS[decision.indicated].title if decision.indicated else "No level",
            placed=decision.placed,
            placed_title=LEVELS[decision.placed].title,
            gap=GAP_REASONS.get(decision.override_code, ""),
            override_text=decision.override_text,
            decided_by=f"{decision.practitioner.given_name} {decision.practitioner.family_name}, "
            f"{decision.credential}",
            decided_at=decision.decided_at,
            rule_version=decision.rule_version,
        )
        for decision in _placements(row.pk)
    )


@prepared
def _placements(assessment: int) -> QuerySet[PlacementDecision]:
    rows = PlacementDecision.objects.select_related("practitioner").filter(assessment=assessment)
    return rows.order_by("-decided_at", "-pk")
