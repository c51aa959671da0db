"""A large made-up clinic, written straight into the tables: for measuring, not for telling a story.

5,000 people over two years by default: each comes for ten weeks of three group days and a one-to-one a week.
"""

import random
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import models

from throughcare.knowledge.clinic_calendar import at_local, week_of
from throughcare.knowledge.roles import STAFF
from throughcare.records.attendance import Attendance
from throughcare.records.care_plans import (
    Goal,
    Objective,
    PlanReview,
    PlanVersion,
    PrescriptionLine,
    Problem,
)
from throughcare.records.discharges import AftercareAppointment, Discharge
from throughcare.records.episodes import CareTeamMember, Episode, Stay
from throughcare.records.measures import MeasureRequest, MeasureResponse
from throughcare.records.notes import Note
from throughcare.records.organizations import Organization, Site
from throughcare.records.people import Account, Patient, Practitioner, RoleGrant
from throughcare.records.referrals import Referral
from throughcare.records.sessions import Appointment, Session, SessionStaff
from throughcare.records.timetables import Group, GroupFacilitator, GroupMeeting, Membership, Room

ZONE = "America/New_York"
WEEKS_IN_CARE = 10
GROUP_SIZE = 10
GIVEN = "Ana Ben Cleo Dev Eve Finn Gia Hal Ivy Jon Kim Lou Mei Nico Ola Pia Quin Rae Sol Tess Uma Vik".split()  # noqa: SIM905
FAMILY = "Adler Boyd Cruz Diaz Ebert Fox Gill Hart Ito Jain Khan Lowe Mora Nash Ober Park Quist".split()  # noqa: SIM905


