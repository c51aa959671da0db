"""Leaving the week: groups end, seats in sessions to come go to those in line, empty visits are canceled."""

from datetime import datetime

from django.db.models import QuerySet

from throughcare.knowledge.canceling import EMPTY
from throughcare.pathway.episode.episodes import day_of
from throughcare.pathway.group.stints import leave_all_groups
from throughcare.pathway.line.group_line import LEFT, fill_lines
from throughcare.pathway.prepared import prepared
from throughcare.pathway.seat.seats import release
from throughcare.records.episodes import Episode
from throughcare.records.offers import MakeUpOffer
from throughcare.records.sessions import Appointment, Session
from throughcare.records.waiting import GroupWait, HeldSeat, SessionWait


def leave_week(episode: Episode, *, because: str, at: datetime) -> None:
    """Take a person out of everything that begins after this moment; for pathway modules only."""
    seats = Appointment.objects.filter(
        patient=episode.patient_id, released_at__isnull=True, session__starts_at__gt=at
    )
    held = _held(episode.patient_id, at)
    visits = [session for session, group in held if group is None]
    groups = {group for _, group in held if group is not None}
    leave_all_groups(episode, until_date=day_of(episode, at), at=at, because=because)
    release(seats, because=because, at=at)
    _wait_no_longer(episode, at=at)
    taken = Appointment.objects.filter(session__in=visits, released_at__isnull=True).values("session")
    Session.objects.filter(pk__in=visits, cancelled_at__isnull=True).exclude(pk__in=taken).update(
        cancelled_at=at, cancelled_how=EMPTY, cancelled_because="Nobody is expected any more"
    )
    fill_lines(groups, at=at)


@prepared
def _held(patient: int, after: datetime) -> QuerySet[Appointment, tuple[int, int | None]]:
    """(session, its group) of each seat."""
    rows = Appointment.objects.filter(patient=patient, released_at__isnull=True, session__starts_at__gt=after)
    return rows.values_list("session", "session__group")


def _wait_no_longer(episode: Episode, *, at: datetime) -> None:
    """Lines, seats held and make-ups offered end with the stay."""
    for waits in (GroupWait, SessionWait):
        waits.objects.filter(episode=episode, ended_at__isnull=True).update(ended_at=at, how=LEFT)
    held = HeldSeat.objects.filter(wait__episode=episode, answered_at__isnull=True)
    held.update(answered_at=at, answer="declined")
    MakeUpOffer.objects.filter(episode=episode, ended_at__isnull=True).update(ended_at=at, how="over")
