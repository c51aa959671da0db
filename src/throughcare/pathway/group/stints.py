"""Stints in groups end: the seats in later sessions are free, and go to those who wait in line."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.verdict import Verdict
from throughcare.knowledge.waiting_lines import check_company
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.episode.episodes import open_episode
from throughcare.pathway.group.group import require_in
from throughcare.pathway.line.group_line import fill_lines, lines_of_groups
from throughcare.pathway.prepared import prepared
from throughcare.pathway.program_settings import number
from throughcare.pathway.rows import only_row
from throughcare.pathway.seat.seats import release
from throughcare.records.episodes import Episode
from throughcare.records.sessions import Appointment
from throughcare.records.timetables import Membership


def leave_group(
    membership: UUID,
    *,
    until_date: date,
    by: Actor,
    at: datetime,
    because: str = "Left the group",
    despite_warnings: bool = False,
    fill: bool = True,
) -> None:
    """End a stint after `until_date`; the seats in later sessions go to those in line, if `fill`, or are free at once.

    Raises `Cannot` where too few would be left for a group, unless someone has weighed it.
    """
    stint = _open_stint(membership, by=by, at=at, verb="change")
    with transaction.atomic():
        if not despite_warnings and not by.holds("program"):
            require_in(_check_company(stint, by=by, at=at), field="despite_warnings")
        end_stint(stint, until_date=until_date, at=at, because=because)
        if fill:
            fill_lines([stint.group_id], at=at)


def weigh_leaving(membership: UUID, *, by: Actor, at: datetime) -> Verdict:
    """Whether those who stay are still a group when this stint ends."""
    return _check_company(_open_stint(membership, by=by, at=at), by=by, at=at)


def _open_stint(membership: UUID, *, by: Actor, at: datetime, verb: str = "see") -> Membership:
    stint = only_row(
        Membership.objects.select_related("episode", "group").filter(
            organization_id=by.organization, uid=membership
        )
    )
    if stint is None:
        raise Absent("membership")
    open_episode(stint.episode.uid, kind="schedule", by=by, at=at, verb=verb)
    return stint


def _check_company(stint: Membership, *, by: Actor, at: datetime) -> Verdict:
    """Whether those who stay are still a group; whoever waits in line is company too."""
    staying = Membership.objects.filter(
        group=stint.group_id, until_date__isnull=True, episode__ended_at__isnull=True
    ).exclude(pk=stint.pk)
    least = number("group.min_to_run", organization=by.organization, on=local_day(at, "UTC"))
    left = staying.count() + len(lines_of_groups([stint.group_id])[stint.group_id])
    return check_company(stint.group.name, left=left, least=least)


def leave_all_groups(episode: Episode, *, until_date: date, at: datetime, because: str) -> None:
    """End every stint of an episode after a day, and give back all its seats in sessions to come."""
    for stint in _open_stints(episode.pk):
        end_stint(stint, until_date=until_date, at=at, because=because)
    release(Appointment.objects.filter(episode=episode, local_day__gt=until_date), because=because, at=at)


@prepared
def _open_stints(episode: int) -> QuerySet[Membership]:
    return Membership.objects.filter(episode=episode, until_date__isnull=True)


def end_stint(stint: Membership, *, until_date: date, at: datetime, because: str) -> None:
    """Write the last day of a stint; one that ends before it began never was a day long."""
    if stint.until_date is not None and stint.until_date <= until_date:
        raise Cannot("This stint in the group has ended already.", field="until_date")
    Membership.objects.filter(pk=stint.pk).update(
        until_date=max(until_date, stint.from_date - timedelta(days=1))
    )
    seats = Appointment.objects.filter(
        session__group=stint.group_id, episode=stint.episode_id, local_day__gt=until_date
    )
    release(seats, because=because, at=at)
