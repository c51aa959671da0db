"""When the team of a site reads messages, and who is there when it doesn't."""

from dataclasses import dataclass
from datetime import datetime, time

from throughcare.knowledge.answer_times import (
    SETTINGS,
    TeamHours,
    answer_by,
    counts_from,
    is_read_now,
    team_hours,
)
from throughcare.knowledge.clinic_calendar import local_day
from throughcare.pathway.crisis.crisis_rows import holidays_of
from throughcare.pathway.on_call.rotas import rota_of
from throughcare.pathway.program_settings import number, numbers
from throughcare.records.organizations import Site
from throughcare.records.people import Account

URGENT = "crisis.p2.ack_minutes"


@dataclass(frozen=True)
class WhoIsThere:
    """What somebody who writes is told first. `opens_at` is the next opening; `on_call` a given name, or empty;
    `urgent_minutes` is the time in which a human reads words that speak of a crisis."""

    reads_now: bool
    opens_at: datetime
    answer_by: datetime
    opens: time
    closes: time
    on_call: str
    urgent_minutes: int


def hours_of(site: Site, *, at: datetime) -> TeamHours:
    """The hours in force at a site."""
    today = local_day(at, site.time_zone)
    own = numbers(*SETTINGS, organization=site.organization_id, on=today)
    return team_hours(site.time_zone, holidays_of(site, since=today), own=own)


def who_is_there(site: Site, *, at: datetime) -> WhoIsThere:
    """Whether the team reads at this moment, by when it would answer, and who is on call meanwhile."""
    hours = hours_of(site, at=at)
    reads_now = is_read_now(at, hours)
    return WhoIsThere(
        reads_now=reads_now,
        opens_at=counts_from(at, hours),
        answer_by=answer_by(at, hours),
        opens=time(hours.opens),
        closes=time(hours.closes % 24),
        on_call="" if reads_now else _on_call(site, at=at),
        urgent_minutes=number(URGENT, organization=site.organization_id, on=local_day(at, site.time_zone)),
    )


def _on_call(site: Site, *, at: datetime) -> str:
    holder = rota_of(site, since=at).holder("primary", at)
    name = Account.objects.filter(pk=holder).values_list("name", flat=True).first() if holder else ""
    return name.split()[0] if name and name.split() else ""
