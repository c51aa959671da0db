"""A patient's page: where they are now, and the whole way so far in one scroll."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from throughcare.knowledge.clinic_calendar import local_day, week_of
from throughcare.knowledge.plan_reviews import PlanDue
from throughcare.pathway.actor import Actor
from throughcare.pathway.care_team import TeamMember, team_members
from throughcare.pathway.census_facts import (
    LatestMeasure,
    NextSession,
    delivered_minutes,
    last_seen_days,
    latest_measures,
    next_sessions,
    overdue_measures,
)
from throughcare.pathway.diagnoses import DiagnosisLine, diagnosis_lines
from throughcare.pathway.plan_dues import due_of
from throughcare.pathway.plans_in_force import ObjectiveChoice, objectives_in_force, prescribed_hours
from throughcare.pathway.privacy import may_access, open_patient
from throughcare.pathway.story_events import CHAPTERS, StoryEvent, Whose
from throughcare.records.episodes import Episode
from throughcare.records.people import Patient, RelatedPerson
from throughcare.records.referrals import Referral


@dataclass(frozen=True)
class EmergencyContact:
    """Whom to call, and what they are to the person."""

    name: str
    relationship: str
    phone: str


@dataclass(frozen=True)
class Now:
    """Where a person in care stands today. Hours are of this week."""

    delivered: float
    prescribed: float | None
    last_seen: date | None
    next_session: NextSession | None
    measures: tuple[LatestMeasure, ...]
    plan_due: PlanDue | None
    is_plan_overdue: bool
    measures_overdue: int
    team: tuple[TeamMember, ...]
    diagnoses: tuple[DiagnosisLine, ...]
    objectives: tuple[ObjectiveChoice, ...]


@dataclass(frozen=True)
class Story:
    """The page: `now` is None for someone not in care, `events` are newest first."""

    patient: UUID
    phone: str
    email: str
    contacts: tuple[EmergencyContact, ...]
    now: Now | None
    open_referral: UUID | None
    events: tuple[StoryEvent, ...]


def patient_story(patient: UUID, *, by: Actor, at: datetime) -> Story:
    """Everything that the roles of `by` let them see of a person's way through the program."""
    person = open_patient(patient, kind="episode", by=by, at=at)
    episode = Episode.objects.select_related("site").filter(patient=person).order_by("-admitted_at").first()
    zone = episode.site.time_zone if episode else by.time_zone
    whose = Whose(person, zone)
    events = [event for kind, chapter in CHAPTERS if may_access(kind, by=by) for event in chapter(whose)]
    related = RelatedPerson.objects.filter(patient=person, emergency_contact=True, ended_at__isnull=True)
    in_care = episode is not None and episode.ended_at is None
    return Story(
        patient=person.uid,
        phone=person.phone,
        email=person.email,
        contacts=tuple(EmergencyContact(one.name, one.relationship, one.phone) for one in related),
        now=_now(person, episode, by=by, at=at) if episode and in_care else None,
        open_referral=None if in_care else _open_referral(person),
        events=tuple(sorted(events, key=lambda event: event.at, reverse=True)),
    )


def _open_referral(person: Patient) -> UUID | None:
    latest = Referral.objects.filter(patient=person).order_by("-received_at").first()
    return latest.uid if latest else None


def _now(person: Patient, episode: Episode, *, by: Actor, at: datetime) -> Now:
    today = local_day(at, episode.site.time_zone)
    due = due_of(episode, at=at)
    sees_plan = bool(may_access("care_plan", by=by))
    sees_scores = bool(may_access("measure", by=by))
    return Now(
        delivered=round(delivered_minutes([person.pk], monday=week_of(today)).get(person.pk, 0) / 60, 1),
        prescribed=prescribed_hours([episode.pk], at=at).get(episode.pk),
        last_seen=last_seen_days([person.pk], today=today).get(person.pk),
        next_session=next_sessions([person.pk], today=today, at=at).get(person.pk),
        measures=latest_measures([person.pk]).get(person.pk, ()) if sees_scores else (),
        plan_due=due if sees_plan else None,
        is_plan_overdue=due is not None and due.is_overdue(today),
        measures_overdue=overdue_measures([person.pk], today=today).get(person.pk, 0) if sees_scores else 0,
        team=team_members(episode),
        diagnoses=diagnosis_lines(episode) if sees_plan else (),
        objectives=objectives_in_force([person.pk], at=at).get(person.pk, ()) if sees_plan else (),
    )
