"""What Riverbend’s weeks must respect: wishes, work that alternates, groups that may open, staff’s hours."""

from datetime import date, datetime, time, timedelta

from throughcare.faces.cli.story.clinic import EVENING, GROUP_MINUTES, Clinic
from throughcare.faces.cli.story.days import Cast
from throughcare.faces.cli.story.lives import Life
from throughcare.pathway.timetable.person.wishes import Wishes, wish_week
from throughcare.pathway.timetable.picture.wish_words import ONLY_IF_NEEDED, RATHER_NOT
from throughcare.pathway.timetable.rules.group_offers import NewOffer, close_to_newcomers, offer_group
from throughcare.pathway.timetable.rules.never_with import keep_from_staff
from throughcare.pathway.timetable.rules.staff_limits import be_away, limit_group_hours
from throughcare.pathway.week.commitments import NewCommitment, add_commitment

# Track, weekday, start, type and for whom: what each site's director would open.
MAY_OPEN = (
    ("evening", 4, EVENING, "cbt", "mixed"),
    ("day", 1, time(13, 30), "relapse-prevention", "women"),
    ("weekend", 6, time(13), "mindfulness", "mixed"),
)
# Of those in care every so many say their wishes, and have work that alternates.
WISH, ALTERNATE = 5, 12


def say_what_counts(cast: Cast, *, today: date, at: datetime) -> None:
    """What the director and the people in care say of the weeks to come."""
    clinic = cast.clinic
    for site in clinic.sites:
        _offers(clinic, site, at=at)
    director = clinic.actors["director"]
    limit_group_hours(clinic.practitioners["main-2"], most=14, meant=12, by=director, at=at)
    leave = today + timedelta(days=16 - today.weekday())
    be_away(clinic.practitioners["north-2"], first_day=leave, last_day=leave, by=director, at=at)
    close_to_newcomers(clinic.groups["Main", "day", 4], by=director, at=at)
    here = sorted((life for life in cast.lives.values() if life.leaves is None), key=lambda life: life.number)
    for number, life in enumerate(here):
        if number % WISH == 0:
            _wish(cast, life, at=at)
        if number % ALTERNATE == 1:
            _alternate(cast, life, today=today, at=at)
    reason = "They were neighbors for years."
    keep_from_staff(
        cast.patients[here[2].number],
        clinic.practitioners["main-1" if here[2].site == "North" else "north-1"],
        reason=reason,
        by=director,
        at=at,
    )


def _offers(clinic: Clinic, site: str, *, at: datetime) -> None:
    for track, weekday, starts, kind, variant in MAY_OPEN:
        new = NewOffer(
            kind, track, 12, weekday, starts, GROUP_MINUTES, variant=variant, room=clinic.rooms[site]
        )
        offer_group(clinic.sites[site], new, by=clinic.actors["director"], at=at)


def _wish(cast: Cast, life: Life, *, at: datetime) -> None:
    """Friday evenings rather not; Saturdays only where nothing else is left; some need time for the way."""
    likings = {(4, "evening"): RATHER_NOT, (5, "morning"): ONLY_IF_NEEDED, (5, "afternoon"): ONLY_IF_NEEDED}
    if life.track == "weekend":
        likings = {(6, "afternoon"): RATHER_NOT}
    wishes = Wishes(likings, group_for="women" if life.sex == "female" and life.number % 2 else "")
    wish_week(cast.patients[life.number], wishes, by=cast.clinic.actors["intake"], at=at)


def _alternate(cast: Cast, life: Life, *, today: date, at: datetime) -> None:
    """The children are with them on every second Sunday."""
    own = NewCommitment(
        "childcare",
        "The children are here",
        weekday=6,
        starts=time(16),
        ends=time(20),
        every_weeks=2,
        anchor_date=today,
    )
    add_commitment(cast.patients[life.number], own, by=cast.clinic.actors["intake"], at=at)
