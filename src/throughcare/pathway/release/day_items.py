"""Days: when the person is expected, whether they came, what made up for a missed session."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from throughcare.knowledge.attendance import ALL as STATUSES
from throughcare.pathway.privacy.telling import Item
from throughcare.pathway.release.whose import Items, Whose, say_date
from throughcare.pathway.session.hours import attendance_between, seats_between
from throughcare.records.attendance import Attendance
from throughcare.records.sessions import Appointment

EVER = date(1900, 1, 1)
DAYS_AHEAD = 14
CAME, CAME_IN_PART, EXCUSED, MISSED = "Came", "Came for part of the day", "Excused", "Did not come"


def schedule(whose: Whose) -> Items:
    """The next two weeks: each day with its first and last hour, and no word about what is held then."""
    first, end = whose.today, whose.today + timedelta(days=DAYS_AHEAD)
    organization = whose.patient.organization_id
    days: dict[date, list[Appointment]] = defaultdict(list)
    for seat in seats_between([whose.patient.pk], first, end, organization=organization):
        if seat.session.cancelled_at is None and seat.session.ends_at > whose.as_of:
            days[seat.local_day].append(seat)
    for day in sorted(days):
        begins = min(seat.session.starts_at for seat in days[day])
        ends = max(seat.session.ends_at for seat in days[day])
        words = f"Expected from {clock_on_paper(begins, whose.zone)} to {clock_on_paper(ends, whose.zone)}"
        yield Item("schedule", weekday(day), day, (words,))


def attendance(whose: Whose) -> Items:
    """Each day on which they were expected, with one word and the minutes. What the program canceled is left out."""
    for day, rows in days_expected(whose).items():
        word, minutes = day_word([row.status for row in rows]), sum(row.minutes for row in rows)
        yield Item("attendance", weekday(day), day, (f"{word}, {minutes} minutes" if minutes else word,))


def days_expected(whose: Whose, *, first: date = EVER) -> dict[date, list[Attendance]]:
    """The days from `first` until today on which they were expected, earliest first, with what stands of each."""
    organization, end = whose.patient.organization_id, whose.today + timedelta(days=1)
    rows = attendance_between([whose.patient.pk], first, end, organization=organization).values()
    days: dict[date, list[Attendance]] = defaultdict(list)
    for row in rows:
        if row.status != "cancelled_by_program":
            days[row.local_day].append(row)
    return {day: days[day] for day in sorted(days)}


def day_word(statuses: Collection[str]) -> str:
    """One word for a day: came, in part, excused, or did not come."""
    came = [STATUSES[status].minutes_count for status in statuses]
    if all(came):
        return CAME
    if any(came):
        return CAME_IN_PART
    return EXCUSED if all(status == "excused" for status in statuses) else MISSED


def make_ups(whose: Whose) -> Items:
    """Seats that were given to make up for missed hours."""
    rows = Appointment.objects.filter(
        patient=whose.patient,
        is_make_up=True,
        released_at__isnull=True,
        recorded_at__lte=whose.as_of,
    )
    for row in rows.order_by("local_day", "pk"):
        yield Item(
            "make_up", weekday(row.local_day), row.local_day, (f"{row.planned_minutes} minutes planned",)
        )


def weekday(day: date) -> str:
    """A day in words: Monday, March 2, 2026."""
    return f"{day:%A}, {say_date(day)}"


def clock_on_paper(moment: datetime, zone: str) -> str:
    """The time of day on the clinic's clock: 5:30 PM."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local.hour % 12 or 12}:{local:%M} {'AM' if local.hour < 12 else 'PM'}"
