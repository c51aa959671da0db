"""Groups that may be opened, at which times; and groups that take nobody new."""

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.session_types import ALL as SESSION_TYPES
from throughcare.knowledge.tracks import ALL as TRACKS
from throughcare.knowledge.tracks import VARIANTS
from throughcare.knowledge.week_rules import check_room_holds, check_track_hours
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.clinic.clinic import require_administrator
from throughcare.pathway.clinic.founding import find_site
from throughcare.pathway.group.group import find_group, find_room, require_in, require_length, require_seats
from throughcare.records.week_rules import GroupClosing, GroupOffer


@dataclass(frozen=True)
class NewOffer:
    """What is asked of a group that may be opened; without a room it is by video, at the address given."""

    session_type: str
    track: str
    capacity: int
    weekday: int
    starts: time
    minutes: int
    break_minutes: int = 0
    variant: str = "mixed"
    room: UUID | None = None
    telehealth_url: str = ""


def offer_group(site: UUID, new: NewOffer, *, by: Actor, at: datetime) -> UUID:
    """Say that a group may be opened at a weekly time, should the week need it."""
    require_administrator(by)
    place = find_site(site, by=by)
    for field, value, known in (
        ("session_type", new.session_type, SESSION_TYPES),
        ("track", new.track, TRACKS),
        ("variant", new.variant, VARIANTS),
    ):
        if value not in known:
            raise Cannot(f"“{value}” is none of: {', '.join(known)}.", field=field)
    if not 0 <= new.weekday <= 6:
        raise Cannot("Choose a day of the week.", field="weekday")
    require_seats(new.session_type, new.capacity, by=by, on=local_day(at, place.time_zone))
    require_length(new.minutes, new.break_minutes)
    within = check_track_hours(new.track, weekday=new.weekday, starts=new.starts, minutes=new.minutes)
    require_in(within, field="starts")
    room = find_room(new.room, site=place.pk, by=by) if new.room else None
    if room is not None:
        require_in(check_room_holds(room.name, holds=room.capacity, seats=new.capacity), field="capacity")
    elif not new.telehealth_url:
        raise Cannot("Choose a room, or give the address of the video room.", field="room")
    return GroupOffer.objects.create(
        organization_id=by.organization,
        site=place,
        session_type=new.session_type,
        track=new.track,
        variant=new.variant,
        capacity=new.capacity,
        weekday=new.weekday,
        starts=new.starts,
        minutes=new.minutes,
        break_minutes=new.break_minutes,
        room=room,
        telehealth_url=new.telehealth_url,
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


def end_offer(site: UUID, offer: UUID, *, by: Actor, at: datetime) -> None:
    """Take an offer back: no such group is opened any more."""
    require_administrator(by)
    rows = GroupOffer.objects.filter(site=find_site(site, by=by), uid=offer, ended_at__isnull=True)
    if not rows.update(ended_at=at):
        raise Absent("offer")


def close_to_newcomers(group: UUID, *, by: Actor, at: datetime) -> None:
    """Let a group take nobody new; those in it stay. Doing it twice changes nothing."""
    require_administrator(by)
    found = find_group(group, by=by)
    if not GroupClosing.objects.filter(group=found, ended_at__isnull=True).exists():
        GroupClosing.objects.create(
            organization_id=by.organization, group=found, recorded_by_id=by.account, recorded_at=at
        )


def open_to_newcomers(group: UUID, *, by: Actor, at: datetime) -> None:
    """Let a group take new people again."""
    require_administrator(by)
    found = find_group(group, by=by)
    GroupClosing.objects.filter(group=found, ended_at__isnull=True).update(ended_at=at)
