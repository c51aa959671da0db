"""Lines for places in groups: who waits, and who gets a place that comes free, in order and by rule."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.pathway.actor import Actor, the_program
from throughcare.pathway.line.session_line import Moved, fill_seats, note_moved
from throughcare.pathway.prepared import prepared
from throughcare.pathway.seat.placing import Placing, weigh_places
from throughcare.pathway.seat.seat_telling import tell_of_seat
from throughcare.pathway.seat.seats import seat_member
from throughcare.records.among import Keys
from throughcare.records.people import Patient
from throughcare.records.timetables import Group, Membership
from throughcare.records.waiting import GroupWait, SessionWait

PLACED, LEFT, OVER = "placed", "left", "over"
DAY = timedelta(days=1)


def lines_of_groups(groups: Collection[int]) -> dict[int, list[GroupWait]]:
    """Who waits for each group (key), the first in line first, with their patient."""
    found: dict[int, list[GroupWait]] = defaultdict(list)
    for row in _waits(Keys(groups)):
        found[row.group_id].append(row)
    return found


@prepared
def _waits(groups: Keys) -> QuerySet[GroupWait]:
    rows = GroupWait.objects.select_related("episode__patient", "episode__site").filter(
        group__among=groups, ended_at__isnull=True, episode__ended_at__isnull=True
    )
    return rows.order_by("pk")


def end_group_waits(groups: Collection[int], episode: int, *, how: str, at: datetime) -> None:
    """A person (episode's key) waits no longer for these groups (keys)."""
    waits = GroupWait.objects.filter(group__in=groups, episode=episode, ended_at__isnull=True)
    waits.update(ended_at=at, how=how)


def fill_lines(groups: Collection[int], *, at: datetime) -> int:
    """Give what came free in groups (keys) to those in line: places first, then seats for one time; how many.

    For pathway modules, in the transaction that freed it, as the last thing that they hold.
    """
    placed = [one for key in sorted(lines_of_groups(groups)) for one in fill_group(key, at=at)]
    waited_for = SessionWait.objects.filter(
        session__group__in=groups, session__starts_at__gt=at, ended_at__isnull=True
    )
    seated = fill_seats(list(waited_for.values_list("session", flat=True)), at=at)
    note_moved(placed, "schedule", at=at)
    note_moved(seated, "make_up", at=at)
    return len(placed) + len(seated)


def fill_group(group: int, *, at: datetime) -> list[Moved]:
    """Give a group's (key) free places to the first in line whom nothing speaks against; who that is."""
    held = Group.objects.select_for_update(of=("self",)).select_related("site", "room")
    row = held.get(pk=group)
    line = lines_of_groups([group])[group]
    keys = [wait.episode.patient_id for wait in line]
    free = Patient.objects.select_for_update(skip_locked=True, no_key=True).filter(pk__in=keys)
    reachable = set(free.values_list("pk", flat=True))
    by = the_program(row.organization_id)
    placed: list[Moved] = []
    for wait in line:
        # Whom somebody else holds right now comes first all the same: the worker's next round sees to them.
        if wait.episode.patient_id not in reachable:
            break
        day, placing = _first_fit(row, wait, by=by, at=at)
        if placing.full:
            break
        if not placing.refusals and (wait.despite_warnings or not placing.warnings):
            _place(row, wait, from_date=day, at=at)
            placed.append(Moved(row.organization_id, wait.episode.patient_id))
    return placed


def _first_fit(group: Group, wait: GroupWait, *, by: Actor, at: datetime) -> tuple[date, Placing]:
    """The first day with a place, and what else speaks against it; from tomorrow, so that they can be told."""
    start = max(wait.from_date, local_day(at, group.site.time_zone) + DAY)
    ends = Membership.objects.filter(group=group, until_date__gte=start).order_by("until_date")
    days = sorted({start, *(until + DAY for until in ends.values_list("until_date", flat=True)[:3] if until)})
    found = [(day, _weigh(group, wait, day, by=by, at=at)) for day in days[:1]]
    for day in days[1:]:
        if not found[-1][1].full:
            break
        found.append((day, _weigh(group, wait, day, by=by, at=at)))
    return found[-1]


def _weigh(group: Group, wait: GroupWait, day: date, *, by: Actor, at: datetime) -> Placing:
    return weigh_places([group], wait.episode, from_date=day, by=by, at=at)[group.pk]


def _place(group: Group, wait: GroupWait, *, from_date: date, at: datetime) -> None:
    stint = Membership.objects.create(
        organization_id=group.organization_id,
        group=group,
        episode=wait.episode,
        from_date=from_date,
        recorded_at=at,
    )
    seat_member(stint, at=at, recorded_by=None)
    GroupWait.objects.filter(pk=wait.pk).update(ended_at=at, how=PLACED)
    tell_of_seat(wait.episode, "place_given", group=group, from_date=from_date, at=at)


def place_of_wait(line: Sequence[GroupWait], wait: GroupWait) -> int:
    """A place in line; the first is 1."""
    return [one.pk for one in line].index(wait.pk) + 1
