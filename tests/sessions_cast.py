"""An evening group and the people in it, written as rows so that these tests stand on their own feet."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from tests.cast import MONDAY, MORNING, NEW_YORK, Cast, at
from throughcare.knowledge.clinic_calendar import at_local
from throughcare.knowledge.session_types import session_type
from throughcare.pathway.actor import Actor
from throughcare.pathway.attendance.attendance import record_attendance
from throughcare.pathway.week.commitments import NewCommitment, add_commitment
from throughcare.records.care_plans import Goal, Objective, PlanVersion, PrescriptionLine, Problem
from throughcare.records.episodes import Episode
from throughcare.records.organizations import Site
from throughcare.records.people import Patient, Practitioner
from throughcare.records.sessions import Appointment, Session, SessionStaff
from throughcare.records.timetables import Group, Room

EVENING = time(17, 30)
WEDNESDAY, THURSDAY, SATURDAY = (MONDAY + timedelta(days=n) for n in (2, 3, 5))
AFTER = at(20, 45)
UNTIL_THE_SITTER = ((time(6), time(17)),)
CHILD_AT_HOME = {0: UNTIL_THE_SITTER, 2: UNTIL_THE_SITTER, 3: UNTIL_THE_SITTER, 5: ((time(13), time(23)),)}
ADMITTED = at(9, day=date(2026, 2, 2))


@dataclass(frozen=True)
class Person:
    """A patient with an open episode and, if planned, one objective."""

    key: int
    uid: UUID
    episode: int
    thread: UUID | None


def admit(
    cast: Cast,
    given: str,
    family: str = "",
    *,
    preferred: str = "",
    hours: float | None = 9,
    born: date | None = date(1990, 5, 4),
    admitted_at: datetime = ADMITTED,
) -> Person:
    """A person in the program, with a plan of so many hours a week in force since admission."""
    fact = {"organization_id": cast.organization, "recorded_at": MORNING}
    number = Patient.objects.filter(organization_id=cast.organization).count() + 1
    patient = Patient.objects.create(
        **fact,
        number=number,
        given_name=given,
        family_name=family or f"Family{number}",
        preferred_name=preferred,
        birth_date=born,
    )
    site = Site.objects.get(uid=cast.site)
    episode = Episode.objects.create(**fact, patient=patient, site=site, admitted_at=admitted_at)
    thread = plan(cast, episode, hours=hours, in_force_at=admitted_at) if hours is not None else None
    return Person(patient.pk, patient.uid, episode.pk, thread)


def plan(cast: Cast, episode: Episode, *, hours: float | None, in_force_at: datetime) -> UUID:
    """A plan in force with one objective; returns the objective's thread."""
    fact = {"organization_id": cast.organization, "recorded_at": MORNING}
    number = PlanVersion.objects.filter(episode=episode).count() + 1
    version = PlanVersion.objects.create(
        **fact,
        episode=episode,
        number=number,
        hours_per_week=hours,
        started_at=in_force_at,
        in_force_at=in_force_at,
    )
    PrescriptionLine.objects.create(**fact, version=version, session_type="process", per_week=3, minutes=180)
    problem = Problem.objects.create(**fact, version=version, order=1, statement="Drinks in the evening")
    goal = Goal.objects.create(**fact, problem=problem, order=1, own_words="I want my evenings back")
    thread = uuid4()
    Objective.objects.create(
        **fact, goal=goal, order=1, text=f"Names three triggers ({episode.pk})", thread=thread
    )
    return thread


def open_group(cast: Cast, name: str = "Evening process", *, capacity: int = 12) -> Group:
    """A group of the evening track in the group room."""
    return Group.objects.create(
        organization_id=cast.organization,
        recorded_at=MORNING,
        site=Site.objects.get(uid=cast.site),
        name=name,
        session_type="process",
        track="evening",
        capacity=capacity,
        room=Room.objects.get(uid=cast.group_room),
        opened_date=date(2025, 1, 1),
    )


def hold(
    cast: Cast,
    *people: Person,
    group: Group | None = None,
    day: date = MONDAY,
    starts: time = EVENING,
    ends: time = time(20, 30),
    breaks: int = 0,
    kind: str = "process",
    led_by: Actor | None = None,
    title: str = "Evening process",
) -> UUID:
    """A session with these people expected; led by Felix, the facilitator, unless said otherwise."""
    fact = {"organization_id": cast.organization, "recorded_at": MORNING}
    starts_at, ends_at = at_local(day, starts, NEW_YORK), at_local(day, ends, NEW_YORK)
    session = Session.objects.create(
        **fact,
        site=Site.objects.get(uid=cast.site),
        group=group,
        session_type=kind,
        title=title,
        room=Room.objects.get(uid=cast.group_room),
        capacity=12,
        local_day=day,
        starts_at=starts_at,
        ends_at=ends_at,
        break_minutes=breaks,
    )
    leader = Practitioner.objects.get(pk=(led_by or cast.facilitator).practitioner)
    SessionStaff.objects.create(**fact, session=session, practitioner=leader)
    for person in people:
        Appointment.objects.create(
            **fact,
            session=session,
            patient_id=person.key,
            episode_id=person.episode,
            local_day=day,
            planned_minutes=int((ends_at - starts_at).total_seconds() // 60) - breaks,
            counts=session_type(kind).counts_as_clinical_hours,
        )
    return session.uid


def anas_evenings(cast: Cast, ana: Person) -> list[UUID]:
    """Ana's week (domain.md §11.1): Monday attended, Wednesday and Thursday missed.

    Her child is at home whenever the sitter isn't: the sitter comes on those evenings, and on Saturday 8 to 13.
    """
    for weekday in range(7):
        for starts, ends in CHILD_AT_HOME.get(weekday, ((time(6), time(23)),)):
            home = NewCommitment("childcare", weekday=weekday, starts=starts, ends=ends)
            add_commitment(ana.uid, home, by=cast.clinician, at=MORNING)
    group = open_group(cast)
    days = {MONDAY: "present", WEDNESDAY: "no_show", THURSDAY: "no_show"}
    sessions = [hold(cast, ana, group=group, day=day) for day in days]
    for session, (day, status) in zip(sessions, days.items(), strict=True):
        moment = at(20, 30, day=day)
        record_attendance(session, ana.uid, status=status, by=cast.facilitator, at=moment)
    return sessions


def cancel(session: UUID, because: str = "Snow") -> None:
    """The program cancels a session."""
    Session.objects.filter(uid=session).update(cancelled_at=MORNING, cancelled_because=because)
