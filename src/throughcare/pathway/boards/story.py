"""A patient's page: where they are now, and the whole way so far in one scroll."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from throughcare.knowledge.clinic_calendar import local_day, week_of
from throughcare.knowledge.planning.plan_reviews import PlanDue
from throughcare.knowledge.privacy import KINDS
from throughcare.pathway.actor import Actor
from throughcare.pathway.boards.census_facts import (
    SHOWN_MEASURES,
    LatestMeasure,
    NextSession,
    delivered_minutes,
    last_seen_days,
    latest_measures,
    next_sessions,
    overdue_measures,
    prescribed_this_week,
)
from throughcare.pathway.boards.story_events import CHAPTERS, StoryEvent, Whose
from throughcare.pathway.boards.story_weeks import week_events
from throughcare.pathway.care_plan.plan_dues import due_of
from throughcare.pathway.care_plan.plans_in_force import ObjectiveChoice, objectives_in_force
from throughcare.pathway.episode.care_team import TeamMember, team_members
from throughcare.pathway.episode.diagnoses import DiagnosisLine, diagnosis_lines
from throughcare.pathway.prepared import prepared
from throughcare.pathway.privacy import may_access, open_patient
from throughcare.pathway.program_settings import number
from throughcare.pathway.rows import only_row
from throughcare.records.among import Keys
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
class HoursNow:
    """This week's hours and when the person was last at a session, in the last six weeks."""

    delivered: float
    prescribed: float | None
    last_seen: date | None


@dataclass(frozen=True)
class Now:
    """Where a person in care stands today; what the reader's roles may not see is None or empty."""

    hours: HoursNow | None
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
    contacts: tuple[EmergencyContact, ...]
    now: Now | None
    open_referral: UUID | None
    events: tuple[StoryEvent, ...]


def patient_story(patient: UUID, *, by: Actor, at: datetime) -> Story:
    """Everything that the roles of `by` let them see of a person's way through the program."""
    person = open_patient(patient, kind="episode", by=by, at=at)
    episode = only_row(_last_episode(person.pk))
    zone = episode.site.time_zone if episode else by.time_zone
    today = local_day(at, zone)
    sees = frozenset(kind for kind in KINDS if may_access(kind, by=by))
    whose = Whose(person, zone, number("week_start", organization=by.organization, on=today), sees)
    chapters = [chapter for kind, chapter in CHAPTERS if kind in sees]
    if "attendance" in sees:
        chapters.append(week_events)
    events = [event for chapter in chapters for event in chapter(whose)]
    in_care = episode is not None and episode.ended_at is None
    return Story(
        patient=person.uid,
        phone=person.phone if "identity" in sees else "",
        contacts=tuple(
            EmergencyContact(one.name, one.relationship, one.phone) for one in _emergency_contacts(person.pk)
        )
        if "identity" in sees
        else (),
        now=_now(whose, episode, today=today, at=at) if episode and in_care else None,
        open_referral=None if in_care or "referral" not in sees else _latest_referral(person),
        events=tuple(sorted(events, key=lambda event: event.at, reverse=True)),
    )


def _latest_referral(person: Patient) -> UUID | None:
    return next(iter(_latest(person.pk)), None)


@prepared
def _latest(patient: int) -> QuerySet[Referral, UUID]:
    rows = Referral.objects.filter(patient=patient).order_by("-received_at")
    return rows.values_list("uid", flat=True)[:1]


@prepared
def _last_episode(patient: int) -> QuerySet[Episode]:
    return Episode.objects.select_related("site").filter(patient=patient).order_by("-admitted_at")[:1]


@prepared
def _emergency_contacts(patient: int) -> QuerySet[RelatedPerson]:
    return RelatedPerson.objects.filter(patient=patient, emergency_contact=True, ended_at__isnull=True)


def _now(whose: Whose, episode: Episode, *, today: date, at: datetime) -> Now:
    key, sees = whose.patient.pk, whose.sees
    organization = whose.patient.organization_id
    due = due_of(episode, at=at) if "care_plan" in sees else None
    coming = (
        next_sessions(Keys([key]), organization=organization, today=today, at=at)
        if "schedule" in sees
        else {}
    )
    measures = latest_measures(Keys([episode.pk]), organization=organization) if "measure" in sees else {}
    asked = overdue_measures(Keys([key]), organization=organization, today=today) if "measure" in sees else {}
    diagnoses = diagnosis_lines(episode) if "diagnosis" in sees else ()
    objectives = objectives_in_force([episode.pk], at=at) if "care_plan" in sees else {}
    return Now(
        hours=_hours(whose, today=today) if "attendance" in sees else None,
        next_session=coming.get(key),
        measures=tuple(measures[key, code] for code in SHOWN_MEASURES if (key, code) in measures),
        plan_due=due,
        is_plan_overdue=due is not None and due.is_overdue(today),
        measures_overdue=asked.get(key, 0),
        team=team_members(episode),
        diagnoses=tuple(one for one in diagnoses if one.ended_at is None),
        objectives=objectives.get(episode.pk, ()),
    )


def _hours(whose: Whose, *, today: date) -> HoursNow:
    key, organization = whose.patient.pk, whose.patient.organization_id
    monday = week_of(today, whose.week_starts_on)
    minutes = delivered_minutes(Keys([key]), organization=organization, monday=monday)
    return HoursNow(
        delivered=round(minutes.get(key, 0) / 60, 1),
        prescribed=prescribed_this_week(Keys([key]), monday=monday, zone=whose.zone).get(key),
        last_seen=last_seen_days(Keys([key]), organization=organization, today=today).get(key),
    )
