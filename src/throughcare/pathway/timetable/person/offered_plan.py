"""A week offered to one person for which others move or a group opens: it becomes a plan, shown before it counts."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.timetable.asking.solving import checked
from throughcare.pathway.timetable.person.good_weeks import key_of, seek
from throughcare.pathway.timetable.picture.meaning import meaning_of
from throughcare.pathway.timetable.planners import open_site
from throughcare.pathway.timetable.runs.run import NewRun, ask_for_run
from throughcare.pathway.timetable.runs.turns import keep_worked_out

TITLE = "A place for one person"


def plan_offered_week(patient: UUID, key: str, *, monday: date, by: Actor, at: datetime) -> UUID:
    """Keep an offered week as a plan of the site's week; the plan's public id. Nothing is published by this.

    Raises `Cannot` when that week is no longer among those that are found.
    """
    found = seek(patient, monday=monday, by=by, at=at)
    open_site(found.place.site, by=by)
    offer = next((one for one in found.offers if key_of(one) == key), None)
    if offer is None:
        raise Cannot("This week is no longer among those that fit. Look at what fits now.")
    if found.place.episode is None:
        raise Cannot("Admit them first; then a plan can hold their week.")
    meaning = meaning_of(found.picture, organization=by.organization)
    new = NewRun("place", monday, TITLE, found.problem, meaning, seconds=1)
    with transaction.atomic():
        run = ask_for_run(found.place.site, new, by=by, at=at)
        return keep_worked_out(run, checked(found.problem, offer.plan), at=at)
