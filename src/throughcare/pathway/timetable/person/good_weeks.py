"""One person placed while they are on the phone: up to three good weeks, each with what it costs the others."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import UUID

from throughcare.knowledge.planning.session_mixes import SessionMix, mixes_for
from throughcare.knowledge.verdict import Allowed, Refused, Verdict
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.timetable.naming import say_every, say_names
from throughcare.pathway.timetable.person.week_choice import OneChoice, WeekChoice, write_choice
from throughcare.pathway.timetable.picture.week import Newcomer, Picture, picture_of
from throughcare.records.assessments import Assessment
from throughcare.records.episodes import Episode
from throughcare.records.people import Patient
from throughcare.timetable.interchange import write_plan
from throughcare.timetable.place import Offer, weeks_for
from throughcare.timetable.problem import OneToOne, Problem, SlotKey

SECONDS = 2.0
MOST = 3


@dataclass(frozen=True)
class OfferedSession:
    """A session of an offered week, in the site's wall-clock time."""

    day: date
    starts: time
    ends: time
    title: str
    with_whom: str


@dataclass(frozen=True)
class GoodWeek:
    """An offered week: its sessions, what it costs in sentences, and whether it may be accepted at once.

    `key` names the whole site's week with it, for one that becomes a plan.
    """

    sessions: tuple[OfferedSession, ...]
    because: tuple[str, ...]
    missing_hours: float
    verdict: Verdict
    choice: str
    key: str


@dataclass(frozen=True)
class GoodWeeks:
    """What the page shows: the weeks; without a plan in force the mixes to choose from; `said` is worth knowing."""

    site: UUID
    site_name: str
    monday: date
    is_admitted: bool
    has_plan: bool
    hours: float
    mixes: tuple[SessionMix, ...]
    weeks: tuple[GoodWeek, ...]
    said: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """Where a person is to be placed: the site of their stay, or of the assessment while there is none."""

    patient: Patient
    site: UUID
    site_name: str
    episode: Episode | None
    level: str


@dataclass(frozen=True)
class Sought:
    """What was looked at for one person and what was found, the best first."""

    place: Place
    picture: Picture
    problem: Problem
    person: str
    offers: tuple[Offer, ...]

    @property
    def is_known(self) -> bool:
        """Whether the week knows the person."""
        return self.person in self.picture.problem.people


def seek(patient: UUID, *, monday: date, mix: str = "", by: Actor, at: datetime) -> Sought:
    """Look for weeks for one person beside everyone's week as it stands. Writes nothing; finds the same each time."""
    place = place_of(patient, by=by, at=at)
    newcomer = Newcomer(place.patient.uid, mix) if mix else None
    picture = picture_of(place.site, monday=monday, by=by, at=at, newcomer=newcomer)
    person = str(place.patient.uid)
    known = person in picture.problem.people
    problem = with_visits_kept(picture, person) if known else picture.problem
    plan = problem.previous
    offers = weeks_for(problem, plan, person, most=MOST, seconds=SECONDS) if known and plan else ()
    # On the phone hours come first, whatever else a week costs.
    offers = tuple(sorted(offers, key=lambda one: (one.missing_hours, len(one.moved), one.cost)))
    return Sought(place, picture, problem, person, offers)


