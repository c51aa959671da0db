"""What holds the time of people, staff and rooms: sessions in the book, and the weekly times beyond them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from throughcare.knowledge.clinic_calendar import at_local, week_of
from throughcare.knowledge.tracks import COMMITMENT_KINDS
from throughcare.knowledge.week_rules import ShiftTimes, Span
from throughcare.pathway.clinic.group_places import Places
from throughcare.pathway.prepared import prepared
from throughcare.pathway.seat.weekly_times import days_between, expected_meetings, in_force
from throughcare.records.among import Keys
from throughcare.records.sessions import Appointment, Session, SessionStaff
from throughcare.records.timetables import Commitment, Group, GroupFacilitator, Membership, Shift

# How far ahead a weekly arrangement is checked against everything else.
DAYS_AHEAD = 56
# A group and when it meets.
Key = tuple[int | None, datetime]


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
    by_key = {group.pk: group for group in groups}
    known = set()
    found = []
    for row in _sessions(Keys(by_key), first, last, at) if by_key else ():
        group = by_key[row.group_id]
        known.add((group.pk, row.starts_at))
        if row.cancelled_at is None:
            span = Span(row.starts_at, row.ends_at, row.title)
            minutes = _minutes(row.starts_at, row.ends_at, row.break_minutes)
            found.append(Meeting(group, span, row.local_day, minutes, row.capacity, row.uid, row.taken))
    found.extend(_not_booked(groups, known, first=first, last=last, at=at))
    return sorted(found, key=lambda one: (one.span.starts_at, one.group.pk))


@prepared
def _sessions(groups: Keys, first: date, last: date, at: datetime) -> QuerySet[Any]:
    rows = Session.objects.filter(group__among=groups, local_day__range=(first, last), starts_at__gt=at)
    taken = Count("appointments", filter=Q(appointments__released_at__isnull=True))
    return rows.annotate(taken=taken).order_by("starts_at")


def _not_booked(
    groups: Sequence[Group], known: Collection[Key], *, first: date, last: date, at: datetime
) -> Iterator[Meeting]:
    """Meetings after `at` as the weekly times have them, besides those known from the book."""
    for one in expected_meetings(groups, first=first, last=last):
        if one.starts_at > at and (one.group.pk, one.starts_at) not in known:
            span = Span(one.starts_at, one.ends_at, one.group.name)
            yield Meeting(one.group, span, one.day, one.minutes, one.group.capacity)


def _minutes(starts_at: datetime, ends_at: datetime, break_minutes: int) -> int:
    return int((ends_at - starts_at).total_seconds() // 60) - break_minutes


def patients_time(patients: Iterable[int], *, first: date, last: date, at: datetime) -> list[Taken]:
    """The sessions that patients (keys) are expected at, and their groups' weekly times beyond the book."""
    keys = Keys(patients)
    found = [
        _of_session(row.patient_id, row.session, minutes=row.planned_minutes)
        for row in _seats(keys, first, last, at)
    ]
    stints = _stints(keys, first, last)
    return found + _beyond_the_book(
        [(one.episode.patient_id, one.group, one.from_date, one.until_date) for one in stints],
        first=first,
        last=last,
        at=at,
    )


@prepared
def _seats(patients: Keys, first: date, last: date, at: datetime) -> QuerySet[Appointment]:
    rows = Appointment.objects.select_related("session").filter(
        patient__among=patients,
        local_day__range=(first, last),
        released_at__isnull=True,
        session__cancelled_at__isnull=True,
        session__starts_at__gt=at,
    )
    return rows.order_by("session__starts_at")


@prepared
def _stints(patients: Keys, first: date, last: date) -> QuerySet[Membership]:
    rows = Membership.objects.filter(in_force(first, last), episode__patient__among=patients)
    return rows.filter(episode__ended_at__isnull=True).select_related("group__site", "episode")


def staff_time(practitioners: Iterable[int], *, first: date, last: date, at: datetime) -> list[Taken]:
    """The sessions that practitioners (keys) lead, and their groups' weekly times beyond the book."""
    keys = Keys(practitioners)
    found = [_of_session(row.practitioner_id, row.session) for row in _led(keys, first, last, at)]
    leads = _leads(keys, first, last)
    return found + _beyond_the_book(
        [(one.practitioner_id, one.group, one.from_date, one.until_date) for one in leads],
        first=first,
        last=last,
        at=at,
    )


