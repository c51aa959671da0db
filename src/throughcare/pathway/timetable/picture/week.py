"""The picture of a site's week: its records as one `timetable.problem.Problem`, and the way back to the records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from throughcare.knowledge.clinic_calendar import week_of
from throughcare.knowledge.planning.session_mixes import ALL as MIXES
from throughcare.knowledge.planning.session_mixes import SessionMix
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.care_plan.plans_in_force import versions_in_force
from throughcare.pathway.episode.banner import display_name
from throughcare.pathway.privacy import at_sites, find_patient
from throughcare.pathway.privacy.guards import HIDDEN, open_roster
from throughcare.pathway.timetable.picture.drawing import Drawing, draw
from throughcare.pathway.timetable.picture.gathered import Week, week_at
from throughcare.pathway.timetable.picture.grid import Grid
from throughcare.pathway.timetable.picture.prescription import of_mix, prescriptions
from throughcare.pathway.timetable.picture.sorting import Someone
from throughcare.pathway.timetable.picture.week_as_it_is import Clash, without_clashes
from throughcare.records.episodes import Episode
from throughcare.records.organizations import Site
from throughcare.records.people import Patient
from throughcare.timetable.problem import Plan, Problem, SlotKey

NO_PLAN = "has no care plan in force: nothing is prescribed yet."


@dataclass(frozen=True)
class LeftOut:
    """Someone (or something of the clinic) that the picture can't hold, and why; `patient` None is of the clinic."""

    because: str
    patient: UUID | None = None


@dataclass(frozen=True)
class Newcomer:
    """Someone without a plan in force who is to be in the picture all the same, with a proposed mix of sessions."""

    patient: UUID
    mix: str


@dataclass(frozen=True)
class Picture:
    """A site's week as a problem. Ids in it are public ids as text; the maps lead back to the records.

    `problem.previous` is the week as it stands without what breaks a rule; `clashes` tell what was taken out.
    `told` says of people (by id) how their prescription was read where it does not fit the site's sessions.
    """

    problem: Problem
    grid: Grid
    site: UUID
    monday: date
    people: Mapping[str, UUID]
    episodes: Mapping[str, UUID]
    staff: Mapping[str, UUID]
    groups: Mapping[SlotKey, UUID]
    group_names: Mapping[SlotKey, str]
    sessions: Mapping[SlotKey, UUID | None]
    offers: Mapping[SlotKey, UUID]
    visits: Mapping[tuple[str, str], UUID]
    names: Mapping[str, str]
    as_it_stands: Plan
    clashes: tuple[Clash, ...]
    told: Mapping[str, tuple[str, ...]]
    left_out: tuple[LeftOut, ...]


def picture_of(
    site: UUID, *, monday: date, by: Actor, at: datetime, newcomer: Newcomer | None = None
) -> Picture:
    """The week of a site from a Monday on: everyone admitted there with a plan in force, and the newcomer.

    One row in the book of accesses names them all. Raises `Absent` for a site out of reach, `Cannot` for a day that
    is no Monday.
    """
    place = at_sites(
        Site.objects.filter(organization_id=by.organization, uid=site), "schedule", by=by, column="pk"
    ).first()
    if place is None:
        raise Absent("site")
    if monday != week_of(monday):
        raise Cannot("A week begins on a Monday. Choose one.", field="monday")
    admitted = Episode.objects.filter(site=place, ended_at__isnull=True).select_related("patient")
    episodes = {row.pk: row for row in admitted.order_by("pk")}
    guest = None if newcomer is None else _guest(newcomer, list(episodes.values()), by=by)
    keys = [row.patient_id for row in episodes.values()]
    if guest is not None and guest.patient.pk not in keys:
        keys.append(guest.patient.pk)
    hidden = open_roster("schedule", keys, by=by, at=at)
    week = week_at(place, monday)
    people, without_plan = _sort_out(week, episodes, guest, at=at)
    names = {
        str(row.uid): HIDDEN if row.pk in hidden else display_name(row)
        for row in (*(one.patient for one in people), *without_plan)
    }
    return _framed(draw(week, people), week, people, episodes, without_plan, names)


@dataclass(frozen=True)
class _Guest:
    patient: Patient
    mix: SessionMix


def _guest(newcomer: Newcomer, episodes: Sequence[Episode], *, by: Actor) -> _Guest:
    mix = MIXES.get(newcomer.mix)
    if mix is None:
        raise Cannot("Choose one of the mixes on the page.", field="mix")
    admitted = next((row.patient for row in episodes if row.patient.uid == newcomer.patient), None)
    return _Guest(admitted or find_patient(newcomer.patient, by=by), mix)


def _sort_out(
    week: Week, episodes: Mapping[int, Episode], guest: _Guest | None, *, at: datetime
) -> tuple[list[Someone], list[Patient]]:
    """Who is in the picture, and who can't be: nothing is prescribed to them yet."""
    plans = prescriptions(versions_in_force(list(episodes), at=at), week.site.time_zone)
    people: list[Someone] = []
    without_plan: list[Patient] = []
    for key, row in episodes.items():
        if key in plans:
            people.append(Someone(row.patient, key, plans[key]))
        elif guest is None or guest.patient.pk != row.patient_id:
            without_plan.append(row.patient)
    if guest is not None and all(one.patient.pk != guest.patient.pk for one in people):
        episode = next((key for key, row in episodes.items() if row.patient_id == guest.patient.pk), None)
        people.append(Someone(guest.patient, episode, of_mix(guest.mix, since=week.monday)))
    return people, without_plan


def _framed(
    drawing: Drawing,
    week: Week,
    people: Sequence[Someone],
    episodes: Mapping[int, Episode],
    without_plan: Sequence[Patient],
    names: Mapping[str, str],
) -> Picture:
    previous, clashes = without_clashes(drawing.problem, drawing.now)
    held = drawing.slots.held
    leaderless = {
        f"{one.meeting.group.name} has nobody who leads it: it is not counted on."
        for one in held.values()
        if not one.leads
    }
    return Picture(
        problem=replace(drawing.problem, previous=previous),
        grid=drawing.grid,
        site=week.site.uid,
        monday=week.monday,
        people={one.id: one.patient.uid for one in people},
        episodes={one.id: episodes[one.episode].uid for one in people if one.episode is not None},
        staff=drawing.staff(),
        groups=drawing.slots.groups(),
        group_names={key: one.meeting.group.name for key, one in held.items()},
        sessions={key: one.meeting.session for key, one in held.items()},
        offers={key: offer.uid for key, offer in drawing.slots.offers.items()},
        visits=drawing.visits(),
        names=names,
        as_it_stands=drawing.now,
        clashes=clashes,
        told=drawing.said(),
        left_out=(
            *(LeftOut(f"{names[str(one.uid)]} {NO_PLAN}", one.uid) for one in without_plan),
            *(LeftOut(words) for words in sorted({*leaderless, *drawing.uneven})),
        ),
    )
