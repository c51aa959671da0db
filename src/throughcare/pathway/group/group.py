"""Groups: opened on a track, met weekly, led by staff, joined and left by people in care."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.program_settings import ALL as SETTINGS
from throughcare.knowledge.session_types import ALL as SESSION_TYPES
from throughcare.knowledge.tracks import ALL as TRACKS
from throughcare.knowledge.tracks import VARIANTS
from throughcare.knowledge.verdict import Refused, Verdict
from throughcare.knowledge.week_rules import check_group_size, check_room_holds, check_track_hours
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.clinic.founding import find_site
from throughcare.pathway.episode.episodes import open_episode
from throughcare.pathway.group.checks import check_leader, check_weekly_room, check_weekly_staff
from throughcare.pathway.line.group_line import PLACED, end_group_waits
from throughcare.pathway.prepared import prepared
from throughcare.pathway.privacy import at_sites
from throughcare.pathway.program_settings import number
from throughcare.pathway.rows import only_row
from throughcare.pathway.seat.held_places import take_held_place
from throughcare.pathway.seat.placing import Placing, weigh_places
from throughcare.pathway.seat.seats import catch_up, seat_member
from throughcare.records.people import Patient, Practitioner
from throughcare.records.sessions import Session, SessionStaff
from throughcare.records.timetables import Group, GroupFacilitator, GroupMeeting, Membership, Room


@dataclass(frozen=True)
class NewGroup:
    """What is asked of a group that opens."""

    name: str
    session_type: str
    track: str
    capacity: int
    room: UUID | None = None
    variant: str = "mixed"
    telehealth_url: str = ""


def open_group(site: UUID, new: NewGroup, *, by: Actor, at: datetime, opened_date: date) -> UUID:
    """Open a group at a site. Raises `Cannot` for an unknown word or more seats than its type or room takes."""
    require_timetabler(by)
    place = find_site(site, by=by)
    if not new.name.strip():
        raise Cannot("Give the group a name.", field="name")
    for field, value, known in (
        ("track", new.track, TRACKS),
        ("variant", new.variant, VARIANTS),
        ("session_type", new.session_type, SESSION_TYPES),
    ):
        if value not in known:
            raise Cannot(f"“{value}” is none of: {', '.join(known)}.", field=field)
    require_seats(new.session_type, new.capacity, by=by, on=opened_date)
    room = find_room(new.room, site=place.pk, by=by) if new.room else None
    if room is not None:
        require_in(check_room_holds(room.name, holds=room.capacity, seats=new.capacity), field="capacity")
    return Group.objects.create(
        organization_id=by.organization,
        site=place,
        name=new.name.strip(),
        session_type=new.session_type,
        track=new.track,
        variant=new.variant,
        capacity=new.capacity,
        room=room,
        telehealth_url=new.telehealth_url,
        opened_date=opened_date,
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


@transaction.atomic
def meet_weekly(
    group: UUID,
    *,
    weekday: int,
    starts: time,
    minutes: int,
    break_minutes: int = 0,
    from_date: date,
    by: Actor,
    at: datetime,
) -> UUID:
    """Give a group a weekly time, in its site's wall-clock time; the sessions to come follow at once."""
    require_timetabler(by)
    found = lock_group(group, by=by)
    if not 0 <= weekday <= 6:
        raise Cannot("Choose a day of the week.", field="weekday")
    require_length(minutes, break_minutes)
    require_in(
        check_track_hours(found.track, weekday=weekday, starts=starts, minutes=minutes), field="starts"
    )
    meeting = GroupMeeting(
        organization_id=by.organization,
        group=found,
        weekday=weekday,
        starts=starts,
        minutes=minutes,
        break_minutes=break_minutes,
        from_date=from_date,
        recorded_by_id=by.account,
        recorded_at=at,
    )
    require_in(check_weekly_room(found, [meeting], at=at), field="starts")
    require_in(check_weekly_staff(found, [meeting], at=at), field="starts")
    meeting.save()
    catch_up(found, at=at, recorded_by=by.account)
    return meeting.uid


@transaction.atomic
def lead_group(group: UUID, practitioner: UUID, *, from_date: date, by: Actor, at: datetime) -> UUID:
    """Let a practitioner lead a group from a day on: the skill, the shift and the free time are checked."""
    require_timetabler(by)
    found = lock_group(group, by=by)
    who = find_practitioner(practitioner, by=by)
    require_in(check_leader(found, who, from_date=from_date, at=at), field="practitioner")
    lead = GroupFacilitator.objects.create(
        organization_id=by.organization,
        group=found,
        practitioner=who,
        from_date=from_date,
        recorded_by_id=by.account,
        recorded_at=at,
    )
    coming = Session.objects.filter(group=found, starts_at__gt=at, local_day__gte=from_date)
    SessionStaff.objects.bulk_create(
        (
            SessionStaff(
                organization_id=by.organization,
                session=session,
                practitioner=who,
                recorded_by_id=by.account,
                recorded_at=at,
            )
            for session in coming
        ),
        ignore_conflicts=True,
    )
    return lead.uid


