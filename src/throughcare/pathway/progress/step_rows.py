"""The rows that the criteria of a step rest on, for any number of people in the same number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Min, QuerySet

from throughcare.knowledge.clinic_calendar import at_local
from throughcare.knowledge.hours import HourEntry, sum_minutes
from throughcare.knowledge.hours import counts as counts_as_hours
from throughcare.knowledge.planning.own_plans import RELAPSE
from throughcare.knowledge.progress import speaks_of_relapse
from throughcare.knowledge.suicide_tier import StandingTier
from throughcare.knowledge.warning_signs.picture import TestFact
from throughcare.pathway.care_plan.plans_in_force import objectives_in_force
from throughcare.pathway.drug_test.facts import tests_of
from throughcare.pathway.measure.measure_series import MeasureSeries, series_of_many
from throughcare.pathway.measure.tiers import NOBODY, tiers_of
from throughcare.pathway.prepared import prepared
from throughcare.pathway.safety_plan.facts import plans_at_of
from throughcare.pathway.session.hours import attendance_between, entry_of, seats_between
from throughcare.records.among import Keys
from throughcare.records.attendance import Attendance
from throughcare.records.episodes import ContactAttempt, Episode
from throughcare.records.measures import MeasureResponse
from throughcare.records.sessions import Appointment

CSSRS = "c-ssrs-screener"
SCALES = ("ciwa-ar", "cows")
DAY = timedelta(days=1)


@dataclass(frozen=True)
class NextVisit:
    """The next session that a person is expected at."""

    day: date
    title: str


@dataclass(frozen=True)
class PersonRows:
    """What is on record about one person: the last days' attendance, the rest as far back as it counts.

    `tier` is the one that stands. `no_shows` are days; `tried` are the moments of attempts to reach the person.
    """

    series: tuple[MeasureSeries, ...]
    tier: StandingTier
    hours: tuple[HourEntry, ...]
    no_shows: tuple[date, ...]
    tried: tuple[datetime, ...]
    tests: tuple[TestFact, ...]
    screens: tuple[MeasureResponse, ...]
    next_visit: NextVisit | None
    relapse_plan_at: datetime | None
    relapse_objective: str

    def share(self, since: date) -> float | None:
        """The share of planned hours that was attended since a day; None when none was planned."""
        minutes = sum_minutes(one for one in self.hours if one.day >= since and counts_as_hours(one))
        return minutes.delivered / minutes.held if minutes.held else None


def rows_of(
    episodes: Sequence[Episode], *, organization: int, since: date, today: Mapping[str, date], at: datetime
) -> dict[int, PersonRows]:
    """The rows of these running episodes (key); `today` is there by zone, `since` the first day that counts."""
    patients = [one.patient_id for one in episodes]
    first = min(at_local(since, time(0), one.site.time_zone) for one in episodes)
    series = series_of_many(episodes, organization=organization, at=at)
    came = attendance_between(patients, since, max(today.values()) + DAY, organization=organization)
    no_shows: dict[int, list[date]] = defaultdict(list)
    for row in came.values():
        if row.status == "no_show":
            no_shows[row.patient_id].append(row.local_day)
    hours = _hours(patients, came, since, max(today.values()) + DAY, organization=organization, at=at)
    tests = tests_of(patients, since=first, at=at)
    screens = _by_patient(_screens(organization, Keys(patients), at))
    visits = _visits(organization, Keys(patients), at=at, today=min(today.values()))
    plans = plans_at_of(patients, at=at)
    objectives = objectives_in_force([one.pk for one in episodes], at=at)
    tried, tiers = _tries(episodes, first, at), tiers_of(patients, at=at)
    return {
        one.pk: PersonRows(
            series=series[one.pk],
            tier=tiers.get(one.patient_id, NOBODY),
            hours=tuple(hours[one.patient_id]),
            no_shows=tuple(no_shows[one.patient_id]),
            tried=tuple(tried[one.pk]),
            tests=tests.get(one.patient_id, ()),
            screens=tuple(screens[one.patient_id]),
            next_visit=visits.get(one.patient_id),
            relapse_plan_at=plans.get(one.patient_id, {}).get(RELAPSE),
            relapse_objective=next(
                (line.text for line in objectives.get(one.pk, ()) if speaks_of_relapse(line.text)), ""
            ),
        )
        for one in episodes
    }


def _tries(episodes: Sequence[Episode], first: datetime, at: datetime) -> dict[int, list[datetime]]:
    """The moments of attempts to reach each person, by episode (key)."""
    found: dict[int, list[datetime]] = defaultdict(list)
    for episode, moment in _tried(Keys(one.pk for one in episodes), first, at):
        found[episode].append(moment)
    return found


def _hours(
    patients: Sequence[int],
    came: Mapping[tuple[int, int], Attendance],
    first: date,
    end: date,
    *,
    organization: int,
    at: datetime,
) -> dict[int, list[HourEntry]]:
    """The seats that are over, as entries of the hour ledger."""
    found: dict[int, list[HourEntry]] = defaultdict(list)
    for seat in seats_between(patients, first, end, organization=organization):
        if seat.session.ends_at <= at:
            row = came.get((seat.session_id, seat.patient_id))
            found[seat.patient_id].append(entry_of(seat, row, at=at))
    return found


def _by_patient(rows: Iterable[MeasureResponse]) -> dict[int, list[MeasureResponse]]:
    found: dict[int, list[MeasureResponse]] = defaultdict(list)
    for row in rows:
        found[row.patient_id].append(row)
    return found


def _visits(organization: int, patients: Keys, *, at: datetime, today: date) -> dict[int, NextVisit]:
    """The next session of each person; of several at one moment, any."""
    starts = dict(_next_starts(organization, patients, at, today - DAY))
    seats = Appointment.objects.select_related("session").filter(
        organization_id=organization,
        patient__among=patients,
        released_at__isnull=True,
        session__cancelled_at__isnull=True,
        session__starts_at__in=set(starts.values()),
    )
    return {
        seat.patient_id: NextVisit(seat.local_day, seat.session.title)
        for seat in seats
        if seat.session.starts_at == starts.get(seat.patient_id)
    }


@prepared
def _next_starts(
    organization: int, patients: Keys, after: datetime, today: date
) -> QuerySet[Appointment, tuple[int, datetime]]:
    rows = Appointment.objects.filter(
        organization_id=organization,
        patient__among=patients,
        released_at__isnull=True,
        session__cancelled_at__isnull=True,
        session__starts_at__gt=after,
        local_day__gte=today,
    )
    return rows.order_by().values_list("patient").annotate(Min("session__starts_at"))


@prepared
def _screens(organization: int, patients: Keys, until: datetime) -> QuerySet[MeasureResponse]:
    rows = MeasureResponse.objects.filter(
        organization_id=organization,
        patient__among=patients,
        retired_at__isnull=True,
        code__in=(CSSRS, *SCALES),
        taken_at__lte=until,
    )
    return rows.order_by("taken_at", "pk")


@prepared
def _tried(
    episodes: Keys, since: datetime, until: datetime
) -> QuerySet[ContactAttempt, tuple[int, datetime]]:
    rows = ContactAttempt.objects.filter(
        episode__among=episodes, attempted_at__gte=since, attempted_at__lte=until
    )
    return rows.order_by("attempted_at", "pk").values_list("episode", "attempted_at")
