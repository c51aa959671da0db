"""A person's view of the community calendar: what comes up, and "I'm coming", which names them to nobody."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from throughcare.knowledge.clinic_calendar import at_local, local_day
from throughcare.knowledge.community import AUDIENCES, EVENT_KINDS
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.community.event import days_of, said_of, standing_event
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.own_record import own_patient
from throughcare.pathway.program_settings import number
from throughcare.records.community import Event, EventReply

KIND = "community"


@dataclass(frozen=True)
class Happening:
    """One event on one day, as a person sees it. `is_full` says no number."""

    event: UUID
    kind: str
    title: str
    words: str
    place: str
    link: str
    cost: str
    outside: bool
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    day: date
    is_coming: bool
    is_full: bool


def community_calendar(*, by: Actor, at: datetime, kind: str = "") -> list[Happening]:
    """What comes up for this person in the next weeks, soonest first; `kind` leaves one kind only."""
    found = open_patient(own_patient(by=by), kind=KIND, by=by, at=at)
    rows = [row for row in _events(by) if kind in ("", row.kind)]
    days = days_of(rows)
    today = local_day(at, by.time_zone)
    last = today + timedelta(days=number("community.days_ahead", organization=by.organization, on=today))
    replies = EventReply.objects.filter(
        thread__in=[row.thread for row in rows], local_day__gte=today, taken_back_at=None
    ).values_list("thread", "local_day", "patient")
    mine = {(thread, day) for thread, day, patient in replies if patient == found.pk}
    counted = Counter((thread, day) for thread, day, _who in replies)
    shown = [
        _happening(row, day, coming=(row.thread, day) in mine, counted=counted[row.thread, day])
        for row in rows
        for day in days[row.thread].between(today, last)
    ]
    return sorted((one for one in shown if one.ends_at > at), key=lambda one: (one.starts_at, one.title))


def _events(by: Actor) -> list[Event]:
    audiences = [code for code, (_title, roles) in AUDIENCES.items() if by.holds(*roles)]
    rows = Event.objects.filter(
        organization_id=by.organization, retired_at=None, audience__in=audiences
    ).select_related("site")
    return list(rows.order_by("pk"))


def _happening(row: Event, day: date, *, coming: bool, counted: int) -> Happening:
    zone = row.site.time_zone
    starts = at_local(day, row.starts, zone)
    said = said_of(row)
    return Happening(
        event=row.thread,
        kind=row.kind,
        title=said.title,
        words=said.words,
        place=said.place,
        link=said.link,
        cost=said.cost,
        outside=EVENT_KINDS[row.kind].outside,
        starts_at=starts,
        ends_at=starts + timedelta(minutes=row.minutes),
        time_zone=str(ZoneInfo(zone)),
        day=day,
        is_coming=coming,
        is_full=not coming and row.seats is not None and counted >= row.seats,
    )


@transaction.atomic
def come_to(event: UUID, day: date, *, by: Actor, at: datetime) -> None:
    """Say that I come on this day. The host learns a number. Said twice, it counts once."""
    found = open_patient(own_patient(by=by), kind=KIND, verb="change", by=by, at=at)
    row = standing_event(event, by=by, hold=True)  # held: the last seat is given once
    if not by.holds(*AUDIENCES[row.audience][1]):
        raise Absent("event")
    today = local_day(at, row.site.time_zone)
    if day < today or not days_of([row])[row.thread].is_on(day):
        raise Cannot(_("This event doesn't take place then. Look at the calendar again."))
    here = EventReply.objects.filter(thread=event, local_day=day, taken_back_at=None)
    if here.filter(patient=found).exists():
        return
    if row.seats is not None and here.count() >= row.seats:
        raise Cannot(_("It is full. Choose another day, or ask the team."))
    EventReply.objects.create(
        organization_id=by.organization,
        thread=event,
        patient=found,
        local_day=day,
        recorded_by_id=by.account,
        recorded_at=at,
    )


@transaction.atomic
def not_come_to(event: UUID, day: date, *, by: Actor, at: datetime) -> None:
    """Take back that I come."""
    found = open_patient(own_patient(by=by), kind=KIND, verb="change", by=by, at=at)
    EventReply.objects.filter(thread=event, local_day=day, patient=found, taken_back_at=None).update(
        taken_back_at=at
    )
