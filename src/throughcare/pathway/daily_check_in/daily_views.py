"""Daily check-ins as pages show them: to the person themself, and to staff as a strip of days."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from throughcare.knowledge.between_sessions import Item
from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.daily import ITEM, USUAL, Day, DayOfStrip, phrases_of, say_days, strip_of
from throughcare.pathway.actor import Actor
from throughcare.pathway.daily_check_in.daily_rows import day_of, days_said, newest_choice, standing_days
from throughcare.pathway.measure.measure_zone import zone_of
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.rows import only_row
from throughcare.pathway.safety_plan.facts import own_signs_of
from throughcare.records.among import Keys

SHOWN = 14


@dataclass(frozen=True)
class MyDay:
    """What a person is asked today, what they said already, and how often they have spoken."""

    patient: UUID
    today: date
    chosen: tuple[str, ...]
    asked: tuple[Item, ...]
    own_signs: tuple[tuple[str, str], ...]
    said: Day | None
    days_words: str
    may_say: bool  # whoever has left the program answers what waits, and checks in no more


@dataclass(frozen=True)
class SaidOfDay:
    """One day as staff read it."""

    on: date
    phrases: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class DailyStrip:
    """The last two weeks of one person, oldest first, and what they said, newest first."""

    days: Sequence[DayOfStrip]
    said: tuple[SaidOfDay, ...]

    @property
    def last_week(self) -> int:
        """On how many of the last seven days they spoke."""
        return sum(day.said for day in self.days[-7:])


def my_day(patient: UUID, *, by: Actor, at: datetime) -> MyDay:
    """Today's check-in for the person themself."""
    row = open_patient(patient, kind="daily", by=by, at=at)
    today = local_day(at, zone_of(row))
    choice = only_row(newest_choice(row.pk))
    chosen = tuple(choice.chosen) if choice else USUAL
    signs = tuple((one.key, one.words) for one in own_signs_of([row.pk], at=at).get(row.pk, ()))
    said = next(iter(standing_days(Keys([row.pk]), today, today)), None)
    return MyDay(
        patient=row.uid,
        today=today,
        chosen=chosen,
        asked=tuple(ITEM[code] for code in chosen if code in ITEM and (code != "own_signs" or signs)),
        own_signs=signs,
        said=day_of(said) if said else None,
        days_words=say_days(set(days_said(row.pk)), today=today),
        may_say=by.holds("patient"),
    )


def daily_strip(patient: UUID, *, by: Actor, at: datetime) -> DailyStrip:
    """A person's days for staff."""
    row = open_patient(patient, kind="daily", by=by, at=at)
    return strips_of([row.pk], today=local_day(at, zone_of(row)))[row.pk]


def strips_of(patients: Collection[int], *, today: date) -> Mapping[int, DailyStrip]:
    """The days of each of these people (keys), in one query. For modules past the desk."""
    found: dict[int, dict[date, Day]] = defaultdict(dict)
    for row in standing_days(Keys(patients), today - timedelta(days=SHOWN - 1), today):
        found[row.patient_id][row.local_day] = day_of(row)
    return {patient: _strip(found[patient], today) for patient in patients}


def _strip(days: Mapping[date, Day], today: date) -> DailyStrip:
    newest = sorted(days, reverse=True)
    said = tuple(SaidOfDay(on, phrases_of(days[on]), days[on].words) for on in newest)
    return DailyStrip(strip_of(days, today=today, length=SHOWN), said)
