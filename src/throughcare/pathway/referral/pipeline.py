"""The pipeline: every referral that is on its way, where it stands, what comes next and by when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from throughcare.knowledge.clinic_calendar import day_bounds, local_day, week_of
from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.referring.next_step import (
    COLUMNS,
    Clock,
    Column,
    NextStep,
    ReferralSoFar,
    next_step,
)
from throughcare.knowledge.referring.referrals import CLOSURE_REASONS, CONCERNS, SOURCES
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import CannotSee, require
from throughcare.pathway.privacy import at_sites, may_access
from throughcare.pathway.privacy.guards import HIDDEN, open_roster
from throughcare.pathway.program_settings import number
from throughcare.pathway.referral.referral_facts import (
    clock_rules,
    first_sessions,
    intake_of,
    intake_visits,
    so_far,
    with_story,
)
from throughcare.records.episodes import Episode
from throughcare.records.organizations import Site
from throughcare.records.people import Account, Patient
from throughcare.records.referrals import Referral, ReferralClosure

SAID_NO_DAYS = 30
PAGE_SIZE = 40


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


@dataclass(frozen=True)
class Pipeline:
    """One page of the pipeline, and how many referrals the whole of it has, by column."""

    views: tuple[ReferralView, ...]
    counts: dict[Column, int]
    late: int
    total: int
    page: int


def list_pipeline(
    *, by: Actor, at: datetime, filters: PipelineFilters | None = None, page: int = 1
) -> Pipeline:
    """Open referrals, those admitted this week and those closed in the last 30 days, most urgent first, a page of them.

    Counts are of the whole; only the people of the page are read and written in the book of accesses.
    """
    require(may_access("referral", by=by), CannotSee)
    wanted = filters or PipelineFilters()
    standing = sorted(_standing(by, at, wanted), key=_urgency)
    pages = max(1, -(-len(standing) // PAGE_SIZE))
    page = min(max(page, 1), pages)
    shown = standing[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    keys = [one.row.patient_id for one in shown]
    hidden = open_roster("referral", keys, by=by, at=at)
    people = Patient.objects.in_bulk(keys)
    return Pipeline(
        views=tuple(_view(one, people[one.row.patient_id], one.row.patient_id in hidden) for one in shown),
        counts={code: sum(1 for one in standing if one.step.column == code) for code in COLUMNS},
        late=sum(1 for one in standing if one.clock and one.clock.late),
        total=len(standing),
        page=page,
    )


@dataclass(frozen=True)
class _Standing:
    """A referral with where it stands, before anyone's name is read."""

    row: Referral
    story: ReferralSoFar
    step: NextStep
    clock: Clock | None

    @property
    def owner(self) -> Account | None:
        newest = next(iter(reversed(self.row.assignments.all())), None)
        return newest.owner if newest else None


def _standing(by: Actor, at: datetime, filters: PipelineFilters) -> list[_Standing]:
    rows = list(with_story(_wanted(by, at, filters)).defer("reason"))
    first, visits = first_sessions(rows), intake_visits(rows)
    rules = clock_rules(by.organization, since=min((row.received_at for row in rows), default=at), at=at)
    found = []
    for row in rows:
        intake = intake_of(row, visits.get(row.patient_id), at=at)
        story = so_far(row, first.get(row.patient_id), intake)
        found.append(_Standing(row, story, next_step(story), rules.clock(row, story, at=at)))
    if filters.mine:
        found = [one for one in found if one.owner is not None and one.owner.pk == by.account]
    if filters.overdue:
        found = [one for one in found if one.clock and one.clock.late]
    return found


def _urgency(one: _Standing) -> tuple[bool, float, float]:
    """Running clocks first, by what is due soonest; then the newest."""
    due = one.clock.due_at.timestamp() if one.clock else 0.0
    return one.clock is None, due, -one.row.received_at.timestamp()


def _wanted(by: Actor, at: datetime, filters: PipelineFilters) -> QuerySet[Referral]:
    closed = ReferralClosure.objects.filter(referral=OuterRef("pk"), reopened_at__isnull=True)
    admitted = Episode.objects.filter(referral=OuterRef("pk"))
    theirs = Referral.objects.filter(organization_id=by.organization)
    found = at_sites(theirs, "referral", by=by).annotate(
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
    return found


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


def _view(one: _Standing, person: Patient, is_hidden: bool) -> ReferralView:
    row, story, owner = one.row, one.story, one.owner
    return ReferralView(
        uid=row.uid,
        patient=person.uid,
        name=HIDDEN if is_hidden else person.called,
        received_at=row.received_at,
        time_zone=row.site.time_zone,
        site=row.site.name,
        source=SOURCES[row.source].title if row.source in SOURCES else row.source,
        owner=owner.name if owner else "",
        owner_uid=owner.uid if owner else None,
        step=one.step,
        clock=one.clock,
        urgent=tuple(
            CONCERNS[code].title for code in row.concerns if code in CONCERNS and CONCERNS[code].urgent
        ),
        attempts=story.attempts,
        closed_because=CLOSURE_REASONS[story.closed_because].title if story.closed_because else "",
        placed=LEVELS[story.placed].title if story.placed in LEVELS else story.placed,
        admitted_at=story.admitted_at,
    )