@prepared
def _led(practitioners: Keys, first: date, last: date, at: datetime) -> QuerySet[SessionStaff]:
    rows = SessionStaff.objects.select_related("session").filter(
        practitioner__among=practitioners,
        session__local_day__range=(first, last),
        session__cancelled_at__isnull=True,
        session__starts_at__gt=at,
    )
    return rows.order_by("session__starts_at")


@prepared
def _leads(practitioners: Keys, first: date, last: date) -> QuerySet[GroupFacilitator]:
    rows = GroupFacilitator.objects.filter(in_force(first, last), practitioner__among=practitioners)
    return rows.select_related("group__site")


def rooms_time(rooms: Iterable[int], *, first: date, last: date, at: datetime) -> list[Taken]:
    """The sessions held in rooms (keys), and the weekly times beyond the book of groups that meet there."""
    keys = Keys(rooms)
    found = [_of_session(row.room_id or 0, row) for row in _held(keys, first, last, at)]
    groups = _groups_held(keys, first, last)
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


@prepared
def _held(rooms: Keys, first: date, last: date, at: datetime) -> QuerySet[Session]:
    rows = Session.objects.filter(room__among=rooms, local_day__range=(first, last), starts_at__gt=at)
    return rows.filter(cancelled_at__isnull=True).order_by("starts_at")


@prepared
def _groups_held(rooms: Keys, first: date, last: date) -> QuerySet[Group]:
    own = Q(room__among=rooms) | Q(places__room__among=rooms, places__from_date__lte=last)
    rows = Group.objects.filter(own).filter(Q(ended_date__isnull=True) | Q(ended_date__gte=first))
    return rows.select_related("site", "room").distinct()


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
    if not groups:
        return []
    booked = set(_booked(Keys(groups), first, last, at))
    return [
        Taken(
            owner,
            meeting.span,
            meeting.day,
            meeting.group.pk,
            None,
            meeting.minutes,
            meeting.group.session_type,
        )
        for meeting in _not_booked(list(groups.values()), booked, first=first, last=last, at=at)
        for owner, since, until in of_group[meeting.group.pk]
        if since <= meeting.day and (until is None or meeting.day <= until)
    ]


@prepared
def _booked(groups: Keys, first: date, last: date, at: datetime) -> QuerySet[Session, Key]:
    rows = Session.objects.filter(group__among=groups, local_day__range=(first, last), starts_at__gt=at)
    return rows.values_list("group", "starts_at")


def commitments_time(
    patients: Iterable[int], *, first: date, last: date, zone: str
) -> dict[int, list[tuple[Commitment, Span]]]:
    """Each patient's own commitments as they fall on the days from `first` to `last`; through midnight when they end
    before they start."""
    found: dict[int, list[tuple[Commitment, Span]]] = defaultdict(list)
    for row in _commitments(Keys(patients)):
        spans = commitment_spans(row, first=first, last=last, zone=zone)
        found[row.patient_id].extend((row, span) for span in spans)
    return found


def commitment_spans(row: Commitment, *, first: date, last: date, zone: str) -> list[Span]:
    """One commitment as it falls on the days from `first` to `last`."""
    # A night that began the day before reaches into the first day.
    days = days_between(first - timedelta(days=1), last)
    return [_commitment_span(row, day, zone) for day in days if falls_on(row, day)]


@prepared
def _commitments(patients: Keys) -> QuerySet[Commitment]:
    return Commitment.objects.filter(patient__among=patients, ended_at__isnull=True).order_by("pk")


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
    for row in _shifts(Keys(practitioners), site):
        found[row.practitioner_id].append(
            ShiftTimes(row.weekday, row.starts, row.ends, row.from_date, row.until_date)
        )
    return found


@prepared
def _shifts(practitioners: Keys, site: int) -> QuerySet[Shift]:
    return Shift.objects.filter(practitioner__among=practitioners, site=site)