class BigClinic:
    """Builds the rows, batch by batch; `say` gets a line for each part."""

    def __init__(self, patients: int, weeks: int, today: date, say: Any = print) -> None:
        self.patients, self.weeks, self.today, self.say = patients, weeks, today, say
        self.dice = random.Random(20260302)
        self.now = datetime.combine(today, time(17), tzinfo=UTC)

    def build(self) -> None:
        """Everything, in the order of the keys."""
        self.found()
        self.staff()
        self.people()
        self.plans()
        self.groups()
        self.weeks_of_sessions()
        self.measures()

    def facts(
        self, model: type[models.Model], rows: Iterable[dict[str, Any]], at: datetime | None = None
    ) -> list[Any]:
        """Write rows of a model in bulk, each with its organization and moment."""
        made = [model(organization=self.organization, recorded_at=at or self.now, **row) for row in rows]
        written = model._default_manager.bulk_create(made, batch_size=2_000)
        self.say(f"{model.__name__:20} {len(written):>9,}")
        return list(written)

    def found(self) -> None:
        """The organization, its site and rooms."""
        self.organization = Organization.objects.create(
            name="Big Clinic", neutral_name="Big", founded_at=self.now
        )
        [self.site] = self.facts(Site, [{"name": "Main", "time_zone": ZONE}])
        self.rooms = self.facts(
            Room,
            [{"site": self.site, "name": f"Room {n}", "kind": "group", "capacity": 14} for n in range(30)],
        )

    def staff(self) -> None:
        """One account that holds every role, and forty practitioners."""
        self.account = Account.objects.create(
            organization=self.organization,
            email="bench@clinic.test",
            name="Bench",
            password=make_password("a password for measuring"),
            created_at=self.now,
        )
        self.facts(RoleGrant, [{"account": self.account, "role": role} for role in sorted(STAFF)])
        self.practitioners = self.facts(
            Practitioner,
            [
                {
                    "account": self.account if n == 0 else None,
                    "given_name": GIVEN[n % len(GIVEN)],
                    "family_name": FAMILY[n % len(FAMILY)],
                    "credential": "LCSW",
                    "site": self.site,
                }
                for n in range(40)
            ],
        )

    def people(self) -> None:
        """Patients, referrals, episodes and stays, spread evenly over the weeks."""
        first = week_of(self.today) - timedelta(weeks=self.weeks)
        spread = self.weeks * 7 - 1
        self.starts = sorted(
            first + timedelta(days=self.dice.randrange(spread)) for _ in range(self.patients)
        )
        self.sick = self.facts(Patient, (self.patient(n) for n in range(self.patients)))
        referrals = self.facts(
            Referral,
            (
                {
                    "site": self.site,
                    "patient": who,
                    "source": "phone",
                    "received_at": self.at(day - timedelta(days=2), 10),
                }
                for who, day in zip(self.sick, self.starts, strict=True)
            ),
        )
        self.episodes = self.facts(
            Episode,
            (
                {
                    "patient": who,
                    "site": self.site,
                    "referral": referral,
                    "track": "evening",
                    "admitted_at": self.at(day, 9),
                    "ended_at": self.end_of(day),
                }
                for who, referral, day in zip(self.sick, referrals, self.starts, strict=True)
            ),
        )
        self.facts(Stay, (stay for n, episode in enumerate(self.episodes) for stay in self.stays(n, episode)))
        self.facts(CareTeamMember, (self.team(n, episode) for n, episode in enumerate(self.episodes)))
        gone = [episode for episode in self.episodes if episode.ended_at]
        self.facts(Discharge, (self.discharge(episode) for episode in gone))
        self.facts(AftercareAppointment, (self.aftercare(episode) for episode in gone))

    def patient(self, n: int) -> dict[str, Any]:
        """One made-up person."""
        given, family = self.dice.choice(GIVEN), self.dice.choice(FAMILY)
        return {
            "number": n + 1,
            "given_name": given,
            "family_name": f"{family}-{n}",
            "name_key": f"{given} {family}-{n}".casefold(),
            "birth_date": date(1960, 1, 1) + timedelta(days=self.dice.randrange(16_000)),
            "phone": "212-555-0100",
        }

    def at(self, day: date, hour: int) -> datetime:
        """A moment on the site's clocks."""
        return at_local(day, time(hour), ZONE)

    def end_of(self, start: date) -> datetime | None:
        """When an episode that began on `start` ended; None while it goes on."""
        end = start + timedelta(weeks=WEEKS_IN_CARE)
        return self.at(end, 12) if end < self.today else None

    def stays(self, n: int, episode: Episode) -> Iterator[dict[str, Any]]:
        """Intensive outpatient; every other person steps down for the last two weeks."""
        first = {
            "episode": episode,
            "level": "iop",
            "edition": "ASAM 4th",
            "began_at": episode.admitted_at,
            "reason": "admission",
            "ended_at": episode.ended_at,
        }
        stepped = episode.admitted_at + timedelta(weeks=WEEKS_IN_CARE - 2)
        if n % 2 or stepped >= self.now:
            yield first
            return
        yield {**first, "ended_at": stepped, "ended_because": "step_down", "next_place": "Outpatient here"}
        yield {**first, "level": "op", "began_at": stepped, "reason": "improved"}

    def team(self, n: int, episode: Episode) -> dict[str, Any]:
        """A primary therapist."""
        return {
            "episode": episode,
            "practitioner": self.practitioners[n % len(self.practitioners)],
            "part": "primary_therapist",
            "ended_at": episode.ended_at,
        }

    def discharge(self, episode: Episode) -> dict[str, Any]:
        """An ending."""
        return {
            "episode": episode,
            "discharged_at": episode.ended_at,
            "reason": "completed",
            "summary": {},
            "practitioner": self.practitioners[0],
            "credential": "LCSW",
        }

    def aftercare(self, episode: Episode) -> dict[str, Any]:
        """A next visit, mostly kept."""
        assert episode.ended_at
        return {
            "episode": episode,
            "with_whom": "Outpatient therapist",
            "visit_at": episode.ended_at + timedelta(days=5),
            "kept": self.dice.random() < 0.7,
        }

    def plans(self) -> None:
        """A signed plan for everyone: one problem, one goal, one objective, nine hours a week."""
        versions = self.facts(
            PlanVersion,
            (
                {
                    "episode": episode,
                    "number": 1,
                    "hours_per_week": 10,
                    "days_per_week": 4,
                    "started_at": episode.admitted_at,
                    "in_force_at": episode.admitted_at + timedelta(days=3),
                }
                for episode in self.episodes
            ),
        )
        mix = (("relapse-prevention", 3, 180), ("individual", 1, 60))
        self.facts(
            PrescriptionLine,
            (
                {"version": version, "session_type": kind, "per_week": count, "minutes": minutes}
                for version in versions
                for kind, count, minutes in mix
            ),
        )
        self.facts(PlanReview, self.reviews(versions))
        problems = self.facts(
            Problem, ({"version": one, "order": 1, "statement": "Drinking daily"} for one in versions)
        )
        goals = self.facts(
            Goal, ({"problem": one, "order": 1, "own_words": "Be there for my kids"} for one in problems)
        )
        self.objectives = self.facts(
            Objective,
            (
                {"goal": one, "order": 1, "text": "PHQ-9 below 10", "measure_code": "phq-9", "target": 9}
                for one in goals
            ),
        )

    def reviews(self, versions: list[PlanVersion]) -> Iterator[dict[str, Any]]:
        """A review every third week, one in ten forgotten."""
        for version in versions:
            for week in range(3, WEEKS_IN_CARE, 3):
                held = version.started_at + timedelta(weeks=week)
                if held < self.now and self.dice.random() < 0.9:
                    yield {
                        "episode": version.episode,
                        "version": version,
                        "reviewed_at": held,
                        "because": "by_sessions",
                        "findings": {},
                        "text": "Comes to nearly all sessions; fewer evenings alone.",
                        "outcome": "continue",
                        "practitioner": self.practitioners[0],
                        "credential": "LCSW",
                    }

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
            (self.note(row, n) for row, (_, n) in zip(came, past, strict=True) if row.minutes),
        )

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
