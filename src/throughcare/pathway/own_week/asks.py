"""What people ask to change of their own times, as the team answers it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.own_week import AGREED, DECLINED
from throughcare.knowledge.privacy.safe_ways import may_reach
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.episode.banner import display_name
from throughcare.pathway.own_week.times import (
    KIND,
    AskView,
    answer_of,
    ask_view,
    asked_for,
    asks_about,
    zone_of,
)
from throughcare.pathway.privacy import may_access, open_patient, sites_for
from throughcare.pathway.privacy.guards import open_roster
from throughcare.pathway.privacy.reaching import ways_shut
from throughcare.pathway.seat.seat_telling import open_accounts_of
from throughcare.pathway.signing_in.door_mail import queue_mail
from throughcare.pathway.week.commitments import end_standing, enter_commitment
from throughcare.records.episodes import Episode
from throughcare.records.own_week import WeekAnswer, WeekAsk

MAIL = "week_changed"
MOST_ROWS = 200


@dataclass(frozen=True)
class WaitingAsk:
    """One ask that waits for the team, and whose it is."""

    patient: UUID
    name: str
    ask: AskView


def _waiting(by: Actor) -> list[WeekAsk]:
    rows = asks_about(WeekAsk.objects.filter(organization_id=by.organization, answer__isnull=True))
    sites = sites_for(KIND, by=by, verb="change")
    if sites is not None:
        here = Episode.objects.filter(site__in=sites, ended_at__isnull=True)
        rows = rows.filter(patient__in=here.values("patient"))
    return list(rows[:MOST_ROWS])


def waiting_asks(*, by: Actor, at: datetime) -> tuple[WaitingAsk, ...]:
    """Everything that people asked for and nobody answered, the oldest first."""
    rows = _waiting(by)
    hidden = open_roster(KIND, sorted({row.patient_id for row in rows}), by=by, at=at, verb="change")
    return tuple(
        WaitingAsk(
            row.patient.uid, display_name(row.patient), ask_view(row, zone_of(row.patient, by=by), at=at)
        )
        for row in rows
        if row.patient_id not in hidden
    )


def how_many_ask(*, by: Actor) -> int:
    """How many asks wait for whoever may answer them; none for anyone else."""
    return len(_waiting(by)) if may_access(KIND, by=by, verb="change") else 0


def asks_of(patient: UUID, *, by: Actor, at: datetime) -> tuple[AskView, ...]:
    """What one person asks for and nobody answered."""
    person = open_patient(patient, kind=KIND, by=by, at=at)
    rows = asks_about(WeekAsk.objects.filter(patient=person, answer__isnull=True))
    return tuple(ask_view(row, zone_of(person, by=by), at=at) for row in rows)


@transaction.atomic
def answer_ask(ask: UUID, *, agrees: bool, words: str = "", by: Actor, at: datetime) -> UUID:
    """Agree to a change of somebody's own times, which is then in their week, or say why not yet; whose it is.

    Raises `Cannot` without words for a no, and once somebody answered.
    """
    row = WeekAsk.objects.filter(organization_id=by.organization, uid=ask).select_related("patient").first()
    if row is None:
        raise Absent("ask")
    person = open_patient(row.patient, kind=KIND, by=by, at=at, verb="change")
    WeekAsk.objects.select_for_update().get(pk=row.pk)
    row = asks_about(WeekAsk.objects.filter(pk=row.pk)).get()
    if answer_of(row) is not None:
        raise Cannot("Somebody answered this already.")
    if not agrees and not words.strip():
        raise Cannot("Say in a sentence why not, and what you offer in its place.", field="words")
    if agrees and row.commitment is not None:
        end_standing(person, row.commitment.uid, at=at)
    elif agrees:
        enter_commitment(person, asked_for(row), by=by, at=at)
    WeekAnswer.objects.create(
        organization_id=by.organization,
        ask=row,
        how=AGREED if agrees else DECLINED,
        words=words.strip(),
        recorded_by_id=by.account,
        recorded_at=at,
    )
    account = open_accounts_of([person.pk]).get(person.pk)
    if account is not None and may_reach("email", ways_shut([person.pk]).get(person.pk, ())):
        queue_mail(account, MAIL, at=at)
    return person.uid
