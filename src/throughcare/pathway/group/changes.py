"""Changes to a group from a day on: the old arrangement ends, a new one begins, and the sessions to come follow."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from throughcare.knowledge.canceling import GROUP
from throughcare.knowledge.clinic_calendar import at_local, local_day, week_of
from throughcare.knowledge.verdict import Allowed, Refused, Verdict
from throughcare.knowledge.week_rules import Span, check_room_holds, check_track_hours, say_day
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.clinic.group_places import Places
from throughcare.pathway.group.checks import (
    check_room_free,
    check_weekly_room,
    check_weekly_staff,
    meets_at,
    members_in_the_way,
)
from throughcare.pathway.group.group import (
    find_room,
    lead_group,
    lock_group,
    require_in,
    require_length,
    require_seats,
    require_timetabler,
)
from throughcare.pathway.group.stints import end_stint
from throughcare.pathway.line.group_line import OVER, fill_lines
from throughcare.pathway.seat.held_time import DAYS_AHEAD, group_meetings
from throughcare.pathway.seat.seats import catch_up
from throughcare.records.sessions import Appointment, Session, SessionStaff
from throughcare.records.timetables import Group, GroupFacilitator, GroupMeeting, GroupPlace, Membership
from throughcare.records.waiting import GroupWait

DAY = timedelta(days=1)


@dataclass(frozen=True)
class WeeklyTime:
    """When a group meets every week, in the site's wall-clock time."""

    weekday: int
    starts: time
    minutes: int
    break_minutes: int = 0


@transaction.atomic
def change_time(
    meeting: UUID,
    new: WeeklyTime,
    *,
    from_date: date,
    by: Actor,
    at: datetime,
    despite_warnings: bool = False,
) -> UUID:
    """Move a weekly time from a day on. Sessions to come move with it, with everyone in them; past ones stay."""
    require_timetabler(by)
    old, group = _lock_meeting(meeting, by)
    _require_ahead(from_date, group, by=by, at=at)
    require_in(
        check_track_hours(group.track, weekday=new.weekday, starts=new.starts, minutes=new.minutes),
        field="starts",
    )
    require_length(new.minutes, new.break_minutes)
    row = GroupMeeting(
        organization_id=by.organization,
        group=group,
        weekday=new.weekday,
        starts=new.starts,
        minutes=new.minutes,
        break_minutes=new.break_minutes,
        from_date=from_date,
        until_date=old.until_date,
        recorded_by_id=by.account,
        recorded_at=at,
    )
    require_in(check_weekly_room(group, [row], at=at), field="starts")
    require_in(check_weekly_staff(group, [row], at=at, besides=old), field="starts")
    if not despite_warnings and not by.holds("program"):
        require_in(check_members(group, row, at=at), field="")
    GroupMeeting.objects.filter(pk=old.pk).update(until_date=from_date - DAY)
    row.save()
    _move_sessions(group, old, row, at=at)
    catch_up(group, at=at, recorded_by=by.account)
    return row.uid


def check_members(group: Group, meeting: GroupMeeting, *, at: datetime) -> Verdict:
    """Whether every member is free at a new weekly time; a warning, without names."""
    count = members_in_the_way(group, meeting, at=at)
    if not count:
        return Allowed()
    people = "1 member has" if count == 1 else f"{count} members have"
    return Refused(
        f"{people} something else at the new time. Ask them first, or move the group all the same."
    )


