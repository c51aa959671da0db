"""Work and learning: my goals in them, the workshops I am expected at, what they teach, and who was asked to help."""

from dataclasses import dataclass
from datetime import datetime

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.curricula.library import curricula_for
from throughcare.knowledge.tasks import KIND as TASK_KIND
from throughcare.pathway.actor import Actor
from throughcare.pathway.measure.measure_zone import zone_of
from throughcare.pathway.own_goal.my_plan import MyGoal, my_plan
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.own_record import own_patient
from throughcare.pathway.task.my_referrals import MyReferral, my_referrals
from throughcare.records.sessions import Appointment

WORKSHOP, MOST = "vocational", 6


@dataclass(frozen=True)
class Workshop:
    """A workshop that I am expected at."""

    title: str
    starts_at: datetime


@dataclass(frozen=True)
class MyWork:
    """Everything about work and learning; `topics` are what the workshops teach, as (title, aim)."""

    goals: tuple[MyGoal, ...]
    workshops: tuple[Workshop, ...]
    topics: tuple[tuple[str, str], ...]
    referrals: tuple[MyReferral, ...]


def my_work(*, by: Actor, at: datetime) -> MyWork:
    """The actor's own. Raises `Absent` for anyone else."""
    person = open_patient(own_patient(by=by), kind="schedule", by=by, at=at)
    today = local_day(at, zone_of(person))
    rows = Appointment.objects.select_related("session").filter(
        organization_id=by.organization,
        patient=person,
        local_day__gte=today,
        released_at__isnull=True,
        session__session_type=WORKSHOP,
        session__cancelled_at__isnull=True,
        session__ends_at__gt=at,
    )
    return MyWork(
        goals=tuple(one for one in my_plan(by=by, at=at).goals if one.at_work),
        workshops=tuple(
            Workshop(one.session.title, one.session.starts_at)
            for one in rows.order_by("session__starts_at")[:MOST]
        ),
        topics=tuple(
            (topic.title, topic.aim) for course in curricula_for(WORKSHOP) for topic in course.topics
        ),
        referrals=tuple(one for one in my_referrals(by=by, at=at) if one.kind == TASK_KIND[WORKSHOP].word),
    )
