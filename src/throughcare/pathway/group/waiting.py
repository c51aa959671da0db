"""Waiting for a full group: a person is put in line, and taken out of it."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.episode.episodes import open_episode
from throughcare.pathway.group.group import find_group, lock_group
from throughcare.pathway.line.group_line import LEFT, lines_of_groups, place_of_wait
from throughcare.pathway.seat.placing import weigh_places
from throughcare.records.waiting import GroupWait


def wait_for_group(
    group: UUID, episode: UUID, *, from_date: date, by: Actor, at: datetime, despite_warnings: bool = False
) -> int:
    """Put a person in line for a full group, from a day on; their place, the first being 1.

    Raises `Cannot` with everything besides the seats that speaks against the group, and where it has a seat.
    """
    row = open_episode(episode, kind="schedule", by=by, at=at, verb="change")
    with transaction.atomic():
        found = lock_group(group, by=by)
        placing = weigh_places([found], row, from_date=from_date, by=by, at=at)[found.pk]
        against = [one for one in placing.refusals if one not in placing.full]
        if not despite_warnings and not by.holds("program"):
            against += placing.warnings
        if against:
            raise Cannot(" ".join(one.because for one in against), cite=against[0].cite)
        if not placing.full:
            raise Cannot(f"{found.name} has a seat: place them.")
        wait, _ = GroupWait.objects.get_or_create(
            group=found,
            episode=row,
            ended_at=None,
            defaults={
                "organization_id": by.organization,
                "from_date": from_date,
                "despite_warnings": despite_warnings,
                "recorded_by_id": by.account,
                "recorded_at": at,
            },
        )
        return place_of_wait(lines_of_groups([found.pk])[found.pk], wait)


def how_many_wait(group: UUID, *, by: Actor) -> int:
    """How many people stand in line for a group."""
    found = find_group(group, by=by)
    return len(lines_of_groups([found.pk])[found.pk])


def stop_waiting_for_group(wait: UUID, *, by: Actor, at: datetime) -> None:
    """Take a person out of a group's line. Raises `Absent` where they don't stand in one."""
    rows = GroupWait.objects.filter(organization_id=by.organization, uid=wait, ended_at__isnull=True)
    row = rows.select_related("episode", "group").first()
    if row is None:
        raise Absent("place in line")
    open_episode(row.episode.uid, kind="schedule", by=by, at=at, verb="change")
    with transaction.atomic():
        lock_group(row.group.uid, by=by)
        if not rows.update(ended_at=at, how=LEFT):
            raise Absent("place in line")
