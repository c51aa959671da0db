"""A large made-up clinic, written straight into the tables: for measuring, not for telling a story.

5,000 people over two years by default: each comes for ten weeks of three group days and a one-to-one a week.
"""

import uuid
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any

from bench.big_people import WEEKS_IN_CARE, BigPeople
from throughcare.knowledge.clinic_calendar import week_of
from throughcare.records.attendance import Attendance
from throughcare.records.measures import MeasureRequest, MeasureResponse
from throughcare.records.notes import Note
from throughcare.records.people import Practitioner
from throughcare.records.sessions import Appointment, Session, SessionStaff
from throughcare.records.timetables import Group, GroupFacilitator, GroupMeeting, Membership

GROUP_SIZE = 10


class BigClinic(BigPeople):
    """Adds the groups, every session with who came, the notes and the measures."""

    def build(self) -> None:
        """Everything, in the order of the keys."""
        self.found()
        self.staff()
        self.people()
        self.plans()
        self.groups()
        self.weeks_of_sessions()
        self.measures()

    def groups(self) -> None:
        """As many groups as people in care at once need, three days a week each."""
        self.cohorts = list(self.filled_groups())
        count = max(group for group, _ in self.cohorts) + 1
        self.all_groups = self.facts(
            Group,
            (
                {
                    "site": self.site,
                    "name": f"Evening group {n}",
                    "session_type": "relapse-prevention",
                    "track": "evening",
                    "capacity": 12,
                    "room": self.rooms[n % len(self.rooms)],
                    "opened_date": self.starts[0],
                }
                for n in range(count)
            ),
        )
        days = ((0, 2, 3), (1, 3, 5), (0, 1, 4))
        self.facts(
            GroupMeeting,
            (
                {
                    "group": group,
                    "weekday": weekday,
                    "starts": time(17, 30),
                    "minutes": 180,
                    "from_date": self.starts[0],
                }
                for n, group in enumerate(self.all_groups)
                for weekday in days[n % 3]
            ),
        )
        self.facts(
            GroupFacilitator,
            (
                {"group": group, "practitioner": self.practitioners[n % 40], "from_date": self.starts[0]}
                for n, group in enumerate(self.all_groups)
            ),
        )
        self.facts(
            Membership,
            (
                {
                    "group": self.all_groups[place],
                    "episode": self.episodes[n],
                    "from_date": self.starts[n],
                    "until_date": self.episodes[n].ended_at and self.episodes[n].ended_at.date(),
                }
                for place, n in self.cohorts
            ),
        )
        self.days_of = {group.pk: days[n % 3] for n, group in enumerate(self.all_groups)}

    def filled_groups(self) -> Iterator[tuple[int, int]]:
        """(group, person): the first group with a free seat on the day they start."""
        free_from: list[list[date]] = []
        for n, start in enumerate(self.starts):
            for seats in free_from:
                seats[:] = [until for until in seats if until > start]
            place = next((i for i, seats in enumerate(free_from) if len(seats) < GROUP_SIZE), len(free_from))
            if place == len(free_from):
                free_from.append([])
            free_from[place].append(start + timedelta(weeks=WEEKS_IN_CARE))
            yield place, n

    def weeks_of_sessions(self) -> None:
        """Every session of every week until two weeks from now, who was expected, who came, and the notes."""
        members: dict[int, list[int]] = {}
        for place, n in self.cohorts:
            members.setdefault(place, []).append(n)
        wanted = list(self.group_sessions(members)) + list(self.one_to_ones())
        sessions = self.facts(Session, (row for row, _, _ in wanted))
        self.facts(
            SessionStaff,
            (
                {"session": one, "practitioner": staff}
                for one, (_, staff, _) in zip(sessions, wanted, strict=True)
            ),
        )
        seats = [(one, n) for one, (_, _, who) in zip(sessions, wanted, strict=True) for n in who]
        appointments = self.facts(Appointment, (self.seat(session, n) for session, n in seats))
        past = [
            (appointment, n)
            for appointment, (session, n) in zip(appointments, seats, strict=True)
            if session.ends_at < self.now
        ]
        came = self.facts(Attendance, (self.attendance(appointment) for appointment, _ in past))
        self.facts(
            Note,
            (
                self.note(row, n)
                for row, (_, n) in zip(came, past, strict=True)
                if row.minutes and self.is_written(row)
            ),
        )

    def is_written(self, row: Attendance) -> bool:
        """Whether somebody wrote the note of this visit already: here, of every one."""
        return True

    def group_sessions(
        self, members: dict[int, list[int]]
    ) -> Iterator[tuple[dict[str, Any], Practitioner, list[int]]]:
        """A row for each meeting of each group, with its leader and who is expected."""
        for place, group in enumerate(self.all_groups):
            monday = week_of(min(self.starts[n] for n in members[place]))
            while monday <= self.today + timedelta(weeks=2):
                for weekday in self.days_of[group.pk]:
                    day = monday + timedelta(days=weekday)
                    who = [
                        n
                        for n in members[place]
                        if self.starts[n] <= day < self.starts[n] + timedelta(weeks=WEEKS_IN_CARE)
                    ]
                    if who:
                        row = self.session(
                            group.name, "relapse-prevention", day, 17, 180, group=group, room=group.room
                        )
                        yield row, self.practitioners[place % 40], who
                monday += timedelta(weeks=1)

    def one_to_ones(self) -> Iterator[tuple[dict[str, Any], Practitioner, list[int]]]:
        """A one-to-one a week for everyone."""
        for n, start in enumerate(self.starts):
            for week in range(WEEKS_IN_CARE):
                day = week_of(start) + timedelta(weeks=week, days=n % 5)
                if start <= day <= self.today + timedelta(weeks=1):
                    row = self.session("Individual therapy", "individual", day, 8 + n % 8, 60)
                    yield row, self.practitioners[n % 40], [n]

    def session(
        self, title: str, kind: str, day: date, hour: int, minutes: int, **more: Any
    ) -> dict[str, Any]:
        """The columns of one session."""
        starts = self.at(day, hour)
        return {
            "site": self.site,
            "title": title,
            "session_type": kind,
            "capacity": 12,
            "local_day": day,
            "starts_at": starts,
            "ends_at": starts + timedelta(minutes=minutes),
            **more,
        }

    def seat(self, session: Session, n: int) -> dict[str, Any]:
        """One person expected at one session."""
        minutes = int((session.ends_at - session.starts_at).total_seconds() // 60)
        return {
            "session": session,
            "patient": self.sick[n],
            "episode": self.episodes[n],
            "local_day": session.local_day,
            "planned_minutes": minutes,
            "counts": True,
        }

    def attendance(self, seat: Appointment) -> dict[str, Any]:
        """Came, mostly."""
        came = self.dice.random() < 0.85
        return {
            "session": seat.session,
            "patient": seat.patient,
            "appointment": seat,
            "status": "present" if came else "no_show",
            "minutes": seat.planned_minutes if came else 0,
            "planned_minutes": seat.planned_minutes,
            "counts": True,
            "local_day": seat.local_day,
        }

    def note(self, row: Attendance, n: int) -> dict[str, Any]:
        """A short signed note."""
        return {
            "patient": row.patient,
            "episode": self.episodes[n],
            "session": row.session,
            "objective": self.objectives[n],
            "topic": "Triggers",
            "shared_text": "The group worked on triggers and planned the evening.",
            "text": "Named two triggers and chose a call to a friend as the next step.",
            "attendance_status": row.status,
            "minutes": row.minutes,
            "local_day": row.local_day,
            "starts_at": row.session.starts_at,
            "ends_at": row.session.ends_at,
            "practitioner": self.practitioners[n % 40],
            "credential": "LCSW",
            "signed_at": row.session.ends_at,
            "digest": uuid.UUID(int=n).hex * 2,
        }

    def measures(self) -> None:
        """PHQ-9 and GAD-7 every week: asked for, and mostly answered."""
        asked = [
            {"patient": self.sick[n], "code": code, "due_date": start + timedelta(weeks=week)}
            for n, start in enumerate(self.starts)
            for week in range(WEEKS_IN_CARE)
            if start + timedelta(weeks=week) <= self.today
            for code in ("phq-9", "gad-7")
        ]
        requests = self.facts(MeasureRequest, asked)
        self.facts(
            MeasureResponse, (self.response(request) for request in requests if self.dice.random() < 0.85)
        )

    def response(self, request: MeasureRequest) -> dict[str, Any]:
        """Answers that add up to a number."""
        items = 9 if request.code == "phq-9" else 7
        answers = [self.dice.randrange(3) for _ in range(items)]
        return {
            "patient": request.patient,
            "request": request,
            "code": request.code,
            "answers": answers,
            "mode": "self",
            "taken_at": self.at(request.due_date, 12),
            "total": sum(answers),
            "band": "moderate",
        }
