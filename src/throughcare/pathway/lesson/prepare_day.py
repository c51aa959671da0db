"""A facilitator's whole day prepared, session by session: what the day sheet prints."""

from dataclasses import dataclass
from datetime import date, datetime

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.pathway.actor import Actor
from throughcare.pathway.lesson.prepare import PreparedSession, prepare_session
from throughcare.records.sessions import Session


@dataclass(frozen=True)
class PreparedDay:
    """The sessions that someone leads on a day, in order."""

    day: date
    sessions: tuple[PreparedSession, ...]


def prepare_day(*, by: Actor, at: datetime, day: date | None = None) -> PreparedDay:
    """The actor's own sessions of a day, each prepared; today unless another day is named."""
    shown = day or local_day(at, by.time_zone)
    rows = Session.objects.filter(
        organization_id=by.organization,
        staff__practitioner=by.practitioner or 0,
        local_day=shown,
        cancelled_at__isnull=True,
    ).order_by("starts_at", "pk")
    uids = list(rows.values_list("uid", flat=True))
    return PreparedDay(shown, tuple(prepare_session(uid, by=by, at=at) for uid in uids))
