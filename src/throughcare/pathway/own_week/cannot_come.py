"""A person says ahead that they can't come: the seat is given back, and those who lead the session are told."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from throughcare.knowledge.canceling import SEAT
from throughcare.knowledge.own_week import REASONS, REASONS_SAID
from throughcare.knowledge.verdict import Allowed, Refused, Verdict
from throughcare.pathway.actor import Actor
from throughcare.pathway.attendance.own_times import own_seat
from throughcare.pathway.cannot import Cannot, require
from throughcare.pathway.crisis_language import look_for_crisis
from throughcare.pathway.line.session_line import fill_sessions
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.own_record import own_patient
from throughcare.pathway.seat.change_telling import guests_told, open_change, tell_concerned
from throughcare.pathway.session.session_rows import place_of
from throughcare.pathway.week.canceling import say_one_fewer
from throughcare.records.organizations import Site
from throughcare.records.own_week import CannotCome
from throughcare.records.people import Patient
from throughcare.records.sessions import Appointment, Session, SessionStaff
from throughcare.records.week_changes import SessionChange

KIND = "own_week"
LONGEST_WORDS = 500
# Stands with the seat that was given back; staff and the person read it.
SAID_AHEAD = "Said ahead: can't come"
CANCELED = Refused("This session was canceled. You don't have to do anything.")
BEGUN = Refused("This session has begun. Call us if you can't come: we are glad to hear from you.")


@dataclass(frozen=True)
class MissAhead:
    """A session that a person may have to miss, and the number to call; times are moments."""

    uid: UUID
    title: str
    day: date
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    place: str
    phone: str
    may_say: Verdict


@dataclass(frozen=True)
class SaidAhead:
    """What a person said about one session they can't come to, as staff read it."""

    title: str
    day: date
    reason: str
    words: str
    said_at: datetime


def session_to_miss(session: UUID, *, by: Actor, at: datetime) -> MissAhead:
    """One session of the signed-in person's own. Raises `Absent` for any that they are not expected at."""
    person = open_patient(own_patient(by=by), kind=KIND, by=by, at=at)
    row = own_seat(session, person).session
    return MissAhead(
        uid=row.uid,
        title=row.title,
        day=row.local_day,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        time_zone=row.site.time_zone,
        place=place_of(row),
        phone=phone_of(row.site),
        may_say=may_say(row, at=at),
    )


def phone_of(site: Site) -> str:
    """The number to call about a site."""
    return site.phone or site.organization.phone


def may_say(session: Session, *, at: datetime) -> Verdict:
    """Whether it is still time to say that one can't come: until the session begins."""
    if session.cancelled_at is not None:
        return CANCELED
    if session.starts_at <= at:
        return BEGUN
    return Allowed()


@transaction.atomic
def say_cannot_come(
    session: UUID, patient: UUID, *, reason: str, words: str = "", by: Actor, at: datetime
) -> tuple[str, ...]:
    """Give a person's seat in one session back. Returns the names of guests whom they are asked to tell."""
    person = open_patient(patient, kind=KIND, by=by, at=at, verb="change")
    words = words.strip()
    if reason not in REASONS:
        raise Cannot(_("Choose why you can't come."), field="reason")
    if len(words) > LONGEST_WORDS:
        raise Cannot(_("Shorten this to {most} characters.").format(most=LONGEST_WORDS), field="words")
    Patient.objects.select_for_update(no_key=True).get(pk=person.pk)
    row = own_seat(session, person).session
    require(may_say(row, at=at))
    CannotCome.objects.create(
        organization_id=by.organization,
        patient=person,
        session=row,
        reason=reason,
        words=words,
        recorded_by_id=by.account,
        recorded_at=at,
    )
    to_tell = _tell_leaders(row, person, by=by, at=at)
    look_for_crisis(person, words, where="why they can't come", at=at)
    seats = Appointment.objects.filter(session=row, patient=person, released_at__isnull=True)
    seats.update(released_at=at, released_how=SEAT, released_because=SAID_AHEAD)
    fill_sessions([row.pk], at=at)
    return to_tell


def _tell_leaders(row: Session, person: Patient, *, by: Actor, at: datetime) -> tuple[str, ...]:
    """Who leads it hears that one person fewer comes; whom the person has to tell themself is named to them."""
    change = open_change(row.site, SEAT, because=SAID_AHEAD, from_date=row.local_day, by=by, at=at)
    SessionChange.objects.create(
        organization_id=by.organization,
        change=change,
        session=row,
        what=SEAT,
        recorded_by_id=by.account,
        recorded_at=at,
    )
    leaders = SessionStaff.objects.filter(session=row).order_by("pk").values_list("practitioner", flat=True)
    guests = [one for one in guests_told([row], at=at) if one.patient == person.pk]
    tell_concerned(change, {}, dict.fromkeys(leaders, (say_one_fewer(row),)), guests, by=by, at=at)
    return tuple(dict.fromkeys(one.name for one in guests if one.by_patient))


def said_ahead(patient: UUID, *, since: date, by: Actor, at: datetime) -> tuple[SaidAhead, ...]:
    """What a person said of sessions they could not come to, for who may read it; the newest first."""
    person = open_patient(patient, kind=KIND, by=by, at=at)
    rows = CannotCome.objects.filter(patient=person, session__local_day__gte=since)
    return tuple(
        SaidAhead(
            row.session.title, row.session.local_day, REASONS_SAID[row.reason], row.words, row.recorded_at
        )
        for row in rows.select_related("session").order_by("-recorded_at", "-pk")
    )
