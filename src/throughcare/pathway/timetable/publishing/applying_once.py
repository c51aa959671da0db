"""A repaired week becomes that week's sessions: canceled, led by someone else, held for once; seats change."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from throughcare.pathway.actor import Actor
from throughcare.pathway.group.stand_in import stand_in
from throughcare.pathway.timetable.publishing.moves import Visit
from throughcare.pathway.timetable.publishing.one_week import Meeting, OneWeek
from throughcare.pathway.timetable.publishing.words import session_kind
from throughcare.pathway.week.booking import NewSession
from throughcare.pathway.week.schedule import (
    book_session,
    cancel_session,
    give_seat,
    release_seat,
    reschedule_session,
)
from throughcare.records.sessions import Appointment, SessionStaff
from throughcare.records.week_rules import GroupOffer


@dataclass(frozen=True)
class ApplyingOnce:
    """What is applied to one week, and by whom; `by` acts as the program: the whole list was opened before."""

    week: OneWeek
    because: str
    by: Actor
    at: datetime

    def apply(self) -> None:
        """Do it all. Raises `Cannot` with the sentence of the first step that may not be."""
        week = self.week
        for meeting in week.cancels:
            cancel_session(week.sessions[meeting], because=self.because, by=self.by, at=self.at)
        leaves, joins = week.seats
        for person, meeting in leaves:
            self._give_back(person, meeting)
        self._change_leaders()
        opened = {meeting: leader for meeting, _, leader in week.opens}
        for meeting, leader in opened.items():
            self._hold(meeting, leader, [who for who, one in joins if one == meeting])
        for person, meeting in joins:
            if meeting not in opened and meeting in week.sessions:
                give_seat(week.sessions[meeting], UUID(person), by=self.by, at=self.at)
        for visit in week.visits:
            self._move(visit)

    def _give_back(self, person: str, meeting: Meeting) -> None:
        session = self.week.sessions.get(meeting)
        if session is None:
            return
        seats = Appointment.objects.filter(
            session__uid=session, patient__uid=person, released_at__isnull=True
        )
        if seats.exists():
            release_seat(session, UUID(person), because=self.because, by=self.by, at=self.at)

    def _change_leaders(self) -> None:
        """First everyone lets go, then everyone takes over: two may change places."""
        for meeting, before, _ in self.week.leads:
            SessionStaff.objects.filter(
                session__uid=self.week.sessions[meeting], practitioner__uid=before
            ).delete()
        for meeting, _, leader in self.week.leads:
            session = self.week.sessions[meeting]
            stand_in(session, UUID(leader), instead_of=None, by=self.by, at=self.at)

    def _hold(self, meeting: Meeting, leader: str, people: list[str]) -> None:
        """An offered group held for once, for these people."""
        if not people:
            return
        offer = GroupOffer.objects.select_related("room").get(
            organization_id=self.by.organization, uid=meeting[0]
        )
        new = NewSession(
            kind=offer.session_type,
            site=self.week.picture.site,
            practitioner=UUID(leader),
            patients=tuple(UUID(one) for one in people),
            starts_at=self.week.starts_at(meeting[1]),
            minutes=offer.minutes,
            break_minutes=offer.break_minutes,
            room=offer.room.uid if offer.room else None,
            telehealth_url=offer.telehealth_url,
        )
        book_session(new, by=self.by, at=self.at)

    def _move(self, visit: Visit) -> None:
        if visit.session is not None and visit.at is None:
            cancel_session(visit.session, because=self.because, by=self.by, at=self.at)
        elif visit.session is not None and visit.at is not None:
            starts_at = self.week.starts_at(visit.at)
            reschedule_session(visit.session, starts_at=starts_at, by=self.by, at=self.at)
        elif visit.at is not None:
            new = NewSession(
                kind=session_kind(visit.kind),
                site=self.week.picture.site,
                practitioner=UUID(visit.staff),
                patients=(UUID(visit.person),),
                starts_at=self.week.starts_at(visit.at),
                minutes=visit.minutes,
            )
            book_session(new, by=self.by, at=self.at)
