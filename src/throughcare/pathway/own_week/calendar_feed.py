"""A person's times in the calendar of their own phone: a secret address that can be taken back at any moment."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from throughcare.keys import mac
from throughcare.knowledge.clinic_calendar import day_bounds, local_day
from throughcare.knowledge.own_week import check_title
from throughcare.knowledge.verdict import Refused
from throughcare.pathway.accounts import actor_for
from throughcare.pathway.actor import Actor, Page
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.own_week.cannot_come import KIND
from throughcare.pathway.own_week.times import zone_of
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.own_record import own_patient
from throughcare.records.discharges import AftercareAppointment
from throughcare.records.organizations import Organization, Site
from throughcare.records.own_week import CalendarFeed
from throughcare.records.people import Patient
from throughcare.records.sessions import Appointment

MOST_FEEDS, LONGEST_NAME = 5, 60
BEFORE, AFTER = timedelta(days=30), timedelta(days=180)
# A visit elsewhere is written down with its beginning only.
VISIT_LASTS = timedelta(hours=1)


@dataclass(frozen=True)
class NewFeed:
    """A calendar to be fed: what the person calls it, what every time is called in it, and whether it says where."""

    name: str
    title: str
    with_place: bool = False


@dataclass(frozen=True)
class FeedView:
    """A calendar that reads a person's times; the address itself is shown once, when it is made."""

    uid: UUID
    name: str
    title: str
    with_place: bool
    made_at: datetime
    read_at: datetime | None


@dataclass(frozen=True)
class FeedEvent:
    """One time in a calendar. `changed_at` and `sequence` say which of two versions is the newer."""

    uid: UUID
    starts_at: datetime
    ends_at: datetime
    place: str
    is_cancelled: bool
    changed_at: datetime
    sequence: int


@dataclass(frozen=True)
class FeedContents:
    """Everything that a calendar is told; `changed_at` moves on with every day, as times come into sight."""

    title: str
    events: tuple[FeedEvent, ...]
    changed_at: datetime
    time_zone: str
    organization: int
    feed: UUID
    page: Page


def _mark(token: str) -> str:
    return mac(token.encode(), use="calendar feed").hex()


@transaction.atomic
def make_feed(new: NewFeed, *, by: Actor, at: datetime) -> str:
    """Make a secret address for one calendar; its token, which is kept nowhere."""
    person = open_patient(own_patient(by=by), kind=KIND, by=by, at=at, verb="change")
    name = " ".join(new.name.split())
    if not name:
        raise Cannot(_("Give it a name, so that you know it again."), field="name")
    if len(name) > LONGEST_NAME:
        raise Cannot(_("Shorten this to {most} characters.").format(most=LONGEST_NAME), field="name")
    verdict = check_title(new.title, names=_names(by.organization))
    if isinstance(verdict, Refused):
        raise Cannot(_(verdict.because), cite=verdict.cite, field="title")
    Patient.objects.select_for_update(no_key=True).get(pk=person.pk)
    if CalendarFeed.objects.filter(account=by.account, ended_at__isnull=True).count() >= MOST_FEEDS:
        raise Cannot(_("You have several calendars already. Take one away first."))
    if by.account is None:
        raise Absent("account")
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.create(
        organization_id=by.organization,
        patient=person,
        account_id=by.account,
        token_mark=_mark(token),
        name=name,
        title=new.title.strip(),
        with_place=new.with_place,
        recorded_by_id=by.account,
        recorded_at=at,
    )
    return token


def _names(organization: int) -> tuple[str, ...]:
    """The clinic's own names: none of them belongs into a calendar."""
    row = Organization.objects.get(pk=organization)
    return (row.name, *Site.objects.filter(organization=row).values_list("name", flat=True))


def my_feeds(*, by: Actor, at: datetime) -> tuple[FeedView, ...]:
    """The calendars that read the signed-in person's times, the oldest first."""
    open_patient(own_patient(by=by), kind=KIND, by=by, at=at)
    rows = CalendarFeed.objects.filter(account=by.account, ended_at__isnull=True).order_by("pk")
    return tuple(
        FeedView(row.uid, row.name, row.title, row.with_place, row.recorded_at, row.read_at) for row in rows
    )


@transaction.atomic
def end_feed(feed: UUID, *, by: Actor, at: datetime) -> None:
    """Take an address back: from now on nothing is found under it."""
    open_patient(own_patient(by=by), kind=KIND, by=by, at=at, verb="change")
    rows = CalendarFeed.objects.filter(account=by.account, uid=feed, ended_at__isnull=True)
    if not rows.update(ended_at=at):
        raise Absent("calendar")


def read_feed(token: str, *, at: datetime) -> FeedContents:
    """What a calendar with this token is told. Raises `Absent` for a wrong or ended one, and for who may not sign in.

    The caller writes `page` in the book of accesses when something leaves (`feed_left`); a calendar that asks every few
    minutes and hears that nothing changed is told nothing.
    """
    row = CalendarFeed.objects.filter(token_mark=_mark(token), ended_at__isnull=True).first()
    actor = actor_for(row.account_id) if row is not None else None
    if row is None or actor is None or actor.patient is None:
        raise Absent("calendar")
    page = Page(surface="feed", route="calendar_feed")
    by = actor.on(page)
    person = open_patient(own_patient(by=by), kind="schedule", by=by, at=at)
    if person.pk != row.patient_id and row.patient.absorbed_by_id != person.pk:
        raise Absent("calendar")
    zone = zone_of(person, by=by)
    dawn, _dusk = day_bounds(local_day(at, zone), zone)
    events = tuple(sorted(_events(person, row, at=at), key=lambda one: (one.starts_at, one.uid)))
    changed = [one.changed_at for one in events]
    return FeedContents(
        title=row.title,
        events=events,
        changed_at=max([dawn, row.recorded_at, *changed]),
        time_zone=zone,
        organization=row.organization_id,
        feed=row.uid,
        page=page,
    )


def feed_left(feed: UUID, *, at: datetime) -> None:
    """A calendar was told something: the person sees when it last asked."""
    CalendarFeed.objects.filter(uid=feed).update(read_at=at)


def _events(person: Patient, feed: CalendarFeed, *, at: datetime) -> Iterator[FeedEvent]:
    seats = Appointment.objects.filter(
        patient=person, session__ends_at__gt=at - BEFORE, session__starts_at__lt=at + AFTER
    ).select_related("session__site")
    for seat in seats:
        session = seat.session
        ended = [moment for moment in (seat.released_at, session.cancelled_at) if moment is not None]
        yield FeedEvent(
            uid=seat.uid,
            starts_at=session.starts_at.astimezone(UTC),
            ends_at=session.ends_at.astimezone(UTC),
            place=session.site.address if feed.with_place and session.room_id else "",
            is_cancelled=bool(ended),
            changed_at=min(ended) if ended else seat.recorded_at,
            sequence=1 if ended else 0,
        )
    visits = AftercareAppointment.objects.filter(
        episode__patient=person, visit_at__gt=at - BEFORE, visit_at__lt=at + AFTER
    )
    for visit in visits:
        starts = visit.visit_at.astimezone(UTC)
        yield FeedEvent(visit.uid, starts, starts + VISIT_LASTS, "", False, visit.recorded_at, 0)
