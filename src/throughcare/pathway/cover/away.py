"""Who is away and when, and the sessions to come that they lead in that time."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.week_rules import say_day
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.group.group import find_practitioner
from throughcare.pathway.people.people import zone_for
from throughcare.pathway.privacy import at_sites, may_access
from throughcare.pathway.seat.held_time import DAYS_AHEAD
from throughcare.records.people import Practitioner
from throughcare.records.sessions import Session
from throughcare.records.week_rules import Absence


@dataclass(frozen=True)
class Away:
    """Someone who works here is away from the first to the last day."""

    practitioner: UUID
    first_day: date
    last_day: date

    @property
    def in_words(self) -> str:
        """The days in words: Mon, Mar 9, or Mon, Mar 9 to Wed, Mar 11."""
        if self.first_day == self.last_day:
            return say_day(self.first_day)
        return f"{say_day(self.first_day)} to {say_day(self.last_day)}"


def require_cover(by: Actor) -> None:
    """Raise `CannotSee` unless `by` may change the week: its pages hold where people are and when."""
    if not may_access("schedule", by=by, verb="change"):
        raise CannotSee("Cover is arranged by those who may change the week, such as the clinical director.")


def who_is_away(away: Away, *, by: Actor, at: datetime) -> Practitioner:
    """The one who is away. Raises `Cannot` for days that make no sense or lie beyond the book of sessions."""
    require_cover(by)
    who = find_practitioner(away.practitioner, by=by)
    today = local_day(at, zone_for(by))
    if away.last_day < away.first_day:
        raise Cannot("The last day comes after the first.", field="last_day")
    if away.last_day < today:
        raise Cannot("Choose days that are still to come.", field="last_day")
    if away.last_day > today + timedelta(days=DAYS_AHEAD):
        raise Cannot(
            f"Sessions stand in the book for {DAYS_AHEAD // 7} weeks. Cover so many, and hand the groups over for "
            "longer.",
            field="last_day",
        )
    return who


def their_sessions(who: Practitioner, away: Away, *, by: Actor, at: datetime) -> list[Session]:
    """The sessions that they lead in these days and that have not begun, at the sites within reach."""
    reached = at_sites(_led(who, away, by=by, at=at), "schedule", by=by, verb="change")
    return list(reached.select_related("site", "room", "group").order_by("starts_at", "pk"))


def how_many_elsewhere(who: Practitioner, away: Away, *, by: Actor, at: datetime) -> int:
    """How many more sessions they lead in these days, at sites whose week `by` may not change."""
    every = _led(who, away, by=by, at=at)
    reached = at_sites(every, "schedule", by=by, verb="change")
    return every.exclude(pk__in=reached.values("pk")).count()


def _led(who: Practitioner, away: Away, *, by: Actor, at: datetime) -> QuerySet[Session]:
    return Session.objects.filter(
        organization_id=by.organization,
        staff__practitioner=who,
        local_day__range=(away.first_day, away.last_day),
        starts_at__gt=at,
        cancelled_at__isnull=True,
    )


def keep_absence(who: Practitioner, away: Away, *, by: Actor, at: datetime) -> Absence:
    """The absence in the staff's leave, which the timetable obeys; one that covers the days already is kept."""
    standing = Absence.objects.filter(
        practitioner=who, ended_at__isnull=True, first_day__lte=away.first_day, last_day__gte=away.last_day
    )
    found = standing.order_by("pk").first()
    if found is not None:
        return found
    return Absence.objects.create(
        organization_id=by.organization,
        practitioner=who,
        first_day=away.first_day,
        last_day=away.last_day,
        recorded_by_id=by.account,
        recorded_at=at,
    )
