"""The people of the large clinic: staff, patients, how they came and left, their plans."""

import random
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import models

from throughcare.knowledge.clinic_calendar import at_local, week_of
from throughcare.knowledge.roles import STAFF
from throughcare.records.care_plans import (
    Goal,
    Objective,
    PlanReview,
    PlanVersion,
    PrescriptionLine,
    Problem,
)
from throughcare.records.discharges import AftercareAppointment, AftercareOutcome, Discharge
from throughcare.records.episodes import CareTeamMember, Episode, Stay
from throughcare.records.organizations import Organization, Site
from throughcare.records.people import Account, Patient, Practitioner, RoleGrant, mark_of_email
from throughcare.records.referrals import Referral
from throughcare.records.timetables import Room

ZONE = "America/New_York"
ADDRESS = "bench@clinic.test"
WEEKS_IN_CARE = 10
GIVEN = "Ana Ben Cleo Dev Eve Finn Gia Hal Ivy Jon Kim Lou Mei Nico Ola Pia Quin Rae Sol Tess Uma Vik".split()  # noqa: SIM905
FAMILY = "Adler Boyd Cruz Diaz Ebert Fox Gill Hart Ito Jain Khan Lowe Mora Nash Ober Park Quist".split()  # noqa: SIM905


class BigPeople:
    """Writes the rows of people, batch by batch; `say` gets a line for each part."""

    def __init__(self, patients: int, weeks: int, today: date, say: Any = print) -> None:
        self.patients, self.weeks, self.today, self.say = patients, weeks, today, say
        self.dice = random.Random(20260302)
        self.now = datetime.combine(today, time(17), tzinfo=UTC)

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
            email=ADDRESS,
            email_mark=mark_of_email(ADDRESS),
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
        visits = self.facts(AftercareAppointment, (self.aftercare(episode) for episode in gone))
        self.facts(AftercareOutcome, ({"visit": visit, "kept": self.dice.random() < 0.7} for visit in visits))

    def patient(self, n: int) -> dict[str, Any]:
        """One made-up person."""
        given, family = self.dice.choice(GIVEN), self.dice.choice(FAMILY)
        return {
            "number": n + 1,
            "given_name": given,
            "family_name": f"{family}-{n}",
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
        """A next visit."""
        assert episode.ended_at
        return {
            "episode": episode,
            "with_whom": "Outpatient therapist",
            "visit_at": episode.ended_at + timedelta(days=5),
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
