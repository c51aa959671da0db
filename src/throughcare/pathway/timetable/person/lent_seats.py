"""Seats that other sites lend: their groups that have one for a person, with the way there and back kept free."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from throughcare.knowledge.session_types import session_type
from throughcare.knowledge.tracks import WEEKDAYS
from throughcare.knowledge.week_rules import Span, say_times
from throughcare.pathway.actor import Actor
from throughcare.pathway.care_plan.plans_in_force import versions_in_force
from throughcare.pathway.clinic.group_places import Places
from throughcare.pathway.program_settings import number
from throughcare.pathway.seat.held_time import Meeting, commitments_time, group_meetings, patients_time
from throughcare.pathway.seat.placing import weigh_places
from throughcare.pathway.timetable.picture.prescription import is_group, prescriptions
from throughcare.records.episodes import Episode
from throughcare.records.timetables import Group
from throughcare.records.week_rules import WeekWishes


@dataclass(frozen=True)
class LentSeat:
    """A group of another site with a seat for this person, in words; `travel` is what is kept free before and after."""

    group: UUID
    words: str
    travel: int


def lent_seats(episode: Episode, *, monday: date, by: Actor, at: datetime) -> tuple[LentSeat, ...]:
    """Groups of other sites that nothing speaks against for someone in care: plan, seats, people, time, and the way.

    The episode was opened at the desk before. Each is weighed as the page weighs it on which the seat is given.
    """
    groups = _groups_elsewhere(episode, monday, at=at)
    if not groups:
        return ()
    placings = weigh_places(groups, episode, from_date=monday, by=by, at=at)
    fitting = [one for one in groups if not (placings[one.pk].refusals or placings[one.pk].warnings)]
    places, travel = Places(fitting), _travel(episode, monday)
    held = _held(episode, monday, at=at)
    found = []
    for group, meetings in _meetings(fitting, monday, at=at).items():
        way = travel if places.on(group, monday).room is not None else 0
        if _is_reached(meetings, held, timedelta(minutes=way)):
            found.append(LentSeat(group.uid, _words(group, meetings, way), way))
    return tuple(sorted(found, key=lambda one: (one.words, str(one.group))))


def _groups_elsewhere(episode: Episode, monday: date, *, at: datetime) -> list[Group]:
    """Groups of other sites that run in the week and are of a type that the plan names, or may fill its open hours."""
    plan = versions_in_force([episode.pk], at=at)
    dose = prescriptions(plan, episode.site.time_zone).get(episode.pk)
    if dose is None:
        return []
    kinds = {line.session_type for line in dose.lines if is_group(line)}
    rows = Group.objects.filter(organization_id=episode.organization_id, opened_date__lte=monday)
    rows = rows.exclude(site=episode.site_id).filter(Q(ended_date__isnull=True) | Q(ended_date__gt=monday))
    return [
        row
        for row in rows.select_related("site", "room").order_by("pk")
        if session_type(row.session_type).counts_as_clinical_hours
        and (row.session_type in kinds or dose.open_hours > 0)
    ]


def _travel(episode: Episode, monday: date) -> int:
    """Minutes of the way to another site: what the program takes for everyone, more where the person says so."""
    rows = WeekWishes.objects.filter(patient=episode.patient_id).order_by("-recorded_at", "-pk")
    said = rows.values_list("travel_minutes", flat=True).first()
    usual = number("timetable.travel_to_other_site", organization=episode.organization_id, on=monday)
    return max(int(usual), said or 0)


def _held(episode: Episode, monday: date, *, at: datetime) -> list[Span]:
    """What the person does already in the week: sessions anywhere, and what their own life holds."""
    key, last = episode.patient_id, monday + timedelta(days=6)
    sessions = [one.span for one in patients_time([key], first=monday, last=last, at=at)]
    own = commitments_time([key], first=monday, last=last, zone=episode.site.time_zone)
    return [*sessions, *(span for _, span in own.get(key, ()))]


def _meetings(groups: Sequence[Group], monday: date, *, at: datetime) -> Mapping[Group, list[Meeting]]:
    found: dict[Group, list[Meeting]] = {}
    for one in group_meetings(groups, first=monday, last=monday + timedelta(days=6), at=at):
        found.setdefault(one.group, []).append(one)
    return found


def _is_reached(meetings: Iterable[Meeting], held: Sequence[Span], way: timedelta) -> bool:
    """Whether the way to each meeting and from it lies over nothing else."""
    return not any(
        span.starts_at < one.span.ends_at + way and one.span.starts_at - way < span.ends_at
        for one in meetings
        for span in held
    )


def _words(group: Group, meetings: Sequence[Meeting], way: int) -> str:
    """Such as “Evening DBT at East, Tuesdays 5:30–7:30 PM. 30 minutes before and after are free …”"""
    zone = ZoneInfo(group.site.time_zone)

    def when(one: Meeting) -> str:
        starts, ends = (at.astimezone(zone).time() for at in (one.span.starts_at, one.span.ends_at))
        return f"{WEEKDAYS[one.day.weekday()]}s {say_times(starts, ends)}"

    times = " and ".join(map(when, meetings))
    kept = f"{way} minutes before and after are free for the way." if way else "By video."
    return f"{group.name} at {group.site.name}, {times}. {kept}"
