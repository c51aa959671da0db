"""Everyone in the program now, with what the census knows of them before it looks anything up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from throughcare.knowledge.clinic_calendar import local_day, week_of
from throughcare.pathway.actor import Actor
from throughcare.pathway.privacy import at_sites
from throughcare.pathway.program_settings import number as setting
from throughcare.records.episodes import Episode, Stay


@dataclass(frozen=True)
class Filters:
    """What the census is narrowed to; an empty value narrows nothing. `therapist` is a practitioner's public id."""

    site: UUID | None = None
    level: str = ""
    track: str = ""
    therapist: UUID | None = None
    only_overdue: bool = False


class InCare(NamedTuple):
    """Someone in the program, by keys: what the census knows of everyone before it looks anything up.

    `today` and `monday` (the first day of the week) are on their site's calendar.
    """

    episode: int
    patient: int
    name: str
    number: int
    level: str
    site: int
    zone: str
    today: date
    monday: date


@dataclass(frozen=True)
class Details:
    """What a line of the census says of someone beside their numbers; `week` counts from the admission's."""

    uid: UUID
    called: str
    birth_date: date | None
    track: str
    site: str
    week: int


def in_care(filters: Filters, *, by: Actor, at: datetime) -> list[InCare]:
    """Everyone with an open stay that the filters let through, by name."""
    stays = Stay.objects.filter(
        organization_id=by.organization,
        ended_at__isnull=True,
        episode__organization_id=by.organization,
        episode__ended_at__isnull=True,
    )
    stays = at_sites(stays, "census", by=by, column="episode__site")
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
    today = {zone: local_day(at, zone) for zone in {row[-1] for row in rows}}
    monday = {zone: week_of(day, starts_on) for zone, day in today.items()}
    people = [
        InCare(
            episode,
            patient,
            f"{family}, {given}" if family else given,
            number,
            level,
            site,
            zone,
            today[zone],
            monday[zone],
        )
        for episode, patient, given, family, number, level, site, zone in rows
    ]
    return sorted(people, key=lambda who: (who.name.casefold(), who.number))


# In the order that `in_care` takes them apart.
COLUMNS = (
    "episode",
    "episode__patient",
    "episode__patient__given_name",
    "episode__patient__family_name",
    "episode__patient__number",
    "level",
    "episode__site",
    "episode__site__time_zone",
)


def details_of(people: Sequence[InCare]) -> dict[int, Details]:
    """What the lines of these people say of them, by patient."""
    known = {who.episode: who for who in people}
    rows = Episode.objects.filter(pk__in=list(known)).select_related("patient", "site")
    return {row.patient_id: _details(row, known[row.pk]) for row in rows.only(*SHOWN)}


SHOWN = (
    "track",
    "admitted_at",
    "site__name",
    "patient__uid",
    "patient__given_name",
    "patient__preferred_name",
    "patient__birth_date",
)


def _details(episode: Episode, who: InCare) -> Details:
    patient = episode.patient
    return Details(
        uid=patient.uid,
        called=patient.preferred_name if patient.preferred_name != patient.given_name else "",
        birth_date=patient.birth_date,
        track=episode.track,
        site=episode.site.name,
        week=week_of_care(local_day(episode.admitted_at, who.zone), who.today),
    )


def week_of_care(admitted: date, today: date) -> int:
    """1 in the week that began with the admission."""
    return max(0, (today - admitted).days) // 7 + 1
