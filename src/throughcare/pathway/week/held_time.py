"""What holds the time of people, staff and rooms: sessions in the book, and the weekly times beyond them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q

from throughcare.knowledge.clinic_calendar import at_local, week_of
from throughcare.knowledge.tracks import COMMITMENT_KINDS
from throughcare.knowledge.week_rules import ShiftTimes, Span
from throughcare.pathway.clinic.group_places import Places
from throughcare.pathway.week.weekly_times import Expected, days_between, expected_meetings, in_force
from throughcare.records.sessions import Appointment, Session, SessionStaff
from throughcare.records.timetables import Commitment, Group, GroupFacilitator, Membership, Shift

# How far ahead a weekly arrangement is checked against everything else.
DAYS_AHEAD = 56


@dataclass(frozen=True)
class Meeting:
    """A meeting of a group: in the book (`session`, with its seats taken) or as its weekly time has it."""

    group: Group
    span: Span
    day: date
    minutes: int
    capacity: int
    session: UUID | None = None
    taken: int = 0


@dataclass(frozen=True)
class Taken:
    """Time that a session takes of its owner: a patient, a practitioner or a room (their key)."""

    owner: int
    span: Span
    day: date
    group: int | None
    session: UUID | None
    minutes: int
    session_type: str


def group_meetings(groups: Sequence[Group], *, first: date, last: date, at: datetime) -> list[Meeting]:
    """The meetings of groups (fetched with their site) from `first` to `last` that begin after `at`."""
    rows = (
        Session.objects.filter(group__in=groups, local_day__range=(first, last), starts_at__gt=at)
        .annotate(taken=Count("appointments", filter=Q(appointments__released_at__isnull=True)))
        .order_by("starts_at")
    )
    by_key = {group.pk: group for group in groups}
    known = set()
    found = []
    for row in rows if by_key else ():
        group = by_key[row.group_id or 0]
        known.add((group.pk, row.starts_at))
        if row.cancelled_at is None:
            span = Span(row.starts_at, row.ends_at, row.title)
            minutes = _minutes(row.starts_at, row.ends_at, row.break_minutes)
            found.append(Meeting(group, span, row.local_day, minutes, row.capacity, row.uid, row.taken))
    found.extend(
        _as_meeting(one)
        for one in expected_meetings(groups, first=first, last=last)
        if one.starts_at > at and (one.group.pk, one.starts_at) not in known
    )
    return sorted(found, key=lambda one: (one.span.starts_at, one.group.pk))


def _as_meeting(one: Expected) -> Meeting:
    span = Span(one.starts_at, one.ends_at, one.group.name)
    return Meeting(one.group, span, one.day, one.minutes, one.group.capacity)


def _minutes(starts_at: datetime, ends_at: datetime, break_minutes: int) -> int:
    return int((ends_at - starts_at).total_seconds() // 60) - break_minutes


def patients_time(patients: Iterable[int], *, first: date, last: date, at: datetime) -> list[Taken]:
    """The sessions that patients (keys) are expected at, and their groups' weekly times beyond the book."""
    keys = list(patients)
    rows = Appointment.objects.filter(
        patient__in=keys,
        local_day__range=(first, last),
        released_at__isnull=True,
        session__cancelled_at__isnull=True,
        session__starts_at__gt=at,
    ).select_related("session")
    found = [
        _of_session(row.patient_id, row.session, minutes=row.planned_minutes)
        for row in rows.order_by("session__starts_at")
    ]
    stints = Membership.objects.filter(in_force(first, last), episode__patient__in=keys)
    stints = stints.filter(episode__ended_at__isnull=True).select_related("group__site", "episode")
    return found + _beyond_the_book(
        [(one.episode.patient_id, one.group, one.from_date, one.until_date) for one in stints],
        first=first,
        last=last,
        at=at,
    )


def staff_time(practitioners: Iterable[int], *, first: date, last: date, at: datetime) -> list[Taken]:
    """The sessions that practitioners (keys) lead, and their groups' weekly times beyond the book."""
    keys = list(practitioners)
    rows = SessionStaff.objects.filter(
        practitioner__in=keys,
        session__local_day__range=(first, last),
        session__cancelled_at__isnull=True,
        session__starts_at__gt=at,
    ).select_related("session")
    found = [_of_session(row.practitioner_id, row.session) for row in rows.order_by("session__starts_at")]
    leads = GroupFacilitator.objects.filter(in_force(first, last), practitioner__in=keys)
    leads = leads.select_related("group__site")
    return found + _beyond_the_book(
        [(one.practitioner_id, one.group, one.from_date, one.until_date) for one in leads],
        first=first,
        last=last,
        at=at,
    )


