"""The community of the fixture: an evening that everyone of a place may come to."""

from datetime import date, datetime, time

from throughcare.faces.cli.review.clinics import Place
from throughcare.pathway.community.event import NewEvent, add_event


def invite_all(place: Place, *, day: date, at: datetime) -> None:
    """An evening every week, and one for alumni."""
    for audience, title in (("everyone", "Open evening"), ("alumni", "Alumni breakfast")):
        said = NewEvent("alumni", audience, title, day, time(18), 60, place="Main Street", repeats="weekly")
        add_event(place.sites[0], said, by=place.program, at=at)
