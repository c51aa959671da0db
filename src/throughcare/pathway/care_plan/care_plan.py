"""Care plans: started, written, signed by clinician and patient; in force when both have signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.planning.care_plans import (
    DoseLine,
    GoalDraft,
    InterventionDraft,
    ObjectiveDraft,
    PlanDraft,
    ProblemDraft,
    check_plan,
    may_sign_plan,
)
from throughcare.knowledge.program_settings import Number
from throughcare.knowledge.verdict import Refused
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, ChangedMeanwhile, require
from throughcare.pathway.care_plan.plan_content import PlanContent, digest_of, read_content
from throughcare.pathway.care_plan.plan_writing import clear_plan, copy_plan, write_lines
from throughcare.pathway.episode.episodes import day_of, is_teen, open_episode, require_running, stay_of
from throughcare.pathway.prepared import prepared
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.program_settings import numbers
from throughcare.pathway.rows import only_row
from throughcare.records.care_plans import PlanSignature, PlanVersion
from throughcare.records.episodes import Episode

__all__ = [
    "DoseLine",
    "GoalDraft",
    "InterventionDraft",
    "ObjectiveDraft",
    "PlanDraft",
    "ProblemDraft",
    "discard_plan",
    "rewrite_plan",
    "sign_plan",
    "start_plan",
    "write_plan",
]

PARTIES = ("clinician", "patient")

RULE_SETTINGS = (
    "min_hours_week.adult",
    "min_hours_week.teen",
    "max_hours_week.adult",
    "max_hours_week.teen",
    "min_days_week",
    "individual.min_per_week",
    "family.min_per_month",
)


@dataclass(frozen=True)
class PlanRules:
    """What the rules need besides the plan: the level, the person's age group, the program's own numbers."""

    level: str
    is_teen: bool
    own: Mapping[str, Number]


@transaction.atomic
def start_plan(episode: UUID, *, by: Actor, at: datetime) -> UUID:
    """A draft to write on: the one that is open, else a new version that copies the plan in force, same threads."""
    found = open_episode(episode, kind="care_plan", by=by, at=at, verb="change")
    require_running(found)
    draft = draft_of(found)
    return draft.uid if draft else _new_version(found, copied_from=last_in_force(found), by=by, at=at).uid


@transaction.atomic
def rewrite_plan(version: UUID, *, by: Actor, at: datetime) -> UUID:
    """Change a draft that one party signed: a new draft with the same lines; the signature stays with the old one."""
    row = open_version(version, by=by, at=at, verb="change", lock=True)
    _require_draft(row)
    row.discarded_at = at
    row.save(update_fields=["discarded_at"])
    return _new_version(row.episode, copied_from=row, by=by, at=at).uid


@transaction.atomic
def discard_plan(version: UUID, *, by: Actor, at: datetime) -> None:
    """Put a draft aside; the plan in force stays."""
    row = open_version(version, by=by, at=at, verb="change", lock=True)
    _require_draft(row)
    row.discarded_at = at
    row.save(update_fields=["discarded_at"])


@transaction.atomic
def write_plan(version: UUID, plan: PlanDraft, *, by: Actor, at: datetime) -> None:
    """Write a whole plan into a draft, in place of what stood there."""
    row = open_draft(version, by=by, at=at)
    clear_plan(row)
    row.hours_per_week = plan.hours_per_week
    row.days_per_week = plan.days_per_week
    row.longest_day_hours = plan.longest_day_hours
    row.expected_weeks = plan.expected_weeks
    row.save(update_fields=["hours_per_week", "days_per_week", "longest_day_hours", "expected_weeks"])
    write_lines(row, plan, by=by, at=at)


@transaction.atomic
def sign_plan(
    version: UUID, *, party: str, signed_name: str = "", by: Actor, at: datetime, seen: str = ""
) -> UUID:
    """Sign a draft as the clinician, or let the patient sign on this screen; with both it is in force.

    `seen` is the digest of the content on the screen. Raises `Cannot` with the first thing that stands against it.
    """
    row = open_version(version, by=by, at=at, verb="change", lock=True)
    _require_draft(row)
    if party not in PARTIES:
        raise Cannot("A plan is signed by the clinician and by the patient.")
    content = read_content(row)
    refusals = refusals_of(row, content, at=at)
    if refusals:
        raise Cannot(refusals[0].because, cite=refusals[0].cite)
    digest = digest_of(row, content)
    _require_same(digest, seen=seen)
    name = signed_name or (by.name if party == "clinician" else "")
    if party == "clinician":
        _require_clinician(by)
    if not name.strip():
        raise Cannot("Type the full name to sign.", field="signed_name")
    signature = _sign(row, party=party, name=name, digest=digest, by=by, at=at)
    if {one.party for one in _signatures(row.pk)} == set(PARTIES):
        row.in_force_at = at
        row.save(update_fields=["in_force_at"])
    return signature.uid


def _sign(row: PlanVersion, *, party: str, name: str, digest: str, by: Actor, at: datetime) -> PlanSignature:
    clinician = party == "clinician"
    try:
        with transaction.atomic():
            return PlanSignature.objects.create(
                organization_id=by.organization,
                version=row,
                party=party,
                signed_name=" ".join(name.split())[:200],
                practitioner_id=by.practitioner if clinician else None,
                credential=by.credential if clinician else "",
                signed_at=at,
                digest=digest,
                recorded_by_id=by.account,
                recorded_at=at,
            )
    except IntegrityError as double:
        raise Cannot(f"The {party} has signed this version already.") from double


def _require_clinician(by: Actor) -> None:
    if by.practitioner is None:
        raise Cannot("A care plan is signed by a practitioner. Sign in as the clinician who wrote it.")
    require(may_sign_plan(by.credential))


def _require_same(digest: str, *, seen: str) -> None:
    if seen and seen != digest:
        raise ChangedMeanwhile(
            "The plan changed while this page was open. Read it again, then sign.",
            theirs="",
            version=0,
            changed_by="",
        )


def refusals_of(row: PlanVersion, content: PlanContent, *, at: datetime) -> tuple[Refused, ...]:
    """What stands against signing a version that was opened already."""
    rules = rules_for(row.episode, at=at)
    return check_plan(content.draft, level=rules.level, is_teen=rules.is_teen, own=rules.own)


def rules_for(episode: Episode, *, at: datetime) -> PlanRules:
    """The rules that hold for a plan of this episode today."""
    stay = stay_of(episode)
    on = day_of(episode, at)
    level = stay.level if stay and stay.level in LEVELS else "iop"
    own = numbers(*RULE_SETTINGS, organization=episode.organization_id, on=on)
    return PlanRules(level, is_teen(episode, on=on), own)


def open_version(
    version: UUID, *, by: Actor, at: datetime, verb: str = "see", lock: bool = False
) -> PlanVersion:
    """A version of a plan through the privacy desk; `lock` holds it until the transaction ends."""
    rows = PlanVersion.objects.select_related("episode__patient", "episode__site")
    if lock:
        rows = rows.select_for_update(of=("self",))
    row = only_row(rows.filter(organization_id=by.organization, uid=version))
    if row is None:
        raise Absent("care plan")
    open_patient(row.episode.patient, kind="care_plan", by=by, at=at, verb=verb)
    return row


def open_draft(version: UUID, *, by: Actor, at: datetime, lock: bool = True) -> PlanVersion:
    """A version whose lines may still change: nobody has signed it."""
    row = open_version(version, by=by, at=at, verb="change", lock=lock)
    _require_draft(row)
    signature = only_row(_signatures(row.pk))
    if signature is not None:
        raise Cannot(
            f"{signature.signed_name} signed version {row.number}. Change it as a new version; both sign again."
        )
    return row


@prepared
def _signatures(version: int) -> QuerySet[PlanSignature]:
    return PlanSignature.objects.filter(version=version).order_by("pk")


def draft_of(episode: Episode) -> PlanVersion | None:
    """The episode's draft, if one is open."""
    return only_row(_draft(episode.pk))