def rooms_time(rooms: Iterable[int], *, first: date, last: date, at: datetime) -> list[Taken]:
    """The sessions held in rooms (keys), and the weekly times beyond the book of groups that meet there."""
    keys = list(rooms)
    rows = Session.objects.filter(
        room__in=keys, local_day__range=(first, last), cancelled_at__isnull=True, starts_at__gt=at
    ).order_by("starts_at")
    found = [_of_session(row.room_id or 0, row) for row in rows]
    own = Q(room__in=keys) | Q(places__room__in=keys, places__from_date__lte=last)
    groups = Group.objects.filter(own).filter(Q(ended_date__isnull=True) | Q(ended_date__gte=first))
    groups = groups.select_related("site", "room").distinct()
    places = Places(groups)
    return found + _beyond_the_book(
        [
            (place.room.pk, group, place.since, place.until)
            for group in groups
            for place in places.between(group, first, last)
            if place.room is not None and place.room.pk in keys
        ],
        first=first,
        last=last,
        at=at,
    )


def _of_session(owner: int, session: Session, *, minutes: int | None = None) -> Taken:
    if minutes is None:
        minutes = _minutes(session.starts_at, session.ends_at, session.break_minutes)
    return Taken(
        owner,
        Span(session.starts_at, session.ends_at, session.title),
        session.local_day,
        session.group_id,
        session.uid,
        minutes,
        session.session_type,
    )


def _beyond_the_book(
    holders: Sequence[tuple[int, Group, date, date | None]], *, first: date, last: date, at: datetime
) -> list[Taken]:
    """Weekly times of groups on days that have no session yet, for each owner and its days in the group."""
    of_group: dict[int, list[tuple[int, date, date | None]]] = defaultdict(list)
    groups: dict[int, Group] = {}
    for owner, group, since, until in holders:
        of_group[group.pk].append((owner, since, until))
        groups[group.pk] = group
    found: list[Taken] = []
    for meeting in group_meetings(list(groups.values()), first=first, last=last, at=at) if groups else ():
        if meeting.session is None:
            found.extend(
                Taken(
                    owner,
                    meeting.span,
                    meeting.day,
                    meeting.group.pk,
                    None,
                    meeting.minutes,
                    meeting.group.session_type,
                )
                for owner, since, until in of_group[meeting.group.pk]
                if since <= meeting.day and (until is None or meeting.day <= until)
            )
    return found


def commitments_time(
    patients: Iterable[int], *, first: date, last: date, zone: str
) -> dict[int, list[tuple[Commitment, Span]]]:
    """Each patient's own commitments as they fall on the days from `first` to `last`; through midnight when they end
    before they start."""
    rows = Commitment.objects.filter(patient__in=list(patients), ended_at__isnull=True).order_by("pk")
    found: dict[int, list[tuple[Commitment, Span]]] = defaultdict(list)
    for row in rows:
        # A night that began the day before reaches into the first day.
        for day in days_between(first - timedelta(days=1), last):
            if falls_on(row, day):
                found[row.patient_id].append((row, _commitment_span(row, day, zone)))
    return found


def falls_on(row: Commitment, day: date) -> bool:
    """Whether a commitment is kept on this day."""
    if row.day is not None:
        return row.day == day
    begun = row.from_date is None or row.from_date <= day
    standing = begun and (row.until_date is None or day <= row.until_date)
    return row.weekday == day.weekday() and standing and _comes_round(row, day)


def _comes_round(row: Commitment, day: date) -> bool:
    if row.every_weeks == 1 or row.anchor_date is None:
        return True
    return (week_of(day) - week_of(row.anchor_date)).days // 7 % row.every_weeks == 0


def _commitment_span(row: Commitment, day: date, zone: str) -> Span:
    next_day = day + timedelta(days=1) if row.ends <= row.starts else day
    said = COMMITMENT_KINDS[row.kind].said
    title = f"{said} ({row.title})" if row.title else said
    return Span(at_local(day, row.starts, zone), at_local(next_day, row.ends, zone), title)


def shifts_of(practitioners: Iterable[int], *, site: int) -> dict[int, list[ShiftTimes]]:
    """When practitioners (keys) work at a site."""
    found: dict[int, list[ShiftTimes]] = defaultdict(list)
    for row in Shift.objects.filter(practitioner__in=list(practitioners), site=site):
        found[row.practitioner_id].append(
            ShiftTimes(row.weekday, row.starts, row.ends, row.from_date, row.until_date)
        )
    return found
