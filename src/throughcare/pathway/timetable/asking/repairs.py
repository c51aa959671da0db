"""Something happened to the week: asking for the fewest changes that mend it. They are shown before any is made."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from throughcare.knowledge.clinic_calendar import local_day, week_of
from throughcare.knowledge.week_rules import say_day
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.timetable.asking.whole_week import require_sound
from throughcare.pathway.timetable.picture.forms import VIDEO
from throughcare.pathway.timetable.picture.meaning import meaning_of
from throughcare.pathway.timetable.picture.week import Picture, picture_of
from throughcare.pathway.timetable.planners import open_site
from throughcare.pathway.timetable.publishing.drafts import THIS_WEEK
from throughcare.pathway.timetable.runs.run import NewRun, ask_for_run
from throughcare.timetable.happenings import DayLost, Happening, RoomLost, StaffAway, after

SECONDS = 10
TROUBLES = {
    "staff": "Someone of the staff is away for a day",
    "day": "The clinic is closed for a day",
    "snow": "Nobody can come to the clinic for a day; groups by video go on",
    "room": "A room can't be used from now on",
    "people": "Something changed in people's own weeks: a new shift, an admission, a discharge",
}


@dataclass(frozen=True)
class Trouble:
    """What happened, as a key of `TROUBLES`; `day` is when, or from which day on."""

    kind: str
    day: date
    staff: str = ""
    room: str = ""


def ask_for_repair(site: UUID, trouble: Trouble, *, seconds: int = SECONDS, by: Actor, at: datetime) -> UUID:
    """Queue a repair; the run's public id. Raises `Cannot` about the field that doesn't fit, or `Contradicts`."""
    place = open_site(site, by=by)
    if trouble.kind not in TROUBLES:
        raise Cannot("Choose what happened.", field="kind")
    if trouble.day < local_day(at, place.time_zone):
        raise Cannot("Choose today or a later day: what was is not rewritten.", field="day")
    picture = picture_of(site, monday=week_of(trouble.day), by=by, at=at)
    require_sound(picture)
    meaning = meaning_of(picture, organization=by.organization)
    problem, title = picture.problem, "People's own weeks changed"
    asked: dict[str, object] = {"trouble": trouble.kind, "people": _clashing(picture)}
    if trouble.kind != "people":
        happening, title = _happening(trouble, picture, meaning.room_names)
        problem = after(problem, happening)
    if trouble.kind in ("staff", "day", "snow"):
        asked["scope"] = THIS_WEEK
    new = NewRun("repair", picture.monday, title, problem, meaning, seconds=seconds, asked=asked)
    return ask_for_run(site, new, by=by, at=at)


def _clashing(picture: Picture) -> list[str]:
    """The people whose week breaks a rule as it stands, or who are short of hours: they are placed anew."""
    return sorted({who for clash in picture.clashes for who in clash.people if who in picture.people})


def _happening(trouble: Trouble, picture: Picture, room_names: Mapping[str, str]) -> tuple[Happening, str]:
    day = (trouble.day - picture.monday).days
    problem = picture.problem
    if trouble.kind == "staff":
        if trouble.staff not in problem.staff:
            raise Cannot("Choose who is away.", field="staff")
        return StaffAway(
            trouble.staff, day
        ), f"{problem.say(trouble.staff)} is away on {say_day(trouble.day)}"
    if trouble.kind == "day":
        return DayLost(day), f"The clinic is closed on {say_day(trouble.day)}"
    if trouble.kind == "snow":
        by_video = DayLost(day, kept=frozenset({VIDEO}))
        return by_video, f"Nobody can come to the clinic on {say_day(trouble.day)}"
    if trouble.room not in {room.id for room in problem.rooms}:
        raise Cannot("Choose a room of this site.", field="room")
    return RoomLost(trouble.room), f"{room_names.get(trouble.room, 'A room')} can't be used"
