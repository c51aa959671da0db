"""What a facilitator should know of the people in a room before a session, each fact looked up for all of them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from throughcare.knowledge.attendance import ALL as STATUSES
from throughcare.knowledge.clinic_calendar import local_day, week_of
from throughcare.knowledge.intake.sections import ITEM_THAT_ASKS, RISK_TOOLS
from throughcare.knowledge.safety import TIER, is_at_least
from throughcare.pathway.care_plan.plans_in_force import (
    ObjectiveChoice,
    objectives_in_force,
    versions_in_force,
)
from throughcare.pathway.measure.measure_view import view_measures
from throughcare.pathway.measure.risk_due import risk_tool_due
from throughcare.pathway.measure.tiers import tiers_of
from throughcare.records.attendance import Attendance
from throughcare.records.care_plans import Intervention
from throughcare.records.measures import MeasureResponse
from throughcare.records.sessions import Appointment, Session
from throughcare.records.timetables import Membership

CAME = tuple(code for code, status in STATUSES.items() if status.minutes_count)
WEEK = timedelta(days=7)
# How far back an answer that asks for a risk tool is read. A tier stands until it is lowered.
SAFETY_SINCE = timedelta(days=365)
MOST_OBJECTIVES = 2


@dataclass(frozen=True)
class Alert:
    """Something to know before the session; `tone` is watch or wrong."""

    words: str
    tone: str = "watch"


def been_here(session: Session, patients: Collection[int]) -> frozenset[int]:
    """Who of these came to the group before this session; for a session without a group, everyone."""
    if session.group_id is None:
        return frozenset(patients)
    rows = Attendance.objects.filter(
        organization_id=session.organization_id,
        patient__in=patients,
        retired_at__isnull=True,
        status__in=CAME,
        session__group=session.group_id,
        session__starts_at__lt=session.starts_at,
    )
    return frozenset(rows.values_list("patient", flat=True).distinct())


def newness(session: Session, seat: Appointment, been: Collection[int]) -> str:
    """In which way someone is new, in words; empty for who isn't."""
    episode = seat.episode
    if episode is not None:
        admitted = local_day(episode.admitted_at, session.site.time_zone)
        if timedelta(0) <= session.local_day - admitted < WEEK:
            return "First week in the program"
    return "" if seat.patient_id in been else "First time in this group"


def leaving(session: Session, seats: Sequence[Appointment], *, within: int) -> dict[int, str]:
    """Who (key) leaves within so many days of the session, in words: by a planned end, or out of this group."""
    last = session.local_day + timedelta(days=within)
    by_episode = {seat.episode_id: seat for seat in seats if seat.episode_id}
    found = {}
    for key, version in versions_in_force(by_episode, at=session.starts_at).items():
        seat = by_episode[key]
        if seat.episode is None or not version.expected_weeks:
            continue
        admitted = local_day(seat.episode.admitted_at, session.site.time_zone)
        ends = admitted + version.expected_weeks * WEEK
        if ends <= last:
            words = "Planned to finish" if ends >= session.local_day else "Was planned to finish"
            found[seat.patient_id] = f"{words} around {_day(ends)}"
    stints = Membership.objects.filter(
        group=session.group_id or 0,
        episode__in=by_episode,
        until_date__range=(session.local_day, last),
    )
    for key, until in stints.values_list("episode", "until_date"):
        found[by_episode[key].patient_id] = f"Leaves this group after {_day(until)}"
    return found


def _day(day: date | None) -> str:
    return f"{day:%b} {day.day}" if day else ""


def birthday_in_week(born: date | None, day: date, *, starts_on: int) -> date | None:
    """The birthday in the week of a day, if there is one; on March 1 in years without February 29."""
    if born is None:
        return None
    first = week_of(day, starts_on)
    week = (first + timedelta(days=number) for number in range(7))
    return next((one for one in week if _birthday(born, one.year) == one), None)


def _birthday(born: date, year: int) -> date:
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def safety_alerts(
    patients: Collection[int], *, organization: int, zone: str, at: datetime
) -> dict[int, Alert]:
    """What answers about suicide ask for, by patient (key). For modules past the desk for measures."""
    rows = (
        MeasureResponse.objects.select_related("patient", "recorded_by", "corrects")
        .filter(
            organization_id=organization,
            patient__in=patients,
            code__in={*ITEM_THAT_ASKS, *RISK_TOOLS},
            retired_at__isnull=True,
            taken_at__range=(at - SAFETY_SINCE, at),
        )
        .order_by("-taken_at", "-pk")
    )
    taken: dict[int, list[MeasureResponse]] = defaultdict(list)
    for row in rows:
        taken[row.patient_id].append(row)
    standing = tiers_of(list(patients), at=at)
    found = {}
    for patient in {*taken, *standing}:
        due = risk_tool_due(view_measures(taken[patient]), zone=zone, at=at)
        tier = standing[patient].tier if patient in standing else ""
        if tier in TIER and is_at_least(tier, "moderate"):
            found[patient] = Alert(f"Suicide risk {TIER[tier].word.lower()}", "wrong")
        elif due:
            late = ", overdue since midnight" if due.overdue else ""
            found[patient] = Alert(f"Ask about suicide: {due.because}{late}", "wrong")
    return found


def objectives_for(
    session: Session, episodes: Collection[int], *, at: datetime
) -> dict[int, tuple[str, ...]]:
    """By episode (key), the objectives that this kind of session works on; where none says so, the plan's first."""
    every = objectives_in_force(episodes, at=at)
    rows = Intervention.objects.filter(
        objective__in=[one.key for choices in every.values() for one in choices],
        session_type=session.session_type,
    )
    worked_on = set(rows.values_list("objective", flat=True))
    return {key: _first(choices, worked_on) for key, choices in every.items()}


def _first(choices: Sequence[ObjectiveChoice], worked_on: Collection[int]) -> tuple[str, ...]:
    own = [one for one in choices if one.key in worked_on] or list(choices)
    return tuple(one.text for one in own[:MOST_OBJECTIVES])


def shut_words(shut: Mapping[int, Collection[str]], patient: int, words: Mapping[str, str]) -> Alert | None:
    """By which ways someone must not be reached, as an alert."""
    ways = [word for code, word in words.items() if code in shut.get(patient, ())]
    return Alert(f"Unsafe at home: no {', no '.join(ways)}") if ways else None
