"""The suicide tier that stands: answers raise it, and only a clinician with a supervisor's approval lowers it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.intake.sections import RISK_TOOLS
from throughcare.knowledge.safety import RANK, TIER, may_change_tier, reassess_days
from throughcare.knowledge.suicide_tier import SHOWS, Lowered, Seen, StandingTier, standing_tier
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, require
from throughcare.pathway.measure.measure_zone import zone_of
from throughcare.pathway.prepared import prepared
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.program_settings import numbers
from throughcare.records.among import Keys
from throughcare.records.measures import MeasureResponse, TierLowering
from throughcare.records.people import Patient

LOWER, APPROVE = ("clinician", "director", "prescriber"), ("director",)
NOBODY = StandingTier("", None, None)


@dataclass(frozen=True)
class OpenLowering:
    """A clinician's request that waits for a supervisor."""

    uid: UUID
    tier: str
    because: str
    asked_by: str
    asked_at: datetime
    is_own: bool


@dataclass(frozen=True)
class TierView:
    """The tier that stands, what it asks for, by when it is asked again, and a request to lower it."""

    patient: UUID
    standing: StandingTier
    actions: tuple[str, ...]
    reassess_by: date | None
    is_overdue: bool
    waiting: OpenLowering | None
    lower_tiers: tuple[tuple[str, str], ...]


def tiers_of(patients: Sequence[int], *, at: datetime) -> Mapping[int, StandingTier]:
    """The tier that stands for each of these people (keys), in two queries. For modules past the desk."""
    seen: dict[int, list[Seen]] = defaultdict(list)
    lowered: dict[int, list[Lowered]] = defaultdict(list)
    for patient, code, band, taken_at in _screeners(Keys(patients), at):
        if (code, band) in SHOWS:
            seen[patient].append(Seen(taken_at, SHOWS[code, band]))
    for patient, rows in lowered_of(patients, at=at).items():
        lowered[patient] += rows
    return {key: standing_tier(seen[key], lowered[key]) for key in {*seen, *lowered}}


def lowered_of(patients: Sequence[int], *, at: datetime) -> Mapping[int, tuple[Lowered, ...]]:
    """When each person's (key) tier was lowered with approval, and to what; one query. For modules past the desk."""
    found: dict[int, list[Lowered]] = defaultdict(list)
    for patient, tier, approved_at in _lowered(Keys(patients), at):
        if approved_at is not None:
            found[patient].append(Lowered(approved_at, tier))
    return {patient: tuple(rows) for patient, rows in found.items()}


@prepared
def _screeners(patients: Keys, at: datetime) -> QuerySet[MeasureResponse, tuple[int, str, str, datetime]]:
    rows = MeasureResponse.objects.filter(
        patient__among=patients, code__in=RISK_TOOLS, retired_at__isnull=True, taken_at__lte=at
    )
    return rows.values_list("patient", "code", "band", "taken_at")


@prepared
def _lowered(patients: Keys, at: datetime) -> QuerySet[TierLowering, tuple[int, str, datetime | None]]:
    rows = TierLowering.objects.filter(patient__among=patients, approved_at__lte=at)
    return rows.values_list("patient", "tier", "approved_at")


def tier_view(patient: UUID, *, by: Actor, at: datetime) -> TierView:
    """The tier that stands for a patient, for those who may see their measures."""
    row = open_patient(patient, kind="measure", by=by, at=at)
    standing = tiers_of([row.pk], at=at).get(row.pk, NOBODY)
    today, days = local_day(at, zone_of(row)), _reassess_days(row, standing, at=at)
    last = standing.last_seen_at or standing.since
    due = local_day(last, zone_of(row)) + timedelta(days=days) if last and days is not None else None
    return TierView(
        patient=row.uid,
        standing=standing,
        actions=TIER[standing.tier].actions if standing.tier else (),
        reassess_by=due,
        is_overdue=due is not None and today > due,
        waiting=_waiting(row, by=by),
        lower_tiers=tuple(
            (code, tier.word)
            for code, tier in TIER.items()
            if standing.tier and RANK[code] < RANK[standing.tier]
        ),
    )


def _reassess_days(row: Patient, standing: StandingTier, *, at: datetime) -> int | None:
    if not standing.tier or TIER[standing.tier].reassess_setting is None:
        return None
    own = numbers(str(TIER[standing.tier].reassess_setting), organization=row.organization_id, on=at.date())
    return reassess_days(standing.tier, own)


def _waiting(row: Patient, *, by: Actor) -> OpenLowering | None:
    found = (
        TierLowering.objects.select_related("practitioner")
        .filter(patient=row, approved_at__isnull=True, declined_at__isnull=True)
        .first()
    )
    if found is None:
        return None
    who = found.practitioner
    return OpenLowering(
        found.uid,
        found.tier,
        found.because,
        f"{who.given_name} {who.family_name}, {who.credential}",
        found.recorded_at,
        found.practitioner_id == by.practitioner,
    )


@transaction.atomic
def ask_to_lower(patient: UUID, tier: str, *, because: str, by: Actor, at: datetime) -> UUID:
    """A clinician asks to lower a tier and says why; it stands until a supervisor approves. Raises `Cannot`."""
    row = open_patient(patient, kind="measure", by=by, at=at, verb="change")
    if not by.holds(*LOWER) or by.practitioner is None:
        raise Cannot("A clinician asks for this. Tell the person's clinician what you know.")
    Patient.objects.select_for_update(no_key=True).get(pk=row.pk)
    standing = tiers_of([row.pk], at=at).get(row.pk, NOBODY)
    if tier not in RANK or not standing.tier or RANK[tier] >= RANK[standing.tier]:
        raise Cannot("Choose a lower tier than the one that stands.", field="tier")
    if not because.strip():
        raise Cannot("Say in a sentence why the lower tier is right now.", field="because")
    if _waiting(row, by=by) is not None:
        raise Cannot("A request waits for a supervisor already.")
    return TierLowering.objects.create(
        organization_id=row.organization_id,
        patient=row,
        practitioner_id=by.practitioner,
        tier_before=standing.tier,
        tier=tier,
        because=because.strip(),
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


@transaction.atomic
def answer_lowering(lowering: UUID, *, approve: bool, by: Actor, at: datetime) -> None:
    """A supervisor approves or declines a lower tier; nobody approves their own request. Raises `Cannot`."""
    found = (
        TierLowering.objects.select_for_update(of=("self",))
        .select_related("patient")
        .filter(organization_id=by.organization, uid=lowering)
        .first()
    )
    if found is None:
        raise Absent("request")
    open_patient(found.patient, kind="measure", by=by, at=at, verb="change")
    if found.approved_at or found.declined_at:
        raise Cannot("Somebody has answered this request already.")
    if not approve:
        found.declined_at = at
        found.save(update_fields=["declined_at"])
        return
    standing = tiers_of([found.patient_id], at=at).get(found.patient_id, NOBODY)
    newest = max((one for one in (standing.since, standing.last_seen_at) if one), default=None)
    if newest is not None and newest > found.recorded_at:
        raise Cannot("New answers came since this was asked. Look at them, and ask anew.")
    if found.practitioner_id == by.practitioner or by.practitioner is None:
        raise Cannot("Another supervisor approves it: nobody approves their own request.")
    require(
        may_change_tier(
            found.tier_before,
            found.tier,
            by_clinician=True,
            approved_by_supervisor=by.holds(*APPROVE),
        )
    )
    found.approved_by_id, found.approved_at = by.practitioner, at
    found.save(update_fields=["approved_by", "approved_at"])
