"""Milestones: my own, where I want them told, and what is told there. Nowhere is the default."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.milestones import PLACES, Course, Milestone, milestones, told
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.community.name import names_of
from throughcare.pathway.privacy import open_list, open_patient, sites_for
from throughcare.pathway.privacy.guards import hidden_from
from throughcare.pathway.privacy.own_record import own_patient
from throughcare.pathway.privacy.peers import show_to_peer
from throughcare.pathway.program_settings import number
from throughcare.records.community import MilestoneWish
from throughcare.records.episodes import Episode
from throughcare.records.people import Patient

KIND = "community"
COMPLETED = "completed"


@dataclass(frozen=True)
class Wish:
    """Where my milestones are told, and whether my sober days are among them."""

    places: tuple[str, ...] = ()
    tells_sober_days: bool = False
    sober_since: date | None = None


@dataclass(frozen=True)
class MyMilestones:
    """What I reached, newest first; my wish; and the name I go by in the community."""

    reached: tuple[Milestone, ...]
    wish: Wish
    name: str
    sober_days: int | None


@dataclass(frozen=True)
class Told:
    """One milestone as others read it."""

    name: str
    words: str
    day: date


@dataclass(frozen=True)
class ToSay:
    """A milestone that somebody wants said in their group."""

    patient: UUID
    name: str
    words: str
    day: date


def my_milestones(*, by: Actor, at: datetime) -> MyMilestones:
    """My own milestones and where they are told."""
    found = open_patient(own_patient(by=by), kind=KIND, by=by, at=at)
    today = local_day(at, by.time_zone)
    wish = _wishes([found.pk]).get(found.pk, Wish())
    reached = milestones(_courses([found.pk]).get(found.pk), sober_since=wish.sober_since, until=today)
    since = wish.sober_since
    return MyMilestones(
        tuple(reached),
        wish,
        names_of([found.pk]).get(found.pk, ""),
        (today - since).days if since else None,
    )


@transaction.atomic
def wish_for_milestones(wish: Wish, *, by: Actor, at: datetime) -> None:
    """Say where my milestones are told from now on; without a place they are told nowhere."""
    found = open_patient(own_patient(by=by), kind=KIND, verb="change", by=by, at=at)
    Patient.objects.select_for_update(no_key=True).get(pk=found.pk)
    if not set(wish.places) <= set(PLACES):
        raise Cannot(_("Choose from the list."), field="places")
    if wish.sober_since and wish.sober_since > local_day(at, by.time_zone):
        raise Cannot(_("Choose today or a day before it."), field="sober_since")
    if wish.tells_sober_days and not wish.sober_since:
        raise Cannot(_("Say since when you count."), field="sober_since")
    if "community" in wish.places and not names_of([found.pk]):
        raise Cannot(
            _("Choose a name for the community first. Nobody sees your real name there."), field="places"
        )
    MilestoneWish.objects.filter(patient=found, retired_at=None).update(retired_at=at)
    MilestoneWish.objects.create(
        organization_id=by.organization,
        patient=found,
        places=sorted(wish.places),
        tells_sober_days=wish.tells_sober_days,
        sober_since=wish.sober_since.isoformat() if wish.sober_since else "",
        recorded_by_id=by.account,
        recorded_at=at,
    )


def milestones_told(*, by: Actor, at: datetime) -> list[Told]:
    """What others in the community reached lately and want told here, under the name each goes by."""
    open_patient(own_patient(by=by), kind=KIND, by=by, at=at)
    wanted = _wanting("community", by=by)
    names = names_of(wanted)
    lines = [
        (key, Told(names[key], one.words, one.day))
        for key, found in _lately(wanted, by=by, at=at).items()
        if key in names
        for one in found
    ]
    show_to_peer(KIND, sorted({key for key, _line in lines}), by=by, at=at)
    return sorted((line for _key, line in lines), key=lambda line: (line.day, line.name), reverse=True)


def milestones_to_say(*, among: Collection[UUID] | None = None, by: Actor, at: datetime) -> list[ToSay]:
    """For staff: whose milestone may be said in their group these days; `among` are the people of one group."""
    wanted = _at_my_sites(_wanting("group", by=by), by=by)
    if among is not None:
        here = set(Patient.objects.filter(uid__in=among, pk__in=list(wanted)).values_list("pk", flat=True))
        wanted = {key: wish for key, wish in wanted.items() if key in here}
    hidden = hidden_from(list(wanted), by=by, at=at)
    lately = {
        key: found for key, found in _lately(wanted, by=by, at=at).items() if key not in hidden and found
    }
    open_list(KIND, sorted(lately), by=by, at=at)
    people = {row.pk: row for row in Patient.objects.filter(pk__in=list(lately))}
    lines = [
        ToSay(people[key].uid, people[key].called, one.words, one.day)
        for key, found in lately.items()
        for one in found
    ]
    return sorted(lines, key=lambda line: (line.day, line.name), reverse=True)


def milestones_for_a_mentor(patient: int, *, by: Actor, at: datetime) -> list[Milestone]:
    """What somebody (key) reached lately, for the mentor they said may see it. For modules of this package."""
    return _lately({patient: _wishes([patient]).get(patient, Wish())}, by=by, at=at)[patient]


def _wanting(place: str, *, by: Actor) -> dict[int, Wish]:
    rows = MilestoneWish.objects.filter(organization_id=by.organization, retired_at=None)
    keys = [key for key, places in rows.values_list("patient", "places") if place in places]
    return _wishes(keys)


def _wishes(patients: Collection[int]) -> dict[int, Wish]:
    rows = MilestoneWish.objects.filter(patient__in=patients, retired_at=None)
    return {
        row.patient_id: Wish(
            tuple(row.places),
            row.tells_sober_days,
            date.fromisoformat(row.sober_since) if row.sober_since else None,
        )
        for row in rows
    }


def _lately(wanted: dict[int, Wish], *, by: Actor, at: datetime) -> dict[int, list[Milestone]]:
    today = local_day(at, by.time_zone)
    days = number("milestone.shown_days", organization=by.organization, on=today)
    courses = _courses(wanted)
    return {
        key: told(
            milestones(courses.get(key), sober_since=wish.sober_since, until=today),
            tells_sober_days=wish.tells_sober_days,
            since=today - timedelta(days=days),
        )
        for key, wish in wanted.items()
    }


def _courses(patients: Collection[int]) -> dict[int, Course]:
    """The last time through the program of each (key), in one query."""
    rows = (
        Episode.objects.select_related("site", "discharge")
        .filter(patient__in=list(patients))
        .order_by("admitted_at")
    )
    return {row.patient_id: _course(row) for row in rows}


def _course(row: Episode) -> Course:
    zone = row.site.time_zone
    ended = local_day(row.ended_at, zone) if row.ended_at else None
    left = getattr(row, "discharge", None)
    return Course(local_day(row.admitted_at, zone), ended, bool(left and left.reason == COMPLETED))


def _at_my_sites(wanted: dict[int, Wish], *, by: Actor) -> dict[int, Wish]:
    sites = sites_for(KIND, by=by)
    if sites is None:
        return wanted
    here = set(
        Episode.objects.filter(patient__in=list(wanted), site__in=sites).values_list("patient", flat=True)
    )
    return {key: wish for key, wish in wanted.items() if key in here}
