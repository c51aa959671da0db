"""What one kind of record looks like to someone close: days and plain sentences, never who else is there."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as say
from django.utils.translation import gettext as _

from throughcare.knowledge.attendance import ALL as STATUSES
from throughcare.knowledge.canceling import MOVED
from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.pathway.care_plan.plans_in_force import plan_in_force
from throughcare.pathway.episode.episodes import stay_of
from throughcare.pathway.session.hours import attendance_between, seats_between, zone_of
from throughcare.records.care_plans import Goal
from throughcare.records.episodes import Episode
from throughcare.records.people import Patient
from throughcare.records.sessions import Session, SessionGuest

WEEKS_BACK, DAYS_AHEAD = 4, 14


@dataclass(frozen=True)
class Shown:
    """One kind as it is shown: days or sentences; `on_request` when the team tells it by word of mouth."""

    kind: str
    title: str
    lines: tuple[tuple[str, str], ...] = ()
    on_request: bool = False


@dataclass(frozen=True)
class Whose:
    """The patient, at which moment, on whose clock; `related` is who looks (key)."""

    patient: Patient
    related: int
    episode: Episode | None
    zone: str
    today: date
    at: datetime


def whose_page(patient: Patient, related: int, *, at: datetime) -> Whose:
    """The patient and their last time through the program, for someone close (key)."""
    zone = zone_of(patient)
    episode = Episode.objects.filter(patient=patient).order_by("-admitted_at").first()
    return Whose(patient, related, episode, zone, local_day(at, zone), at)


def section(kind: str, whose: Whose) -> Shown:
    """One kind as this relation reads it; the caller asked whether they may."""
    title = _(KINDS[kind].words).capitalize()
    shows = _SECTIONS.get(kind)
    return Shown(kind, title, on_request=True) if shows is None else Shown(kind, title, shows(whose))


def _attendance(whose: Whose) -> tuple[tuple[str, str], ...]:
    """The days of the last weeks on which they were expected, newest first, each with one word."""
    first = whose.today - timedelta(weeks=WEEKS_BACK)
    organization = whose.patient.organization_id
    end = whose.today + timedelta(days=1)
    rows = attendance_between([whose.patient.pk], first, end, organization=organization).values()
    days: dict[date, list[str]] = defaultdict(list)
    for row in rows:
        if row.status != "cancelled_by_program":
            days[row.local_day].append(row.status)
    return tuple((_day(day), _word(days[day])) for day in sorted(days, reverse=True))


def _word(statuses: list[str]) -> str:
    came = [STATUSES[status].minutes_count for status in statuses]
    if all(came):
        return _("Came")
    if any(came):
        return _("Came for part of the day")
    return _("Excused") if all(status == "excused" for status in statuses) else _("Did not come")


def _schedule(whose: Whose) -> tuple[tuple[str, str], ...]:
    """When they are expected in the next two weeks: the day with its first and last hour."""
    last = whose.today + timedelta(days=DAYS_AHEAD)
    seats = seats_between([whose.patient.pk], whose.today, last, organization=whose.patient.organization_id)
    zone = ZoneInfo(whose.zone)
    days: dict[date, list[datetime]] = defaultdict(list)
    for seat in seats:
        if seat.session.cancelled_at is None:
            days[seat.local_day] += [seat.session.starts_at, seat.session.ends_at]
    return (
        *((_day(day), _from_to(min(days[day]), max(days[day]), zone)) for day in sorted(days)),
        *_together(whose, last),
    )


def _together(whose: Whose, last: date) -> tuple[tuple[str, str], ...]:
    """The sessions that this relation is expected at too, also those that were canceled or moved."""
    rows = SessionGuest.objects.filter(
        person=whose.related, session__local_day__range=(whose.today, last)
    ).select_related("session")
    zone = ZoneInfo(whose.zone)
    return tuple(
        (_("You come too on {day}").format(day=_day(row.session.local_day)), _how(row.session, zone))
        for row in rows.order_by("session__starts_at", "pk")
    )


def _how(session: Session, zone: ZoneInfo) -> str:
    if session.cancelled_at is None:
        return _from_to(session.starts_at, session.ends_at, zone)
    return _("Moved to another time") if session.cancelled_how == MOVED else _("Canceled")


def _goals(whose: Whose) -> tuple[tuple[str, str], ...]:
    """What they want from the program, in their own words, as the plan in force says it."""
    plan = plan_in_force(whose.episode.pk, on=whose.today) if whose.episode else None
    goals = (
        Goal.objects.filter(problem__version=plan).order_by("problem__order", "order", "pk") if plan else ()
    )
    return tuple((_("Goal"), goal.own_words) for goal in goals)


def _stay(whose: Whose) -> tuple[tuple[str, str], ...]:
    episode = whose.episode
    if episode is None:
        return ()
    stay = stay_of(episode)
    lines = [(_("In the program since"), _day(local_day(episode.admitted_at, whose.zone)))]
    if stay and episode.ended_at is None:
        lines.append((_("Level of care"), _(LEVELS[stay.level].title)))
    if episode.ended_at is not None:
        lines.append((_("Left on"), _day(local_day(episode.ended_at, whose.zone))))
    return tuple(lines)


def _identity(whose: Whose) -> tuple[tuple[str, str], ...]:
    return ((_("Name"), whose.patient.called),)


_SECTIONS: dict[str, Callable[[Whose], tuple[tuple[str, str], ...]]] = {
    "attendance": _attendance,
    "schedule": _schedule,
    "care_plan": _goals,
    "episode": _stay,
    "identity": _identity,
}


def _day(day: date) -> str:
    return say(day, _("l, F j, Y"))


def _from_to(starts: datetime, ends: datetime, zone: ZoneInfo) -> str:
    return _("{starts} to {ends}").format(starts=_clock(starts, zone), ends=_clock(ends, zone))


def _clock(moment: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    return f"{local.hour % 12 or 12}:{local:%M} {'AM' if local.hour < 12 else 'PM'}"
