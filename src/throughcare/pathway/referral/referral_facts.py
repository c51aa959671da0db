"""Referrals with what has happened since, in a fixed number of queries, for the pipeline and their own page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min, Prefetch, QuerySet

from throughcare.knowledge.attendance import ALL as STATUSES
from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.referring.intake_visits import KIND, say_visit
from throughcare.knowledge.referring.next_step import (
    CONTACT_SETTING,
    FIRST_SESSION_SETTING,
    Clock,
    IntakeVisit,
    ReferralSoFar,
    clock_of,
)
from throughcare.knowledge.referring.referrals import OUTCOMES
from throughcare.pathway.program_settings import numbers
from throughcare.records.assessments import Assessment
from throughcare.records.attendance import Attendance
from throughcare.records.organizations import Holiday
from throughcare.records.placements import PlacementDecision
from throughcare.records.referrals import Referral, ReferralAssignment, ReferralContact
from throughcare.records.sessions import Appointment, SessionStaff

REACHED = frozenset(code for code, outcome in OUTCOMES.items() if outcome.reached)
CAME = tuple(code for code, status in STATUSES.items() if status.minutes_count)


@dataclass(frozen=True)
class ClockRules:
    """The organization's numbers and days off that a referral's clock runs by."""

    contact_days: int
    session_days: int
    holidays: tuple[tuple[int | None, date], ...]

    def clock(self, referral: Referral, so_far: ReferralSoFar, *, at: datetime) -> Clock | None:
        """The referral's clock at its site."""
        off = {day for site, day in self.holidays if site in (None, referral.site_id)}
        return clock_of(
            so_far,
            contact_days=self.contact_days,
            session_days=self.session_days,
            zone=referral.site.time_zone,
            holidays=off,
            at=at,
        )


def clock_rules(organization: int, *, since: datetime, at: datetime) -> ClockRules:
    """The rules in force; holidays from `since` on."""
    found = numbers(
        CONTACT_SETTING, FIRST_SESSION_SETTING, organization=organization, on=local_day(at, "UTC")
    )
    holidays = Holiday.objects.filter(organization_id=organization, day__gte=local_day(since, "UTC"))
    return ClockRules(
        contact_days=found[CONTACT_SETTING],
        session_days=found[FIRST_SESSION_SETTING],
        holidays=tuple(holidays.values_list("site_id", "day")),
    )


def with_story(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """The referrals with all that their next step asks about, each kind of row in one query."""
    assessments = Assessment.objects.select_related("signature").prefetch_related(
        Prefetch("placements", PlacementDecision.objects.order_by("pk"))
    )
    return referrals.select_related("site").prefetch_related(
        Prefetch("contacts", ReferralContact.objects.defer("note")),
        "closures",
        "episodes",
        Prefetch("assignments", ReferralAssignment.objects.select_related("owner").order_by("pk")),
        Prefetch("assessments", assessments.order_by("pk")),
    )


def first_sessions(referrals: Iterable[Referral]) -> dict[int, datetime]:
    """When each patient (key) first came to a session since their oldest referral given; in one query."""
    asked = list(referrals)
    if not asked:
        return {}
    since = min(referral.received_at for referral in asked)
    came = Attendance.objects.filter(
        patient__in={referral.patient_id for referral in asked},
        retired_at__isnull=True,
        status__in=CAME,
        session__starts_at__gte=since,
    ).exclude(session__session_type=KIND)
    return dict(came.values_list("patient").annotate(first=Min("session__starts_at")))


def intake_visits(referrals: Iterable[Referral]) -> dict[int, Appointment]:
    """Each patient's (key) newest intake visit that stands, with its session, staff and attendance; three queries."""
    asked = list(referrals)
    if not asked:
        return {}
    since = min(referral.received_at for referral in asked)
    visits = Appointment.objects.filter(
        patient__in={referral.patient_id for referral in asked},
        released_at__isnull=True,
        session__session_type=KIND,
        session__cancelled_at__isnull=True,
        session__starts_at__gte=since,
    ).order_by("session__starts_at")
    visits = visits.select_related("session__site").prefetch_related(
        Prefetch("session__staff", SessionStaff.objects.select_related("practitioner")),
        Prefetch("attendance", Attendance.objects.filter(retired_at__isnull=True)),
    )
    return {visit.patient_id: visit for visit in visits}


def intake_of(referral: Referral, visit: Appointment | None, *, at: datetime) -> IntakeVisit | None:
    """The referral's intake visit, when it was booked after the referral came."""
    if visit is None or visit.session.starts_at < referral.received_at:
        return None
    session = visit.session
    lead = next((one.practitioner for one in session.staff.all()), None)
    came = next((one.status in CAME for one in visit.attendance.all()), None)
    return IntakeVisit(
        starts_at=session.starts_at,
        said=say_visit(
            session.starts_at,
            zone=session.site.time_zone,
            practitioner=f"{lead.given_name} {lead.family_name}".strip() if lead else "",
            way=session.way,
        ),
        over=session.ends_at <= at,
        came=came,
    )


def so_far(
    referral: Referral, first_session_at: datetime | None, intake: IntakeVisit | None = None
) -> ReferralSoFar:
    """What has happened since a referral (read by `with_story`) came in."""
    contacts = list(referral.contacts.all())
    reached = [contact.contacted_at for contact in contacts if contact.outcome in REACHED]
    assessment = next(iter(reversed(referral.assessments.all())), None)
    signature = getattr(assessment, "signature", None)
    placements = list(assessment.placements.all()) if assessment else []
    closure = next((one for one in referral.closures.all() if one.reopened_at is None), None)
    came = first_session_at if first_session_at and first_session_at >= referral.received_at else None
    return ReferralSoFar(
        received_at=referral.received_at,
        attempts=len(contacts),
        reached_at=min(reached, default=None),
        intake=intake,
        assessment_opened_at=assessment.opened_at if assessment else None,
        assessment_signed_at=signature.signed_at if signature else None,
        placed=placements[-1].placed if placements else "",
        admitted_at=min((episode.admitted_at for episode in referral.episodes.all()), default=None),
        first_session_at=came,
        closed_because=closure.reason if closure else "",
    )
