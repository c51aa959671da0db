"""A group's own page: its members stint by stint, how often they came, and who waits for a place."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from throughcare.pathway.actor import Actor
from throughcare.pathway.episode.banner import display_name
from throughcare.pathway.group.group import find_group
from throughcare.pathway.group.views import GroupLine, lines_of
from throughcare.pathway.line.group_line import lines_of_groups
from throughcare.pathway.privacy import may_access, open_list
from throughcare.pathway.privacy.guards import HIDDEN, open_roster
from throughcare.pathway.program_settings import number
from throughcare.pathway.seat.placing import covers
from throughcare.records.attendance import Attendance
from throughcare.records.timetables import Group, Membership
from throughcare.records.waiting import GroupWait


@dataclass(frozen=True)
class MemberOfGroup:
    """A stint of a person in the group; `came` says how often they came in it, for who sees attendance."""

    uid: UUID
    patient: UUID
    name: str
    from_date: date
    until_date: date | None
    is_over: bool
    is_guarded: bool = False
    came: str = ""


@dataclass(frozen=True)
class WaitingForGroup:
    """Someone in line for the group."""

    uid: UUID
    patient: UUID
    name: str
    since: datetime
    from_date: date
    is_guarded: bool


@dataclass(frozen=True)
class GroupView:
    """A group's own page: who is in it, who was, who waits; `is_too_small` to take place as a group."""

    line: GroupLine
    site: UUID
    members: tuple[MemberOfGroup, ...]
    left: tuple[MemberOfGroup, ...]
    waiting: tuple[WaitingForGroup, ...]
    is_too_small: bool


def group_view(group: UUID, *, by: Actor, at: datetime) -> GroupView:
    """A group with everyone who is or was in it or waits for it; the page is written in the book of accesses."""
    row = find_group(group, by=by)
    stints = list(
        Membership.objects.filter(group=row).select_related("episode__patient").order_by("from_date", "pk")
    )
    line = lines_of_groups([row.pk])[row.pk]
    patients = [stint.episode.patient_id for stint in stints]
    named = dict.fromkeys([*patients, *(wait.episode.patient_id for wait in line)])
    hidden = open_roster("schedule", list(named), by=by, at=at)
    came = _how_they_came(row, [key for key in patients if key not in hidden], by=by, at=at)
    (shown,) = lines_of([row], at=at)
    members = [_member(stint, hidden, came, today=shown.today) for stint in stints]
    least = number("group.min_to_run", organization=by.organization, on=shown.today)
    return GroupView(
        line=shown,
        site=row.site.uid,
        members=tuple(one for one in members if not one.is_over),
        left=tuple(one for one in members if one.is_over),
        waiting=tuple(_waiting(wait, hidden) for wait in line),
        is_too_small=0 < shown.taken < least and shown.state != "closed",
    )


def _how_they_came(
    group: Group, patients: Sequence[int], *, by: Actor, at: datetime
) -> dict[int, list[tuple[date, bool]]] | None:
    """The days of the group on which attendance was taken of each patient (key), and whether they came.

    None for a reader who may not see attendance.
    """
    if not may_access("attendance", by=by):
        return None
    open_list("attendance", list(dict.fromkeys(patients)), by=by, at=at)
    rows = Attendance.objects.filter(session__group=group, patient__in=patients, retired_at__isnull=True)
    found: dict[int, list[tuple[date, bool]]] = defaultdict(list)
    for patient, day, minutes in rows.values_list("patient", "local_day", "minutes"):
        found[patient].append((day, minutes > 0))
    return found


def _member(
    stint: Membership,
    hidden: frozenset[int],
    came: dict[int, list[tuple[date, bool]]] | None,
    *,
    today: date,
) -> MemberOfGroup:
    patient = stint.episode.patient
    over = stint.until_date is not None and stint.until_date < today
    days = [there for day, there in (came or {}).get(patient.pk, ()) if covers(stint, day)]
    return MemberOfGroup(
        stint.uid,
        patient.uid,
        HIDDEN if patient.pk in hidden else display_name(patient),
        stint.from_date,
        stint.until_date,
        over,
        is_guarded=patient.pk in hidden,
        came=f"came to {sum(days)} of {len(days)}" if days else "",
    )


def _waiting(wait: GroupWait, hidden: frozenset[int]) -> WaitingForGroup:
    patient = wait.episode.patient
    return WaitingForGroup(
        wait.uid,
        patient.uid,
        HIDDEN if patient.pk in hidden else display_name(patient),
        wait.recorded_at,
        wait.from_date,
        is_guarded=patient.pk in hidden,
    )
