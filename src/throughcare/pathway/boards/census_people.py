"""Everyone in the program now, with what the census knows of them before it looks anything up."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from throughcare.knowledge.clinic_calendar import local_day, week_of
from throughcare.pathway.actor import Actor
from throughcare.pathway.program_settings import number as setting
from throughcare.records.episodes import Stay
from throughcare.records.organizations import Site


@dataclass(frozen=True)
class Filters:
    """What the census is narrowed to; an empty value narrows nothing. `therapist` is a practitioner's public id."""

    site: UUID | None = None
    level: str = ""
    track: str = ""
    therapist: UUID | None = None
    only_overdue: bool = False


@dataclass(frozen=True)
class InCare:
    """Someone in the program. `today`, `monday` (the first day of the week) and `week` are on their site's calendar."""

    episode: int
    patient: int
    uid: UUID
    name: str
    called: str
    number: int
    birth_date: date | None
    level: str
    track: str
    site: str
    zone: str
    admitted_at: datetime
    today: date
    monday: date
    week: int


def zone_of(site: UUID | None, *, by: Actor) -> str:
    """The time zone of the site, or of the organization's first one: whose day and week a board shows."""
    sites = Site.objects.filter(organization_id=by.organization).order_by("pk")
    found = sites.filter(uid=site).first() if site else sites.first()
    return found.time_zone if found else "UTC"


def in_care(filters: Filters, *, by: Actor, at: datetime) -> list[InCare]:
    """Everyone with an open stay that the filters let through, by name."""
    stays = Stay.objects.filter(
        organization_id=by.organization,
        ended_at__isnull=True,
        episode__organization_id=by.organization,
        episode__ended_at__isnull=True,
    )
    if filters.site:
        stays = stays.filter(episode__site__uid=filters.site)
    if filters.level:
        stays = stays.filter(level=filters.level)
    if filters.track:
        stays = stays.filter(episode__track=filters.track)
    if filters.therapist:
        stays = stays.filter(
            episode__care_team__practitioner__uid=filters.therapist,
            episode__care_team__part="primary_therapist",
            episode__care_team__ended_at__isnull=True,
        )
    starts_on = setting("week_start", organization=by.organization, on=at.date())
    rows = list(stays.values_list(*COLUMNS))
    today = {zone: local_day(at, zone) for zone in {row[ZONE] for row in rows}}
    people = [_in_care(row, today=today[row[ZONE]], starts_on=starts_on) for row in rows]
    return sorted(people, key=lambda who: (who.name.casefold(), who.number))


# In the order of `_in_care`.
COLUMNS = (
    "episode",
    "episode__patient",
    "episode__patient__uid",
    "episode__patient__given_name",
    "episode__patient__family_name",
    "episode__patient__preferred_name",
    "episode__patient__number",
    "episode__patient__birth_date",
    "level",
    "episode__track",
    "episode__site__name",
    "episode__site__time_zone",
    "episode__admitted_at",
)
ZONE = COLUMNS.index("episode__site__time_zone")


def _in_care(row: tuple[Any, ...], *, today: date, starts_on: int) -> InCare:
    episode, patient, uid, given, family, preferred, number, born, level, track, site, zone, admitted = row
    return InCare(
        episode=episode,
        patient=patient,
        uid=uid,
        name=f"{family}, {given}" if family else given,
        called=preferred if preferred != given else "",
        number=number,
        birth_date=born,
        level=level,
        track=track,
        site=site,
        zone=zone,
        admitted_at=admitted,
        today=today,
        monday=week_of(today, starts_on),
        week=max(0, (today - local_day(admitted, zone)).days) // 7 + 1,
    )
