"""Events: staff put them on the calendar, change them, call off a day, take them off. They are about nobody."""

from collections import Counter
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, time
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.community import AUDIENCES, EVENT_KINDS, REPEATS, EventDays
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.records.community import Event, EventOff, EventReply
from throughcare.records.organizations import Site

CURATES = frozenset({"director", "admin", "case_manager", "facilitator"})


@dataclass(frozen=True)
class NewEvent:
    """What stands on the calendar about an event. Times are the site's clock; `seats` None is no limit."""

    kind: str
    audience: str
    title: str
    first_day: date
    starts: time
    minutes: int
    words: str = ""
    place: str = ""
    link: str = ""
    cost: str = ""
    repeats: str = "once"
    until_date: date | None = None
    seats: int | None = None


@dataclass(frozen=True)
class EventLine:
    """One event as staff see it: `coming` counts who said they come on each day; nobody is named."""

    thread: UUID
    said: NewEvent
    site: str
    days: EventDays
    coming: dict[date, int]

    def next_days(self, first: date, last: date) -> list[tuple[date, int]]:
        """Its days between two, with how many said that they come."""
        return [(day, self.coming.get(day, 0)) for day in self.days.between(first, last)]


@transaction.atomic
def add_event(site: UUID, new: NewEvent, *, by: Actor, at: datetime) -> UUID:
    """Put an event on the calendar; its public id (the thread that changes keep)."""
    _require(by)
    found = Site.objects.filter(uid=site, organization_id=by.organization).first()
    if found is None:
        raise Cannot("Choose the site whose clock counts.", field="site")
    return _write(new, site=found.pk, thread=uuid4(), by=by, at=at)


@transaction.atomic
def change_event(event: UUID, new: NewEvent, *, by: Actor, at: datetime) -> None:
    """Say anew what stands about an event; who said they come stays counted on days that stay."""
    _require(by)
    row = standing_event(event, by=by, hold=True)
    _retire(row, at=at)
    _write(new, site=row.site_id, thread=row.thread, by=by, at=at)


@transaction.atomic
def withdraw_event(event: UUID, *, by: Actor, at: datetime) -> None:
    """Take an event off the calendar."""
    _require(by)
    _retire(standing_event(event, by=by, hold=True), at=at)


@transaction.atomic
def call_off(event: UUID, day: date, *, by: Actor, at: datetime) -> None:
    """Say that an event doesn't take place on one of its days."""
    _require(by)
    row = standing_event(event, by=by, hold=True)
    if not days_of([row])[row.thread].is_on(day):
        raise Cannot("It doesn't take place on that day anyway.", field="day")
    EventOff.objects.create(
        organization_id=by.organization,
        thread=row.thread,
        local_day=day,
        recorded_by_id=by.account,
        recorded_at=at,
    )


def events_to_curate(*, by: Actor, at: datetime) -> list[EventLine]:
    """Everything that stands on the calendar, with how many said that they come."""
    _require(by)
    rows = list(_standing(by.organization).select_related("site"))
    days = days_of(rows)
    today = local_day(at, by.time_zone)
    replies = EventReply.objects.filter(
        organization_id=by.organization, local_day__gte=today, taken_back_at=None
    ).values_list("thread", "local_day")
    counted = Counter(replies)
    return [
        EventLine(
            row.thread,
            said_of(row),
            row.site.name,
            days[row.thread],
            {day: number for (thread, day), number in counted.items() if thread == row.thread},
        )
        for row in rows
    ]


def event_to_curate(event: UUID, *, by: Actor, at: datetime) -> EventLine:
    """One of them. Raises `Absent`."""
    for line in events_to_curate(by=by, at=at):
        if line.thread == event:
            return line
    raise Absent("event")


def sites_for_events(*, by: Actor) -> list[tuple[UUID, str]]:
    """The sites at which an event can be."""
    rows = Site.objects.filter(organization_id=by.organization).order_by("pk")
    return [(row.uid, row.name) for row in rows]


def standing_event(event: UUID, *, by: Actor, hold: bool = False) -> Event:
    """The row that says what stands about an event now. Raises `Absent`. For modules of this package."""
    rows = _standing(by.organization).filter(thread=event)
    row = (rows.select_for_update() if hold else rows).first()
    if row is None:
        raise Absent("event")
    return row


def said_of(row: Event) -> NewEvent:
    """What a row says of the event."""
    return NewEvent(**{one.name: getattr(row, one.name) for one in fields(NewEvent)})


def days_of(rows: list[Event]) -> dict[UUID, EventDays]:
    """On which days each of these events takes place, in one query."""
    off: dict[UUID, set[date]] = {row.thread: set() for row in rows}
    for thread, day in EventOff.objects.filter(thread__in=list(off)).values_list("thread", "local_day"):
        off[thread].add(day)
    return {
        row.thread: EventDays(row.first_day, row.repeats, row.until_date, frozenset(off[row.thread]))
        for row in rows
    }


def _standing(organization: int) -> QuerySet[Event]:
    return Event.objects.filter(organization_id=organization, retired_at=None).order_by("first_day", "pk")


def _require(by: Actor) -> None:
    if not by.holds(*CURATES, "program"):
        raise CannotSee("Ask a case manager, a group facilitator or the director to change the calendar.")


def _retire(row: Event, *, at: datetime) -> None:
    row.retired_at = at
    row.save(update_fields=["retired_at"])


def _write(new: NewEvent, *, site: int, thread: UUID, by: Actor, at: datetime) -> UUID:
    _check(new)
    try:
        with transaction.atomic():
            Event.objects.create(
                **asdict(new),
                organization_id=by.organization,
                site_id=site,
                thread=thread,
                recorded_by_id=by.account,
                recorded_at=at,
            )
    except IntegrityError as twice:
        raise Cannot("Somebody changed this event at the same time. Look at it again.") from twice
    return thread


def _check(new: NewEvent) -> None:
    if new.kind not in EVENT_KINDS:
        raise Cannot("Choose what kind of event it is.", field="kind")
    if new.audience not in AUDIENCES:
        raise Cannot("Choose whom it is for.", field="audience")
    if new.repeats not in REPEATS:
        raise Cannot("Choose how often it comes round.", field="repeats")
    if not new.title.strip():
        raise Cannot("Give it a title.", field="title")
    if not 5 <= new.minutes <= 1440:
        raise Cannot("Say how many minutes it takes, 5 to 1440.", field="minutes")
    if new.until_date and new.until_date < new.first_day:
        raise Cannot("The last day lies before the first one.", field="until_date")
    if new.link and urlsplit(new.link).scheme not in ("https", "http"):
        raise Cannot("Write the whole address, beginning with https://.", field="link")
