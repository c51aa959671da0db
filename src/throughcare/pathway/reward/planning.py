"""A person begins to earn rewards under one scheme, and stops."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.drug_tests.analytes import ALL as ANALYTES
from throughcare.knowledge.rewards.schemes import ALL as SCHEMES
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.episode.episodes import open_last_episode, require_running
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.reward.reward_rows import running_plan
from throughcare.pathway.rows import only_row
from throughcare.records.rewards import RewardPlan

KIND = "reward"


@transaction.atomic
def begin_rewards(
    patient: UUID, scheme: str, *, targets: Sequence[str] = (), by: Actor, at: datetime
) -> UUID:
    """Let a person earn rewards from today on; `targets` are the analytes that count, none is all. The plan's id."""
    episode = open_last_episode(patient, kind=KIND, by=by, at=at, verb="change")
    if episode is None:
        raise Cannot("Rewards are for people who were admitted. Admit this person first.")
    _require_staff(episode.patient_id, by)
    require_running(episode)
    if scheme not in SCHEMES:
        raise Cannot("Choose a scheme.", field="scheme")
    if not set(targets) <= set(ANALYTES):
        raise Cannot("Choose from the list.", field="targets")
    if running_plan(episode.patient_id):
        raise Cannot("This person earns rewards already. End that first.")
    made = RewardPlan.objects.create(
        organization_id=by.organization,
        patient_id=episode.patient_id,
        scheme=scheme,
        targets=[code for code in ANALYTES if code in targets],
        starts_on=local_day(at, episode.site.time_zone),
        recorded_by_id=by.account,
        recorded_at=at,
    )
    return made.uid


@transaction.atomic
def end_rewards(patient: UUID, *, by: Actor, at: datetime) -> None:
    """Let no more rewards be earned; what was earned stays the person's."""
    found = open_patient(patient, kind=KIND, by=by, at=at, verb="change")
    _require_staff(found.pk, by)
    plan = only_row(running_plan(found.pk))
    if plan is None:
        raise Cannot("This person earns no rewards.")
    RewardPlan.objects.filter(pk=plan.pk).update(ends_on=local_day(at, by.time_zone))


def earns_rewards(patients: Sequence[int]) -> frozenset[int]:
    """Who of these people (keys) earns rewards now; one query, for modules past the desk."""
    rows = RewardPlan.objects.filter(patient__in=patients, ends_on__isnull=True)
    return frozenset(rows.values_list("patient", flat=True))


def _require_staff(patient: int, by: Actor) -> None:
    """The person draws their slips themself; whether they earn any is decided with staff."""
    if by.patient == patient:
        raise CannotSee(_("Talk with your team about it: they write it down."))
