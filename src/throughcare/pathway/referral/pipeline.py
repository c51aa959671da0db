"""The pipeline: every referral that is on its way, where it stands, what comes next and by when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from throughcare.knowledge.clinic_calendar import day_bounds, local_day, week_of
from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.referring.next_step import Clock, Column, NextStep, next_step
from throughcare.knowledge.referring.referrals import CLOSURE_REASONS, CONCERNS, SOURCES
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import CannotSee, require
from throughcare.pathway.privacy import may_access, open_list
from throughcare.pathway.program_settings import number
from throughcare.pathway.referral.referral_facts import (
    ClockRules,
    clock_rules,
    first_sessions,
    so_far,
    with_story,
)
from throughcare.records.episodes import Episode
from throughcare.records.organizations import Site
from throughcare.records.referrals import Referral, ReferralClosure

SAID_NO_DAYS = 30
MOST = 300


@dataclass(frozen=True)
class PipelineFilters:
    """What to show of the pipeline; empty shows all."""

    mine: bool = False
    site: UUID | None = None
    source: str = ""
    overdue: bool = False


@dataclass(frozen=True)
class ReferralView:
    """One referral as a card on the pipeline."""

    uid: UUID
    patient: UUID
    name: str
    received_at: datetime
    time_zone: str
    site: str
    source: str
    owner: str
    owner_uid: UUID | None
    step: NextStep
    clock: Clock | None
    urgent: tuple[str, ...]
    attempts: int
    closed_because: str
    placed: str
    admitted_at: datetime | None

    @property
    def column(self) -> Column:
        """Where the card stands."""
        return self.step.column


def list_pipeline(*, by: Actor, at: datetime, filters: PipelineFilters | None = None) -> list[ReferralView]:
    """Open referrals, those admitted this week and those closed in the last 30 days, most urgent first."""
    require(may_access("referral", by=by), CannotSee)
    wanted = filters or PipelineFilters()
    rows = list(with_story(_wanted(by, at, wanted))[:MOST])
    first = first_sessions(rows)
    since = min((row.received_at for row in rows), default=at)
    rules = clock_rules(by.organization, since=since, at=at)
    views = [_view(row, rules, first.get(row.patient_id), at=at) for row in rows]
    if wanted.mine:
        views = [view for view in views if view.owner_uid == by.account_uid]
    if wanted.overdue:
        views = [view for view in views if view.clock and view.clock.late]
    shown = {view.patient for view in views}
    open_list("referral", [row.patient_id for row in rows if row.patient.uid in shown], by=by, at=at)
    return sorted(views, key=_urgency)


def _urgency(view: ReferralView) -> tuple[bool, float, float]:
    """Running clocks first, by what is due soonest; then the newest."""
    due = view.clock.due_at.timestamp() if view.clock else 0.0
    return view.clock is None, due, -view.received_at.timestamp()


def _wanted(by: Actor, at: datetime, filters: PipelineFilters) -> QuerySet[Referral]:
    """Open referrals come first, so that the most that a page holds never leaves one of them out for a closed one."""
    closed = ReferralClosure.objects.filter(referral=OuterRef("pk"), reopened_at__isnull=True)
    admitted = Episode.objects.filter(referral=OuterRef("pk"))
    found = Referral.objects.filter(organization_id=by.organization).annotate(
        is_closed=Exists(closed),
        is_admitted=Exists(admitted),
        lately=Exists(closed.filter(recorded_at__gte=at - timedelta(days=SAID_NO_DAYS)))
        | Exists(admitted.filter(admitted_at__gte=_week_start(by, at))),
    )
    found = found.filter(Q(is_closed=False, is_admitted=False) | Q(lately=True))
    if filters.site is not None:
        found = found.filter(site__uid=filters.site)
    if filters.source:
        found = found.filter(source=filters.source)
    if filters.mine:
        found = found.filter(assignments__owner_id=by.account).distinct()
    return found.order_by("is_closed", "is_admitted", "received_at")


def _week_start(by: Actor, at: datetime) -> datetime:
    zone = (
        Site.objects.filter(organization_id=by.organization)
        .order_by("pk")
        .values_list("time_zone", flat=True)
    )
    place = zone.first() or "UTC"
    today = local_day(at, place)
    starts_on = number("week_start", organization=by.organization, on=today)
    return day_bounds(week_of(today, starts_on), place)[0]


def _view(
    row: Referral, rules: ClockRules, first_session_at: datetime | None, *, at: datetime
) -> ReferralView:
    story = so_far(row, first_session_at)
    owner = next(iter(reversed(row.assignments.all())), None)
    person = row.patient
    return ReferralView(
        uid=row.uid,
        patient=person.uid,
        name=f"{person.preferred_name or person.given_name} {person.family_name}".strip(),
        received_at=row.received_at,
        time_zone=row.site.time_zone,
        site=row.site.name,
        source=SOURCES[row.source].title if row.source in SOURCES else row.source,
        owner=owner.owner.name if owner else "",
        owner_uid=owner.owner.uid if owner else None,
        step=next_step(story),
        clock=rules.clock(row, story, at=at),
        urgent=tuple(
            CONCERNS[code].title for code in row.concerns if code in CONCERNS and CONCERNS[code].urgent
        ),
        attempts=story.attempts,
        closed_because=CLOSURE_REASONS[story.closed_because].title if story.closed_because else "",
        placed=LEVELS[story.placed].title if story.placed in LEVELS else story.placed,
        admitted_at=story.admitted_at,
    )