def _move_sessions(group: Group, old: GroupMeeting, new: GroupMeeting, *, at: datetime) -> None:
    zone = group.site.time_zone
    taken = set(Session.objects.filter(group=group).values_list("starts_at", flat=True))
    moved = []
    for session in _coming(group, new.from_date, at).filter(cancelled_at__isnull=True):
        if not meets_at(old, Span(session.starts_at, session.ends_at), zone):
            continue
        day = week_of(session.local_day) + timedelta(days=new.weekday)
        starts_at = at_local(day, new.starts, zone)
        stays = starts_at == session.starts_at
        if day < new.from_date or starts_at <= at or (starts_at in taken and not stays):
            _cancel(session, because="The group meets at another time.", at=at)
            continue
        session.local_day, session.starts_at = day, starts_at
        session.ends_at = starts_at + timedelta(minutes=new.minutes)
        session.break_minutes = new.break_minutes
        moved.append(session)
    Session.objects.bulk_update(moved, ["local_day", "starts_at", "ends_at", "break_minutes"])
    seats = list(Appointment.objects.filter(session__in=moved, released_at__isnull=True))
    days = {session.pk: session.local_day for session in moved}
    for seat in seats:
        seat.local_day = days[seat.session_id]
        seat.planned_minutes = new.minutes - new.break_minutes
    Appointment.objects.bulk_update(seats, ["local_day", "planned_minutes"])


@transaction.atomic
def end_time(meeting: UUID, *, until_date: date, by: Actor, at: datetime) -> None:
    """Give up a weekly time after a day; its later sessions are canceled."""
    require_timetabler(by)
    old, group = _lock_meeting(meeting, by)
    _require_ahead(until_date + DAY, group, by=by, at=at)
    GroupMeeting.objects.filter(pk=old.pk).update(until_date=max(until_date, old.from_date - DAY))
    for session in _coming(group, until_date + DAY, at).filter(cancelled_at__isnull=True):
        if meets_at(old, Span(session.starts_at, session.ends_at), group.site.time_zone):
            _cancel(session, because="The group no longer meets at this time.", at=at)


@transaction.atomic
def change_room(
    group: UUID, room: UUID | None, *, from_date: date, by: Actor, at: datetime, telehealth_url: str = ""
) -> None:
    """Hold a group in another room (or none, by video) from a day on; sessions before that day keep theirs.

    Where a later change is planned already, this one holds until then.
    """
    require_timetabler(by)
    found = lock_group(group, by=by)
    _require_ahead(from_date, found, by=by, at=at)
    place = find_room(room, site=found.site_id, by=by) if room else None
    until = _until_next_place(found, from_date)
    if place is not None:
        last = min(until, from_date + timedelta(days=DAYS_AHEAD - 1))
        spans = [one.span for one in group_meetings([found], first=from_date, last=last, at=at)]
        verdict = check_room_free(place, spans, group=found, first=from_date, last=last, at=at)
        require_in(verdict, field="room")
        holds = check_room_holds(place.name, holds=place.capacity, seats=found.capacity)
        require_in(holds, field="room")
    GroupPlace.objects.create(
        organization_id=by.organization,
        group=found,
        room=place,
        telehealth_url=telehealth_url,
        from_date=from_date,
        recorded_by_id=by.account,
        recorded_at=at,
    )
    coming = _coming(found, from_date, at).filter(local_day__lte=until)
    coming.update(room=place, telehealth_url=telehealth_url)


def _until_next_place(group: Group, from_date: date) -> date:
    later = GroupPlace.objects.filter(group=group, from_date__gt=from_date).order_by("from_date").first()
    return later.from_date - DAY if later else date.max


@transaction.atomic
def change_seats(group: UUID, capacity: int, *, by: Actor, at: datetime) -> None:
    """Give a group more or fewer seats, never fewer than are taken."""
    require_timetabler(by)
    found = lock_group(group, by=by)
    today = local_day(at, found.site.time_zone)
    require_seats(found.session_type, capacity, by=by, on=today)
    members = Membership.objects.filter(group=found, until_date__isnull=True).count()
    if capacity < members:
        raise Cannot(
            f"{members} people are in the group. End a stint before you lower the seats.", field="capacity"
        )
    for place in Places([found]).between(found, today, date.max):
        if place.room is not None:
            verdict = check_room_holds(place.room.name, holds=place.room.capacity, seats=capacity)
            require_in(verdict, field="capacity")
    Group.objects.filter(pk=found.pk).update(capacity=capacity)
    Session.objects.filter(group=found, starts_at__gt=at).update(capacity=capacity)
    fill_lines([found.pk], at=at)