@prepared
def _draft(episode: int) -> QuerySet[PlanVersion]:
    return PlanVersion.objects.filter(episode=episode, in_force_at__isnull=True, discarded_at__isnull=True)


def last_in_force(episode: Episode) -> PlanVersion | None:
    """The version that came into force last."""
    return only_row(_in_force(episode.pk))


@prepared
def _in_force(episode: int) -> QuerySet[PlanVersion]:
    rows = PlanVersion.objects.filter(episode=episode, in_force_at__isnull=False)
    return rows.order_by("-in_force_at", "-number")[:1]


def _require_draft(row: PlanVersion) -> None:
    require_running(row.episode)
    if row.in_force_at is not None:
        raise Cannot(f"Version {row.number} is signed by both and stays as it is. Start a new version.")
    if row.discarded_at is not None:
        raise Cannot(f"Version {row.number} was put aside.")


def _new_version(
    episode: Episode, *, copied_from: PlanVersion | None, by: Actor, at: datetime
) -> PlanVersion:
    last = next(iter(_last_number(episode.pk)), 0)
    try:
        with transaction.atomic():
            row = PlanVersion.objects.create(
                organization_id=by.organization,
                episode=episode,
                number=last + 1,
                started_at=at,
                recorded_by_id=by.account,
                recorded_at=at,
            )
    except IntegrityError as double:
        raise Cannot("A draft of this plan was started a moment ago. Open it.") from double
    if copied_from is not None:
        copy_plan(copied_from, row, by=by, at=at)
    return row


@prepared
def _last_number(episode: int) -> QuerySet[PlanVersion, int]:
    rows = PlanVersion.objects.filter(episode=episode).order_by("-number")
    return rows.values_list("number", flat=True)[:1]