def join_group(
    group: UUID, episode: UUID, *, from_date: date, by: Actor, at: datetime, despite_warnings: bool = False
) -> UUID:
    """Place a person in a group from a day on; the membership's public id.

    Raises `Cannot` with every refusal; with the warnings too, unless someone has weighed them. The group is locked,
    so that of many at once only as many get in as there are seats.
    """
    stint_of = open_episode(episode, kind="schedule", by=by, at=at, verb="change")
    with transaction.atomic():
        found = lock_group(group, by=by)
        list(Patient.objects.select_for_update(no_key=True).filter(pk=stint_of.patient_id))
        if from_date < local_day(at, found.site.time_zone) and not by.holds("program"):
            raise Cannot("Choose today or a later day.", field="from_date")
        placing = weigh_places([found], stint_of, from_date=from_date, by=by, at=at)[found.pk]
        against = placing.refusals
        if not despite_warnings and not by.holds("program"):
            against += placing.warnings
        if against:
            raise Cannot(" ".join(one.because for one in against), cite=against[0].cite)
        stint = Membership.objects.create(
            organization_id=by.organization,
            group=found,
            episode=stint_of,
            from_date=from_date,
            recorded_by_id=by.account,
            recorded_at=at,
        )
        seat_member(stint, at=at, recorded_by=by.account)
        end_group_waits([found.pk], stint_of.pk, how=PLACED, at=at)
        take_held_place([found.pk], stint_of.pk, at=at)
    return stint.uid


def check_join(group: UUID, episode: UUID, *, from_date: date, by: Actor, at: datetime) -> list[Refused]:
    """Every reason why a person can't join a group; empty when they can."""
    return list(weigh_join(group, episode, from_date=from_date, by=by, at=at).refusals)


def weigh_join(group: UUID, episode: UUID, *, from_date: date, by: Actor, at: datetime) -> Placing:
    """What speaks against a place in a group: the refusals, and the warnings that a person may weigh."""
    stint_of = open_episode(episode, kind="schedule", by=by, at=at)
    found = find_group(group, by=by)
    return weigh_places([found], stint_of, from_date=from_date, by=by, at=at)[found.pk]


def require_seats(session_type: str, capacity: int, *, by: Actor, on: date) -> None:
    """Raise `Cannot` where a group of this type may not have so many seats."""
    kind = SESSION_TYPES[session_type]
    if kind.capacity_setting is None:
        raise Cannot(f"{kind.title} is held with one person; book it from their week.", field="session_type")
    most = number(kind.capacity_setting, organization=by.organization, on=on)
    cite = SETTINGS[kind.capacity_setting].source
    require_in(check_group_size(capacity, most=most, of=kind.title, cite=cite), field="capacity")


def require_length(minutes: int, break_minutes: int) -> None:
    """Raise `Cannot` unless a meeting has time besides its breaks and fits a day."""
    if not 0 <= break_minutes < minutes <= 480:
        raise Cannot("A meeting lasts up to 8 hours and longer than its breaks.", field="minutes")


def require_in(verdict: Verdict, *, field: str) -> None:
    """Raise `Cannot` about one field of the form when the verdict refuses."""
    if isinstance(verdict, Refused):
        raise Cannot(verdict.because, cite=verdict.cite, field=field)


def require_timetabler(by: Actor) -> None:
    """Raise `Cannot` unless `by` may change what the program offers in a week."""
    if not by.holds("admin", "director", "clinician", "program"):
        raise Cannot("Groups are set up by an administrator, a clinician or the clinical director.")


def find_group(group: UUID, *, by: Actor) -> Group:
    """The organization's group with this public id, with its site and room. Raises `Absent`."""
    found = Group.objects.select_related("site", "room").filter(organization_id=by.organization, uid=group)
    row = at_sites(found, "", by=by).first()
    if row is None:
        raise Absent("group")
    return row


def lock_group(group: UUID, *, by: Actor) -> Group:
    """The group, held until the transaction ends: seats are counted by one at a time. Raises `Absent`."""
    locked = Group.objects.select_for_update().filter(organization_id=by.organization, uid=group)
    if not list(locked.values_list("pk")):
        raise Absent("group")
    return find_group(group, by=by)


def find_room(room: UUID, *, site: int, by: Actor) -> Room:
    """An open room of a site. Raises `Cannot`."""
    row = only_row(_room(by.organization, room, site))
    if row is None:
        raise Cannot("Choose an open room of this site.", field="room")
    return row


@prepared
def _room(organization: int, room: UUID, site: int) -> QuerySet[Room]:
    return Room.objects.filter(organization_id=organization, uid=room, site=site, closed_at__isnull=True)


def find_practitioner(practitioner: UUID, *, by: Actor) -> Practitioner:
    """Someone who works here. Raises `Cannot`."""
    found = only_row(
        Practitioner.objects.filter(organization_id=by.organization, uid=practitioner, left_at__isnull=True)
    )
    if found is None:
        raise Cannot("Choose someone who works here.", field="practitioner")
    return found
