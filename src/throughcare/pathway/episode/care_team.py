"""The care team: who carries which part of a person's care."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from throughcare.knowledge.credentials import ALL as CREDENTIALS
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.episode.episodes import open_episode, require_running
from throughcare.pathway.prepared import prepared
from throughcare.pathway.program_settings import number
from throughcare.pathway.rows import only_row
from throughcare.records.episodes import CareTeamMember, Episode
from throughcare.records.people import Practitioner

# Each part is carried by one practitioner at a time.
PARTS = {
    "primary_therapist": "Primary therapist",
    "case_manager": "Case manager",
    "prescriber": "Prescriber",
    "nurse": "Nurse",
}
NEEDED = "primary_therapist"
PRESCRIBING = frozenset(code for code, row in CREDENTIALS.items() if row.may_prescribe)
THERAPISTS = frozenset(code for code, row in CREDENTIALS.items() if row.may_sign_clinical_note) - {
    "LPN",
    "CM",
}


@dataclass(frozen=True)
class TeamMember:
    """Someone's part in an episode."""

    uid: UUID
    practitioner: UUID
    name: str
    part: str
    part_title: str
    since: datetime


@dataclass(frozen=True)
class Candidate:
    """A practitioner who may carry a part, with how many people they carry now."""

    uid: UUID
    name: str
    caseload: int
    is_full: bool


def care_team_of(episode: UUID, *, by: Actor, at: datetime) -> tuple[TeamMember, ...]:
    """Who carries what in this episode, in the order of the parts."""
    return team_members(open_episode(episode, kind="episode", by=by, at=at))


def team_members(episode: Episode) -> tuple[TeamMember, ...]:
    """The care team of an episode that was opened already."""
    members = [
        TeamMember(
            uid=row.uid,
            practitioner=row.practitioner.uid,
            name=_name(row.practitioner),
            part=row.part,
            part_title=PARTS.get(row.part, row.part),
            since=row.recorded_at,
        )
        for row in _members(episode.pk)
    ]
    order = list(PARTS)
    return tuple(sorted(members, key=lambda one: order.index(one.part) if one.part in order else len(order)))


@prepared
def _members(episode: int) -> QuerySet[CareTeamMember]:
    rows = CareTeamMember.objects.select_related("practitioner")
    return rows.filter(episode=episode, ended_at__isnull=True)


def candidates_for(part: str, *, by: Actor, at: datetime) -> tuple[Candidate, ...]:
    """The practitioners who may carry a part, those with the fewest people first."""
    most = number("counselor_caseload", organization=by.organization, on=at.date())
    running = Q(
        caseload__ended_at__isnull=True, caseload__episode__ended_at__isnull=True, caseload__part=part
    )
    rows = (
        Practitioner.objects.filter(
            organization_id=by.organization, left_at__isnull=True, credential__in=_fitting(part)
        )
        .annotate(carried=Count("caseload", filter=running))
        .order_by("carried", "family_name", "given_name")
    )
    return tuple(Candidate(row.uid, _name(row), row.carried, row.carried >= most) for row in rows)


def all_candidates(*, by: Actor, at: datetime) -> dict[str, tuple[Candidate, ...]]:
    """The candidates for every part."""
    return {part: candidates_for(part, by=by, at=at) for part in PARTS}


@transaction.atomic
def join_care_team(episode: UUID, practitioner: UUID, *, part: str, by: Actor, at: datetime) -> UUID:
    """Let a practitioner carry a part from now on; whoever carried it before hands it over."""
    found = open_episode(episode, kind="episode", by=by, at=at, verb="change")
    require_running(found)
    if part not in PARTS:
        raise Cannot("Choose a part of the care team.", field="part")
    who = only_row(_practitioner(by.organization, practitioner))
    if who is None:
        raise Absent("practitioner")
    if who.credential not in _fitting(part):
        raise Cannot(
            f"{_name(who)} can't be {PARTS[part].lower()}: another credential is needed.", field=part
        )
    now = only_row(_carrying(found.pk, part))
    if now is not None and now.practitioner_id == who.pk:
        return now.uid
    if now is not None:
        now.ended_at = at
        now.save(update_fields=["ended_at"])
    return CareTeamMember.objects.create(
        organization_id=by.organization,
        episode=found,
        practitioner=who,
        part=part,
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


@prepared
def _carrying(episode: int, part: str) -> QuerySet[CareTeamMember]:
    return CareTeamMember.objects.filter(episode=episode, part=part, ended_at__isnull=True)


@prepared
def _practitioner(organization: int, practitioner: UUID) -> QuerySet[Practitioner]:
    return Practitioner.objects.filter(organization_id=organization, uid=practitioner, left_at__isnull=True)


@transaction.atomic
def staff_episode(episode: UUID, chosen: Mapping[str, UUID | None], *, by: Actor, at: datetime) -> None:
    """Set every part named in `chosen`: to a practitioner, or to nobody."""
    members = {one.part: one for one in care_team_of(episode, by=by, at=at)}
    for part, practitioner in chosen.items():
        if practitioner is not None:
            join_care_team(episode, practitioner, part=part, by=by, at=at)
        elif part in members:
            leave_care_team(members[part].uid, by=by, at=at)


@transaction.atomic
def leave_care_team(member: UUID, *, by: Actor, at: datetime) -> None:
    """End someone's part in an episode."""
    row = only_row(
        CareTeamMember.objects.select_related("episode").filter(organization_id=by.organization, uid=member)
    )
    if row is None:
        raise Absent("care team member")
    open_episode(row.episode.uid, kind="episode", by=by, at=at, verb="change")
    if row.ended_at is None:
        row.ended_at = at
        row.save(update_fields=["ended_at"])


def _fitting(part: str) -> frozenset[str]:
    if part == "prescriber":
        return PRESCRIBING
    if part == "primary_therapist":
        return THERAPISTS - {"RN", "CPSS"}
    if part == "nurse":
        return frozenset({"RN", "LPN", "PMHNP"})
    return frozenset(CREDENTIALS)


def _name(who: Practitioner) -> str:
    return f"{who.given_name} {who.family_name}, {who.credential}"
