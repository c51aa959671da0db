"""Changes of single sessions as pages show them: what became of each session, and who has been told."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from throughcare.knowledge.canceling import ACTS, SEAT, status_of
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent
from throughcare.pathway.cover.away import require_cover
from throughcare.pathway.group.checks import practitioner_name
from throughcare.pathway.privacy import at_sites
from throughcare.pathway.privacy.guards import hidden_from
from throughcare.pathway.seat.change_telling import guests_told
from throughcare.pathway.timetable.publishing.telling import Told, told_in
from throughcare.pathway.week.canceling import what_of, when_of
from throughcare.records.timetable_runs import WeekNotice
from throughcare.records.week_changes import SessionChange, WeekChange

SHOWN = 40


@dataclass(frozen=True)
class ChangeLine:
    """One act: what it was, why, by whom, and how many of those concerned have been told."""

    uid: UUID
    title: str
    because: str
    from_date: date
    done_by: str
    done_at: datetime
    sessions: int
    concerned: int
    told: int


@dataclass(frozen=True)
class ChangedSession:
    """What became of one session: the key of its status word, and who leads it or when it is now.

    `is_lost`: those concerned lose its hours.
    """

    session: UUID
    title: str
    when: str
    status: str
    now: str
    is_lost: bool


@dataclass(frozen=True)
class ChangeView:
    """An act with its sessions and everyone whom it concerns."""

    line: ChangeLine
    leaves: str
    sessions: tuple[ChangedSession, ...]
    people: tuple[Told, ...]
    staff: tuple[Told, ...]
    guests: tuple[tuple[str, str], ...]


def week_changes(*, by: Actor) -> tuple[ChangeLine, ...]:
    """The newest acts at the sites within reach, in one query."""
    rows = _rows(by).annotate(
        held=Count("sessions", distinct=True),
        concerned=Count("notices", distinct=True),
        heard=Count("notices", filter=Q(notices__told_at__isnull=False), distinct=True),
    )
    return tuple(_line(row) for row in rows.order_by("-recorded_at", "-pk")[:SHOWN])


def change_view(change: UUID, *, by: Actor, at: datetime) -> ChangeView:
    """One act; the people named on the page are one row in the book of accesses."""
    row = _rows(by).filter(uid=change).first()
    if row is None:
        raise Absent("change")
    told = told_in(WeekNotice.objects.filter(change=row), by=by, at=at)
    steps = list(
        SessionChange.objects.filter(change=row)
        .select_related("session__site", "session__group", "moved_to__site", "moved_to__group")
        .prefetch_related("session__staff__practitioner")
        .order_by("session__starts_at", "pk")
    )
    guests = guests_told([one.session for one in steps], at=at)
    people = [one.patient for one in guests]
    hidden = hidden_from(people, by=by, at=at)
    row.held, row.concerned = len(steps), len(told)  # type: ignore[attr-defined]
    row.heard = sum(one.told_at is not None for one in told)  # type: ignore[attr-defined]
    return ChangeView(
        line=_line(row),
        leaves=ACTS[row.kind].leaves if row.kind in ACTS else "",
        sessions=tuple(_changed(one) for one in steps),
        people=tuple(one for one in told if not one.is_staff),
        staff=tuple(one for one in told if one.is_staff),
        guests=tuple(dict.fromkeys((one.name, one.how) for one in guests if one.patient not in hidden)),
    )


def _rows(by: Actor) -> QuerySet[WeekChange]:
    require_cover(by)
    rows = WeekChange.objects.filter(organization_id=by.organization)
    return at_sites(rows, "schedule", by=by, verb="change").select_related("recorded_by", "site")


def _line(row: WeekChange) -> ChangeLine:
    return ChangeLine(
        uid=row.uid,
        title=ACTS[row.kind].title if row.kind in ACTS else "A change",
        because=row.because,
        from_date=row.from_date,
        done_by=row.recorded_by.name if row.recorded_by else "the program",
        done_at=row.recorded_at,
        sessions=row.held,  # type: ignore[attr-defined]  # annotated, or counted by the view
        concerned=row.concerned,  # type: ignore[attr-defined]
        told=row.heard,  # type: ignore[attr-defined]
    )


def _changed(one: SessionChange) -> ChangedSession:
    row = one.session
    if one.moved_to is not None:
        now = f"Now {when_of(one.moved_to)}"
    elif row.cancelled_at is not None:
        now = row.cancelled_because
    else:
        leaders = " and ".join(practitioner_name(who.practitioner) for who in row.staff.all())
        now = f"Led by {leaders}" if leaders else "Nobody leads it"
    is_lost = one.moved_to is None and (row.cancelled_at is not None or one.what == SEAT)
    return ChangedSession(row.uid, what_of(row), when_of(row), status_of(one.what), now, is_lost)
