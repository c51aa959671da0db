"""Leaving the week: groups end, seats in sessions to come are given back, visits with nobody left are canceled."""

from datetime import datetime

from throughcare.pathway.episode.episodes import day_of
from throughcare.pathway.week.group import leave_all_groups
from throughcare.pathway.week.seats import release
from throughcare.records.episodes import Episode
from throughcare.records.sessions import Appointment, Session


def leave_week(episode: Episode, *, because: str, at: datetime) -> None:
    """Take a person out of everything that begins after this moment; for pathway modules only."""
    seats = Appointment.objects.filter(
        patient=episode.patient_id, released_at__isnull=True, session__starts_at__gt=at
    )
    visits = list(seats.filter(session__group__isnull=True).values_list("session", flat=True))
    leave_all_groups(episode, until_date=day_of(episode, at), at=at, because=because)
    release(seats, because=because, at=at)
    taken = Appointment.objects.filter(session__in=visits, released_at__isnull=True).values("session")
    Session.objects.filter(pk__in=visits, cancelled_at__isnull=True).exclude(pk__in=taken).update(
        cancelled_at=at, cancelled_because="Nobody is expected any more"
    )