@transaction.atomic
def hand_over(lead: UUID, practitioner: UUID, *, from_date: date, by: Actor, at: datetime) -> UUID:
    """Let someone else lead in the place of one facilitator, from a day on."""
    row = _lead(lead, by)
    stop_leading(lead, until_date=from_date - DAY, by=by, at=at)
    return lead_group(row.group.uid, practitioner, from_date=from_date, by=by, at=at)


@transaction.atomic
def stop_leading(lead: UUID, *, until_date: date, by: Actor, at: datetime) -> None:
    """End a facilitator's part in a group after a day; sessions to come are without them."""
    require_timetabler(by)
    row = _lead(lead, by)
    group = lock_group(row.group.uid, by=by)
    _require_ahead(until_date + DAY, group, by=by, at=at)
    GroupFacilitator.objects.filter(pk=row.pk).update(until_date=max(until_date, row.from_date - DAY))
    # A plan for sessions that have not been held, not a fact about them: it can go.
    SessionStaff.objects.filter(
        session__in=_coming(group, until_date + DAY, at), practitioner=row.practitioner_id
    ).delete()


@transaction.atomic
def close_group(group: UUID, *, until_date: date, by: Actor, at: datetime) -> None:
    """Close a group after a day: weekly times, leads, stints and its line end, later sessions are canceled."""
    require_timetabler(by)
    found = lock_group(group, by=by)
    _require_ahead(until_date + DAY, found, by=by, at=at)
    if found.ended_date is not None:
        raise Cannot("This group has closed already.")
    Group.objects.filter(pk=found.pk).update(ended_date=until_date)
    for rows in (
        GroupMeeting.objects.filter(group=found, until_date__isnull=True),
        GroupFacilitator.objects.filter(group=found, until_date__isnull=True),
    ):
        rows.update(until_date=until_date)
    for stint in Membership.objects.filter(group=found, until_date__isnull=True):
        end_stint(stint, until_date=until_date, at=at, because="The group closed.")
    GroupWait.objects.filter(group=found, ended_at__isnull=True).update(ended_at=at, how=OVER)
    coming = _coming(found, until_date + DAY, at).filter(cancelled_at__isnull=True)
    because = f"The group closed after {say_day(until_date)}."
    coming.update(cancelled_at=at, cancelled_how=GROUP, cancelled_because=because)


def _coming(group: Group, first: date, at: datetime) -> QuerySet[Session]:
    return Session.objects.filter(group=group, local_day__gte=first, starts_at__gt=at)


def _cancel(session: Session, *, because: str, at: datetime) -> None:
    Session.objects.filter(pk=session.pk).update(
        cancelled_at=at, cancelled_how=GROUP, cancelled_because=because
    )
    seats = Appointment.objects.filter(session=session, released_at__isnull=True)
    seats.update(released_at=at, released_because=because)


def _require_ahead(day: date, group: Group, *, by: Actor, at: datetime) -> None:
    if day < local_day(at, group.site.time_zone) and not by.holds("program"):
        raise Cannot("Choose today or a later day: what was is not rewritten.", field="from_date")


def _lock_meeting(meeting: UUID, by: Actor) -> tuple[GroupMeeting, Group]:
    row = (
        GroupMeeting.objects.select_related("group")
        .filter(organization_id=by.organization, uid=meeting)
        .first()
    )
    if row is None:
        raise Absent("meeting")
    return row, lock_group(row.group.uid, by=by)


def _lead(lead: UUID, by: Actor) -> GroupFacilitator:
    row = (
        GroupFacilitator.objects.select_related("group", "practitioner")
        .filter(organization_id=by.organization, uid=lead)
        .first()
    )
    if row is None:
        raise Absent("facilitator")
    return row
