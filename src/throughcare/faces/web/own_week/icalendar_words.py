"""A person's times as an iCalendar file (RFC 5545): neutral titles, moments in UTC, canceled times said."""

import hashlib
from datetime import UTC, timedelta

from icalendar import Calendar, Event

from throughcare.pathway.own_week.calendar_feed import FeedContents, FeedEvent

# Says nothing of whose program it is: the file may be read on a phone that others hold.
MADE_BY = "-//Weekly times//EN"
ASK_AGAIN = timedelta(hours=1)


def written(contents: FeedContents) -> bytes:
    """The file. The same times give the same bytes, so that an unchanged week is not sent twice."""
    calendar = Calendar()
    calendar.add("prodid", MADE_BY)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", contents.title)
    calendar.add("x-wr-calname", contents.title)
    calendar.add("x-wr-timezone", contents.time_zone)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for one in contents.events:
        calendar.add_component(_event(one, contents.title))
    return bytes(calendar.to_ical())


def _event(one: FeedEvent, title: str) -> Event:
    event = Event()
    event.add("uid", str(one.uid))
    event.add("summary", title)
    # Moments, not wall-clock times: no change of clocks can move them.
    event.add("dtstart", one.starts_at.astimezone(UTC))
    event.add("dtend", one.ends_at.astimezone(UTC))
    event.add("dtstamp", one.changed_at.astimezone(UTC))
    event.add("last-modified", one.changed_at.astimezone(UTC))
    event.add("sequence", one.sequence)
    event.add("status", "CANCELLED" if one.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if one.is_cancelled else "OPAQUE")
    event.add("class", "PRIVATE")
    if one.place:
        event.add("location", one.place)
    return event


def etag_of(body: bytes) -> str:
    """The mark by which a calendar asks whether anything changed."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'
