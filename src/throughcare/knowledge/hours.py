"""The hour ledger: what a week of treatment was planned to be, what it came to, and why.

Hours are attended minutes in sessions that count, divided by 60; breaks, meals, transport, self-help meetings
and homework are none. A make-up session adds to what was delivered and not to what was planned.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from throughcare.knowledge.program_settings import ALL as SETTINGS
from throughcare.knowledge.program_settings import Number, value_of
from throughcare.knowledge.session_types import session_type
from throughcare.knowledge.verdict import Allowed, Refused, Verdict


@dataclass(frozen=True)
class HourEntry:
    """One person's place in one session; minutes are without breaks, `status` is None until it was recorded.

    `is_over` says that the session has ended: without a status its attendance was then not taken.
    """

    day: date
    session_type: str
    planned_minutes: int
    attended_minutes: int = 0
    status: str | None = None
    is_make_up: bool = False
    is_over: bool = False


@dataclass(frozen=True)
class ProgramDay:
    """One day's attended minutes, and how many it lacks to be billed per diem."""

    day: date
    minutes: int
    minutes_short: int

    @property
    def is_billable(self) -> bool:
        """Whether the day has the minutes of a program day."""
        return self.minutes_short == 0


@dataclass(frozen=True)
class WeekLedger:
    """A week in hours; `share` is delivered of planned so far, `sign` the warning sign that follows from it.

    `not_taken` are hours of sessions that are over and have no attendance. `is_below_minimum` says that the week
    can't reach the minimum, even with those and all that is still to come. `made_up` are those of the delivered
    hours that came from make-up sessions.
    """

    begins: date
    prescribed: float
    planned: float
    minimum: float
    delivered: float
    made_up: float
    excused: float
    missed: float
    cancelled_by_program: float
    to_come: float
    not_taken: float
    program_days: tuple[ProgramDay, ...]
    share: float | None
    sign: str | None
    is_below_minimum: bool
    because: str

    @property
    def lacks(self) -> float:
        """Hours that the week will be short of those prescribed, as things stand."""
        return max(0.0, self.prescribed - self.delivered - self.not_taken - self.to_come)

    @property
    def billable_days(self) -> tuple[date, ...]:
        """The days that may be billed per diem, one unit each."""
        return tuple(found.day for found in self.program_days if found.is_billable)


@dataclass(frozen=True)
class Minutes:
    """A week's minutes by what became of them; `held` is what was planned and has come and gone."""

    planned: int
    held: int
    delivered: int
    made_up: int
    excused: int
    cancelled: int
    to_come: int
    not_taken: int

    @property
    def is_open(self) -> bool:
        """Whether it may still become more."""
        return bool(self.to_come or self.not_taken)

    @property
    def missed(self) -> int:
        """Minutes that were held without the person and neither excused nor made up."""
        return max(0, self.held - self.delivered - self.excused)


def week_ledger(
    entries: Iterable[HourEntry],
    *,
    begins: date,
    prescribed_hours: float,
    minimum_hours: float,
    own: Mapping[str, Number] | None = None,
) -> WeekLedger:
    """The ledger of the seven days from `begins`; entries of other days and kinds that don't count are left out."""
    counted = [entry for entry in entries if entry.day in seven_days(begins) and counts(entry)]
    minutes = sum_minutes(counted)
    days = program_days(counted, own=own)
    below = minutes.delivered + minutes.to_come + minutes.not_taken < round(minimum_hours * 60)
    share = minutes.delivered / minutes.held if minutes.held else None
    return WeekLedger(
        begins=begins,
        prescribed=prescribed_hours,
        planned=minutes.planned / 60,
        minimum=minimum_hours,
        delivered=minutes.delivered / 60,
        made_up=minutes.made_up / 60,
        excused=minutes.excused / 60,
        missed=minutes.missed / 60,
        cancelled_by_program=minutes.cancelled / 60,
        to_come=minutes.to_come / 60,
        not_taken=minutes.not_taken / 60,
        program_days=days,
        share=share,
        sign=attendance_sign(share, own=own),
        is_below_minimum=below,
        because=sentence(
            minutes, days=days, prescribed=prescribed_hours, below=minimum_hours if below else None
        ),
    )


def seven_days(begins: date) -> frozenset[date]:
    """The days of the week that begins on this day."""
    return frozenset(begins + timedelta(days=n) for n in range(7))


def counts(entry: HourEntry) -> bool:
    """Whether the entry's session is of a kind that counts as hours of treatment."""
    return session_type(entry.session_type).counts_as_clinical_hours


