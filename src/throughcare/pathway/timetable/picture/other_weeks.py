"""One-to-ones that are not held every week: how often, and those that lie in the weeks beside the one pictured.

A week stands for those after it, so that what comes round every second week keeps its time in the weeks between too.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from throughcare.knowledge.clinic_calendar import at_local, week_of
from throughcare.knowledge.planning.care_plans import DoseLine
from throughcare.knowledge.week_rules import Span
from throughcare.pathway.timetable.picture.gathered import Booked, Week
from throughcare.pathway.timetable.picture.prescription import NEARLY, Prescription, is_group
from throughcare.records.sessions import Appointment, SessionStaff


def every_weeks(per_week: float, place: int = 0) -> int:
    """Every how many weeks the visit at this place of a line is held: of 1.5 a week the second is every 2 weeks."""
    rate = min(1.0, per_week - place)
    return max(1, round(1 / rate)) if rate > NEARLY else 1


def is_rare(line: DoseLine) -> bool:
    """Whether a line is of one-to-ones, fewer than one a week."""
    return not is_group(line) and 0 < line.per_week < 1 - NEARLY


@dataclass(frozen=True)
class Beside:
    """What other weeks hold of such lines: types by person, and the times as they fall in the week pictured, by key."""

    kinds: Mapping[int, frozenset[str]] = field(default_factory=dict)
    of_people: Mapping[int, Sequence[Span]] = field(default_factory=dict)
    of_staff: Mapping[int, Sequence[Span]] = field(default_factory=dict)


def visits_beside(week: Week, doses: Mapping[int, Prescription], booked: Booked) -> Beside:
    """The visits of other weeks whose turn is not this one; `doses` are the prescriptions of patients (keys)."""
    # Where one is booked this week, its turn is this week, whatever others hold.
    here = {
        (seat.patient_id, booked.sessions[key].session_type)
        for key, seats in booked.seats.items()
        if booked.sessions[key].group_id is None
        for seat in seats
    }
    wanted = {
        (key, line.session_type): every_weeks(line.per_week)
        for key, dose in doses.items()
        for line in dose.lines
        if is_rare(line) and (key, line.session_type) not in here
    }
    if not wanted:
        return Beside()
    kinds: dict[int, set[str]] = defaultdict(set)
    people: dict[int, list[Span]] = defaultdict(list)
    shifted: dict[int, Span] = {}
    for seat in _seats(week, wanted):
        apart = abs((week_of(seat.session.local_day) - week.monday).days) // 7
        if 0 < apart < wanted.get((seat.patient_id, seat.session.session_type), 0):
            span = _in_week(week, seat)
            kinds[seat.patient_id].add(seat.session.session_type)
            people[seat.patient_id].append(span)
            shifted[seat.session_id] = span
    return Beside({key: frozenset(found) for key, found in kinds.items()}, people, _of_staff(shifted, booked))


def _seats(week: Week, wanted: Mapping[tuple[int, str], int]) -> Sequence[Appointment]:
    reach = timedelta(weeks=max(wanted.values()) - 1)
    rows = Appointment.objects.filter(
        organization_id=week.site.organization_id,
        patient__in={key for key, _ in wanted},
        local_day__range=(week.monday - reach, week.sunday + reach),
        session__site=week.site,
        session__group__isnull=True,
        session__session_type__in={kind for _, kind in wanted},
        session__cancelled_at__isnull=True,
        released_at__isnull=True,
    )
    return list(rows.select_related("session").order_by("session__starts_at", "pk"))


def _in_week(week: Week, seat: Appointment) -> Span:
    """The time of a visit, on its weekday of the week pictured."""
    row, zone = seat.session, week.site.time_zone
    days = week.monday - week_of(row.local_day)

    def moved(at: datetime) -> datetime:
        local = at.astimezone(ZoneInfo(zone))
        return at_local(local.date() + days, local.time(), zone)

    return Span(moved(row.starts_at), moved(row.ends_at), row.title)


def _of_staff(shifted: Mapping[int, Span], booked: Booked) -> dict[int, list[Span]]:
    """The time that these visits take of staff; two people who take turns at one time stand in each other's."""
    found: dict[int, list[Span]] = defaultdict(list)
    held = SessionStaff.objects.filter(session__in=list(shifted)).order_by("pk")
    for session, who in held.values_list("session", "practitioner"):
        span = shifted[session]
        taken = (booked.span(key) for key, staff in booked.staff.items() if who in staff)
        if not any(one.starts_at < span.ends_at and span.starts_at < one.ends_at for one in taken):
            found[who].append(span)
    return found
