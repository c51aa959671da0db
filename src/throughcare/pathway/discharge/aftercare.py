"""Aftercare: the visit that carries a person on after discharge, and whether it was kept."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from throughcare.knowledge.discharge import ALL as REASONS
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.episode.banner import display_name
from throughcare.pathway.episode.episodes import open_episode
from throughcare.pathway.prepared import prepared
from throughcare.pathway.privacy import at_sites
from throughcare.pathway.privacy.guards import HIDDEN, open_roster
from throughcare.pathway.privacy.reaching import ways_shut
from throughcare.pathway.rows import only_row
from throughcare.records.discharges import AftercareAppointment, AftercareOutcome, Discharge
from throughcare.records.episodes import Episode

FARTHEST = timedelta(days=366)
SHOWN_BACK = timedelta(days=60)
MOST_ROWS = 200


@dataclass(frozen=True)
class NextVisit:
    """A visit to plan: with whom, when, and the number to call."""

    with_whom: str
    visit_at: datetime
    phone: str = ""


@dataclass(frozen=True)
class VisitRow:
    """One aftercare visit on the list; `kept` is None until somebody finds out."""

    uid: UUID
    patient: UUID
    episode: UUID
    name: str
    phone_of_patient: str
    with_whom: str
    phone: str
    visit_at: datetime
    time_zone: str
    kept: bool | None
    outcome_at: datetime | None
    is_due: bool


@dataclass(frozen=True)
class WithoutVisit:
    """Someone who left lately without a next visit."""

    patient: UUID
    episode: UUID
    name: str
    discharged_at: datetime
    time_zone: str
    reason: str
    next_place: str


@dataclass(frozen=True)
class AftercareList:
    """Visits to ask about, visits to come, those found out, and people who left without one."""

    due: tuple[VisitRow, ...]
    coming: tuple[VisitRow, ...]
    found_out: tuple[VisitRow, ...]
    without: tuple[WithoutVisit, ...]


@transaction.atomic
def plan_aftercare(
    episode: UUID, *, with_whom: str, visit_at: datetime, phone: str, by: Actor, at: datetime
) -> UUID:
    """Write down the visit that follows an episode; before the discharge or after it."""
    found = open_episode(episode, kind="discharge", by=by, at=at, verb="change")
    return keep_visit(found, NextVisit(with_whom, visit_at, phone), by=by, at=at)


def keep_visit(episode: Episode, visit: NextVisit, *, by: Actor, at: datetime) -> UUID:
    """Store a visit for an episode that was opened already; for pathway modules only."""
    if not visit.with_whom.strip():
        raise Cannot("Say with whom the visit is.", field="with_whom")
    if visit.visit_at <= at:
        raise Cannot("The visit lies in the past. Give its day and time to come.", field="visit_at")
    if visit.visit_at > at + FARTHEST:
        raise Cannot("The visit is more than a year away. Check its date.", field="visit_at")
    return AftercareAppointment.objects.create(
        organization_id=by.organization,
        episode=episode,
        with_whom=visit.with_whom.strip(),
        phone=visit.phone.strip(),
        visit_at=visit.visit_at,
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


@transaction.atomic
def record_aftercare(visit: UUID, *, kept: bool, by: Actor, at: datetime) -> None:
    """Write down whether a visit was kept. Saying it again, differently, corrects what was said."""
    found = only_row(_visit(by.organization, visit))
    if found is None:
        raise Absent("aftercare visit")
    open_episode(found.episode.uid, kind="discharge", by=by, at=at, verb="change")
    if found.visit_at > at:
        raise Cannot("The visit is still to come. Ask again when it is over.")
    AftercareAppointment.objects.select_for_update().get(pk=found.pk)
    newest = only_row(_newest_outcome(found.pk))
    if newest is None or newest.kept is not kept:
        AftercareOutcome.objects.create(
            organization_id=by.organization,
            visit=found,
            kept=kept,
            corrects=newest,
            recorded_by_id=by.account,
            recorded_at=at,
        )


@prepared
def _visit(organization: int, visit: UUID) -> QuerySet[AftercareAppointment]:
    rows = AftercareAppointment.objects.select_related("episode")
    return rows.filter(organization_id=organization, uid=visit)


@prepared
def _newest_outcome(visit: int) -> QuerySet[AftercareOutcome]:
    return AftercareOutcome.objects.filter(visit=visit).order_by("-pk")[:1]


def with_outcome(visits: QuerySet[AftercareAppointment]) -> QuerySet[Any]:
    """The visits with `kept` and `outcome_at` of their newest outcome, both None until somebody finds out."""
    newest = AftercareOutcome.objects.filter(visit=OuterRef("pk")).order_by("-pk")
    return visits.annotate(
        kept=Subquery(newest.values("kept")[:1]), outcome_at=Subquery(newest.values("recorded_at")[:1])
    )


def aftercare_of(episode: Episode, *, at: datetime) -> tuple[VisitRow, ...]:
    """The visits of an episode that was opened already, earliest first."""
    return tuple(_row(row, at=at) for row in _visits_of(episode.organization_id, episode.pk))


@prepared
def _visits_of(organization: int, episode: int) -> QuerySet[Any]:
    return _visits(organization).filter(episode=episode).order_by("visit_at", "pk")


@dataclass(frozen=True)
class EpisodeVisits:
    """The visits of one episode."""

    patient: UUID
    time_zone: str
    visits: tuple[VisitRow, ...]


def open_aftercare(episode: UUID, *, by: Actor, at: datetime) -> EpisodeVisits:
    """The visits of an episode, for who may plan another."""
    found = open_episode(episode, kind="discharge", by=by, at=at, verb="change")
    return EpisodeVisits(found.patient.uid, found.site.time_zone, aftercare_of(found, at=at))


def list_aftercare(*, by: Actor, at: datetime) -> AftercareList:
    """The visits that a case manager follows up, and those who left without one, in a constant number of queries."""
    ended = _visits(by.organization).filter(episode__ended_at__isnull=False)
    visits = at_sites(ended, "discharge", by=by, column="episode__site")
    due = list(visits.filter(kept__isnull=True, visit_at__lte=at).order_by("visit_at", "pk")[:MOST_ROWS])
    coming = list(visits.filter(kept__isnull=True, visit_at__gt=at).order_by("visit_at", "pk")[:MOST_ROWS])
    known = list(
        visits.filter(kept__isnull=False, outcome_at__gte=at - SHOWN_BACK).order_by("-outcome_at", "pk")[:50]
    )
    without = Discharge.objects.select_related("episode__patient", "episode__site").filter(
        organization_id=by.organization,
        discharged_at__gte=at - SHOWN_BACK,
        discharged_at__lte=at,
        episode__aftercare__isnull=True,
    )
    left = list(
        at_sites(without, "discharge", by=by, column="episode__site")
        .exclude(reason="deceased")
        .order_by("-discharged_at", "pk")[:MOST_ROWS]
    )
    shown = {row.episode.patient_id for row in (*due, *coming, *known)} | {
        row.episode.patient_id for row in left
    }
    hidden = open_roster("discharge", sorted(shown), by=by, at=at)
    unsafe = {key for key, shut in ways_shut(shown).items() if "phone" in shut}
    return AftercareList(
        due=tuple(_row(row, hidden, unsafe, at=at) for row in due),
        coming=tuple(_row(row, hidden, unsafe, at=at) for row in coming),
        found_out=tuple(_row(row, hidden, unsafe, at=at) for row in known),
        without=tuple(_left(row, hidden) for row in left),
    )


def _visits(organization: int) -> QuerySet[Any]:
    rows = AftercareAppointment.objects.select_related("episode__patient", "episode__site")
    return with_outcome(rows.filter(organization_id=organization))


def _row(
    row: AftercareAppointment,
    hidden: Collection[int] = frozenset(),
    unsafe: Collection[int] = frozenset(),
    *,
    at: datetime,
) -> VisitRow:
    """A visit; of a person in `hidden` (keys) only that there is one, and when; in `unsafe`, no number."""
    patient = row.episode.patient
    is_guarded = patient.pk in hidden
    return VisitRow(
        uid=row.uid,
        patient=patient.uid,
        episode=row.episode.uid,
        name=HIDDEN if is_guarded else display_name(patient),
        phone_of_patient="" if is_guarded or patient.pk in unsafe else patient.phone,
        with_whom="" if is_guarded else row.with_whom,
        phone="" if is_guarded else row.phone,
        visit_at=row.visit_at,
        time_zone=row.episode.site.time_zone,
        kept=row.kept,  # type: ignore[attr-defined]  # `with_outcome` annotates both
        outcome_at=row.outcome_at,  # type: ignore[attr-defined]
        is_due=row.visit_at <= at,
    )


def _left(row: Discharge, hidden: Collection[int]) -> WithoutVisit:
    is_guarded = row.episode.patient_id in hidden
    return WithoutVisit(
        patient=row.episode.patient.uid,
        episode=row.episode.uid,
        name=HIDDEN if is_guarded else display_name(row.episode.patient),
        discharged_at=row.discharged_at,
        time_zone=row.episode.site.time_zone,
        reason="" if is_guarded else REASONS[row.reason].word,
        next_place="" if is_guarded else row.next_place,
    )
