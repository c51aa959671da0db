"""The crisis desk: what nobody has acknowledged first, then what is open, then what is still due."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery

from throughcare.knowledge.crisis.clock import Clock
from throughcare.knowledge.verdict import Verdict
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import CannotSee, require
from throughcare.pathway.crisis.crisis_rows import clock_of, crises_of
from throughcare.pathway.crisis.entering import see_crisis
from throughcare.pathway.crisis.hearing import KIND
from throughcare.pathway.crisis.views import CrisisView, view_of, with_rows
from throughcare.pathway.privacy import at_sites, may_access, open_list, open_patient
from throughcare.records.crises import Crisis, CrisisClosing, CrisisDue, CrisisEntry, CrisisPage, CrisisTaking

OVER_SHOWN = timedelta(days=3)


@dataclass(frozen=True)
class Desk:
    """The desk as it stands: each crisis is in one list only."""

    unacknowledged: tuple[CrisisView, ...]
    mine: tuple[CrisisView, ...]
    others: tuple[CrisisView, ...]
    due: tuple[CrisisView, ...]
    closed: tuple[CrisisView, ...]


def crisis_desk(*, by: Actor, at: datetime) -> Desk:
    """Every open crisis, those whose visit is still due, and those closed lately. One row in the book names all."""
    rows = with_rows(_shown(by=by, at=at).values_list("pk", flat=True))
    people = sorted({row.patient_id for row in rows if row.patient_id is not None})
    open_list(KIND, people, by=by, at=at)
    clocks: dict[int, Clock] = {}
    for row in rows:
        if row.site_id not in clocks:
            clocks[row.site_id] = clock_of(row.site, at=at)
    views = [view_of(row, clock=clocks[row.site_id], at=at, with_log=False) for row in rows]
    still_open = sorted(
        (one for one in views if not one.closed_at), key=lambda one: (one.priority, one.raised_at)
    )
    over = [one for one in views if one.closed_at]
    return Desk(
        tuple(one for one in still_open if not one.holder),
        tuple(one for one in still_open if one.holder and one.holder_uid == by.account_uid),
        tuple(one for one in still_open if one.holder and one.holder_uid != by.account_uid),
        tuple(one for one in over if one.next_due),
        tuple(one for one in over if not one.next_due),
    )


def _shown(*, by: Actor, at: datetime) -> QuerySet[Crisis]:
    due = CrisisDue.objects.filter(organization=by.organization, kind="visit", met_by__isnull=True)
    rows = crises_of(by=by).filter(
        Q(closing__isnull=True)
        | Q(closing__recorded_at__gte=at - OVER_SHOWN)
        | Q(pk__in=due.values("crisis"))
    )
    return at_sites(rows, KIND, by=by)


def crises_of_person(patient: UUID, *, by: Actor, at: datetime) -> tuple[CrisisView, ...]:
    """A person's crises, the newest first, without their logs. Raises `Absent` and `CannotSee`."""
    found = open_patient(patient, kind=KIND, by=by, at=at)
    rows = with_rows(crises_of(by=by).filter(patient=found).values_list("pk", flat=True))
    clocks = {row.site_id: row.site for row in rows}
    made = {key: clock_of(site, at=at) for key, site in clocks.items()}
    return tuple(view_of(row, clock=made[row.site_id], at=at, with_log=False) for row in reversed(rows))


def one_crisis(crisis: UUID, *, by: Actor, at: datetime) -> CrisisView:
    """One crisis with its log. Raises `Absent` and `CannotSee`."""
    row = see_crisis(crisis, by=by, at=at)
    return view_of(with_rows([row.pk])[0], clock=clock_of(row.site, at=at), at=at)


@dataclass(frozen=True)
class DeskCounts:
    """How many crises nobody has taken, are one's own, and how many dues are past."""

    waiting: int
    mine: int
    late: int

    def __bool__(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.waiting or self.mine or self.late)


def desk_counts(*, by: Actor, at: datetime) -> DeskCounts | None:
    """What Today says of crises, opening no record; None for those who have nothing to do with them. Two queries."""
    if not may_access(KIND, by=by):
        return None
    rows = at_sites(Crisis.objects.filter(organization_id=by.organization), KIND, by=by)
    later = CrisisTaking.objects.filter(crisis=OuterRef("pk")).order_by("-number")
    still_open = rows.filter(closing__isnull=True).annotate(holder=Subquery(later.values("account")[:1]))
    counted = still_open.aggregate(
        waiting=Count("pk", filter=Q(holder__isnull=True)), mine=Count("pk", filter=Q(holder=by.account))
    )
    late = CrisisDue.objects.filter(
        organization_id=by.organization, met_by__isnull=True, due_at__lte=at, crisis__in=rows
    )
    return DeskCounts(counted["waiting"], counted["mine"], late.count())


def desk_mark(*, by: Actor, at: datetime, crisis: UUID | None = None) -> str:
    """Changes whenever the desk (or one crisis) would show something else; opens nobody's record."""
    require(may_access(KIND, by=by), CannotSee)
    parts = [_newest(model, by, crisis) for model in (CrisisPage, CrisisTaking, CrisisEntry, CrisisClosing)]
    rows = Crisis.objects.filter(organization_id=by.organization)
    if crisis is not None:
        rows = rows.filter(uid=crisis)
    parts.append(rows.aggregate(newest=Max("pk"), named=Count("patient")))
    sent = CrisisPage.objects.filter(
        organization_id=by.organization, crisis__in=rows.filter(closing__isnull=True)
    )
    parts.append({"sent": sent.filter(message__dispatched_at__isnull=False).count()})
    late = CrisisDue.objects.filter(organization_id=by.organization, met_by__isnull=True, due_at__lte=at)
    parts.append({"late": late.count()})
    return "-".join(str(value or 0) for part in parts for value in part.values())


def _newest(model: type, by: Actor, crisis: UUID | None) -> dict[str, int | None]:
    rows = model.objects.filter(organization_id=by.organization)  # type: ignore[attr-defined]  # one of four models
    if crisis is not None:
        rows = rows.filter(crisis__uid=crisis)
    newest: dict[str, int | None] = rows.aggregate(newest=Max("pk"))
    return newest


def may_answer(*, by: Actor) -> Verdict:
    """Whether somebody's roles let them answer crises."""
    return may_access(KIND, by=by, verb="change")
