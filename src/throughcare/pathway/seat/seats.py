"""Sessions in the book and the seats in them: real rows made from groups, and who is expected at which."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Max, QuerySet

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.session_types import session_type
from throughcare.pathway.clinic.group_places import Place, Places
from throughcare.pathway.seat.weekly_times import Expected, expected_meetings, in_force
from throughcare.records.sessions import Appointment, Session, SessionStaff
from throughcare.records.timetables import Group, GroupFacilitator, Membership

BATCH = 500


def hold_sessions(
    groups: Sequence[Group], *, until: date, at: datetime, recorded_by: int | None = None
) -> int:
    """Make the sessions of locked groups that begin after `at`, up to a day, where none is yet; how many were made."""
    if not groups:
        return 0
    first = min(local_day(at, group.site.time_zone) for group in groups)
    there = set(
        Session.objects.filter(group__in=groups, starts_at__gt=at).values_list("group_id", "starts_at")
    )
    missing = [
        one
        for one in expected_meetings(groups, first=first, last=until)
        if one.starts_at > at and (one.group.pk, one.starts_at) not in there
    ]
    places = Places(groups)
    made = Session.objects.bulk_create(
        (_row(one, places.on(one.group, one.day), at, recorded_by) for one in missing), batch_size=BATCH
    )
    if made:
        _staff(made, at=at, recorded_by=recorded_by)
        days = in_force(made[0].local_day, made[-1].local_day)
        stints = Membership.objects.filter(days, group__in=groups, episode__ended_at__isnull=True)
        seat(made, list(stints.select_related("episode")), at=at, recorded_by=recorded_by)
    return len(made)


def booked_until(organization: int) -> date | None:
    """The last day that has sessions of groups: how far new arrangements reach at once."""
    sessions = Session.objects.filter(organization_id=organization, group__isnull=False)
    last: date | None = sessions.aggregate(last=Max("local_day"))["last"]
    return last


def catch_up(group: Group, *, at: datetime, recorded_by: int | None) -> None:
    """Bring one locked group's sessions as far as the other groups' are."""
    until = booked_until(group.organization_id)
    if until is not None:
        hold_sessions([group], until=until, at=at, recorded_by=recorded_by)


def _row(one: Expected, place: Place, at: datetime, recorded_by: int | None) -> Session:
    return Session(
        organization_id=one.group.organization_id,
        site_id=one.group.site_id,
        group=one.group,
        session_type=one.group.session_type,
        title=one.group.name,
        room=place.room,
        telehealth_url=place.telehealth_url,
        capacity=one.group.capacity,
        local_day=one.day,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        break_minutes=one.meeting.break_minutes,
        recorded_by_id=recorded_by,
        recorded_at=at,
    )


def _staff(sessions: Sequence[Session], *, at: datetime, recorded_by: int | None) -> None:
    leads: dict[int, list[GroupFacilitator]] = defaultdict(list)
    for lead in GroupFacilitator.objects.filter(group__in={one.group_id for one in sessions}):
        leads[lead.group_id].append(lead)
    SessionStaff.objects.bulk_create(
        (
            SessionStaff(
                organization_id=session.organization_id,
                session=session,
                practitioner_id=lead.practitioner_id,
                recorded_by_id=recorded_by,
                recorded_at=at,
            )
            for session in sessions
            for lead in leads[session.group_id or 0]
            if lead.from_date <= session.local_day
            and (lead.until_date is None or session.local_day <= lead.until_date)
        ),
        batch_size=BATCH,
        ignore_conflicts=True,
    )


def seat(
    sessions: Iterable[Session],
    memberships: Sequence[Membership],
    *,
    at: datetime,
    recorded_by: int | None,
) -> None:
    """Expect members at the sessions of their group that lie in their stint. Memberships come with their episode."""
    stints: dict[int, list[Membership]] = defaultdict(list)
    for membership in memberships:
        stints[membership.group_id].append(membership)
    rows = (
        appointment(session, one.episode.patient_id, episode=one.episode_id, at=at, recorded_by=recorded_by)
        for session in sessions
        for one in stints[session.group_id or 0]
        if one.from_date <= session.local_day
        and (one.until_date is None or session.local_day <= one.until_date)
    )
    Appointment.objects.bulk_create(rows, batch_size=BATCH)


def appointment(
    session: Session, patient: int, *, episode: int | None, at: datetime, recorded_by: int | None
) -> Appointment:
    """A person's place in a session, not saved yet; minutes are without the breaks."""
    length = session.ends_at - session.starts_at
    return Appointment(
        organization_id=session.organization_id,
        session=session,
        patient_id=patient,
        episode_id=episode,
        local_day=session.local_day,
        planned_minutes=length // timedelta(minutes=1) - session.break_minutes,
        counts=session_type(session.session_type).counts_as_clinical_hours,
        recorded_by_id=recorded_by,
        recorded_at=at,
    )


def seat_member(membership: Membership, *, at: datetime, recorded_by: int | None) -> None:
    """Expect a new member at the sessions to come that are in the book already."""
    seat_in_groups([membership], membership.episode.patient_id, at=at, recorded_by=recorded_by)


def seat_in_groups(
    memberships: Sequence[Membership], patient: int, *, at: datetime, recorded_by: int | None
) -> None:
    """Expect one new member (the patient's key) of several groups at their sessions to come."""
    coming = Session.objects.filter(
        group__in=[one.group_id for one in memberships], starts_at__gt=at, cancelled_at__isnull=True
    ).exclude(appointments__in=Appointment.objects.filter(patient=patient, released_at__isnull=True))
    seat(coming, memberships, at=at, recorded_by=recorded_by)


def release(appointments: QuerySet[Appointment], *, because: str, at: datetime) -> int:
    """Give back seats in sessions that have not begun; how many."""
    coming = appointments.filter(released_at__isnull=True, session__starts_at__gt=at)
    return coming.update(released_at=at, released_because=because[:200])
