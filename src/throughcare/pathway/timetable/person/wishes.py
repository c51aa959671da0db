"""What a person wishes of their week: when they come gladly, with whom, in which groups, in person or by video."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from throughcare.knowledge.tracks import WEEKDAYS
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.group.checks import practitioner_name
from throughcare.pathway.group.group import find_practitioner
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.timetable.picture.grid import PARTS
from throughcare.pathway.timetable.picture.wish_words import GLADLY, GROUPS_FOR, LIKINGS, WAYS
from throughcare.records.people import Patient
from throughcare.records.week_rules import WeekWishes

LONGEST_WAY = 180


@dataclass(frozen=True)
class Wishes:
    """A person's wishes. `likings` maps (weekday, part of the day) to a word of `LIKINGS`; a missing one is no matter.

    `travel_minutes` None is what the program takes for everyone.
    """

    likings: Mapping[tuple[int, str], str] = field(default_factory=dict)
    group_for: str = ""
    way: str = ""
    therapist: UUID | None = None
    travel_minutes: int | None = None


@dataclass(frozen=True)
class WishesView:
    """The wishes that count now, and when they were said; None where nothing was said yet."""

    wishes: Wishes
    said_at: datetime | None
    therapist_name: str = ""


def wish_week(patient: UUID, wishes: Wishes, *, by: Actor, at: datetime) -> UUID:
    """Write down what a person wishes of their week, in place of what they wished before."""
    person = open_patient(patient, kind="schedule", by=by, at=at, verb="change")
    return write_wishes(person, wishes, by=by, at=at)


def write_wishes(person: Patient, wishes: Wishes, *, by: Actor, at: datetime) -> UUID:
    """As `wish_week`, for a person who was opened already; for pathway modules."""
    for (weekday, part), how in wishes.likings.items():
        if not 0 <= weekday < len(WEEKDAYS) or part not in PARTS or how not in LIKINGS:
            raise Cannot("Choose how gladly they come, for each part of the days.", field="likings")
    if wishes.group_for not in GROUPS_FOR:
        raise Cannot("Choose one of the groups on the page.", field="group_for")
    if wishes.way not in WAYS:
        raise Cannot("Choose in person or by video.", field="way")
    if wishes.travel_minutes is not None and not 0 <= wishes.travel_minutes <= LONGEST_WAY:
        raise Cannot(f"Give 0 to {LONGEST_WAY} minutes for the way.", field="travel_minutes")
    therapist = find_practitioner(wishes.therapist, by=by) if wishes.therapist else None
    return WeekWishes.objects.create(
        organization_id=by.organization,
        patient=person,
        likings={f"{day} {part}": how for (day, part), how in wishes.likings.items() if how != GLADLY},
        group_for=wishes.group_for,
        way=wishes.way,
        therapist=therapist,
        travel_minutes=wishes.travel_minutes,
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


def wishes_of(patient: UUID, *, by: Actor, at: datetime) -> WishesView:
    """What a person wishes of their week, as last said."""
    person = open_patient(patient, kind="schedule", by=by, at=at)
    row = (
        WeekWishes.objects.filter(patient=person)
        .select_related("therapist")
        .order_by("-recorded_at", "-pk")
        .first()
    )
    if row is None:
        return WishesView(Wishes(), None)
    places = {place.partition(" ")[::2]: how for place, how in row.likings.items()}
    wishes = Wishes(
        likings={(int(day), part): how for (day, part), how in places.items()},
        group_for=row.group_for,
        way=row.way,
        therapist=row.therapist.uid if row.therapist else None,
        travel_minutes=row.travel_minutes,
    )
    return WishesView(wishes, row.recorded_at, practitioner_name(row.therapist) if row.therapist else "")