def sum_minutes(entries: Iterable[HourEntry]) -> Minutes:
    """Add a week's entries up; a session that the program canceled is no longer planned."""
    sums: Counter[str] = Counter()
    for entry in entries:
        regular = 0 if entry.is_make_up else entry.planned_minutes
        if entry.status == "cancelled_by_program":
            sums["cancelled"] += regular
            continue
        sums["planned"] += regular
        if entry.status is None:
            sums["not_taken" if entry.is_over else "to_come"] += entry.planned_minutes
            continue
        sums["held"] += regular
        sums["delivered"] += entry.attended_minutes
        if entry.is_make_up:
            sums["made_up"] += entry.attended_minutes
        if entry.status == "excused":
            sums["excused"] += regular
    names = ("planned", "held", "delivered", "made_up", "excused", "cancelled", "to_come", "not_taken")
    return Minutes(**{name: sums[name] for name in names})


def program_days(
    entries: Iterable[HourEntry], *, own: Mapping[str, Number] | None = None
) -> tuple[ProgramDay, ...]:
    """The days on which the person was in treatment, earliest first."""
    needed = int(value_of("min_minutes_program_day", own))
    attended: Counter[date] = Counter()
    for entry in entries:
        attended[entry.day] += entry.attended_minutes
    return tuple(
        ProgramDay(day, minutes, max(0, needed - minutes))
        for day, minutes in sorted(attended.items())
        if minutes
    )


def attendance_sign(
    share: float | None, *, no_shows: int = 0, own: Mapping[str, Number] | None = None
) -> str | None:
    """The warning sign for this share of planned hours and these no-shows within `attendance.window_days`."""
    if no_shows >= value_of("attendance.critical_no_shows", own):
        return "attendance_critical"
    if share is None or share >= value_of("attendance.low", own):
        return None
    return "attendance_critical" if share < value_of("attendance.critical", own) else "attendance_low"


def check_prescription(
    hours: float, *, days: int, is_teen: bool, own: Mapping[str, Number] | None = None
) -> Verdict:
    """Whether a week of so many hours on so many days is intensive outpatient care."""
    group = "teen" if is_teen else "adult"
    least_key, most_key = f"min_hours_week.{group}", f"max_hours_week.{group}"
    least, most = value_of(least_key, own), value_of(most_key, own)
    if not least <= hours <= most:
        return Refused(
            because=f"Prescribe {number(least)} to {number(most)} hours a week at this level, not {number(hours)}.",
            cite=SETTINGS[least_key].source,
        )
    if days < value_of("min_days_week", own):
        return Refused(
            because=f"Spread the hours over at least {value_of('min_days_week', own)} days a week.",
            cite=SETTINGS["min_days_week"].source,
        )
    return Allowed()


def would_come_to(week: WeekLedger, *, minutes: int) -> str:
    """The sum of a week with one more session, such as `3 + 3 = 6 of 9 h`."""
    parts = [(week.delivered, ""), (week.not_taken, " not taken"), (week.to_come, " to come")]
    summands = [f"{number(hours)}{words}" for hours, words in parts if hours or not words]
    total = week.delivered + week.not_taken + week.to_come + minutes / 60
    of = f" of {number(week.prescribed)}" if week.prescribed else ""
    return f"{' + '.join([*summands, in_hours(minutes)])} = {number(total)}{of} h"


def number(value: float) -> str:
    """A number as people write it: 9, 4.5, 0.33."""
    return f"{round(value, 2):g}"


def in_hours(minutes: int) -> str:
    """Minutes as a number of hours."""
    return number(minutes / 60)


def sentence(
    minutes: Minutes, *, days: tuple[ProgramDay, ...], prescribed: float, below: float | None
) -> str:
    """What the week came to and why, for a person to read."""
    if not minutes.planned and not minutes.delivered:
        first = "No hours are planned this week"
    else:
        first = f"{in_hours(minutes.delivered)} of {in_hours(minutes.planned)} planned hours delivered"
    if minutes.planned and not minutes.is_open:
        first += f" ({100 * minutes.delivered / minutes.planned:.1f} %)"
    if minutes.planned != round(prescribed * 60):
        first += f", {number(prescribed)} prescribed"
    rest = (
        (minutes.missed, "missed"),
        (minutes.excused, "excused"),
        (minutes.cancelled, "canceled by the program"),
        (minutes.not_taken, "with attendance not taken"),
        (minutes.to_come, "still to come"),
    )
    parts = [f"{in_hours(value)} {words}" for value, words in rest if value]
    text = f"{first}{': ' + ', '.join(parts) if parts else ''}."
    billable = sum(found.is_billable for found in days)
    if days:
        text += f" {billable} of {len(days)} days attended can be billed as a program day."
    if below is not None:
        text += f" The week {'stays' if minutes.is_open else 'is'} below {number(below)} hours."
    return text
