"""Why a person doesn't get every hour of their plan in a week, and which changes would give them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from throughcare.pathway.actor import Actor
from throughcare.pathway.timetable.naming import SAID_INSTEAD, say_to
from throughcare.pathway.timetable.person.good_weeks import place_of
from throughcare.pathway.timetable.person.lent_seats import LentSeat, lent_seats
from throughcare.pathway.timetable.picture.week import Picture, picture_of
from throughcare.timetable.explain import Explanation, explain

SECONDS = 2.0


@dataclass(frozen=True)
class WhyNot:
    """Causes that together keep a person from their hours, and changes each of which was tried and helps.

    `is_pictured` is false for someone without a plan in force; `never`: no clinic could give these hours.
    """

    site: UUID
    site_name: str
    monday: date
    is_pictured: bool
    hours: float
    missing_hours: float
    causes: tuple[str, ...]
    fixes: tuple[str, ...]
    never: bool
    stands_against: tuple[str, ...]
    # Groups of other sites with a seat for them.
    lent: tuple[LentSeat, ...] = ()


def why_not(patient: UUID, *, monday: date, by: Actor, at: datetime) -> WhyNot:
    """Why hours of a person are missing in the week as it stands. Writes nothing."""
    place = place_of(patient, by=by, at=at)
    picture = picture_of(place.site, monday=monday, by=by, at=at)
    person = str(place.patient.uid)
    known = picture.problem.people.get(person)
    plan = picture.problem.previous
    if known is None or plan is None:
        return WhyNot(place.site, place.site_name, monday, False, 0, 0, (), (), False, ())
    found = explain(picture.problem, plan, person, seconds=SECONDS)
    lent = (
        lent_seats(place.episode, monday=monday, by=by, at=at)
        if found.missing_hours and place.episode is not None
        else ()
    )
    return WhyNot(
        site=place.site,
        site_name=place.site_name,
        monday=monday,
        is_pictured=True,
        hours=known.hours,
        missing_hours=found.missing_hours,
        causes=_causes(found, picture, by=by),
        fixes=tuple(say_to(one.code, one.because, picture.names, by=by) for one in found.fixes),
        never=found.never,
        stands_against=tuple(
            say_to(one.rule, one.because, picture.names, by=by)
            for one in picture.clashes
            if one.people == (person,)
        ),
        lent=lent,
    )


def _causes(found: Explanation, picture: Picture, *, by: Actor) -> tuple[str, ...]:
    """The causes for this reader, each sentence once, what may not be told last."""
    said = dict.fromkeys(say_to(one.code, one.because, picture.names, by=by) for one in found.causes)
    return tuple(sorted(said, key=lambda words: words == SAID_INSTEAD))