def key_of(offer: Offer) -> str:
    """The name of the whole week that an offer comes to."""
    said = json.dumps(write_plan(offer.plan), sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()[:24]


def good_weeks(patient: UUID, *, monday: date, mix: str = "", by: Actor, at: datetime) -> GoodWeeks:
    """Up to three weeks for one person, as the page shows them."""
    found = seek(patient, monday=monday, mix=mix, by=by, at=at)
    place, picture, problem, person, known = (
        found.place,
        found.picture,
        found.problem,
        found.person,
        found.is_known,
    )
    own = {person: picture.names.get(person, "")}
    return GoodWeeks(
        site=place.site,
        site_name=place.site_name,
        monday=monday,
        is_admitted=place.episode is not None,
        has_plan=known and not mix,
        hours=problem.people[person].hours if known else 0.0,
        mixes=() if known and not mix else mixes_for(place.level),
        weeks=tuple(_week(picture, problem, person, one, place) for one in found.offers),
        said=tuple(say_names(words, own) for words in _said(picture, person)),
    )


def place_of(patient: UUID, *, by: Actor, at: datetime) -> Place:
    """Where someone is to be placed. Raises `Cannot` for someone of whom neither a stay nor an assessment is known."""
    person = open_patient(patient, kind="schedule", by=by, at=at, verb="change")
    episode = Episode.objects.select_related("site").filter(patient=person, ended_at__isnull=True).first()
    if episode is not None:
        stay = episode.stays.order_by("-began_at", "-pk").first()
        return Place(person, episode.site.uid, episode.site.name, episode, stay.level if stay else "iop")
    begun = Assessment.objects.select_related("site").filter(patient=person).order_by("-opened_at").first()
    if begun is None:
        raise Cannot("A week is sought for someone in the program, or whose assessment has begun.")
    return Place(person, begun.site.uid, begun.site.name, None, "iop")


def _said(picture: Picture, person: str) -> Iterator[str]:
    yield from picture.told.get(person, ())
    for clash in picture.clashes:
        if person in clash.people and len(clash.people) == 1:
            yield clash.because


def with_visits_kept(picture: Picture, person: str) -> Problem:
    """The problem in which this person's one-to-ones in the book stay where they are."""
    problem = picture.problem
    someone = problem.people[person]
    held = (picture.problem.previous.ones if picture.problem.previous else {}).get(person, {})

    def kept(one: OneToOne) -> OneToOne:
        return replace(one, starts=frozenset({held[one.kind]})) if one.kind in held else one

    people = {**problem.people, person: replace(someone, ones=tuple(kept(one) for one in someone.ones))}
    return replace(problem, people=people)


def _week(picture: Picture, problem: Problem, person: str, offer: Offer, place: Place) -> GoodWeek:
    slots = sorted(offer.plan.attend.get(person, ()))
    ones = {one.kind: one for one in problem.people[person].ones}
    times = offer.plan.ones.get(person, {})
    sessions = [*_groups(picture, offer, slots), *_visits(picture, ones, times)]
    own = {person: picture.names.get(person, "")}
    return GoodWeek(
        sessions=tuple(sorted(sessions, key=lambda one: (one.day, one.starts))),
        because=(
            *(say_names(words, own) for words in offer.because),
            *_leaves(picture, person, slots),
        ),
        missing_hours=offer.missing_hours,
        verdict=_may_accept(offer, place),
        choice=write_choice(_choice(picture, person, slots, ones, times)),
        key=key_of(offer) if place.episode is not None and (offer.moved or offer.opens) else "",
    )


def _leaves(picture: Picture, person: str, slots: Sequence[SlotKey]) -> Iterator[str]:
    """The groups that this week has no place for."""
    stays = {picture.groups.get(key) for key in slots}
    now = picture.as_it_stands.attend.get(person, ())
    for name in sorted({picture.group_names[key] for key in now if picture.groups[key] not in stays}):
        yield f"They leave {name}."


def _groups(picture: Picture, offer: Offer, slots: Sequence[SlotKey]) -> Iterator[OfferedSession]:
    problem, grid = picture.problem, picture.grid
    for key in slots:
        ticks = problem.slots[key].ticks
        yield OfferedSession(
            day=grid.day(key.day),
            starts=grid.clock(ticks[0]),
            ends=grid.clock(ticks[-1] + 1),
            title=picture.group_names.get(key) or problem.say(key.type),
            with_whom=problem.say(offer.plan.groups[key]),
        )


def _visits(
    picture: Picture, ones: Mapping[str, OneToOne], times: Mapping[str, tuple[int, int]]
) -> Iterator[OfferedSession]:
    for kind, (day, tick) in times.items():
        yield OfferedSession(
            day=picture.grid.day(day),
            starts=picture.grid.clock(tick),
            ends=picture.grid.clock(tick + ones[kind].ticks),
            title=picture.problem.say(kind.partition("-")[0]) + say_every(ones[kind].every),
            with_whom=picture.problem.say(ones[kind].staff),
        )


def _may_accept(offer: Offer, place: Place) -> Verdict:
    """A week for which nobody else moves may be accepted by one person; everything else is the director's week."""
    if place.episode is None:
        return Refused("Admit them first; then this week is theirs with one button.")
    if offer.moved:
        count = len(offer.moved)
        people = "1 person moves" if count == 1 else f"{count} people move"
        return Refused(f"{people} for this week. They are asked first: change it in the week's plan.")
    if offer.opens:
        return Refused("A group opens for this week. The director opens it in the week's plan.")
    return Allowed()


def _choice(
    picture: Picture,
    person: str,
    slots: Sequence[SlotKey],
    ones: Mapping[str, OneToOne],
    times: Mapping[str, tuple[int, int]],
) -> WeekChoice:
    groups = dict.fromkeys(picture.groups[key] for key in slots if key in picture.groups)
    return WeekChoice(
        groups=tuple(groups),
        ones=tuple(
            OneChoice(
                kind=kind.partition("-")[0],
                practitioner=picture.staff[ones[kind].staff],
                starts_at=datetime.combine(picture.grid.day(day), picture.grid.clock(tick)),
                minutes=ones[kind].ticks * picture.grid.minutes_per_tick,
                every=ones[kind].every,
            )
            for kind, (day, tick) in times.items()
            if (person, kind) not in picture.visits
        ),
    )
