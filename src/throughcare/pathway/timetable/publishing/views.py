"""Publications as pages show them: all of them, and one with everyone whom it touches."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from throughcare.knowledge.week_rules import say_day
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent
from throughcare.pathway.privacy import at_sites
from throughcare.pathway.timetable.planners import require_planner
from throughcare.pathway.timetable.publishing.telling import Told, told_of_publication
from throughcare.records.timetable_runs import Publication

SHOWN = 60


@dataclass(frozen=True)
class PublicationLine:
    """One publication: `waiting` people and staff have not been told yet, of `touched`."""

    uid: UUID
    number: int
    site_name: str
    plan: UUID
    plan_label: str
    from_date: date
    until_date: date | None
    because: str
    published_by: str
    published_at: datetime
    touched: int
    waiting: int

    @property
    def told(self) -> int:
        """How many have been told."""
        return self.touched - self.waiting

    @property
    def title(self) -> str:
        """What it is, in words."""
        return f"{self.plan_label} is the week"

    @property
    def lead(self) -> str:
        """From when it holds, by whom, and who has been told."""
        until = f" until {say_day(self.until_date)}" if self.until_date else " on"
        return (
            f"From {say_day(self.from_date)}{until}, published by {self.published_by}. "
            f"{self.told} of {self.touched} have been told."
        )


@dataclass(frozen=True)
class PublicationView:
    """A publication with everyone whom it touches."""

    line: PublicationLine
    people: tuple[Told, ...]
    staff: tuple[Told, ...]


def publications(*, by: Actor) -> list[PublicationLine]:
    """The newest publications of the sites within reach, in one query."""
    return [_line(row) for row in _rows(by).order_by("-recorded_at", "-pk")[:SHOWN]]


def publication_view(publication: UUID, *, by: Actor, at: datetime) -> PublicationView:
    """A publication; the people named on the page are one row in the book of accesses."""
    row = _rows(by).filter(uid=publication).first()
    if row is None:
        raise Absent("publication")
    told = told_of_publication(row, by=by, at=at)
    return PublicationView(
        _line(row),
        tuple(one for one in told if not one.is_staff),
        tuple(one for one in told if one.is_staff),
    )


def _rows(by: Actor) -> QuerySet[Publication]:
    require_planner(by)
    rows = Publication.objects.filter(organization_id=by.organization).defer("before")
    return (
        at_sites(rows, "schedule", by=by, verb="change")
        .select_related("site", "recorded_by", "plan")
        .defer("plan__plan")
        .annotate(touched=Count("notices"), waiting=Count("notices", filter=Q(notices__told_at__isnull=True)))
    )


def _line(row: Publication) -> PublicationLine:
    return PublicationLine(
        uid=row.uid,
        number=row.number,
        site_name=row.site.name,
        plan=row.plan.uid,
        plan_label=f"Plan {row.plan.number}",
        from_date=row.from_date,
        until_date=row.until_date,
        because=row.because,
        published_by=row.recorded_by.name if row.recorded_by else "the program",
        published_at=row.recorded_at,
        touched=row.touched,  # type: ignore[attr-defined]  # annotated by the query
        waiting=row.waiting,  # type: ignore[attr-defined]  # annotated by the query
    )
