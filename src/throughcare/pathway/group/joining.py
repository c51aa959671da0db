"""Joining several groups at once: a person's whole mix of the week, in all of them or in none."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import combinations
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.verdict import Refused
from throughcare.knowledge.week_rules import check_free
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.episode.banner import display_name
from throughcare.pathway.episode.episodes import open_episode
from throughcare.pathway.line.group_line import PLACED, end_group_waits
from throughcare.pathway.seat.held_places import take_held_place
from throughcare.pathway.seat.held_time import DAYS_AHEAD, group_meetings
from throughcare.pathway.seat.placing import weigh_places
from throughcare.pathway.seat.seats import seat_in_groups
from throughcare.records.episodes import Episode
from throughcare.records.people import Patient
from throughcare.records.timetables import Group, Membership


def join_groups(
    groups: Sequence[UUID],
    episode: UUID,
    *,
    from_date: date,
    by: Actor,
    at: datetime,
    despite_warnings: bool = False,
) -> tuple[UUID, ...]:
    """Place a person in several groups from a day on; the memberships' public ids, in the groups' order.

    As `join_group` for each, and the groups must not meet at the same time. The queries don't grow with the groups.
    """
    joiner = open_episode(episode, kind="schedule", by=by, at=at, verb="change")
    with transaction.atomic():
        rows = _lock(groups, by=by)
        list(Patient.objects.select_for_update(no_key=True).filter(pk=joiner.patient_id).values_list("pk"))
        if from_date < local_day(at, joiner.site.time_zone) and not by.holds("program"):
            raise Cannot("Choose today or a later day.", field="from_date")
        against = _against(rows, joiner, from_date=from_date, by=by, at=at, warned=despite_warnings)
        if against:
            raise Cannot(" ".join(one.because for one in against), cite=against[0].cite)
        stints = Membership.objects.bulk_create(
            Membership(
                organization_id=by.organization,
                group=group,
                episode=joiner,
                from_date=from_date,
                recorded_by_id=by.account,
                recorded_at=at,
            )
            for group in rows
        )
        seat_in_groups(stints, joiner.patient_id, at=at, recorded_by=by.account)
        end_group_waits([row.pk for row in rows], joiner.pk, how=PLACED, at=at)
        take_held_place([row.pk for row in rows], joiner.pk, at=at)
    made = {stint.group.uid: stint.uid for stint in stints}
    return tuple(made[group] for group in groups)


def _lock(groups: Sequence[UUID], *, by: Actor) -> list[Group]:
    """The groups, held in the order of their keys, so that two who join at once don't wait for each other."""
    locked = Group.objects.select_for_update(of=("self",)).select_related("site", "room")
    rows = list(locked.filter(organization_id=by.organization, uid__in=groups).order_by("pk"))
    if len(rows) < len(groups):
        raise Absent("group")
    return rows


def _against(
    rows: Sequence[Group], episode: Episode, *, from_date: date, by: Actor, at: datetime, warned: bool
) -> list[Refused]:
    placings = weigh_places(rows, episode, from_date=from_date, by=by, at=at)
    found = [one for placing in placings.values() for one in placing.refusals]
    if not warned and not by.holds("program"):
        found += [one for placing in placings.values() for one in placing.warnings]
    return found + _clashes(rows, episode, from_date=from_date, at=at)


def _clashes(rows: Sequence[Group], episode: Episode, *, from_date: date, at: datetime) -> list[Refused]:
    """Pairs of the groups that meet at the same time."""
    zone = episode.site.time_zone
    first = max(from_date, local_day(at, zone))
    meetings = group_meetings(rows, first=first, last=first + timedelta(days=DAYS_AHEAD - 1), at=at)
    spans = {row.pk: [one.span for one in meetings if one.group.pk == row.pk] for row in rows}
    verdicts = [
        check_free(display_name(episode.patient), spans[one.pk], spans[other.pk], zone=zone)
        for one, other in combinations(rows, 2)
    ]
    return [one for one in verdicts if isinstance(one, Refused)]
