"""A plan becomes the week: groups close, change hands and open, people leave and join, visits move. One transaction.

Everything is first let go and then taken up, so that two who change places don't stand in each other's way. Each step
is the one that a person takes on the pages of groups and of the week, with the same checks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from throughcare.knowledge.clinic_calendar import week_of
from throughcare.knowledge.session_types import ALL as SESSION_TYPES
from throughcare.knowledge.tracks import WEEKDAYS
from throughcare.knowledge.verdict import Refused
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.group.changes import change_room, close_group, end_time, stop_leading
from throughcare.pathway.group.group import (
    NewGroup,
    lead_group,
    meet_weekly,
    open_group,
)
from throughcare.pathway.group.joining import join_groups
from throughcare.pathway.group.stints import leave_group
from throughcare.pathway.seat.seats import release
from throughcare.pathway.timetable.picture.week import Picture
from throughcare.pathway.timetable.plans.opened import OpenPlan
from throughcare.pathway.timetable.publishing.moves import Moves, Visit
from throughcare.pathway.timetable.publishing.words import session_kind
from throughcare.pathway.week.booking import NewSession, weigh_booking
from throughcare.pathway.week.booking_rows import write_sessions
from throughcare.pathway.week.schedule import require_none
from throughcare.records.people import Patient
from throughcare.records.sessions import Session
from throughcare.records.timetables import GroupFacilitator, GroupMeeting, Membership, Room
from throughcare.records.week_rules import GroupOffer

DAY = timedelta(days=1)
# For so many weeks a new one-to-one is booked ahead.
WEEKS_BOOKED = 8


@dataclass(frozen=True)
class Applying:
    """What is applied, by whom, from which day on. `by` acts as the program: the whole list was opened before."""

    opened: OpenPlan
    picture: Picture
    moves: Moves
    from_date: date
    because: str
    by: Actor
    at: datetime

    def apply(self) -> None:
        """Do it all. Raises `Cannot` with the sentence of the first step that may not be."""
        booked = [(visit, self._give_back(visit)) for visit in self.moves.visits]
        self._leave()
        for group, place in self.moves.ends:
            meeting = self._meeting(group, place)
            end_time(meeting, until_date=self.from_date - DAY, by=self.by, at=self.at)
        for group in self.moves.closes:
            close_group(UUID(group), until_date=self.from_date - DAY, by=self.by, at=self.at)
        self._change_leaders()
        self._change_rooms()
        opened = {offer: self._open(offer, leader) for offer, _, leader in self.moves.opens}
        self._join(opened)
        for visit, before in booked:
            self._book(visit, before)

    def _leave(self) -> None:
        rows = Membership.objects.filter(
            organization_id=self.by.organization,
            group__uid__in={group for _, group in self.moves.leaves},
            episode__uid__in=self.picture.episodes.values(),
            episode__ended_at__isnull=True,
        ).exclude(until_date__lt=self.from_date)
        stints = {
            (str(row.episode.patient.uid), str(row.group.uid)): row.uid
            for row in rows.select_related("episode__patient", "group")
        }
        for person, group in self.moves.leaves:
            stint = stints.get((person, group))
            if stint is not None:
                leave_group(
                    stint,
                    until_date=self.from_date - DAY,
                    because=self.because,
                    by=self.by,
                    at=self.at,
                    fill=False,  # the plan's own people come first
                )

    def _meeting(self, group: str, place: tuple[int, int]) -> UUID:
        row = GroupMeeting.objects.filter(
            group__uid=group, weekday=place[0], starts=self.picture.grid.clock(place[1])
        ).exclude(until_date__lt=self.from_date)
        found = row.first()
        if found is None:
            raise Cannot("A weekly time of a group was changed meanwhile. Look at the preview again.")
        return found.uid

    def _change_leaders(self) -> None:
        for group, before, _ in self.moves.leads:
            rows = GroupFacilitator.objects.filter(group__uid=group, practitioner__uid=before)
            for row in rows.exclude(until_date__lt=self.from_date):
                stop_leading(row.uid, until_date=self.from_date - DAY, by=self.by, at=self.at)
        for group, _, leader in self.moves.leads:
            lead_group(UUID(group), UUID(leader), from_date=self.from_date, by=self.by, at=self.at)

    def _change_rooms(self) -> None:
        """Groups that must move do: first out of their rooms, then into the others'."""
        now = self.opened.meaning.rooms
        rooms = {
            group: room
            for group, room in self.opened.rooms.items()
            if group in now and room != now[group] and group in set(map(str, self.picture.groups.values()))
        }
        for group in rooms:
            change_room(UUID(group), None, from_date=self.from_date, by=self.by, at=self.at)
        for group, room in rooms.items():
            change_room(UUID(group), UUID(room), from_date=self.from_date, by=self.by, at=self.at)

    def _open(self, offer: str, leader: str) -> UUID:
        row = GroupOffer.objects.select_related("site", "room").get(
            organization_id=self.by.organization, uid=offer
        )
        room = self._room_for(row)
        title = SESSION_TYPES[row.session_type].title
        part = "mornings" if row.starts.hour < 12 else "afternoons" if row.starts.hour < 17 else "evenings"
        group = open_group(
            row.site.uid,
            NewGroup(
                name=f"{title}, {WEEKDAYS[row.weekday]} {part}",
                session_type=row.session_type,
                track=row.track,
                capacity=min(row.capacity, room.capacity - 1) if room else row.capacity,
                room=room.uid if room else None,
                variant=row.variant,
                telehealth_url=row.telehealth_url,
            ),
            by=self.by,
            at=self.at,
            opened_date=self.from_date,
        )
        meet_weekly(
            group,
            weekday=row.weekday,
            starts=row.starts,
            minutes=row.minutes,
            break_minutes=row.break_minutes,
            from_date=self.from_date,
            by=self.by,
            at=self.at,
        )
        lead_group(group, UUID(leader), from_date=self.from_date, by=self.by, at=self.at)
        GroupOffer.objects.filter(pk=row.pk).update(ended_at=self.at)
        return group

    def _room_for(self, offer: GroupOffer) -> Room | None:
        """The room that the plan's own sizes give it; the offer's own where none is named."""
        given = self.opened.rooms.get(str(offer.uid))
        if offer.room is None or given is None or given == str(offer.room.uid):
            return offer.room
        return Room.objects.get(organization_id=self.by.organization, uid=given)

    def _join(self, opened: Mapping[str, UUID]) -> None:
        wanted: dict[str, list[UUID]] = {}
        for person, item in self.moves.joins:
            wanted.setdefault(person, []).append(opened.get(item) or UUID(item))
        for person, groups in wanted.items():
            join_groups(
                groups,
                self.picture.episodes[person],
                from_date=self.from_date,
                despite_warnings=True,
                by=self.by,
                at=self.at,
            )

    def _give_back(self, visit: Visit) -> list[Session]:
        """The sessions of a one-to-one that are given up, from the week on."""
        if visit.session is None:
            return []
        row = Session.objects.get(organization_id=self.by.organization, uid=visit.session)
        rows = Session.objects.filter(
            organization_id=self.by.organization,
            starts_at__gt=self.at,
            local_day__gte=self.from_date,
            cancelled_at__isnull=True,
        )
        rows = rows.filter(series=row.series) if row.series else rows.filter(pk=row.pk)
        found = list(rows.select_related("room").order_by("starts_at"))
        for one in found:
            release(one.appointments.all(), because=self.because, at=self.at)
        Session.objects.filter(pk__in=[one.pk for one in found]).update(
            cancelled_at=self.at, cancelled_because=self.because[:200]
        )
        return found

    def _book(self, visit: Visit, before: list[Session]) -> None:
        if visit.at is None:
            return
        weeks = [week_of(one.local_day) for one in before]
        if not before:
            weeks = [self.picture.monday + timedelta(weeks=n) for n in range(0, WEEKS_BOOKED, visit.every)]
        days = [monday + timedelta(days=visit.at[0]) for monday in weeks]
        days = [day for day in days if day >= self.from_date]
        if not days:
            return
        room = before[0].room if before else None
        new = NewSession(
            kind=session_kind(visit.kind),
            site=self.picture.site,
            practitioner=UUID(visit.staff),
            patients=(UUID(visit.person),),
            starts_at=datetime.combine(days[0], self.picture.grid.clock(visit.at[1])),
            minutes=_length(before[0]) if before else visit.minutes,
            room=room.uid if room else None,
            telehealth_url=before[0].telehealth_url if before else "",
            break_minutes=before[0].break_minutes if before else 0,
            way=before[0].way if before else "",
        )
        self._write(new, days)

    def _write(self, new: NewSession, days: list[date]) -> None:
        """Book it in its room if that is free then, else in another one, else without."""
        patients = list(
            Patient.objects.filter(organization_id=self.by.organization, uid__in=new.patients).order_by("pk")
        )
        rooms = list(_rooms_for(new))
        against: list[Refused] = []
        for room in dict.fromkeys([new.room, *rooms, None]):
            tried = replace(new, room=room)
            against = weigh_booking(tried, days, patients, by=self.by, at=self.at)
            if not against:
                write_sessions(tried, days, patients, by=self.by, at=self.at)
                return
        require_none(against)


def _rooms_for(new: NewSession) -> Iterator[UUID]:
    """Rooms for a one-to-one, the best first: a family is seen in a family room where there is one."""
    kinds = ("family", "office") if new.kind == "family" else ("office",)
    rooms = Room.objects.filter(site__uid=new.site, kind__in=kinds, closed_at__isnull=True)
    held = rooms.order_by("capacity", "pk").values_list("kind", "uid")
    yield from (room for _, room in sorted(held, key=lambda row: kinds.index(row[0])))


def _length(session: Session) -> int:
    return int((session.ends_at - session.starts_at).total_seconds() // 60)
