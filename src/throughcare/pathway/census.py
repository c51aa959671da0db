"""The census: everyone in the program now, a line each. Its queries don't grow with the people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from throughcare.knowledge.clinic_calendar import local_day, week_of
from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.plan_reviews import PlanDue
from throughcare.pathway.actor import Actor
from throughcare.pathway.census_facts import (
    LatestMeasure,
    NextSession,
    delivered_minutes,
    last_seen_days,
    latest_measures,
    next_sessions,
    overdue_measures,
    primary_therapists,
)
from throughcare.pathway.plan_dues import plan_dues
from throughcare.pathway.plans_in_force import prescribed_hours
from throughcare.pathway.privacy import open_list
from throughcare.records.episodes import Stay
from throughcare.records.organizations import Site

PAGE_SIZE = 40


@dataclass(frozen=True)
class InCare:
    """Someone in the program: what the census knows before it looks anything up."""

    episode: int
    patient: int
    uid: UUID
    name: str
    called: str
    number: int
    level: str
    track: str
    site: str
    zone: str
    week: int


@dataclass(frozen=True)
class CensusRow:
    """One line of the census. Hours are of this week; `overdue` says in words what should have happened."""

    who: InCare
    level: str
    therapist: str
    delivered: float
    prescribed: float | None
    last_seen: date | None
    next_session: NextSession | None
    measures: tuple[LatestMeasure, ...]
    review_due: date | None
    overdue: tuple[str, ...]


@dataclass(frozen=True)
class Census:
    """One page of the census, and how many people the whole of it has."""

    rows: tuple[CensusRow, ...]
    total: int
    page: int
    pages: int
    monday: date
    today: date


@dataclass(frozen=True)
class Filters:
    """What the census is narrowed to; an empty value narrows nothing. `therapist` is a practitioner's public id."""

    site: UUID | None = None
    level: str = ""
    track: str = ""
    therapist: UUID | None = None
    only_overdue: bool = False


def census(filters: Filters, *, sort: str = "name", page: int = 1, by: Actor, at: datetime) -> Census:
    """One page of everyone in care, sorted by `name level hours seen next review` (`-` before it descends)."""
    zone = zone_of(filters.site, by=by)
    today = local_day(at, zone)
    monday = week_of(today)
    people = in_care(filters, by=by, today=today)
    if filters.only_overdue:
        late = {row.who.episode for row in rows_for(people, monday=monday, today=today, at=at) if row.overdue}
        people = [who for who in people if who.episode in late]
    people = sorted_people(people, sort, monday=monday, today=today, at=at)
    pages = max(1, -(-len(people) // PAGE_SIZE))
    page = min(max(page, 1), pages)
    shown = people[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    open_list("census", [who.patient for who in shown], by=by, at=at)
    rows = rows_for(shown, monday=monday, today=today, at=at)
    return Census(tuple(rows), len(people), page, pages, monday, today)


def zone_of(site: UUID | None, *, by: Actor) -> str:
    """The time zone of the site, or of the organization's first one: whose day and week the census shows."""
    sites = Site.objects.filter(organization_id=by.organization).order_by("pk")
    found = sites.filter(uid=site).first() if site else sites.first()
    return found.time_zone if found else "UTC"


def in_care(filters: Filters, *, by: Actor, today: date) -> list[InCare]:
    """Everyone with an open stay that the filters let through, by name."""
    stays = Stay.objects.filter(
        organization_id=by.organization, ended_at__isnull=True, episode__ended_at__isnull=True
    ).select_related("episode__patient", "episode__site")
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
    ordered = stays.order_by("episode__patient__name_key", "episode__patient_id")
    return [_in_care(stay, today) for stay in ordered]


def _in_care(stay: Stay, today: date) -> InCare:
    episode, patient = stay.episode, stay.episode.patient
    admitted = local_day(episode.admitted_at, episode.site.time_zone)
    return InCare(
        episode=episode.pk,
        patient=patient.pk,
        uid=patient.uid,
        name=f"{patient.family_name}, {patient.given_name}".strip(", "),
        called=patient.preferred_name,
        number=patient.number,
        level=stay.level,
        track=episode.track,
        site=episode.site.name,
        zone=episode.site.time_zone,
        week=max(0, (today - admitted).days) // 7 + 1,
    )


def sorted_people(
    people: list[InCare], sort: str, *, monday: date, today: date, at: datetime
) -> list[InCare]:
    """The people in the order asked for; whoever lacks the value comes last, either way."""
    backwards, key = sort.startswith("-"), sort.lstrip("-")
    values = sort_values(key, people, monday=monday, today=today, at=at)
    have = [who for who in people if values.get(who.episode) is not None]
    rest = [who for who in people if values.get(who.episode) is None]
    return sorted(have, key=lambda who: values[who.episode], reverse=backwards) + rest


def sort_values(
    key: str, people: list[InCare], *, monday: date, today: date, at: datetime
) -> Mapping[int, Any]:
    """What to sort by, for each episode (key). Only the column asked for is looked up for everyone."""
    patients = [who.patient for who in people]

    def of_patients(found: Mapping[int, Any]) -> dict[int, Any]:
        return {who.episode: found.get(who.patient) for who in people}

    columns: dict[str, Callable[[], Mapping[int, Any]]] = {
        "name": lambda: {who.episode: place for place, who in enumerate(people)},
        "level": lambda: {who.episode: LEVELS[who.level].rank for who in people},
        "week": lambda: {who.episode: who.week for who in people},
        "hours": lambda: of_patients(delivered_minutes(patients, monday=monday) if patients else {}),
        "seen": lambda: of_patients(last_seen_days(patients, today=today)),
        "next": lambda: of_patients(
            {one: found.starts_at for one, found in next_sessions(patients, today=today, at=at).items()}
        ),
        "review": lambda: {
            episode: due.due_date
            for episode, due in plan_dues([who.episode for who in people], at=at).items()
        },
    }
    return columns.get(key, columns["name"])()


def rows_for(people: list[InCare], *, monday: date, today: date, at: datetime) -> list[CensusRow]:
    """The full line of each person, with one look-up per column."""
    if not people:
        return []
    patients = [who.patient for who in people]
    episodes = [who.episode for who in people]
    delivered = delivered_minutes(patients, monday=monday)
    prescribed = prescribed_hours(episodes, at=at)
    therapists = primary_therapists(episodes)
    seen = last_seen_days(patients, today=today)
    coming = next_sessions(patients, today=today, at=at)
    measures = latest_measures(patients)
    dues = plan_dues(episodes, at=at)
    asked = overdue_measures(patients, today=today)
    return [
        CensusRow(
            who=who,
            level=LEVELS[who.level].title,
            therapist=therapists.get(who.episode, ""),
            delivered=round(delivered.get(who.patient, 0) / 60, 1),
            prescribed=prescribed.get(who.episode),
            last_seen=seen.get(who.patient),
            next_session=coming.get(who.patient),
            measures=measures.get(who.patient, ()),
            review_due=dues[who.episode].due_date if who.episode in dues else None,
            overdue=tuple(_overdue(dues.get(who.episode), asked.get(who.patient, 0), today)),
        )
        for who in people
    ]


def _overdue(due: PlanDue | None, asked: int, today: date) -> list[str]:
    late = []
    if due is not None and due.is_overdue(today):
        days = (today - due.due_date).days
        what = "Full plan" if due.what == "plan" else "Plan review"
        late.append(f"{what} {days} day{'' if days == 1 else 's'} late")
    if asked:
        late.append(f"{asked} measure{'' if asked == 1 else 's'} not returned")
    return late
