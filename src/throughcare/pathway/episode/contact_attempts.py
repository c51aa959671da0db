"""Attempts to reach a person who is in the program and stays away: who tried, when, how, and what came of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.referring.referrals import CONTACT_MODES, OUTCOMES
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.episode.episodes import open_episode, require_running
from throughcare.pathway.prepared import prepared
from throughcare.records.episodes import ContactAttempt, Episode

LETTER = "letter"
AHEAD = timedelta(minutes=5)


@dataclass(frozen=True)
class AttemptView:
    """One attempt in words."""

    attempted_at: datetime
    title: str
    reached: bool
    note: str
    by: str


@dataclass(frozen=True)
class Outreach:
    """What was tried since the person was last seen or reached; `last_reached` is a day at the site."""

    last_reached: date | None = None
    attempts: int = 0
    letter_sent: bool = False


@transaction.atomic
def record_contact_attempt(
    episode: UUID,
    *,
    mode: str,
    outcome: str,
    by: Actor,
    at: datetime,
    note: str = "",
    attempted_at: datetime | None = None,
) -> UUID:
    """Write down one attempt to reach a person in the program, and what came of it."""
    found = open_episode(episode, kind="attendance", by=by, at=at, verb="change")
    require_running(found)
    moment = attempted_at or at
    if mode not in CONTACT_MODES:
        raise Cannot("Choose how you tried.", field="mode")
    if outcome not in OUTCOMES:
        raise Cannot("Choose what came of it.", field="outcome")
    if moment > at + AHEAD:
        raise Cannot("An attempt that was made can't lie in the future.", field="attempted_at")
    if moment < found.admitted_at:
        raise Cannot("What was tried before the admission belongs to the referral.", field="attempted_at")
    return ContactAttempt.objects.create(
        organization_id=by.organization,
        episode=found,
        attempted_at=moment,
        mode=mode,
        outcome=outcome,
        note=note.strip(),
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


def contact_attempts_of(episode: UUID, *, by: Actor, at: datetime) -> tuple[AttemptView, ...]:
    """Every attempt of an episode, the newest first."""
    found = open_episode(episode, kind="attendance", by=by, at=at)
    rows = found.contact_attempts.select_related("recorded_by").order_by("-attempted_at", "-pk")
    return tuple(
        AttemptView(
            attempted_at=row.attempted_at,
            title=f"{CONTACT_MODES[row.mode]}: {OUTCOMES[row.outcome].title.lower()}",
            reached=OUTCOMES[row.outcome].reached,
            note=row.note,
            by=row.recorded_by.name if row.recorded_by else "",
        )
        for row in rows
    )


def outreach_of(episode: Episode, *, last_seen: date | None, at: datetime) -> Outreach:
    """What was tried since the person was last seen or reached, of an episode that was opened already.

    A letter is counted apart from the attempts.
    """
    zone = episode.site.time_zone
    rows = _attempts_until(episode.pk, at)
    reached = [local_day(row.attempted_at, zone) for row in rows if OUTCOMES[row.outcome].reached]
    last_reached = max(reached, default=None)
    since = max((day for day in (last_seen, last_reached) if day is not None), default=None)
    after = [
        row
        for row in rows
        if not OUTCOMES[row.outcome].reached and (since is None or local_day(row.attempted_at, zone) >= since)
    ]
    return Outreach(
        last_reached=last_reached,
        attempts=sum(row.mode != LETTER for row in after),
        letter_sent=any(row.mode == LETTER for row in after),
    )


@prepared
def _attempts_until(episode: int, at: datetime) -> QuerySet[ContactAttempt]:
    rows = ContactAttempt.objects.filter(episode=episode, attempted_at__lte=at)
    return rows.order_by("attempted_at", "pk")
